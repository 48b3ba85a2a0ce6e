#!/bin/bash
# Pairs of generated rules and events: the engine, run in several ways, must give the bytes of the reference
# evaluator. SEEDS=from..to says which.
set -u
export LC_ALL=C.UTF-8
here=$(dirname "$0")
driver=${BUILD:-build}/tests/differential
REFERENCE=$(realpath "${BUILD:-build}/tests/reference") # which tells ids to the generator
export REFERENCE
seeds=${SEEDS:-1..4000}
from=${seeds%%..*}
to=${seeds##*..}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# In parts, so that two processors have something to do and little room is taken.
part() { # from, to
  local folder=$work/$1
  python3 "$here/generate.py" "$1..$2" "$folder" || { echo "not ok generating $1..$2"; return; }
  "$driver" "$folder" "$1" "$2" >"$work/$1.log" 2>&1
  cat "$work/$1.log"
  if grep -q '^not ok' "$work/$1.log"; then echo "# generate.py SEED gives the pair again, shrink.py makes it small"
  else echo "ok pairs $1..$2"; fi
  rm -rf "$folder"
}
export -f part
export here driver work

size=250
for ((first = from; first <= to; first += size)); do
  last=$((first + size - 1))
  echo "$first $((last < to ? last : to))"
done | xargs -P "$(nproc)" -L 1 bash -c 'part "$0" "$1"'
