#!/bin/bash
# mot test --coverage: what is demanded, and what a test reaches of it, worked out by hand; the ways to write it.
. "$(dirname "$0")/common.bash"

# One journey with nearly everything.  M: opened in two ways, pausable, at risk from 10 min before its deadline after 1 h,
# near which is 36 s.  N: void by Stop alone.  The SCO has two parts.
cat >base.mot <<'END'
event Start { customer: id }
event Ask   { customer: id  urgent: bool }
event Done  { customer: id  good: bool }
event Hold  { customer: id }
event Go    { customer: id }
event Gone  { customer: id }
event Stop  { customer: id }
event End   { customer: id }
owner ana "Ana" { role experience_manager  contact "mailto:ana@x.example" }
owner ben "Ben" { role mot_manager  reports to ana  contact "mailto:ben@x.example" }
team  desk "Desk" { lead ben  role producer }
experience E "An experience" {
  for      customer
  manager  ana
  starts   on Start or Ask
  sco      "It is done" Done where good within 3 d and no Hold within 2 d
  ends     on End
  void     on Gone
  expires  after 10 d
  mot M "A moment" {
    manager ben  producers desk
    when    latest Ask where urgent or Start
    smoto   Done within 1 h
    pause   on Hold until Go
    target  50% over 1 d min 1 cases
    on at risk 10 min before deadline { alert ben }
    on missed { correct "Call" by desk within 1 h until Done }
  }
  mot N "Another" { manager ben  producers desk  when Ask  smoto Done within 1 d  void on Stop  target 50% over 1 d }
}
nsat Star "Done" for E {
  goal All "All" { owner ana  measure sco  target 90% over 1 d min 1 cases
    goal Ms "Ms" { owner desk  measure M  target 90% over 1 d min 1 cases } }
}
END

# reached RULES OPTIONS…: what the tests reach, "E: started:Start produced …; M: …", of what counts; with one more argument, of what does not.
cat >reached.py <<'END'
import json, sys
cover = json.load(open(sys.argv[1]))["coverage"]
def short(d):
    name = {"started": "started", "opened": "opened", "part_holds": "holds", "part_fails": "fails"}.get(d["kind"])
    if not name: return d["kind"]
    return name + ":" + d["clause"].split()[0] if d["kind"] == "opened" else name
def told(subject):
    parts, seen = [], {}
    for d in subject["demands"]:
        name = short(d)
        if name in ("started", "holds", "fails"):
            seen[name] = seen.get(name, -1) + 1
            name += str(seen[name])
        if d["reached"] and d["counted"] == (len(sys.argv) < 3): parts.append(name)
    return subject["name"] + ": " + " ".join(parts)
print("; ".join(told(s) for e in cover["experiences"] for s in [e] + e["mots"]))
END
steps() { # STEPS: a file with one test of these
  { cat base.mot; printf 'test "it" {\n%s\nexpect no missed Star\n}\n' "$1" | sed 's/expect no missed Star/expect no correct overdue ana/'; } >one.mot
  run "$MOT" test one.mot --coverage --format json
}
reaches() { # NAME STEPS EXPECTED [rest]
  steps "$2"
  printf '%s' "$out" >.json
  local got
  got=$(python3 reached.py .json ${4:-})
  [ "$got" = "$3" ] || out="$got"$'\n'"$3"
  is "$1" [ "$got" = "$3" ]
}
d='at 2026-03-02'

# The two ways of `starts on` are numbered in the order in which their events are declared.
reaches "a second before its deadline is just before it" \
  "$d 09:00 Start { customer \"c\" } $d 09:59:59 Done { customer \"c\" good true }" \
  "E: started0; M: opened:Start produced before_deadline at_risk; N: "
reaches "36 s before a deadline after an hour is just before it" \
  "$d 09:00 Start { customer \"c\" } $d 09:59:24 Done { customer \"c\" good true }" \
  "E: started0; M: opened:Start produced before_deadline at_risk; N: "
reaches "37 s before it is not" \
  "$d 09:00 Start { customer \"c\" } $d 09:59:23 Done { customer \"c\" good true }" \
  "E: started0; M: opened:Start produced at_risk; N: "
reaches "at its deadline is exactly at it" \
  "$d 09:00 Start { customer \"c\" } $d 10:00 Done { customer \"c\" good true }" \
  "E: started0; M: opened:Start produced at_deadline at_risk; N: "
