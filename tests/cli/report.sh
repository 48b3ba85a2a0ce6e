#!/bin/bash
# mot report: periods, layouts, figures, and what can go wrong.
. "$(dirname "$0")/common.bash"

cat good.mot - >review.mot <<'EOF'
review Monthly { every month  on Asking  chair ana }
EOF
sed -i 's/    target    90% over 7 d/    target    90% over 7 d min 1 cases/' review.mot
# Of March: c1 in time, c2 missed. Of April: c3 and c5 in time, c4 late but within its outcome. c6: after all of that.
cat >events.ndjson <<'EOF'
{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"c1"}
{"type":"Answered","time":"2026-03-02T10:00:00Z","customer":"c1","wait":30}
{"type":"Asked","time":"2026-03-03T09:00:00Z","customer":"c2"}
{"type":"Answered","time":"2026-03-20T09:00:00Z","customer":"c2","wait":30}
{"type":"Asked","time":"2026-03-31T22:30:00Z","customer":"c3"}
{"type":"Answered","time":"2026-04-01T10:00:00Z","customer":"c3","wait":30}
{"type":"Asked","time":"2026-04-10T09:00:00Z","customer":"c4"}
{"type":"Visited","time":"2026-04-11T09:00:00Z","customer":"c4"}
{"type":"Answered","time":"2026-04-15T09:00:00Z","customer":"c4","wait":30}
{"type":"Asked","time":"2026-04-15T09:00:00Z","customer":"c5"}
{"type":"Answered","time":"2026-04-15T09:30:00Z","customer":"c5","wait":30}
{"type":"Asked","time":"2026-05-02T09:00:00Z","customer":"c6"}
EOF

not_colored() { ! grep -q $'\033' .out; }
lacks() { ! says "$1"; }
report() { run "$MOT" report review.mot events.ndjson "$@"; }
# of EXPRESSION: of the review `r` that was written last as JSON
of() { python3 "$root/tests/support/review.py" .out "$1"; }
gives() { [ "$(of "$1")" = "$2" ]; }
has_shape() { python3 "$root/tests/support/review.py" .out >.shape 2>&1 || { err=$(cat .shape); return 1; }; }

# ---- periods ----
# period PERIOD FROM TO PRODUCED MISSED: a review of this stretch, with these outcomes
period() {
  report --period "$1" --format json
  is "a review of $1" all code_is 0 : has_shape : gives 'r["period"]["from"][:10]' "$2" : \
    gives 'r["period"]["to"][:10]' "$3" : gives 'r["experiences"][0]["sco"]["produced"]' "$4" : \
    gives 'r["experiences"][0]["sco"]["missed"]' "$5"
}
period 2026 2026-01-01 2027-01-01 4 1
period 2026-Q1 2026-01-01 2026-04-01 1 1
period 2026-Q2 2026-04-01 2026-07-01 3 0
period 2026-03 2026-03-01 2026-04-01 1 1
period 2026-W10 2026-03-02 2026-03-09 1 0
period 2026-03-13 2026-03-13 2026-03-14 0 1
period 2026-03..2026-04 2026-03-01 2026-05-01 4 1
period 2026-03-13..2026-W16 2026-03-13 2026-04-20 3 1
period Monthly 2026-04-01 2026-05-01 3 0

report --period all --format json
is "a review of all there is" all code_is 0 : has_shape : gives 'r["period"]["from"]' 2026-03-02T00:00:00.000Z : \
  gives 'r["previous"]' None : gives 'r["data"]["until"]' 2026-05-02T09:00:00.000Z
report --format json
is "without a period: the last whole one of the review" all code_is 0 : gives 'r["name"]' "April 2026"
run "$MOT" report good.mot events.ndjson --format json
is "without a review: all there is" all code_is 0 : gives 'r["previous"]' None

for wrong in 2026-13 2026-Q5 2026-W54 2026-W00 2026-02-30 2026-04..2026-03 2026-3 0999 9999 next Yearly "" 2026..; do
  report --period "$wrong"
  is "\"$wrong\" is no period" all code_is 2 : complains "\"$wrong\" is no period" : complains "write 2016, 2016-Q1" : \
    complains "the rules have the review Monthly" : [ -z "$out" ]
done
report --period 2024-W53
is "week 53 of a year with 52" all code_is 2 : complains '"2024-W53" is no period'
report --period 2026-W53
is "week 53 of a year with 53" all code_is 2 : complains "nothing began or was decided between 2026-12-28 00:00 and 2027-01-04 00:00"
report --period 2025
is "a period before all events" all code_is 2 : complains "nothing began or was decided" : [ -z "$out" ]
report --period 1600..9998
is "a very long period" all code_is 0 : says "Review of January 1600 to December 9998"
report --period 2027
is "a period behind all events" all code_is 2 : complains "the last event before its end is at 2026-05-02 09:00"
run : >empty.ndjson
run "$MOT" report review.mot empty.ndjson
is "no events" all code_is 2 : complains "there is no event"
run "$MOT" report review.mot empty.ndjson --period all
is "no events, all of them" all code_is 2 : complains "nothing of these rules happened"

