#!/bin/bash
# Each folder beside this script is a case: rules.mot, events.ndjson, and the records that they must
# give, expected.ndjson, worked out by hand. Also there may be `options` for the reference evaluator
# and expected.dead, the dead letters.
set -u
export LC_ALL=C.UTF-8
here=$(dirname "$0")
reference=$(realpath "${BUILD:-build}/tests/reference")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for folder in "$here"/*/; do
  name=$(basename "$folder")
  options=()
  [ -f "$folder/options" ] && read -r -a options <"$folder/options"
  if ! (cd "$folder" && "$reference" "${options[@]}" --dead-letter "$work/dead" rules.mot events.ndjson) \
    >"$work/out" 2>"$work/err"; then
    sed 's/^/# /' "$work/err"
    echo "not ok case $name"
    continue
  fi
  dead=$folder/expected.dead
  [ -f "$dead" ] || dead=/dev/null
  diff "$folder/expected.ndjson" "$work/out" >"$work/diff"
  diff "$dead" "$work/dead" >>"$work/diff"
  if [ ! -s "$work/diff" ]; then
    echo "ok case $name"
  else
    sed 's/^/# /' "$work/diff"
    echo "not ok case $name"
  fi
done
