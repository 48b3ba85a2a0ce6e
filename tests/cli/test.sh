#!/bin/bash
# mot test: every kind of expectation, right and wrong; what is told; formats; what can go wrong.
. "$(dirname "$0")/common.bash"

# Rules with one of everything, and tests to follow.
cat >base.mot <<'END'
stream { type from "type" time from "time" zone "Europe/Amsterdam" }
event Asked    { customer: id  urgent: bool? }
event Answered { customer: id  agent: text? }
event Closed   { customer: id }
event Moved    { customer: id  to: time }
event Rated    { customer: id  score: int in 0..10 }
owner ana "Ana" { role experience_manager  contact "mailto:ana@x.example" }
owner ben "Ben" { role mot_manager  reports to ana  contact "mailto:ben@x.example" }
team  desk "Desk" { lead ben  role producer }
experience Asking "Asking" {
  for customer  manager ana  starts on Asked  ends on Closed  expires after 30 d
  sco "I get an answer" Answered within 10 d
  mot Quick "You answer quickly" {
    manager ben  producers desk
    when Asked  smoto Answered within 1 d  void on Closed
    target 50% over 1 d min 2 cases
    on missed {
      alert ben severity high
      correct "Call" by desk within 1 h until Answered
    }
    on breached { alert ana }
  }
  mot Kept "You keep to your date" {
    manager ben  producers desk  when latest Moved as date  smoto Answered by date.to  target 50% over 7 d min 1 cases
  }
  mot Thanked "You thank" { manager ben  producers desk  when Rated where score > 8  smoto Answered within 1 h
    target 50% over 7 d min 1 cases }
}
nsat Star "Answers" for Asking {
  goal All "Everybody gets an answer" { owner ana  measure sco  target 90% over 1 d min 1 cases
    goal Fast "Quick answers" { owner desk  measure Quick  target 50% over 1 d min 1 cases } }
}
END

# A test of the steps and expectation given, as a file of its own; the line of the expectation stays the same.
steps='at 2026-03-02 09:00 Asked { customer "c1" }'
one() { # EXPECTATION…
  { cat base.mot; echo 'test "it" {'; echo "$steps"; for expectation; do echo "$expectation"; done; echo '}'; } >one.mot
  run "$MOT" test one.mot
}
holds() { one "$1"; is "holds: $1" all code_is 0 : says "1 test passed"; }
fails() { # EXPECTATION WORDS…
  local -a all=(code_is 1 : says "FAIL it" : says "expected  ${1#expect }" : says "1 of 1 test failed")
  one "$1"
  for words in "${@:2}"; do all+=(: says "$words"); done
  is "does not hold: $1" all "${all[@]}"
}

# ---- moments ----
steps='at 2026-03-02 09:00 Asked { customer "c1" }  end at 2026-03-20'
holds 'expect missed Quick at 2026-03-03 09:00'
holds 'expect missed Quick'
holds 'expect missed Quick for "c1"'
holds 'expect no missed Quick for "c2"'
holds 'expect no produced Quick'
holds 'expect missed Asking.Quick'
holds 'expect open Quick at 2026-03-02 09:00'
holds 'expect no open Quick at 2026-03-03 09:00'
holds 'expect no open Quick'
fails 'expect produced Quick' 'Quick missed at 2026-03-03 09:00 (opened 2026-03-02 09:00) for c1: no Answered by 2026-03-03 09:00'
fails 'expect missed Quick at 2026-03-03 09:01' 'Quick missed at 2026-03-03 09:00'
fails 'expect missed Quick for "c2"' 'for c1'
fails 'expect no missed Quick' 'Quick missed at'
fails 'expect void Quick' 'Quick missed at'
fails 'expect open Quick' 'Quick missed at'
one 'expect produced Quick'
is "place and line are shown" all says "one.mot:$(grep -n 'expect produced' one.mot | cut -d: -f1):1:" : says '| expect produced Quick'

