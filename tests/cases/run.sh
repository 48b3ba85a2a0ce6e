#!/bin/bash
# Each folder beside this script is a case: rules.mot, events.ndjson, and the records that they must
# give, expected.ndjson, worked out by hand. Also there may be `options`, for both, and
# expected.dead, the dead letters. Each goes through the reference evaluator and through `mot run`.
set -u
export LC_ALL=C.UTF-8
here=$(dirname "$0")
reference=$(realpath "${BUILD:-build}/tests/reference")
mot=$(realpath "${MOT:-${BUILD:-build}/mot}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# case_is NAME FOLDER PROGRAM…: whether the program's records and dead letters are the expected ones.
case_is() {
  local name=$1 folder=$2 dead=$2/expected.dead
  shift 2
  rm -f "$work/dead"
  if ! (cd "$folder" && "$@" --dead-letter "$work/dead" rules.mot events.ndjson) >"$work/out" 2>"$work/err"; then
    sed 's/^/# /' "$work/err"
    echo "not ok $name"
    return
  fi
  [ -f "$dead" ] || dead=/dev/null
  diff "$folder/expected.ndjson" "$work/out" >"$work/diff"
  diff "$dead" "$work/dead" >>"$work/diff"
  if [ ! -s "$work/diff" ]; then
    echo "ok $name"
  else
    sed 's/^/# /' "$work/diff"
    echo "not ok $name"
  fi
}

for folder in "$here"/*/; do
  name=$(basename "$folder")
  options=()
  [ -f "$folder/options" ] && read -r -a options <"$folder/options"
  case_is "case $name" "$folder" "$reference" "${options[@]}"
  case_is "case $name by mot run" "$folder" "$mot" run --summary none "${options[@]}"
done
