#!/bin/bash
# fmt, compile, disasm, cost, explain, completion, man, help.
. "$(dirname "$0")/common.bash"

printf 'event   A{customer:id}   # one\n\n\n\nevent B { customer : id }\n' >messy.mot
cp messy.mot keep.mot
run "$MOT" fmt --check messy.mot
is "fmt --check names the file and changes nothing" all code_is 1 : says messy.mot : cmp -s messy.mot keep.mot
run "$MOT" fmt --diff messy.mot
is "fmt --diff shows the change and makes none" all code_is 0 : says "-event   A{customer:id}" : cmp -s messy.mot keep.mot
chmod 640 messy.mot
run "$MOT" fmt messy.mot
is "fmt rewrites the file, keeping mode and comments" all code_is 0 : [ "$(stat -c %a messy.mot)" = 640 ] : \
  grep -q '# one' messy.mot
cp messy.mot once.mot
run "$MOT" fmt messy.mot
is "formatting twice changes nothing" cmp -s messy.mot once.mot
run "$MOT" fmt --check messy.mot
is "what is formatted passes --check" all code_is 0 : [ -z "$out" ]
code=0; out=$("$MOT" fmt - <keep.mot) || code=$?
is "fmt reads standard input" [ "$out" = "$(cat messy.mot)" ]
printf 'event A {{\n' >broken.mot
cp broken.mot broken2.mot
run "$MOT" fmt broken.mot
is "a file with a syntax error stays as it is" all code_is 1 : complains "error[E01" : cmp -s broken.mot broken2.mot

run "$MOT" compile good.mot
is "compile writes beside the rules" all code_is 0 : [ -s good.motc ]
cp good.mot kept.mot
run "$MOT" compile good.mot -o ./good.mot
is "compile does not write over the rules" all code_is 2 : complains "the rules come from this file" : cmp -s good.mot kept.mot
run "$MOT" compile good.mot -o again.motc
is "the same rules give the same bytes" cmp -s good.motc again.motc
mkdir -p elsewhere && cp good.mot elsewhere/
(cd elsewhere && "$MOT" compile good.mot -o here.motc)
is "wherever they lie" cmp -s good.motc elsewhere/here.motc
cp good.mot formatted.mot && "$MOT" fmt formatted.mot && mkdir -p f && cp formatted.mot f/good.mot
"$MOT" disasm good.mot | sed '/^module/d; /^rules/d; /^source/d; / kind .* source /d; s/;.*//' >before.lst
(cd f && "$MOT" disasm good.mot | sed '/^module/d; /^rules/d; /^source/d; / kind .* source /d; s/;.*//') >after.lst
is "formatting does not change the code" cmp -s before.lst after.lst
run "$MOT" compile bad.mot -o bad.motc
is "rules with errors make no module" all code_is 1 : complains "error[E" : [ ! -e bad.motc ]
run "$MOT" disasm good.motc
is "disasm lists handlers, code and the rule text" all code_is 0 : says Quick : says "leaf.hit" : says "smoto"
run "$MOT" cost good.mot
is "cost says bytes and bounds" all code_is 0 : says Asking : says Quick : says "bytes" : says "instructions at most"
run "$MOT" cost --format json good.motc
is "cost as JSON, of a module" python3 -c '
import json,sys
e=json.loads(sys.argv[1])["experiences"][0]
assert e["name"]=="Asking" and e["journey_bytes"]>0 and e["mots"][0]["moment_bytes"]>0 and e["instructions"]>0
m=json.loads(sys.argv[1])["measures"]
assert m and m[0]["name"].startswith("Asking.Quick: ") and m[0]["panes"]>=1 and m[0]["pane_bytes"]==48, m' "$out"

run "$MOT" explain E0101
is "explain shows cause, wrong and right" all code_is 0 : says wrong : says right
run "$MOT" explain e0101
is "codes may be typed small" code_is 0
run "$MOT" explain E9999
is "a code that does not exist is trouble" all code_is 2 : complains "no code"
run "$MOT" explain --list
is "explain lists all codes" all code_is 0 : says E0101 : says W0301

for shell in bash zsh fish; do
  run "$MOT" completion $shell
  is "completion for $shell names every command" all code_is 0 : says explain : says sarif
  command -v $shell >/dev/null || continue
  printf '%s\n' "$out" >completion
  case $shell in fish) check=--no-execute ;; *) check=-n ;; esac
  is "$shell can read it" $shell $check completion
done
complete_bash() { # words…: what bash offers for the last
  bash -c 'source completion_bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mot; printf "%s\n" "${COMPREPLY[@]}"' _ "$@" 2>/dev/null
}
"$MOT" completion bash >completion_bash
out=$(complete_bash mot ch)
is "bash completes a command" says check
out=$(complete_bash mot check --format sa)
is "bash completes a value" says sarif
out=$(complete_bash mot explain E010)
is "bash completes a code" says E0101
run "$MOT" man
is "the manual page has all commands and options" all code_is 0 : says ".SS mot check" : says '\-\-format'
run "$MOT" --version
is "version and features" all code_is 0 : says "mot 0." : says "features:"
run "$MOT" --help
is "help lists the commands" all code_is 0 : says explain
for command in check fmt compile disasm explain cost completion man; do
  run "$MOT" $command --help
  is "mot $command --help" all code_is 0 : says "usage: mot $command"
done
run "$MOT" check --froce good.mot
is "an unknown option is wrong use" all code_is 2 : complains "--froce"
run "$MOT" compile good.mot -o
is "an option without its value is wrong use" code_is 2
