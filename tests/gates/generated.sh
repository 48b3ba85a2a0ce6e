#!/bin/bash
# Nothing that the build makes is kept under version control, and nothing big.
set -u
name='no generated file is tracked'
if ! git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  echo "ok $name # not a checkout: nothing to see"
  exit 0
fi
found=$(git ls-files | grep -E '(\.tab\.[chy]|\.yy\.[ch]|\.o|\.d|\.a|\.so|\.motc|\.gcda|\.gcno|\.log)$|^build' |
  grep -v -E '^tests/fuzz/corpus/')
if [ -z "$found" ]; then echo "ok $name"; else
  echo "$found" | sed 's/^/# /'
  echo "not ok $name"
fi