# ---- the SCO, journeys ----
holds 'expect missed sco at 2026-03-12 09:00'
holds 'expect missed Asking'
holds 'expect journey'
holds 'expect journey at 2026-03-02 09:00'
holds 'expect journey for "c1"'
holds 'expect no journey for "c2"'
fails 'expect produced sco' 'the SCO of Asking missed at 2026-03-12 09:00'
fails 'expect no journey' 'a journey of Asking started at 2026-03-02 09:00 for c1'
fails 'expect journey at 2026-03-02 09:01' 'a journey of Asking started at 2026-03-02 09:00'

# ---- alerts and corrections ----
holds 'expect alert to ben severity high at 2026-03-03 09:00'
holds 'expect alert to ben'
holds 'expect no alert to desk'
holds 'expect correct desk at 2026-03-03 09:00'
holds 'expect correct overdue desk at 2026-03-03 10:00'
holds 'expect no correct done desk'
fails 'expect alert to ben severity low' 'an alert to ben, severity high, raised at 2026-03-03 09:00 for c1'
fails 'expect alert to desk' 'no alert to desk in this test' 'an alert to ben'
fails 'expect no alert to ben' 'an alert to ben, severity high'
fails 'expect correct done desk' 'a correction by desk opened at 2026-03-03 09:00' 'overdue at 2026-03-03 10:00'
fails 'expect correct ben' 'no correction by ben' 'a correction by desk'
steps='at 2026-03-02 09:00 Asked { customer "c1" } at 2026-03-03 09:30 Answered { customer "c1" }'
holds 'expect correct done desk at 2026-03-03 09:30'
holds 'expect produced sco'
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Answered { customer "c1" }'
fails 'expect correct desk' 'no correction by desk' 'nor was there any other correction'
fails 'expect alert to ben' 'nor was there any other alert'

# ---- targets and goals ----
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Asked { customer "c2" } end at 2026-03-05'
holds 'expect breached Quick at 2026-03-03 11:00'
holds 'expect breached Quick'
holds 'expect no met Quick'
holds 'expect breached Fast'
holds 'expect breached Star.Fast'
holds 'expect alert to ana at 2026-03-03 11:00'
fails 'expect met Quick' 'Quick breached at 2026-03-03 11:00: 0.0 % in 2 cases' 'target 50% over 1 d min 2 cases: breached'
fails 'expect no breached Fast' 'Fast breached at 2026-03-03 10:00: score 0.0'
fails 'expect met All' 'target 90% over 1 d min 1 cases'
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Asked { customer "c2" } after 1 h Answered { customer "c1" } after 1 h Answered { customer "c2" } end at 2026-03-03'
holds 'expect met Quick'
holds 'expect met Fast at 2026-03-02 12:00'
fails 'expect breached Quick' 'target 50% over 1 d min 2 cases: met, 2 cases, 100.0 %'
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Answered { customer "c1" } end at 2026-03-03'
fails 'expect met Quick' 'unknown, 1 case' 'fewer than `min 2`'
steps='at 2026-03-02 09:00 Asked { customer "c1" }'
fails 'expect breached Quick' 'not judged yet when the clock stopped at 2026-03-02 09:00; `end at` lets it go on'

# ---- void, open, moved ----
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Closed { customer "c1" }'
holds 'expect void Quick at 2026-03-02 10:00'
fails 'expect missed Quick' 'Quick void at 2026-03-02 10:00, by `void on`'
steps='at 2026-03-02 09:00 Asked { customer "c1" }'
holds 'expect open Quick'
holds 'expect open sco'
fails 'expect missed Quick' 'Quick open until 2026-03-03 09:00'
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Moved { customer "c1" to 2026-03-05 10:00 } after 1 h Moved { customer "c1" to 2026-03-06 10:00 }'
holds 'expect void Kept at 2026-03-02 11:00'
fails 'expect missed Kept' 'a later one took its place' 'Kept open until 2026-03-06 10:00'

