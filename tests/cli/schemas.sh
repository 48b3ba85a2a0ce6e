#!/bin/bash
# What is written for other tools fits the schemas of their formats, whatever the rules hold.
. "$(dirname "$0")/common.bash"
schemas=$root/tests/schemas

cat >sarif.py <<'EOF'
"""Validates SARIF against its schema, and against what GitHub's code scanning wants besides."""
import json, sys, urllib.parse
import jsonschema

schema = json.load(open(sys.argv[1]))
log = json.load(open(sys.argv[2]))
jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
run, = log["runs"]
rules = run["tool"]["driver"]["rules"]
for rule in rules:
    assert 0 < len(rule["shortDescription"]["text"]) <= 1024 and 0 < len(rule["fullDescription"]["text"]) <= 1024, rule
    assert rule["help"]["text"] and rule["help"]["markdown"] and rule["properties"]["problem.severity"], rule
for result in run["results"]:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"], result
    assert result["message"]["text"] and 1 <= len(result["locations"]) <= 1000, result
    place = result["locations"][0]["physicalLocation"]
    uri = urllib.parse.urlsplit(place["artifactLocation"]["uri"])
    assert uri.path and (uri.scheme == "file" or not uri.path.startswith("/")), uri
    assert {"startLine", "startColumn", "endLine", "endColumn"} <= set(place["region"]), place
    assert result["partialFingerprints"]["primaryLocationLineHash"], result
    assert "suppressions" not in result, result
print(len(run["results"]))
EOF

# sarif_of NAME COUNT ARGUMENT…: what `mot check` writes is sound and has so many results (empty: any number).
sarif_of() {
  local name=$1 count=$2
  shift 2
  "$MOT" check --format sarif "$@" >check.sarif 2>check.err
  run python3 "$work/sarif.py" "$schemas/sarif-schema-2.1.0.json" check.sarif
  is "SARIF of $name is sound" all code_is 0 : [ -z "$count" -o "$out" = "$count" ]
}

# junit_of NAME COMMAND ARGUMENT…
junit_of() {
  local name=$1 command=$2
  shift 2
  "$MOT" "$command" --format junit "$@" >junit.xml 2>junit.err
  run xmllint --noout --nonet --schema "$schemas/junit-10.xsd" junit.xml
  is "JUnit XML of \`mot $command\`, $name, is sound" code_is 0
  run python3 -c '
import sys, xml.dom.minidom as m
suite = m.parse("junit.xml").documentElement
cases = suite.getElementsByTagName("testcase")
def count(what): return sum(1 for c in cases if c.getElementsByTagName(what))
assert int(suite.getAttribute("tests")) == len(cases), len(cases)
assert int(suite.getAttribute("failures")) == count("failure"), count("failure")
assert int(suite.getAttribute("errors")) == count("error"), count("error")'
  is "… and counts right" code_is 0
}

# ---- odd rule files ----

sed -e '/manager   ben/d' good.mot >allowed.mot
sed -i 's/  mot Quick "You answer quickly" {/&\n    allow W0304 "someone will be found"/' allowed.mot
printf '# caf\xe9 \x01\x1f\nevent \x07 Bell { customer: id }\n' >bytes.mot
cat good.mot >unicode.mot
printf 'event Käse { kunde: id }\nevent 奶酪 { }\nevent \xf0\x9f\xa7\x80 { "\xe2\x80\xae<b>&amp;</b>" }\nevent \xef\xbf\xbe \xef\xbf\xbf\n' >>unicode.mot
python3 -c 'print("event A%s { customer: idd }\nevent Y is A%s where \"%s\"" % ("x" * 9000, "y" * 9000, "é" * 9000))' >long.mot
python3 -c '
for i in range(1500): print(f"event E{i} {{ customer: idd }}")' >thousands.mot
printf 'event Lone { customer: id }\r\nevent Other { x: idd }\revent Third { x: idd }\r\n' >returns.mot
printf 'event E' >cut.mot
: >empty.mot
odd=$'a "b" <c> & d\xe9,e: %41\n.mot'
cp bad.mot "$odd"
cp bad.mot "ünïcode µ.mot"

