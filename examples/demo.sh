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

# The sections of a review with these titles: what a manager reads first.
sections() {
  awk -v titles="$1" '
    BEGIN { split(titles, list, "|"); for (i in list) wanted[list[i]] = 1 }
    /^[A-Z]/ && previous == "" { head = $0; sub(/:.*|, .* first$/, "", head); shown = head in wanted }
    shown && ($0 != "" || previous != "") { print }
    { previous = $0 }'
}

step check "$rules"
step test "$rules" | sed -n '1,2p;$p'
step run "$rules" "$events" -o "$build/$name.ndjson" 2>&1 | sed -n '1,/^ *targets/{/targets/!p}'
echo
echo "One decision of them, with its reason:"
grep -m 1 '"outcome":"missed".*"critical":true' "$build/$name.ndjson" | fold -w 100
step report "$rules" "$events" 2>/dev/null |
  sections '$ mot report|The outcome|Moments of Truth|Where to act next|Circles|Individuals|A customer for whom it went badly'
"$mot" report "$rules" "$events" --format html -o "$page" 2>/dev/null
echo
echo "The whole review, as a page for a browser: $page"