# ---- why nothing opened ----
steps='at 2026-03-02 09:00 Asked { customer "c1" }'
fails 'expect open Kept' 'no moment of Kept opened' 'no step of this test sends Moved, with which it opens'
steps='at 2026-03-02 09:00 Moved { customer "c1" to 2026-03-05 10:00 }'
fails 'expect open Kept' 'no journey of Asking started' 'no step of this test sends Asked, with which it starts'
fails 'expect missed sco' 'no journey of Asking started'
fails 'expect journey' 'no step of this test sends Asked'
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Closed { customer "c1" } after 30 d Moved { customer "c1" to 2026-05-05 10:00 }'
fails 'expect open Kept' 'came when no journey was live' 'a journey of Asking from 2026-03-02 09:00'
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Rated { customer "c1" score 3 }'
fails 'expect produced Thanked' 'did not open one: it belongs to another journey, or what `when` asks for did not hold'
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Closed { customer "c1" } after 1 h Moved { customer "c1" to 2026-03-05 10:00 }'
fails 'expect open Kept' 'did not open one: its journey had ended by then'

# ---- several tests, options ----
cat base.mot - >several.mot <<'END'
test "first: it's <right> & \"fine\"" { at 2026-03-02 09:00 Asked { customer "c1" } expect journey }
test "second #2" { at 2026-03-02 09:00 Asked { customer "c1" }
  expect missed Quick    # not yet
  expect produced Quick  # more than
    # one line
    at 2026-03-02 10:00
}
test "third" { at 2026-03-02 09:00 Asked { customer "c1" } expect no journey }
END
run "$MOT" test several.mot
is "tests are runs of their own" all code_is 1 : says "ok   first" : says "FAIL second #2" : says "FAIL third" : says "2 of 3 tests failed in" : \
  says "expected  produced Quick at 2026-03-02 10:00"
run "$MOT" test several.mot --fail-fast
is "--fail-fast stops" all code_is 1 : says "1 of 2 tests failed" : says "stopped at the first failure"
run "$MOT" test several.mot --run '^fi(rst|fth)'
is "--run chooses by name" all code_is 0 : says "1 test passed" : says "2 not chosen by --run"
run "$MOT" test several.mot --run 'nothing'
is "none chosen is said" all code_is 0 : says "no test has such a name"
run "$MOT" test several.mot --run '('
is "what is no regular expression is said" all code_is 2 : complains "--run takes an extended regular expression"
run "$MOT" test good.mot
is "no tests is fine" all code_is 0 : says "no tests"
"$MOT" compile several.mot -o several.motc 2>/dev/null
run "$MOT" test several.motc --run second
is "a module's tests run too" all code_is 1 : says "several.motc:$(grep -n 'expect missed' several.mot | cut -d: -f1):3:" : says "| "
run "$MOT" test good.mot several.mot bad.mot
is "files with errors are told, the others run" all code_is 1 : says "2 of 3 tests failed" : says "1 file with errors" : complains "bad.mot"
run "$MOT" test nowhere.mot
is "a file that is not there" code_is 2
run "$MOT" test
is "rules are needed" code_is 2
for i in 1 2 3 4 5; do "$MOT" test several.mot | sed 's/ in [0-9.]* s$//'; done | sort | uniq -c | awk '{ print $1 % 5 }' | sort -u >same
is "every run says the same" [ "$(cat same)" = 0 ]