sarif_of "rules without findings" 0 good.mot
sarif_of "a mistake" 1 bad.mot
sarif_of "warnings" "" warn.mot
sarif_of "warnings that are allowed in the text" 0 allowed.mot
run "$MOT" check --format json allowed.mot
is "which JSON has, with the reason" says '"allowed": "someone will be found"'
for file in bytes unicode long returns cut empty; do sarif_of "$file.mot" "" $file.mot; done
sarif_of "as many findings as are kept" 1000 thousands.mot
sarif_of "a file with an odd name" 1 "$odd"
sarif_of "a file with a name in unicode" 1 "ünïcode µ.mot"
run cat check.sarif
is "whose URI is written in hex" says '"uri": "%C3%BCn%C3%AFcode%20%C2%B5.mot"'
sarif_of "several files" "" good.mot bad.mot warn.mot thousands.mot
sarif_of "a file by its whole path" 1 "$PWD/bad.mot"
run cat check.sarif
is "which is shown as seen from here" says '"uri": "bad.mot"'
mkdir -p below && cd below && sarif_of "a file of another folder" 1 "$work/bad.mot"
cd ..
sarif_of "rules from standard input" 1 - <bad.mot

# The fingerprint is GitHub's: of each line a rolling hash over the hundred characters that follow, blanks left out.
cat >fingerprint.py <<'EOF'
import json
text = open("bad.mot", encoding="utf-8").read()
units = [(i, ord(c)) for i, c in enumerate(text) if c not in " \t"]
starts, at_start, seen = {}, True, {}
stream = [u for _, u in units] + [0xffff] + [0] * 100
line = 0
hashes = {}
for k, unit in enumerate(stream[:len(units) + 1]):
    if at_start:
        line += 1
        value = 0
        for u in stream[k:k + 100]: value = (value * 37 + u) % 2**64
        seen[value] = seen.get(value, 0) + 1
        hashes[line] = f"{value:x}:{seen[value]}"
    at_start = unit == 10
result, = json.load(open("check.sarif"))["runs"][0]["results"]
place = result["locations"][0]["physicalLocation"]["region"]["startLine"]
assert result["partialFingerprints"]["primaryLocationLineHash"] == hashes[place], (hashes[place], result)
EOF
"$MOT" check --format sarif bad.mot >check.sarif
run python3 fingerprint.py
is "the fingerprint of a line is the one that GitHub computes" code_is 0
print_of() { grep -o '"primaryLocationLineHash": "[^"]*"' "$1"; }
before=$(print_of check.sarif)
(echo '# a line'; echo; cat bad.mot) >moved.mot
"$MOT" check --format sarif moved.mot >moved.sarif
is "a line that moved keeps it" [ -n "$before" -a "$(print_of moved.sarif)" = "$before" ]

junit_of "rules without findings" check good.mot
junit_of "good, bad and doubtful rules" check good.mot bad.mot warn.mot allowed.mot
for file in bytes unicode long returns cut empty thousands; do junit_of "$file.mot" check $file.mot; done
junit_of "a file with an odd name" check "$odd"
junit_of "several files" check good.mot "$odd" thousands.mot

# ---- odd tests ----

with_tests() { # NAME, tests on standard input
  cat good.mot - >"$1.mot"
}
with_tests pass <<'EOF'
test "an answer in time" {
  at 2026-03-02 09:00  Asked { customer "c1" }
  after 1 h            Answered { customer "c1" wait 3 s }
  expect produced Quick
}
EOF
with_tests fail <<'EOF'
test "<&>\"' \u{1}\u{fffe} 奶酪 \u{1f9c0} \n line" {
  at 2026-03-02 09:00  Asked { customer "c1 <&> \u{2}" }
  expect produced Quick for "c1 <&> \u{2}"
  expect missed Quick
}
EOF
for i in {1..1200}; do
  echo "test \"number $i\" { at 2026-03-02 09:00 Asked { customer \"c$i\" } expect $([ $((i % 2)) = 0 ] || echo no) missed Quick }"
done | with_tests many
junit_of "rules without tests" test good.mot
junit_of "a test that holds" test pass.mot
junit_of "a test that does not, with odd texts" test fail.mot
junit_of "rules that do not compile" test bad.mot pass.mot
junit_of "a file with an odd name" test "$odd"
junit_of "thousands of tests" test many.mot
junit_of "several files" test pass.mot fail.mot good.mot many.mot
junit_of "none that matches" test --run 'no such test' pass.mot
