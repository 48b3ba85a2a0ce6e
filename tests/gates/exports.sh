#!/bin/bash
# The library, static and shared, shows the names of its public header and no others, and all of them.
set -u
build=${BUILD:-build}

# Names of functions in the header: what stands before a `(` and begins with mot_.
declared=$(sed 's|/\*.*\*/||; /^ \*/d' include/mot/*.h | grep -o '\bmot_[a-z0-9_]*(' | tr -d '(' | sort -u)

report() { # names, name of the test
  if [ -z "$1" ]; then echo "ok $2"; else
    echo "$1" | sed 's/^/# /'
    echo "not ok $2"
  fi
}

compare() { # library, how nm reads it
  local name shown
  name=$(basename "$1")
  shown=$(nm "$2" --defined-only "$1" 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u)
  report "$(comm -23 <(echo "$shown") <(echo "$declared"))" "$name shows no name that mot.h does not declare"
  report "$(comm -13 <(echo "$shown") <(echo "$declared"))" "$name has every function that mot.h declares"
}
compare "$build/libmot.a" -g
compare "$build/libmot.so" -D