# ---- formats ----
run "$MOT" test several.mot bad.mot --format json
is "JSON is told" python3 -c '
import json, sys
r = json.load(open(".out"))
assert r["tests"] == 3 and r["failed"] == 2 and r["passed"] == 1 and r["broken"] == ["bad.mot"], r
t = r["results"][1]
assert t["outcome"] == "failed" and t["file"] == "several.mot" and len(t["failures"]) == 2, t
assert t["failures"][1]["expected"] == "expect produced Quick at 2026-03-02 10:00", t
assert t["failures"][1]["happened"][0].startswith("Quick open until"), t'
run "$MOT" test several.mot bad.mot --format junit
is "JUnit XML is well-formed" python3 -c '
import xml.etree.ElementTree as tree
root = tree.parse(".out").getroot()
assert root.attrib["tests"] == "4" and root.attrib["failures"] == "2" and root.attrib["errors"] == "1", root.attrib
cases = root.findall("testcase")
assert len(cases) == 4
assert [c.attrib["name"] for c in cases][1] == "first: it'"'"'s <right> & \"fine\"", cases[1].attrib
assert len(cases[2].findall("failure")) == 2'
run "$MOT" test several.mot bad.mot --format tap
is "TAP has its plan and points" all code_is 1 : says "1..4" : says "not ok 1 - bad.mot compiles" : says "ok 2 - first" : \
  says 'not ok 3 - second \#2' : says "#   Quick open until"
run "$MOT" test several.mot --format github
is "GitHub gets a command for each" all code_is 1 : \
  says "::error file=several.mot,line=$(grep -n 'expect missed' several.mot | cut -d: -f1),col=3,title=second #2::expect missed Quick%0A" : \
  [ "$(grep -c '^::error' <<<"$out")" = 3 ]
run "$MOT" test several.mot --format yaml
is "other formats there are none" code_is 2
run "$MOT" test "$root/examples/broadband/broadband.mot"
is "the tests of the example hold" all code_is 0 : says " tests passed in "

# ---- escalation, repetition, individuals ----
sed -e 's/producers desk$/producers desk by last(Answered).agent/' \
  -e 's/alert ben severity high/alert desk severity high escalate after 1 h repeat every 30 min/' \
  -e 's/measure Quick  target 50% over 1 d min 1 cases }/measure Quick  target 50% over 1 d min 1 cases\n goal Mine "Mine" each agent { measure Quick  target 50% over 1 d min 1 cases } }/' base.mot >each.mot
cp each.mot base.mot
steps='at 2026-03-02 09:00 Asked { customer "c1" } end at 2026-03-03 20:00'
holds 'expect alert to desk at 2026-03-03 09:30'
holds 'expect alert to ben at 2026-03-03 10:00'
holds 'expect alert to ana at 2026-03-03 11:00'
holds 'expect no alert to ana at 2026-03-03 10:00'
fails 'expect breached Mine' 'nobody stands there when the clock stops at 2026-03-03 20:00'
steps='at 2026-03-02 09:00 Asked { customer "c1" } after 1 h Answered { customer "c1" agent "t7" } end at 2026-03-03'
holds 'expect met Mine for "t7"'
holds 'expect no met Mine for "t8"'
fails 'expect breached Mine for "t7"' 'Mine met at 2026-03-02 11:00 for t7: score 100.0' 't7 stands met, score 100.0'

# ---- events that the rules reject ----
steps='at 9999-12-31 09:00 Asked { customer "c1" } after 1 d Answered { customer "c1" }'
one 'expect journey'
is "an event that is rejected fails its test, and says why" all code_is 1 : says "FAIL it" : says "1 of 1 test failed" : \
  says "one.mot: line $(grep -n '^at 9999' one.mot | cut -d: -f1): Answered was rejected: range of time"
cat one.mot - >next.mot <<'END'
test "the next" { at 2026-03-02 09:00 Asked { customer "c1" } expect journey }
END
run "$MOT" test next.mot
is "the others run" all code_is 1 : says "ok   the next" : says "1 of 2 tests failed"
run "$MOT" test next.mot --format json
is "JSON has the reason" python3 -c '
import json
r = json.load(open(".out"))["results"]
assert "Answered was rejected: range of time" in r[0]["error"] and r[0]["outcome"] == "failed" and r[0]["failures"] == [], r
assert "error" not in r[1]'
run "$MOT" test next.mot --format junit
is "JUnit XML takes it for an error" python3 -c '
import xml.etree.ElementTree as tree
root = tree.parse(".out").getroot()
assert root.attrib["errors"] == "1" and root.attrib["failures"] == "0", root.attrib
assert "was rejected" in root.find("testcase/error").attrib["message"]'
