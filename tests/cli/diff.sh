#!/bin/bash
# mot diff: changes, outcomes under both rules, formats, exit codes, and what can go wrong.
. "$(dirname "$0")/common.bash"

# Under good.mot c1 and c2 are answered within a day, c3 is not; c4 and c5 have hours left.
# Within 2 hours only c1 is; c3 is missed earlier.
cat >events.ndjson <<'EOF'
{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"c1"}
{"type":"Answered","time":"2026-03-02T10:00:00Z","customer":"c1","wait":30}
{"type":"Asked","time":"2026-03-03T09:00:00Z","customer":"c2"}
{"type":"Answered","time":"2026-03-03T15:00:00Z","customer":"c2","wait":30}
{"type":"Asked","time":"2026-03-04T09:00:00Z","customer":"c3"}
{"type":"Answered","time":"2026-03-06T09:00:00Z","customer":"c3","wait":30}
{"type":"Asked","time":"2026-03-20T09:00:00Z","customer":"c4"}
{"type":"Asked","time":"2026-03-20T09:30:00Z","customer":"c5"}
EOF
edit() { sed "$2" "$1"; }
edit good.mot 's/Answered within 1 d/Answered within 2 h/' >tight.mot
edit good.mot 's/You answer quickly/You answer/; s/experience Asking/  # a word\nexperience   Asking/' >words.mot
edit good.mot 's/owner ana "Ana" /# who\nowner ana "Ana"   /' >layout.mot
edit good.mot 's/when      Asked/when      Asked or Answered/' >often.mot
edit good.mot 's/mot Quick/mot Prompt/; s/measure Quick/measure Prompt/' >renamed.mot
(cat good.mot; echo 'experience Other "Other" { for customer  manager ana  starts on Answered  sco "x" Asked within 1 d  expires after 2 d }') >more.mot

is_of() { [ "$(python3 "$root/tests/cli/diff_check.py" json .out "$1")" = "$2" ]; }
sound_markdown() { [ "$(python3 "$root/tests/cli/diff_check.py" markdown .out 2>&1)" = "$1" ]; }
narrow() { ! awk 'length($0) > 80' .out | grep -v '^new.mot\|^/' | grep -q .; }
lacks() { ! says "$1"; }
silent() { [ -z "$err" ]; }

# ---- what changed ----
run "$MOT" diff good.mot good.mot
is "a file and itself" all code_is 0 : silent : says "no change at all: the texts are the same" : says "can be loaded with the other"
run "$MOT" diff good.mot layout.mot --exit-code
is "layout and comments are no change" all code_is 0 : says "layout.mot: no change in meaning" : says "cannot be loaded"
run "$MOT" diff good.mot words.mot --exit-code
is "words are no change in meaning" all code_is 0 : says "words.mot: 1 text: no change in meaning" : \
  says "Nothing is decided otherwise." : says '- "You answer quickly"' : says '+ "You answer"'
run "$MOT" diff good.mot tight.mot
is "another limit" all code_is 0 : silent : says "tight.mot: 1 bound" : says "Asking.Quick" : \
  says "- smoto Answered within 1 d" : says "+ smoto Answered within 2 h" : says "tight.mot:17" : narrow
run "$MOT" diff good.mot tight.mot --exit-code
is "--exit-code: it differs" code_is 1
run "$MOT" diff good.mot renamed.mot
is "a new name" all code_is 0 : says "It looks like Asking.Quick renamed." : says "gone       - mot Quick"
run "$MOT" diff good.mot more.mot
is "a new experience" all code_is 0 : says "more.mot: 1 new" : says 'new        + experience Other "Other"'