# ---- what a period takes in ----
report --period 2026-03 --format json
is "a period has its name, and the one before" all gives 'r["name"]' "March 2026" : \
  gives 'r["previous"]["from"][:10]' 2026-02-01
is "events behind it are not there" all gives 'r["data"]["events"]' 5 : gives 'r["data"]["passed"]' 7 : \
  gives 'r["landscape"]["events"]' 5 : gives 'r["experiences"][0]["mots"][0]["open"]' 1
is "the clock stops at its end" gives 'r["data"]["until"]' 2026-04-01T00:00:00.000Z
is "targets stand as they did then" gives 'r["targets"][0]["state"]' breached
report --period 2026-04-01..2026-04-09 --format json
is "and then" all gives 'r["targets"][0]["state"]' met : gives 'r["targets"][0]["met"]' 1
report --period 2026-05 --format json
is "what is due after the last event is not judged" all gives 'r["data"]["until"]' 2026-05-02T09:00:00.000Z : \
  gives 'r["experiences"][0]["mots"][0]["open"]' 1 : gives 'r["experiences"][0]["mots"][0]["missed"]' 0
report --period 2026-05
is "which the review says" says "The data end at 2026-05-02 09:00, before the period does"
head -c -1 events.ndjson >unended.ndjson
run "$MOT" report review.mot unended.ndjson --period 2026-04 --format json
is "a last line without an end is behind the period all the same" gives 'r["data"]["until"]' 2026-05-01T00:00:00.000Z
report --period 2026-04 --format json
is "types that no rule uses" gives 'r["landscape"]["unmapped_types"]' "[{'type': 'Visited', 'events': 1}]"
is "change against the period before" all \
  gives 'r["experiences"][0]["sco"]["change"]["previous"]["produced"]' 1 : \
  gives 'r["experiences"][0]["sco"]["change"]["difference"]["value"]' 0.5
report --period 2026-04 --compare none --format json
is "without the period before" all has_shape : gives 'r["previous"]' None : \
  gives 'r["experiences"][0]["sco"]["change"]' None
report --period 2026-04 --compare none
is "then nothing is compared" all code_is 0 : says "3 of 3 journeys reached the outcome" : lacks "March 2026"
for threads in 1 2; do
  report --period 2026-04 --threads $threads
  mv .out "threads.$threads"
done
is "the same with any number of threads" cmp threads.1 threads.2
split -l 5 events.ndjson part.
run "$MOT" report review.mot 'part.a*' --period 2026-04
is "the same however the input is cut" cmp .out threads.1
(echo type,time,customer,wait; sed -nE 's/.*type":"(\w+)","time":"([^"]*)","customer":"(\w+)"(,"wait":([0-9]+))?.*/\1,\2,\3,\5/p' \
  events.ndjson) >events.csv
run "$MOT" report review.mot events.csv --period 2026-04
is "the same from CSV" cmp .out threads.1
gzip -k events.ndjson
run "$MOT" report review.mot events.ndjson.gz --period 2026-04
is "the same from a compressed file" cmp .out threads.1
"$MOT" compile review.mot -o review.motc
run "$MOT" report review.motc events.ndjson --period 2026-04
is "the same from a module" cmp .out threads.1

# ---- experiences ----
report --experience Asking --period 2026-04
is "one experience" all code_is 0 : says "Asking"
report --experience Asknig --period 2026-04
is "an experience that is none" all code_is 2 : complains "the rules have no experience Asknig" : complains "they have Asking"

# ---- layouts ----
report --period 2026-04
is "for a terminal" all code_is 0 : says "Review of April 2026" : says "You answer quickly" : says "The outcome" : \
  says "Targets" : says "North Star Alignment" : says "Moments of Truth" : says "Where to act next" : \
  says "Which moments matter" : says "A customer for whom it went well" : says "Landscape" : says "Visited: 1 event" : \
  says "How the figures are meant"
is "without colours where nobody sees them" not_colored
report --period 2026-04 --color always
is "with colours when asked" all code_is 0 : says $'\033[1m'
fits() { ! python3 -c 'import sys; [print(l, end="") for l in open(".out") if len(l) > 101]' | grep -q .; }
report --period 2026
is "lines of up to 100 columns" fits
report --period 2026-04 --format markdown
is "as Markdown" all code_is 0 : says "# Review of April 2026" : says "## Asking" : \
  says "| Moment | Produced |" : says "| You answer quickly | 66.7 % |"
report --period 2026-04 --format html
is "as HTML" all code_is 0 : says "<!DOCTYPE html" : says "April 2026"
report --period 2026-04 --format json
is "as JSON" all code_is 0 : has_shape
python3 "$root/tests/support/review.py" --names | while read -r name; do
  grep -q "\`$name\`" "$root/docs/report.md" || echo "$name"
done >undocumented
err=$(cat undocumented)
is "each member of the JSON stands in docs/report.md" [ ! -s undocumented ]
report --format yaml
is "a layout that is none" all code_is 2 : complains "terminal"