reaches "a second behind it is just after it" \
  "$d 09:00 Start { customer \"c\" } $d 10:00:01 Done { customer \"c\" good true }" \
  "E: started0; M: opened:Start missed after_deadline at_risk; N: "
reaches "37 s behind it is not" \
  "$d 09:00 Start { customer \"c\" } $d 10:00:37 Done { customer \"c\" good true }" \
  "E: started0; M: opened:Start missed at_risk; N: "
reaches "nor is another customer's" \
  "$d 09:00 Start { customer \"c\" } $d 10:00:01 Done { customer \"b\" good true } end at 2026-03-02 11:00" \
  "E: started0; M: opened:Start missed at_risk; N: "
reaches "the clock stops and runs on, and the deadline moves" \
  "$d 09:00 Start { customer \"c\" } $d 09:10 Hold { customer \"c\" } $d 10:10 Go { customer \"c\" } $d 10:30 Done { customer \"c\" good true }" \
  "E: started0 missed fails1; M: opened:Start produced paused resumed never_at_risk; N: "
reaches "the moved deadline is the one that counts" \
  "$d 09:00 Start { customer \"c\" } $d 09:10 Hold { customer \"c\" } $d 10:10 Go { customer \"c\" } $d 11:00 Done { customer \"c\" good true }" \
  "E: started0 missed fails1; M: opened:Start produced at_deadline paused resumed at_risk; N: "
reaches "a clock that still stands when the journey expires" \
  "$d 09:00 Start { customer \"c\" } $d 09:10 Hold { customer \"c\" } end at 2026-03-20" \
  "E: started0 missed fails1 expired; M: opened:Start paused still_paused; N: "
reaches "a later one, and the journey's end by \`void on\`" \
  "$d 09:00 Ask { customer \"c\" urgent true } $d 09:05 Ask { customer \"c\" urgent true } $d 09:06 Gone { customer \"c\" }" \
  "E: started1 journey_void; M: opened:latest superseded; N: opened:Ask"
reaches "\`void on\` of its own" \
  "$d 09:00 Ask { customer \"c\" urgent false } $d 09:05 Stop { customer \"c\" }" \
  "E: started1; M: ; N: opened:Ask void"
reaches "a journey that ends, an SCO that both parts make true" \
  "$d 09:00 Start { customer \"c\" } $d 09:30 Done { customer \"c\" good true } $d 09:40 End { customer \"c\" } end at 2026-03-05" \
  "E: started0 produced holds0 holds1 ended; M: opened:Start produced never_at_risk; N: "
reaches "what the condition does not take is no try" \
  "$d 09:00 Start { customer \"c\" } at 2026-03-05 09:00 Done { customer \"c\" good false }" \
  "E: started0 missed fails0; M: opened:Start missed at_risk; N: "
reaches "an SCO at its deadline" \
  "$d 09:00 Start { customer \"c\" } at 2026-03-05 09:00 Done { customer \"c\" good true }" \
  "E: started0 produced holds0 holds1 at_deadline; M: opened:Start missed at_risk; N: "


# ---- what does not count ----
reaches "a correction that is opened and done in time" \
  "$d 09:00 Start { customer \"c\" } $d 10:00:01 Done { customer \"c\" good true }" \
  "E: ; M: correction correction_done; N: " rest
reaches "a correction that is overdue; a target and the goal on the same MOT, breached" \
  "$d 09:00 Start { customer \"c\" } end at 2026-03-04" \
  "E: goal_breached; M: correction correction_overdue target_breached; N: " rest
reaches "a target that is met from its first judgement on is met" \
  "$d 09:00 Start { customer \"c\" } $d 09:30 Done { customer \"c\" good true } end at 2026-03-04" \
  "E: goal_met; M: target_met; N: " rest

# ---- in words ----
steps "$d 09:00 Start { customer \"c\" } $d 10:00:37 Done { customer \"c\" good true }"
run "$MOT" test one.mot --coverage
# E: started by Ask and Start, produced, missed, two parts twice, three of the deadline, ended, expired, void: 14; of these 1.
# M: two ways to open, produced, missed, three of the deadline, superseded, paused, resumed, still paused, at risk and not: 13;
# of these 3.  N: opened, produced, missed, three of the deadline, void: 7; of these none.
row() { grep -qE "^$1\$" <<<"$out"; }
is "shares are counted" all code_is 0 : says "1 test passed" : says "coverage: 4 of 34, 11.7 %" : \
  row 'E +1 of 14 +7\.1 %  one\.mot:12' : row '  M +3 of 13 +23\.0 %  one\.mot:20' : row '  N +0 of 7 +0\.0 %  one\.mot:29'