"$MOT" compile good.mot -o good.motc && "$MOT" compile tight.mot -o tight.motc
run "$MOT" diff good.motc tight.motc
is "modules" all code_is 0 : says "1 bound" : says "+ smoto Answered within 2 h"
run "$MOT" diff good.motc good.mot
is "a module and its text" all code_is 0 : says "the texts are the same"
run bash -c '"$0" diff <(cat good.mot) tight.mot' "$MOT"
is "the old rules through a pipe" all code_is 0 : says "1 bound"
code=0; out=$("$MOT" diff - tight.mot <good.mot 2>&1) || code=$?
is "the old rules from standard input" all code_is 0 : says "1 bound"
code=0; out=$("$MOT" diff good.mot - <tight.mot 2>&1) || code=$?
is "the new rules from standard input" all code_is 0 : says "standard input"
run bash -c '"$0" diff <(cat good.mot) tight.mot --label main --label "this branch" -f markdown' "$MOT"
is "--label names both" all code_is 0 : says "### Rules: \`main\` → \`this branch\`"
run "$MOT" diff good.mot tight.mot --label a --label b --label c
is "there are two to name" all code_is 2 : complains "--label"
mkdir -p lib/shop && printf 'def soon() = 1 d\n' >lib/shop/times.mot
edit good.mot 's/^event Asked /use shop.times\nevent Asked /; s/within 1 d/within shop.times.soon()/' >using.mot
run bash -c '"$0" diff <(cat using.mot) using.mot -L lib' "$MOT"
is "what rules use is found in --lib" all code_is 0 : says "the texts are the same"
printf 'def soon() = 2 d\n' >lib/shop/times.mot
"$MOT" compile using.mot -L lib -o using2.motc; printf 'def soon() = 1 d\n' >lib/shop/times.mot
"$MOT" compile using.mot -L lib -o using1.motc
run "$MOT" diff using1.motc using2.motc
is "through what another file declares" all code_is 0 : says "1 bound" : says "Through def soon."

# ---- over events ----
both() { run "$MOT" diff good.mot "$1" events.ndjson "${@:2}"; }
both good.mot
is "the same rules end alike" all code_is 0 : says "8 events under both: all that both rules have ends as before, at the same times"
both good.mot --exit-code
is "… and do not differ" code_is 0
both tight.mot
is "what ends differently" all code_is 0 : silent : narrow : \
  says "1 ends differently, 1 is decided at another time" : says "1 produced -> missed" : says "c2, opened 2026-03-03 09:00" : \
  says "old  produced 2026-03-03 15:00" : says "new  missed 2026-03-03 11:00" : says "no Answered by 2026-03-03T11:00:00.000Z" : \
  says "  Quick              old          2        1        0        2   66.7 %" : \
  says "                     new          1        2        0        2   33.3 %        1" : \
  says "  SCO                both         3        0        0        2  100.0 %"
both tight.mot --format json
is "… as JSON" all code_is 0 : is_of 'd["differs"], d["counts"]["bound"], d["run"]["differ"]' "(True, 1, 2)" : \
  is_of 'quick["turned"]' "[{'old': 'produced', 'new': 'missed', 'count': 1}]" : is_of 'quick["moved"]' 1 : \
  is_of 'quick["old"]["rate"], quick["new"]["rate"]' "(66.66666666666667, 33.333333333333336)" : \
  is_of '[e["key"] for e in quick["examples"]]' "['c2', 'c3']" : \
  is_of 'quick["examples"][1]["old"]["decided"]' 2026-03-05T09:00:00Z : \
  is_of 'quick["examples"][1]["new"]["decided"]' 2026-03-04T11:00:00Z : is_of 'sco["differ"], sco["moved"]' "(0, 0)" : \
  is_of 'd["run"]["old"]["events"]' 8 : is_of 'd["changes"][0]["before"]' "smoto Answered within 1 d" : \
  is_of 'd["changes"][0]["new_place"]["line"]' 17
both tight.mot --examples 1 --format json
is "--examples" is_of '[e["key"] for e in quick["examples"]]' "['c2']"
both tight.mot --examples 0
is "--examples 0" all says "1 produced -> missed" : lacks "c2"
both tight.mot --until 2026-04-01 --format json
is "--until" all code_is 0 : is_of 'quick["turned"][0]["count"], quick["moved"]' "(1, 3)"
both tight.mot --key c3 --format json
is "--key" all code_is 0 : is_of 'quick["turned"], quick["moved"]' "([], 1)"
both tight.mot --threads 2 --format json
is "--threads" is_of 'quick["turned"][0]["count"], quick["moved"]' "(1, 1)"
both tight.mot -e
is "--exit-code: it ends differently" code_is 1
both often.mot --format json
is "opened under the new rules alone" all code_is 0 : is_of 'quick["only"]' "{'old': 0, 'new': 3}" : \
  is_of 'quick["examples"][0]["old"], quick["examples"][0]["new"]["outcome"]' "(None, 'missed')" : is_of 'quick["differ"]' 3
