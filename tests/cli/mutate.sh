#!/bin/bash
# mot test --mutate: what is killed and what survives, where and why; formats; exit codes; what can go wrong.
. "$(dirname "$0")/common.bash"

# One promise, tested at its limit by three tests.
cat >base.mot <<'END'
stream { type from "type" time from "time" zone "UTC" }
event Asked    { customer: id }
event Answered { customer: id  good: bool  plan: one of basic, plus }
owner ana "Ana" { role experience_manager  contact "mailto:ana@x.example" }
owner ben "Ben" { role mot_manager  reports to ana  contact "mailto:ben@x.example" }
team  desk "Desk" { lead ben  role producer }
experience Asking "Asking" {
  for customer  manager ana  starts on Asked  expires after 10 d
  sco "I get an answer" Answered
  mot Quick "You answer quickly" {
    manager ben  producers desk  when Asked
    smoto Answered where good within 15 min
  }
}
END
cat >tests.mot <<'END'
test "in time" {
  at 2026-03-02 09:00  Asked { customer "c" }
  after 15 min         Answered { customer "c" good true plan basic }
  expect produced Quick at 2026-03-02 09:15
}
test "a bad answer is none" {
  at 2026-03-02 09:00  Asked { customer "c" }
  after 1 min          Answered { customer "c" good false plan basic }
  expect missed Quick at 2026-03-02 09:15
}
END
cat >expiry.mot <<'END'
test "no answer" {
  at 2026-03-02 09:00  Asked { customer "c" }
  expect missed sco at 2026-03-12 09:00
}
END
cat base.mot tests.mot >some.mot
cat base.mot tests.mot expiry.mot >all.mot

# ---- killed and survived ----
run "$MOT" test --mutate all.mot
is "all changes are noticed" all code_is 0 : says "5 mutants: 5 killed, 0 survived, score 100.0 %"
run "$MOT" test --mutate some.mot
is "what no test needs survives" all code_is 0 : says "5 mutants: 3 killed, 2 survived, score 60.0 %" : \
  says "some.mot:8:61: survived: 10 d made 9 d; 10 d made 11 d" : \
  says "no test tells 10 d from 9 d: expect what stands open until the journey expires, at that time"
is "the line is shown and marked" all says "    8 |   for customer  manager ana  starts on Asked  expires after 10 d" : \
  says "      |                                                             ^^^^"
run "$MOT" test --mutate --run time some.mot
is "--run narrows the tests" all code_is 0 : says "5 mutants: 1 killed, 4 survived" : \
  says "some.mot:12:20: survived: \`where good\` dropped"
run "$MOT" test --mutate all.mot --threads 1
one=$out
run "$MOT" test --mutate all.mot -j 3
is "threads make no difference" [ "${one% in *}" = "${out% in *}" ]

# ---- not compiling, same meaning ----
cat >twenty.mot <<'END'
test "one" { at 2026-03-02 09:00 Asked { customer "c" }  expect missed Quick at 2026-03-02 09:15 }
END
{ sed 's/^    smoto.*/&  target 90% over 1 d min 20 cases/' base.mot; cat twenty.mot; } >same.mot
run "$MOT" test --mutate same.mot
is "the default written out means the same" says "1 more means the same"
{ sed 's/^    smoto.*/    smoto Answered by start.at + 1 d  target 90% over 1 d/' base.mot
  echo 'test "one" { at 2026-03-02 09:00 Asked { customer "c" }  expect no breached Quick }'; } >broken.mot
run "$MOT" test --mutate broken.mot
is "what does not compile does not count" says "1 more does not compile"

# ---- tests that fail, no tests ----
{ cat base.mot tests.mot | sed 's/produced Quick at 2026-03-02 09:15/missed Quick/'; } >fails.mot
run "$MOT" test --mutate fails.mot
is "tests must pass as they are" all code_is 1 : complains 'fails.mot:15:1: "in time" fails' : \
  complains "1 test fails with the rules as they are"
run "$MOT" test --mutate base.mot
is "without tests nothing is noticed" all code_is 0 : says "base.mot: no test is run, so nothing notices a change" : \
  says "5 mutants: 0 killed, 5 survived, score 0.0 %"
run "$MOT" test --mutate-min 1% base.mot
is "… which is less than is asked for" code_is 1
run "$MOT" test --mutate "$work/bad.mot"
is "rules with errors" all code_is 1 : complains "E02"
run "$MOT" test --mutate none.mot
is "no file" all code_is 2 : complains "none.mot"
run "$MOT" compile all.mot -o all.motc
run "$MOT" test --mutate all.motc
is "a module has no text" all code_is 2 : complains "a module has no text that can be changed"
run "$MOT" test --mutate all.mot base.mot
is "several files" all code_is 0 : says "10 mutants: 5 killed, 5 survived, score 50.0 %"
run bash -c '"$1" test --mutate - <all.mot' - "$MOT"
is "standard input" all code_is 0 : says "5 killed"

