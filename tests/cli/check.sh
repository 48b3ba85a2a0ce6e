#!/bin/bash
# mot check: formats, exit codes, what is denied and allowed.
. "$(dirname "$0")/common.bash"

run "$MOT" check good.mot
is "a sound framework has nothing to report" all code_is 0 : says "nothing to report"
run "$MOT" check -q good.mot
is "quiet says nothing of sound files" all code_is 0 : [ -z "$out" ]
run "$MOT" check bad.mot
is "a mistake is shown with place, line, mark and help" all code_is 1 : says "bad.mot:17:15: error[E" : \
  says '^^^^^^^^' : says 'did you mean `Answered`?'
run "$MOT" check good.mot bad.mot
is "several files are checked in one go" all code_is 1 : says "2 rule files checked: 1 error"
run "$MOT" check - 
is "standard input that is empty is no framework, and no crash" [ "$code" -le 1 ]
code=0; out=$("$MOT" check - <bad.mot 2>&1) || code=$?
is "a dash reads standard input" all code_is 1 : says "<standard input>:17:15"

run "$MOT" check warn.mot
warning=$(grep -o 'W[0-9]\{4\}' <<<"$out" | head -1)
is "a gap in the framework is a warning" all code_is 0 : [ -n "$warning" ]
run "$MOT" check --deny "$warning" warn.mot
is "a denied warning fails" all code_is 1 : says "error[$warning]"
run "$MOT" check --deny "${warning%??}" warn.mot
is "a family of warnings can be denied" code_is 1
run "$MOT" check --deny warnings warn.mot
is "all warnings can be denied" code_is 1
run "$MOT" check --deny W9876 warn.mot
is "a code that does not exist is wrong use" all code_is 2 : complains 'no warning "W9876"'
run "$MOT" check --allow E0201 bad.mot
is "an error cannot be allowed" code_is 2
run "$MOT" check --allow "$warning" warn.mot
is "an allowed warning is not shown" all code_is 0 : says "nothing to report"

run "$MOT" check --format json bad.mot
is "JSON parses and has the finding" python3 -c '
import json,sys
r=json.loads(sys.argv[1]); f=r["findings"][0]
assert r["errors"]==1 and f["place"]["line"]==17 and f["place"]["column"]==15 and f["fix"]["text"]=="Answered", f' "$out"
run "$MOT" check --format sarif bad.mot
is "SARIF has tool, rules, result and region" python3 -c '
import json,sys
r=json.load(open(".out")); run=r["runs"][0]; x=run["results"][0]
assert r["version"]=="2.1.0" and run["tool"]["driver"]["name"]=="mot"
assert x["ruleId"] in {q["id"] for q in run["tool"]["driver"]["rules"]}
assert x["locations"][0]["physicalLocation"]["region"]["startLine"]==17'
run "$MOT" check --format github bad.mot
is "workflow commands name file, line and title" all code_is 1 : says "::error file=bad.mot,line=17,col=15"
run "$MOT" check --format junit bad.mot good.mot
is "JUnit XML is well formed and counts files" python3 -c '
import sys, xml.dom.minidom as m
d=m.parseString(sys.argv[1]).documentElement
assert d.getAttribute("tests")=="2" and d.getAttribute("failures")=="1"' "$out"
run "$MOT" check --format yaml bad.mot
is "a format that does not exist is wrong use" all code_is 2 : complains "text|json|sarif|github|junit"

run "$MOT" check missing.mot
is "a missing file is trouble, not a finding" all code_is 2 : complains "missing.mot: No such file"
run "$MOT" check .
is "a folder is no rule file" all code_is 2 : complains "directory"
run "$MOT" check missing.mot bad.mot
is "the other files are still checked" all code_is 2 : says "bad.mot:17:15"
run "$MOT" check
is "no file at all is wrong use" all code_is 2 : complains "RULES"
run "$MOT" chekc good.mot
is "a mistyped command has a suggestion" all code_is 2 : complains 'mot check'

mkdir -p lib/shared && printf 'module shared.common\nevent Asked { customer: id }\n' >lib/shared/common.mot
sed -e '1s/.*/use shared.common/' -e 's/ Asked$/ shared.common.Asked/' good.mot >uses.mot
run "$MOT" check --lib lib uses.mot
is "use looks in --lib" all code_is 0 : says "nothing to report"
run "$MOT" check uses.mot
is "without it the name is not found, and said so" all code_is 1 : says "shared.common"
printf 'module own\nuse own\n' >own.mot
run "$MOT" check own.mot
is "a file that uses itself is an error" code_is 1

# ---- the time of an event, where it is asked for like a field ----
sed 's/smoto     Answered within 1 d/smoto     Answered where `at` > opening.at within 1 d/' good.mot >time.mot
run "$MOT" check time.mot
is "the time of an event has its own way of saying it" all code_is 1 : says 'the time of Answered is `Answered.at`'
sed -i 's/where `at`/where Answered.at/' time.mot
run "$MOT" check time.mot
is "which works" code_is 0
