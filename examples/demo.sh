#!/bin/bash
# A framework from its rules to the short form of its review, on one or two screens: `make demo`.
#
#   demo.sh [EXAMPLE]      $MOT is the command, $BUILD where the page goes
set -euo pipefail
mot=${MOT:-build/mot}
build=${BUILD:-build}
name=${1:-broadband}
folder=examples/$name
rules=$folder/$name.mot
events=$(ls "$folder"/events.*)
page=$build/$name.html

# Shows a command, then runs it.
step() {
  echo
  echo "\$ mot $*"
  "$mot" "$@"
}

step check "$rules"
step test "$rules" | sed -n '1,2p;$p'
step run "$rules" "$events" -o "$build/$name.ndjson" 2>&1 | sed -n '1,/^ *targets/{/targets/!p}'
echo
echo "One decision of the $(grep -c '"kind":"moment"' "$build/$name.ndjson"), with its reason:"
grep -m 1 '"outcome":"missed".*"critical":true' "$build/$name.ndjson" |
  sed -E 's/.*"mot":"([^"]*)","key":(\{[^}]*\}).*"because":"(.*)"\}$/\1 missed for \2: \3/'
step report --short "$rules" "$events" 2>/dev/null
"$mot" report "$rules" "$events" --format html -o "$page" 2>/dev/null
echo
echo "The whole review, as a page for a browser: $page"
