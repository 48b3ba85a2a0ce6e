#!/bin/bash
# Each header can be included alone; the public ones from C++ too.
set -u
export LC_ALL=C
flags=(-std=c17 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -fsyntax-only -I. -Iinclude "-I${BUILD:-build}")

# Headers that are lists to be included several times by others, and say so.
lists=' bytecode/tables_only.h bytecode/tables_undef.h '

report() { # what failed, name of the test
  if [ -z "$1" ]; then echo "ok $2"; else
    echo "$1" | sed 's/^/# /'
    echo "not ok $2"
  fi
}

# All in one compilation each way: first and twice.
alone() { # compiler and flags…, then -- and headers
  local compiler=()
  while [ "$1" != -- ]; do compiler+=("$1"); shift; done
  shift
  for header; do
    case $lists in *" $header "*) continue ;; esac
    printf '#include "%s"\n#include "%s"\n' "$header" "$header" | "${compiler[@]}" - 2>&1 | head -3
  done
}

mapfile -t all < <(find base bytecode grammar compiler runtime report cli include -name '*.h' | sort)
report "$(alone "${CC:-gcc}" -x c "${flags[@]}" -- "${all[@]}")" "each header compiles alone"

mapfile -t public < <(find include/mot -name '*.h' | sort)
if [ ${#public[@]} -gt 0 ]; then
  if command -v g++ >/dev/null; then
    report "$(alone g++ -x c++ -std=c++17 -Wall -Wextra -Werror -fsyntax-only -Iinclude -- "${public[@]}")" \
      "the public header compiles as C++"
  fi
  guarded=$(grep -L 'extern "C"' "${public[@]}")
  report "$guarded" "the public header names C linkage for C++"
fi