# ---- the least share ----
for least in 60 60% 60.0 "60 %" 0% 59.9%; do
  run "$MOT" test --mutate-min "$least" some.mot
  is "--mutate-min $least holds" code_is 0
done
for least in 60.1% 61 100%; do
  run "$MOT" test --mutate --mutate-min "$least" some.mot
  is "--mutate-min $least does not hold" all code_is 1 : complains "tests notice 60 % of the changes"
done
for least in x 101% -1 "" 8o 0x10 1e1 50%% 50%x; do
  run "$MOT" test --mutate-min "$least" some.mot
  is "--mutate-min '$least' is refused" all code_is 2 : complains "a share from 0% to 100%"
done
run "$MOT" test --mutate-kinds clause,count all.mot
is "--mutate-kinds chooses" all code_is 0 : says "1 mutant: 1 killed, 0 survived"
run "$MOT" test --mutate --mutate-kinds target all.mot
is "… where there may be none" all code_is 0 : says "0 mutants: 0 killed, 0 survived in"
for kinds in x "" clause, ,clause clauses clau; do
  run "$MOT" test --mutate-kinds "$kinds" all.mot
  is "--mutate-kinds '$kinds' is refused" all code_is 2 : complains "--mutate-kinds takes bound, count,"
done
run "$MOT" test --mutate --threads many some.mot
is "--threads is a number" all code_is 2 : complains "--threads"
run "$MOT" test --mutate --run '(' some.mot
is "--run is an expression" all code_is 2 : complains "regular expression"

# ---- formats ----
run "$MOT" test --mutate --format json some.mot
is "JSON" python3 - "$out" <<'END'
import json, sys
root = json.loads(sys.argv[1])
assert (root["mutants"], root["killed"], root["survived"], root["notCompiling"], root["sameMeaning"]) == (5, 3, 2, 0, 0)
assert root["score"] == 0.6 and root["untried"] == 0 and root["files"] == [{"file": "some.mot", "tests": 2}]
text = open("some.mot").read()
assert [r["outcome"] for r in root["results"]] == ["survived", "survived", "killed", "killed", "killed"]
first = root["results"][0]
assert text[first["offset"]:first["offset"] + first["length"]] == "10 d" and first["with"] == "9 d"
assert (first["line"], first["column"], first["endLine"], first["endColumn"]) == (8, 61, 8, 65)
assert first["kind"] == "bound" and first["change"] == "10 d made 9 d" and "no test tells" in first["hint"]
assert [r["kind"] for r in root["results"]] == ["bound", "bound", "clause", "bound", "bound"]
END
run "$MOT" test --mutate --format github some.mot
is "GitHub" all says "::warning file=some.mot,line=8,col=61,endLine=8,endColumn=65,title=no test notices%3A 10 d made 9 d::no test" : \
  says "5 mutants"
for format in junit tap; do
  run "$MOT" test --mutate --format $format some.mot
  is "$format is refused" all code_is 2 : complains "--mutate writes text, json or github, not $format"
done

# ---- a mutant that would never end ----
{ sed 's/^  sco .*/&  ends on Answered/; s/^    smoto.*/&  on missed { alert ben repeat every 1 s }/' base.mot
  echo 'test "soon over" { at 2026-03-02 09:00 Asked { customer "c" }
    at 2026-03-02 09:16 Answered { customer "c" good true plan plus }  end at 2026-03-12  expect produced sco  expect missed Quick }'; } >long.mot
run timeout 60 "$MOT" test --mutate long.mot
is "records without end kill a mutant" all code_is 0 : says "mutants:"

# ---- the example ----
run "$MOT" test --mutate-kinds bound,count,comparison,logic,value,clause "$root/examples/broadband/broadband.mot"
is "the example has a test for each of its limits" all code_is 0 : says " killed, 0 survived, score 100.0 %"
run "$MOT" test --mutate-min 50% "$root/examples/broadband/broadband.mot"
is "… and for half of all" code_is 0

# ---- interrupted ----
for i in $(seq 600); do sed -n '/^  mot Quick/,/^  }/p' base.mot | sed "s/Quick/Quick$i/; s/15 min/20 min/"; done >more.txt
sed '/^  sco/r more.txt' some.mot >large.mot
run timeout --preserve-status -k 120 1 "$MOT" test --mutate --threads 1 large.mot
is "interrupted: what was done is told" all code_is 130 : says "interrupted, "