edit renamed.mot 's/within 1 d/within 2 h/' >other.mot
both other.mot --format json
is "a MOT that one of the rules does not have" all code_is 0 : is_of 'd["run"]["differ"]' 0 : is_of 'quick["new"]' None : \
  is_of 'quick["only"]' "{'old': 5, 'new': 0}" : is_of 'quick["examples"]' "[]"
both other.mot
is "… as text" all says "not under the new rules" : says "  Prompt             new          1        2        0        2   33.3 %"
both renamed.mot --format json
is "a MOT that is only renamed is compared" all code_is 0 : is_of 'd["changes"][0]["renamed"]' Asking.Quick : \
  is_of '[(m["name"], m["was"], m["only"]["old"], m["only"]["new"]) for m in d["run"]["experiences"][0]["mots"]]' "[('Prompt', 'Quick', 0, 0)]"
both renamed.mot
is "… as text" all says "  Quick              old          2        1        0        2   66.7 %" : \
  says "  Prompt             new          2        1        0        2   66.7 %"
both more.mot
is "an experience that one does not have" all code_is 0 : says "not under the old rules" : says "journeys started: 0 -> 3"
gzip -k events.ndjson
run "$MOT" diff good.mot tight.mot events.ndjson.gz --format json
is "events packed" is_of 'quick["turned"][0]["count"]' 1
code=0; "$MOT" diff good.mot tight.mot - --format json <events.ndjson >.out 2>.err || code=$?
is "events from standard input" all code_is 0 : is_of 'quick["turned"][0]["count"]' 1

# Blocks and threads decide nothing: the same figures and the same examples.
broadband=$root/examples/broadband
sed 's/visit.slot + 15 min/visit.slot + 10 min/; s/mon..fri 08:00..18:00/mon..fri 08:00..17:00/' \
  "$broadband/broadband.mot" >broadband.mot
"$MOT" diff "$broadband/broadband.mot" broadband.mot "$broadband/events.ndjson" -f json >one.json
"$MOT" diff "$broadband/broadband.mot" broadband.mot "$broadband/events.ndjson" -f json -j 3 >three.json
split -n l/7 "$broadband/events.ndjson" piece.
"$MOT" diff "$broadband/broadband.mot" broadband.mot piece.* -f json >pieces.json
python3 -c 'import sys, time
for line in open(sys.argv[1], "rb"):
    sys.stdout.buffer.write(line); sys.stdout.flush()' "$broadband/events.ndjson" |
  "$MOT" diff "$broadband/broadband.mot" broadband.mot - -f json >trickled.json
is "threads change nothing" cmp one.json three.json
is "how events are cut into files and blocks changes nothing" all cmp one.json pieces.json : cmp one.json trickled.json
cp one.json .out
is "the example with a shorter promise" is_of '[m["turned"] for m in d["run"]["experiences"][0]["mots"] if m["name"] == "OnTime"][0][0]["new"]' missed

# The same from the records of a run under each.
ends() { "$MOT" run "$1" "$broadband/events.ndjson" --records moment,sco,open --summary none >"$2"; }
ends "$broadband/broadband.mot" old.records
as_records() { # name, sed command
  sed "$2" "$broadband/broadband.mot" >edited.mot
  ends edited.mot new.records
  run "$MOT" diff "$broadband/broadband.mot" edited.mot "$broadband/events.ndjson" --format json
  out=$(python3 "$root/tests/cli/diff_check.py" records .out old.records new.records 2>&1)
  is "as the records say: $1" [ "$out" = True ]
}
as_records "a limit" 's/visit.slot + 15 min/visit.slot + 10 min/'
as_records "what opens" 's/latest AppointmentConfirmed/each AppointmentConfirmed/; s/when      Complaint/when      Complaint or CallEnded where wait > 60 s/'
as_records "the life of a journey" 's/expires   after 60 d/expires   after 8 d/'
as_records "what starts" 's/starts    on OrderPlaced/starts    on OrderPlaced where plan == basic/'
as_records "what voids and ends" 's/void      on OrderCancelled/void      on Complaint/; s/ends      on ServiceActive/ends      on ServiceActive or TechnicianArrived/'

