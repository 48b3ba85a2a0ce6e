#!/bin/bash
# The README of a folder with many files names each of them: `name.c`, which stands for name.h too, or a
# pattern such as `cmd_*.c`.
set -u

# named FILE PATTERN…
named() {
  local name=$1 pattern
  shift
  for pattern; do
    # shellcheck disable=SC2053
    [[ $name == $pattern || $name == ${pattern%.c}.h ]] && return 0
  done
  return 1
}

for folder in runtime report cli cli/*/; do
  folder=${folder%/}
  mapfile -t patterns < <(grep -o '`[^` ]*`' "$folder/README.md" | tr -d '`')
  missing=
  for file in "$folder"/*.*; do
    name=${file##*/}
    [ "$name" = README.md ] || named "$name" "${patterns[@]}" || missing+=" $name"
  done
  if [ -z "$missing" ]; then
    echo "ok $folder/README.md names the folder's files"
  else
    echo "# not in it:$missing"
    echo "not ok $folder/README.md names the folder's files"
  fi
done