# ---- texts from the data ----
cat >odd.ndjson <<'EOF'
{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"<b>|x|\u001b[31m*\"\\ü"}
{"type":"Answered","time":"2026-03-02T10:00:00Z","customer":"<b>|x|\u001b[31m*\"\\ü","wait":30}
{"type":"Odd\n\u001b[2J","time":"2026-03-02T10:00:00Z"}
EOF
run "$MOT" report review.mot odd.ndjson --period all
is "a terminal is not steered by the data" all code_is 0 : not_colored : says "<b>|x|?[31m*\"\\ü" : says "Odd ?[2J"
run "$MOT" report review.mot odd.ndjson --period all --format markdown
is "Markdown neither" all code_is 0 : says '&lt;b&gt;\|x\| \[31m\*"\\ü'
run "$MOT" report review.mot odd.ndjson --period all --format json
is "JSON keeps it" all code_is 0 : has_shape : \
  gives 'r["experiences"][0]["stories"]["good"]["key"]["customer"] == "<b>|x|\x1b[31m*\"\\\u00fc"' True

# ---- input ----
run "$MOT" report review.mot missing.ndjson
is "events that are missing" all code_is 2 : complains "missing.ndjson" : [ -z "$out" ]
run "$MOT" report missing.mot events.ndjson
is "rules that are missing" all code_is 2 : complains "missing.mot"
run "$MOT" report bad.mot events.ndjson
is "rules with errors" all code_is 1 : complains "Anwsered" : [ -z "$out" ]
from_input() { code=0; "$MOT" report review.mot "$@" <events.ndjson >.out 2>.err || code=$?; out=$(cat .out); err=$(cat .err); }
from_input --period 2026-04
is "standard input, with a period" all code_is 0 : cmp .out threads.1
from_input - --period Monthly
is "standard input cannot be read twice" all code_is 2 : complains "name one, or let --period be all" : [ -z "$out" ]
from_input --format json
is "standard input without a period: all of it" all code_is 0 : gives 'r["previous"]' None
(cat events.ndjson; echo '{"type":"Asked","time":"2026-04-20T09:00:00Z"}'; echo nonsense) >rejected.ndjson
run "$MOT" report review.mot rejected.ndjson --period 2026-04
is "rejected events are mentioned" all code_is 0 : complains "2 events rejected, 0 late" : says "2 rejected"
cat events.ndjson >late.ndjson
head -n 1 events.ndjson >>late.ndjson
run "$MOT" report review.mot late.ndjson --period 2026-04
is "late ones too" all code_is 0 : complains "0 events rejected, 1 late"
head -c -12 events.ndjson.gz >cut.ndjson.gz
run "$MOT" report review.mot cut.ndjson.gz --period 2026-04
is "a file that is cut off makes no review" all code_is 2 : complains cut.ndjson.gz : [ -z "$out" ]
printf '[{"type":"Asked"}]' >array.json
run "$MOT" report review.mot array.json --period 2026-04
is "an array of JSON gets a remedy" all code_is 2 : complains "jq -c '.[]' array.json"

# ---- output ----
report --period 2026-04 --output april.txt
is "into a file" all code_is 0 : cmp april.txt threads.1 : [ -z "$out" ]
report --period 2026-04 --output missing/april.txt
is "into a folder that is not there" all code_is 2 : complains "missing/april.txt"
report --period 2026-04 --output events.ndjson
is "over the events" all code_is 2 : complains "events.ndjson: this file is read" : [ -s events.ndjson ]
ln -s review.mot link.mot
report --period 2026-04 --output link.mot
is "over the rules" all code_is 2 : complains "link.mot: this file is read"
echo old >kept.txt
report --period 2025 --output kept.txt
is "without a review the file stays as it was" all code_is 2 : grep -qx old kept.txt
if [ -w /dev/full ]; then
  for format in terminal markdown html json; do
    code=0
    "$MOT" report review.mot events.ndjson --period 2026-04 --format $format >/dev/full 2>.err || code=$?
    err=$(cat .err)
    is "a full disk, $format" all code_is 2 : complains "No space left"
  done
  report --period 2026-04 --output /dev/full
  is "a full disk named" all code_is 2 : complains "No space left"
fi
report --period 2026-04 --lateness soon
is "a lateness that is none" all code_is 2 : complains 'report: --lateness takes a length of time'

# ---- the short form ----
report --period 2026-04 --short
is "the short form says what is read first" all code_is 0 : says "The outcome" : says "Moments of Truth" : says "3 of 3 journeys"
is "and nothing else" all lacks "Landscape" : lacks "How the figures are meant" : lacks "Targets" : lacks "Which moments matter"
grep -v '^  *$' .out >short
report --period 2026-04
is "every line of it is one of the whole" [ -z "$(grep -vxFf .out short)" ]
report --period 2026-04 --short --format markdown
is "it is there as Markdown, too" all code_is 0 : says "Moments of Truth" : lacks "Landscape"
for format in html json; do
  report --period 2026-04 --short --format $format
  is "there is none as $format" all code_is 2 : complains "--short is for the terminal and for Markdown" : [ -z "$out" ]
done