is "what is missing is said" all says "  - no journey started by Ask  (line 15)" : says "  - never produced  (line 16)" : \
  says '  - never decided by `Done where good within 3 d` holding  (line 16)' : \
  says '  - never decided by `no Hold within 2 d` failing  (line 16)' : says "  - no journey expired  (line 19)" : \
  says "  - no journey became void by \`void on\`  (line 18)" : says "    - never opened by \`latest Ask where urgent\`" : \
  says "    - its clock never stopped (\`pause\`)" : says "    - never void since a later one took its place (\`latest\`)" : \
  says "    - never produced without having been at risk" : says "    - no moment opened in any test"
is "how near the nearest try came is said" \
  says "    - deadline: never tried just before it, exactly at it, just after it (nearest: 37.0 s after)"
steps "$d 09:00 Start { customer \"c\" } $d 10:00 Done { customer \"c\" good true }"
run "$MOT" test one.mot --coverage
is "what is at the deadline is not near it" says "    - deadline: never tried just before it, just after it  (line 23)"
steps "$d 09:00 Start { customer \"c\" } $d 10:00:37 Done { customer \"c\" good true }"
run "$MOT" test one.mot --coverage
is "what does not count stands apart" all says "      correction by desk when missed: never overdue" : \
  says "      target never breached, never met: 50% over 1 d min 1 cases" : says "    goals never breached, never met: All, Ms"
run "$MOT" test base.mot --coverage
is "without tests nothing is covered" all code_is 0 : says "no tests" : says "coverage: 0 % of 34: no test was run"
cat base.mot - >two.mot <<'END'
test "in time" { at 2026-03-02 09:00 Start { customer "c" } at 2026-03-02 10:00 Done { customer "c" good true } expect produced M }
test "late" { at 2026-03-02 09:00 Start { customer "c" } at 2026-03-02 10:00:01 Done { customer "c" good true } expect missed M }
END
run "$MOT" test two.mot --coverage
is "tests add up" says "coverage: 7 of 34, 20.5 %" # started; opened, produced, missed, at, after, at risk
run "$MOT" test two.mot --coverage --run late
is "only chosen tests count" says "coverage: 5 of 34, 14.7 %"
run "$MOT" test two.mot
is "nothing is said when nobody asks" [ -z "$(grep coverage <<<"$out$err")" ]
printf 'event A { customer: id }\n' >empty.mot
run "$MOT" test empty.mot --coverage --coverage-min 100
is "rules without experiences demand nothing" all code_is 0 : says "there is nothing to be covered"

run "$MOT" test two.mot --coverage --mutate
is "coverage and changed rules are asked for apart" all code_is 2 : complains "ask for one after the other"

# ---- the least share ----
for min in 20 20% '20.5 %' 0 20.588%; do
  run "$MOT" test two.mot --coverage-min "$min"
  is "$min is reached" all code_is 0 : says "coverage: 7 of 34, 20.5 %"
done
for min in 20.6% 21 100; do
  run "$MOT" test two.mot --coverage-min "$min"
  is "$min is not reached" all code_is 1 : says "2 tests passed" : \
    complains "the tests cover 20.5 % of what is demanded of them (7 of 34), less than the ${min%\%} % that --coverage-min asks for"
done
for min in '' abc -1 101 90%% '%' '9 0' 1e1 nan 1..2 .; do
  run "$MOT" test two.mot --coverage-min "$min"
  is "'$min' is no share" all code_is 2 : complains "--coverage-min takes a share from 0 to 100 %, such as 90%, and \"$min\" is none" : [ -z "$out" ]
done
run "$MOT" test base.mot --coverage-min 1
is "no tests are less than any share" all code_is 1 : complains "the tests cover 0.0 %"