# ---- markdown ----
both tight.mot --format markdown
is "markdown" all code_is 0 : sound_markdown 3 : says "| Asking.Quick<br>tight.mot:17 | bound |" : says "### Rules: \`good.mot\` → \`tight.mot\`" : says "**1 bound.**" : \
  says "| Asking.Quick | 2 → **1** | 1 → **2** | 0 | 2 | 66.7 % → **33.3 %** | 1 |" : says "<details><summary>Asking.Quick: 2 examples</summary>"
run "$MOT" diff good.mot words.mot --format markdown
is "markdown: words are folded away" all sound_markdown 1 : says "**1 text: no change in meaning.**" : \
  says "1 change of words, people or weights: nothing is decided otherwise</summary>"
run "$MOT" diff good.mot layout.mot --format markdown
is "markdown: no change in meaning" all sound_markdown 0 : says "**no change in meaning: only how it is written differs, or its tests.**"
edit good.mot 's/You answer quickly/a | b <br> `c` *d*/' >odd.mot
run "$MOT" diff good.mot odd.mot --format markdown
is "markdown: what rules say is no markup" all sound_markdown 1 : says '``"a \| b <br> `c` *d*"``'
sed 's/"c2"/"<b>|*x*"/' events.ndjson >odd.ndjson
run "$MOT" diff good.mot tight.mot odd.ndjson --format markdown
is "markdown: what data say is no markup" all sound_markdown 3 : says '| \<b\>\|\*x\* |'
sed 's/"c2"/"a\\u001b[31mb"/' events.ndjson >odd.ndjson
run "$MOT" diff good.mot tight.mot odd.ndjson
is "nothing in the data moves the cursor" all says 'a?[31mb' : code_is 0

# ---- what can go wrong ----
run "$MOT" diff bad.mot good.mot
is "errors in the old rules" all code_is 1 : complains "bad.mot:17" : complains "Anwsered"
run "$MOT" diff good.mot bad.mot
is "errors in the new rules" all code_is 1 : complains "Anwsered"
run "$MOT" diff good.mot none.mot
is "a file that is not there" all code_is 2 : complains "none.mot"
run "$MOT" diff good.mot
is "one file alone" code_is 2
run "$MOT" diff - -
is "standard input twice" all code_is 2 : complains "read once only"
run "$MOT" diff good.mot tight.mot none.ndjson
is "events that are not there" all code_is 2 : complains "none.ndjson"
both tight.mot --examples many
is "--examples takes a number" all code_is 2 : complains "--examples takes a number up to 1000"
both tight.mot --until then
is "--until takes a time" all code_is 2 : complains "--until takes a time"
head -c 300 good.motc >cut.motc
run "$MOT" diff cut.motc good.mot
is "a module that was cut" code_is 1
"$MOT" diff good.mot tight.mot events.ndjson >/dev/full 2>.err; code=$?
is "a full disk" code_is 2

# ---- many ----
# Two hundred thousand journeys, each decided within its block or a day later under one of the rules: what waits is let go of.
python3 - <<'EOF' >many.ndjson
t = 1772355600
for i in range(200000):
    t += 1
    late = i % 3 == 0
    print('{"type":"Asked","time":%d,"customer":"c%d"}' % (t, i))
    j = i - (10000 if late else 10)
    if j >= 0: print('{"type":"Answered","time":%d,"customer":"c%d","wait":30}' % (t, j))
EOF
for name in good tight often; do sed '1i stream { time from "time" as unix_s }' $name.mot >many_$name.mot; done
bounded() { (case $MOT in *sanitize*) ;; *) ulimit -v 600000 ;; esac; exec "$MOT" "$@"); }
run bounded diff many_good.mot many_tight.mot many.ndjson --format json
is "many moments in little memory" all code_is 0 : is_of 'quick["old"]["opened"] > 190000, quick["turned"][0]["count"] > 0' "(True, True)"
run bounded diff many_good.mot many_often.mot many.ndjson --format json
is "… also where they open at other times" all code_is 0 : is_of 'quick["only"]["new"] > 100000' True
