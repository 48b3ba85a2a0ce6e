#!/bin/bash
# Functions of at most 60 lines, files of at most 700.
set -u
export LC_ALL=C.UTF-8

# The dispatch loop of the virtual machine: one body an opcode, best read in one piece.
exempt_functions=' vm_code_run '

report() {
  if [ -z "$1" ]; then echo "ok $2"; else
    echo "$1" | sed 's/^/# /'
    echo "not ok $2"
  fi
}

mapfile -t files < <(find base bytecode grammar compiler runtime report cli include tests \
  -name '*.[chly]' -o -name '*.def' | sort)

report "$(wc -l "${files[@]}" | awk '$1 > 700 && $2 != "total" { print $2 ": " $1 " lines" }')" \
  "no file is longer than 700 lines"

if command -v ctags >/dev/null; then
  long=$(ctags -x --language-force=C --kinds-C=f --_xformat='%N %{end} %n %F' "${files[@]}" 2>/dev/null |
    grep -v -E '\.(def|y|l)$' |
    awk -v exempt="$exempt_functions" '
      $2 - $3 + 1 > 60 && index(exempt, " " $1 " ") == 0 { print $4 ":" $3 ": " $1 " has " $2 - $3 + 1 " lines" }')
  report "$long" "no function is longer than 60 lines"
fi