# ---- deadlines of what is moved, of several steps, of several keys; outcomes ----
cat >keys.mot <<'END'
event Order { customer: id  order: id  due: time }
event Sent  { customer: id  order: id }
event Seen  { customer: id }
owner ana "Ana" { role experience_manager  contact "mailto:ana@x.example" }
team  desk "Desk" { lead ana  role producer }
experience E "An experience" {
  for customer, order  manager ana  starts on Order  expires after 10 d
  sco "It comes" Sent within 5 d
  mot ByDay "By the day" { manager ana  producers desk  when Order  smoto Sent by end_of_day(opening.due)  target 50% over 1 d }
  mot Steps "In steps" { manager ana  producers desk  when Order  smoto Seen within 1 h then Sent within 2 h  target 50% over 1 d }
  mot After "Then" { manager ana  producers desk  when missed Steps  smoto not missed ByDay within 1 d  target 50% over 1 d }
}
END
keys() { # NAME STEPS EXPECTED
  { cat keys.mot; printf 'test "it" {\n%s\nexpect journey\n}\n' "$2"; } >one.mot
  run "$MOT" test one.mot --coverage --format json
  printf '%s' "$out" >.json
  local got
  got=$(python3 reached.py .json)
  [ "$got" = "$3" ] || out+=$'\n'"$got"$'\n'"$3"
  is "$1" [ "$got" = "$3" ]
}
order="$d 09:00 Order { customer \"c\" order \"o\" due 2026-03-02 }"
keys "the last second of a day is its end" "$order $d 23:59:59 Sent { customer \"c\" order \"o\" }" \
  "E: started0 produced; ByDay: opened:Order produced at_deadline; Steps: opened:Order missed; After: opened:missed"
keys "the second before it is just before that" "$order $d 23:59:58 Sent { customer \"c\" order \"o\" }" \
  "E: started0 produced; ByDay: opened:Order produced before_deadline; Steps: opened:Order missed; After: opened:missed"
keys "the next day is behind it" "$order at 2026-03-03 00:00 Sent { customer \"c\" order \"o\" }" \
  "E: started0 produced; ByDay: opened:Order missed after_deadline; Steps: opened:Order missed; After: opened:missed missed"
keys "the last millisecond of a day is its end" "$order at 2026-03-02T23:59:59.999Z Sent { customer \"c\" order \"o\" }" \
  "E: started0 produced; ByDay: opened:Order produced at_deadline; Steps: opened:Order missed; After: opened:missed"
keys "the first millisecond of the next is behind it" "$order at 2026-03-03T00:00:00.001Z Sent { customer \"c\" order \"o\" }" \
  "E: started0 produced; ByDay: opened:Order missed after_deadline; Steps: opened:Order missed; After: opened:missed missed"
keys "another order of the customer is no try" "$order at 2026-03-03T00:00:00.001Z Sent { customer \"c\" order \"p\" } end at 2026-03-03 01:00" \
  "E: started0; ByDay: opened:Order missed; Steps: opened:Order missed; After: opened:missed missed"
keys "an event without the second key is one for each journey" "$order $d 10:00:01 Seen { customer \"c\" }" \
  "E: started0; ByDay: opened:Order; Steps: opened:Order missed after_deadline; After: opened:missed"
keys "each step has its deadline" "$order $d 09:59:59 Seen { customer \"c\" } $d 11:59:59 Sent { customer \"c\" order \"o\" }" \
  "E: started0 produced; ByDay: opened:Order produced; Steps: opened:Order produced before_deadline at_deadline; After: "

# What is decided at once is never open.
cat >once.mot <<'END'
event A { customer: id  good: bool }
event B { customer: id }
owner ana "Ana" { role experience_manager  contact "mailto:ana@x.example" }
team  desk "Desk" { lead ana  role producer }
experience E "An experience" {
  for customer  manager ana  starts on A  expires after 10 d  sco "It comes" B within 5 d
  mot Once "At once" { manager ana  producers desk  when latest A  smoto good  void on B  target 50% over 1 d }
}
test "good" { at 2026-03-02 09:00 A { customer "c" good true } expect produced Once }
test "bad" { at 2026-03-02 09:00 A { customer "c" good false } expect missed Once }
END
run "$MOT" test once.mot --coverage
is "what is decided at once has three demands" grep -qE '^  Once +3 of 3 +100\.0 %' <<<"$out"

# ---- patterns, other files ----
mkdir -p rules/lib
cat >rules/lib/care.mot <<'END'
module lib.care
pattern Soon(Asked: event, Answered: event, limit: duration) {
  when  Asked
  smoto Answered within limit
}
END
cat >rules/main.mot <<'END'
module main
use lib.care
event Asked { customer: id }
event Done  { customer: id }
owner ana "Ana" { role experience_manager  contact "mailto:ana@x.example" }
team  desk "Desk" { lead ana  role producer }
pattern Later(Asked: event) {
  when  Asked
  smoto Done within 5 d
}
experience E "An experience" {
  for customer  manager ana  starts on Asked  expires after 10 d
  sco "It comes" Done within 5 d
  mot Quick "Quick" like lib.care.Soon(Asked, Done, 1 h) { manager ana  producers desk  target 50% over 1 d }
  mot Slow "Slow" like Later(Asked) { manager ana  producers desk  target 50% over 1 d }
}
END
cat >rules/tests.mot <<'END'
module tests
use main
test "in time" { at 2026-03-02 09:00 main.Asked { customer "c" } after 1 h main.Done { customer "c" } expect produced main.E.Quick }
END
run "$MOT" test rules/main.mot rules/tests.mot --coverage --coverage-out c.info --coverage-out c.json --coverage-out c.html
# E: started, produced, missed, three, expired: 7, of which 2; each MOT opened, produced, missed, three: 6, of which 3 and 2.
is "tests in a file of their own cover the rules they use, which count once" all code_is 0 : says "coverage: 7 of 19, 36.8 %"
run "$MOT" test rules/tests.mot --coverage
is "alone too" all says "coverage: 7 of 19, 36.8 %" : says "rules/main.mot:14"
run "$MOT" test rules/main.mot --coverage
is "the rules alone have no tests" says "coverage: 0 % of 19: no test was run"

# ---- the ways to write it ----
cat >lcov.py <<'END'
"""Reads an lcov file strictly; prints, for each source, functions, lines and branches found and hit."""
import re, sys
ok = re.compile(r"TN:|SF:.+|FN:\d+,[\w.]+|FNDA:\d+,[\w.]+|FN[FH]:\d+|BRDA:\d+,\d+,\d+,(\d+|-)|BR[FH]:\d+|DA:\d+,\d+|L[FH]:\d+|end_of_record")
one = None
for line in open(sys.argv[1]):
    line = line.rstrip("\n")
    assert ok.fullmatch(line), line
    key, _, rest = line.partition(":")
    if key == "SF": one = dict(file=rest, FN={}, FNDA={}, DA={}, BRDA=[])
    elif key == "FN": one["FN"][rest.split(",")[1]] = int(rest.split(",")[0])
    elif key == "FNDA": one["FNDA"][rest.split(",")[1]] = int(rest.split(",")[0])
    elif key == "DA":
        assert rest.split(",")[0] not in one["DA"]
        one["DA"][rest.split(",")[0]] = int(rest.split(",")[1])
    elif key == "BRDA": one["BRDA"].append(rest.split(","))
    elif key in ("FNF", "FNH", "BRF", "BRH", "LF", "LH"): one[key] = int(rest)
    elif key == "end_of_record":
        lines = len(open(one["file"]).readlines())
        assert all(int(n) <= lines for n in one["DA"])
        assert one["FN"].keys() == one["FNDA"].keys() and one["FNF"] == len(one["FN"])
        assert one["FNH"] == sum(n > 0 for n in one["FNDA"].values())
        assert one["LF"] == len(one["DA"]) and one["LH"] == sum(n > 0 for n in one["DA"].values())
        assert one["BRF"] == len(one["BRDA"]) and one["BRH"] == sum(b[3] not in "-0" for b in one["BRDA"])
        assert len({tuple(b[:3]) for b in one["BRDA"]}) == len(one["BRDA"])
        hit = " ".join(sorted((k for k, n in one["DA"].items() if n == 0), key=int))
        print(f'{one["file"]}: {one["FNH"]}/{one["FNF"]} {one["BRH"]}/{one["BRF"]} {one["LH"]}/{one["LF"]} not {hit}')
END
python3 lcov.py c.info >lcov.told
out=$(cat lcov.told)
# main.mot: 8, 9 of Later; 11 the experience, 12 starts and expires, 13 the SCO, 14, 15 the MOTs.
is "lcov: functions, branches, lines" all says "rules/main.mot: 3/3 7/19 7/7 not" : says "rules/lib/care.mot: 0/0 0/0 2/2 not"
if command -v genhtml >/dev/null; then
  run genhtml -q --branch-coverage c.info -o shown
  is "genhtml shows it" all code_is 0 : grep -q 'E.Quick' shown/rules/main.mot.func.html
fi
run "$MOT" test rules/main.mot rules/tests.mot --coverage-out c.xml
is "Cobertura: the same lines and branches" python3 -c '
import xml.etree.ElementTree as tree
root = tree.parse("c.xml").getroot()
assert root.tag == "coverage" and len(root.findall("packages/package/classes/class")) == 2
assert (root.get("branches-covered"), root.get("branches-valid"), root.get("lines-covered"), root.get("lines-valid")) == ("7", "19", "9", "9"), root.attrib
main, care = root.findall("packages/package/classes/class")
assert main.get("filename") == "rules/main.mot" and care.get("filename") == "rules/lib/care.mot"
line = {l.get("number"): l for l in main.findall("lines/line")}
assert line["14"].get("condition-coverage") == "50% (3/6)" and line["14"].get("branch") == "true", line["14"].attrib
assert line["8"].get("branch") == "false"
assert abs(float(root.get("branch-rate")) - 7 / 19) < 1e-4'
is "JSON says the same in a file and beside the results" python3 -c '
import json, subprocess, sys
one = json.load(open("c.json"))
other = json.loads(subprocess.run(sys.argv[1:] + ["test", "rules/main.mot", "rules/tests.mot", "--coverage", "--format", "json"],
                                  capture_output=True).stdout)["coverage"]
assert one == other
assert (one["reached"], one["demanded"], one["tests"]) == (7, 19, 1)
e = one["experiences"][0]
assert e["name"] == "E" and e["line"] == 11 and len(e["mots"]) == 2, e
assert sum(x["reached"] for x in [e] + e["mots"]) == 7
late = [d for d in e["mots"][0]["demands"] if d["kind"] == "after_deadline"][0]
assert late["missing"] == "deadline: never tried just after it" and late["line"] == 14 and not late["reached"], late
near = [d for d in e["demands"] if d["kind"] == "before_deadline"][0]
assert near["nearest_s"] == -(5 * 86400 - 3600), near' "$MOT"
is "the page is sound" python3 "$root/tests/cli/html_page.py" c.html "36.8 %" "rules/main.mot" "never missed" "Quick"
run "$MOT" test two.mot --coverage --coverage-out c.txt
is "text goes to a file, its total to standard output" all says "coverage: 7 of 34, 20.5 %" : grep -q 'never opened by' c.txt : \
  [ -z "$(grep 'never opened by' <<<"$out")" ]
run "$MOT" test two.mot --coverage --format junit
is "JUnit XML stays alone on standard output" all code_is 0 : complains "coverage: 7 of 34, 20.5 %" : \
  python3 -c 'import xml.etree.ElementTree as t; t.parse(".out")'
run "$MOT" test two.mot --coverage-format lcov --format tap
is "two forms on one output are refused" all code_is 2 : complains "--coverage-format lcov needs --coverage-out FILE"
run "$MOT" test two.mot --coverage-out "$work/nowhere/c.html"
is "a file that cannot be written is trouble" all code_is 2 : says "2 tests passed"
for path in two.mot other.mot; do
  run "$MOT" test two.mot --coverage-out "$path"
  is "$path is no place for coverage" all code_is 2 : complains "--coverage-out $path would take the place of rules" : grep -q '^experience E' two.mot
done
run "$MOT" test two.mot --coverage-format html --coverage-out page
is "the form can be said" grep -q '^<!DOCTYPE html>' page
for i in 1 2 3; do "$MOT" test two.mot --coverage --coverage-format json --coverage-out "r$i.json" >/dev/null; done
is "every run says the same" all cmp -s r1.json r2.json : cmp -s r2.json r3.json
"$MOT" compile two.mot -o two.motc 2>/dev/null
run "$MOT" test two.motc --coverage
is "a module's rules are covered too" says "coverage: 7 of 34, 20.5 %"
run "$MOT" test two.mot bad.mot --coverage
is "files with errors have no part in it" all code_is 1 : says "coverage: 7 of 34, 20.5 %"
run "$MOT" test bad.mot --coverage --coverage-out none.json
is "where all have errors there is nothing to say" all code_is 1 : [ -z "$(grep coverage <<<"$out")" ] : [ ! -e none.json ]
sed 's/"A moment"/"<b>\&amp; \\"moment\\" ✓"/; s/event Gone.*/event Gone  { customer: id } # <i>\&"/' two.mot >odd.mot
run "$MOT" test odd.mot --coverage --coverage-out odd.html
is "signs of other languages in titles are text" python3 "$root/tests/cli/html_page.py" odd.html '<b>&amp; "moment" ✓' '# <i>&"'
