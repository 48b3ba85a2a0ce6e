#!/bin/bash
# mot run: records, kinds, summaries, dead letters, limits; what is wrong on the command line.
. "$(dirname "$0")/common.bash"

cat >events.ndjson <<'END'
{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"c1"}
{"type":"Asked","time":"2026-03-02T09:10:00Z","customer":"c2"}
{"type":"Answered","time":"2026-03-02T10:00:00Z","customer":"c1","wait":30}
{"type":"Asked","time":"2026-03-04T09:00:00Z","customer":"c3"}
END
produced='{"kind":"moment","outcome":"produced","experience":"Asking","mot":"Quick","key":{"customer":"c1"},"opened":"2026-03-02T09:00:00.000Z","decided":"2026-03-02T10:00:00.000Z","deadline":"2026-03-03T09:00:00.000Z","took_ms":3600000,"critical":false,"weight":1,"manager":"ben","producers":["desk"],"because":"Answered at 2026-03-02T10:00:00.000Z"}'

run "$MOT" run good.mot events.ndjson
is "records go to standard output" all code_is 0 : says "$produced" : says '"outcome":"missed"'
is "the summary to standard error" all complains "Asking: 3 journeys started" : complains "Quick" : \
  complains "4 read" : complains "events/s" : complains "peak memory"
cp .out records
"$MOT" compile good.mot -o good.motc
run "$MOT" run good.motc events.ndjson
is "a module gives the same records" cmp -s .out records
run "$MOT" run good.mot events.ndjson -o to.ndjson
is "--output names a file" all code_is 0 : cmp -s to.ndjson records : [ -z "$out" ]
cat events.ndjson | "$MOT" run good.mot >.out 2>.err
is "events come from standard input" cmp -s .out records
cat events.ndjson | "$MOT" run good.mot - >.out 2>.err
is "which - names too" cmp -s .out records
cat good.mot | "$MOT" run - events.ndjson >.out 2>.err
is "and rules may" cmp -s .out records
head -n 2 events.ndjson >a1.ndjson
tail -n +3 events.ndjson >a2.ndjson
run "$MOT" run good.mot a1.ndjson a2.ndjson
is "several files are one stream" cmp -s .out records
run "$MOT" run good.mot 'a?.ndjson'
is "a quoted pattern is expanded" cmp -s .out records
cp a1.ndjson 'b[1].ndjson'
run "$MOT" run good.mot 'b[1].ndjson' a2.ndjson
is "a file whose name looks like a pattern is that file" cmp -s .out records
for threads in 0 2 3; do
  run "$MOT" run good.mot --threads $threads events.ndjson
  is "--threads $threads gives the same bytes" cmp -s .out records
done

# ---- kinds of records ----
run "$MOT" run good.mot events.ndjson --records sco,open
is "--records chooses kinds" all code_is 0 : says '"kind":"sco"' : says '"kind":"open"' : [ "$(grep -c '"moment"' <<<"$out")" = 0 ]
run "$MOT" run good.mot events.ndjson -r none
is "--records none only counts" all code_is 0 : [ -z "$out" ] : complains "Quick"
run "$MOT" run good.mot events.ndjson --records moments
is "an unknown kind gets a suggestion" all code_is 2 : complains 'no kind of record `moments`' : complains 'did you mean `moment`?'
run "$MOT" run good.mot events.ndjson --records sco,banana
is "one that resembles none gets the list" all code_is 2 : complains "moment, sco, journey, open"
run "$MOT" run good.mot events.ndjson --records none,sco
is "none stands alone" all code_is 2 : complains "stands alone"
run "$MOT" run good.mot events.ndjson --records ""
is "no kind at all is said" all code_is 2 : complains "no kind of record"

# ---- the clock ----
run "$MOT" run good.mot events.ndjson --until 2026-03-20
is "--until lets the clock run on" all code_is 0 : says '"mot":"Quick","key":{"customer":"c3"}' : says '"outcome":"missed"'
run "$MOT" run good.mot events.ndjson --until "2026-03-20 09:00"
is "--until takes a time of day" code_is 0
run "$MOT" run good.mot events.ndjson --until 2026-03-20T09:00:00.5+01:00
is "and an offset" code_is 0
run "$MOT" run good.mot events.ndjson --until 2026-01-01
is "a time before the last event is said to change nothing" all code_is 0 : complains "changed nothing"
run "$MOT" run good.mot events.ndjson --until tomorrow
is "a time that is none" all code_is 2 : complains '--until takes a time such as 2026-03-02' : complains '"tomorrow"' : [ -z "$out" ]
run "$MOT" run good.mot events.ndjson --until 2026-02-30
is "a day that is none" all code_is 2 : complains "--until"
run "$MOT" run good.mot events.ndjson --until 9999-12-31T23:59:59Z
is "the clock may run to the end of time" all code_is 0 : complains "3 over"

# ---- late, lateness, strict, dead letters ----
cat >mixed.ndjson <<'END'
{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"c1"}
not json
{"type":"Asked","time":"2026-03-02T08:59:30Z","customer":"c2"}
{"type":"Answered","time":"2026-03-02T10:00:00Z","customer":"c1"}
{"type":"Other","time":"2026-03-02T10:00:00Z"}
END
run "$MOT" run good.mot mixed.ndjson --dead-letter dead
is "events that cannot be taken do not stop a run" all code_is 0 : complains "5 read  2 rejected  1 late" : complains "1 unmapped"
is "--dead-letter keeps them, with place and reason" diff - dead <<'END'
{"kind":"rejected","source":"mixed.ndjson","line":2,"offset":63,"reason":"json"}
{"kind":"late","source":"mixed.ndjson","line":3,"offset":72,"reason":"late"}
{"kind":"rejected","source":"mixed.ndjson","line":4,"offset":135,"reason":"missing","field":"wait"}
END
run "$MOT" run good.mot mixed.ndjson
is "the summary says why events were rejected" all complains "1: \`wait\` is missing" : complains "1: this is not one object"
is "and what helps when many are late" complains "allows more disorder"
is "without it the summary says how to see them" complains '`--dead-letter FILE` keeps what was rejected'
run "$MOT" run good.mot mixed.ndjson --strict
is "--strict exits with 1, and still writes" all code_is 1 : complains "2 rejected"
run "$MOT" run good.mot events.ndjson --strict
is "--strict is fine when all was taken" code_is 0
run "$MOT" run good.mot mixed.ndjson --lateness "1 min"
is "--lateness allows more disorder" complains " 0 late"
run "$MOT" run good.mot mixed.ndjson --lateness 1h30min
is "lengths of time as in the language" complains " 0 late"
for bad in 60 "1 parsec" "" "-1 s" "99999999999999999999 s" "400000000000 w"; do
  run "$MOT" run good.mot mixed.ndjson --lateness="$bad"
  is "--lateness \"$bad\" is refused" all code_is 2 : complains 'a length of time such as "60 s"'
done
run "$MOT" run good.mot events.ndjson --key c1
is "--key looks at one key" all code_is 0 : says '"customer":"c1"' : [ "$(grep -c '"c[23]"' <<<"$out")" = 0 ]
run "$MOT" run good.mot events.ndjson --threads many
is "--threads wants a number" all code_is 2 : complains "--threads takes a number"
run "$MOT" run good.mot events.ndjson --max-line 64
is "--max-line rejects longer lines" all code_is 0 : complains "1 rejected"
run "$MOT" run good.mot events.ndjson --max-line big
is "--max-line wants a size" all code_is 2 : complains "--max-line takes a size such as 64K"

# ---- types that no rule uses ----
for type in x.y x.y x.y other.thing 'odd \u0007' other; do
  echo '{"type":"'"$type"'","time":"2026-03-02T09:00:00Z"}'
done >unused.ndjson
run "$MOT" run good.mot unused.ndjson
is "the summary names the most frequent types that no rule uses" \
  complains 'unmapped 6 events of 4 types no rule knows, most: x.y 3, other.thing 1, odd ? 1'
run "$MOT" run good.mot unused.ndjson --summary json
is "for machines more of them" python3 -c '
import json,sys
s=json.loads(sys.argv[1])
assert s["events"]["unmapped"] == 6
assert s["unmapped"] == [{"type": "x.y", "events": 3}, {"type": "other.thing", "events": 1},
                         {"type": "odd \x07", "events": 1}, {"type": "other", "events": 1}]' "$err"
run "$MOT" run good.mot events.ndjson --records alert,correction,target,goal,measure,sentiment
is "records of managing are kinds like the others" code_is 0

# ---- summaries ----
run "$MOT" run good.mot mixed.ndjson --summary none
is "--summary none says nothing" all code_is 0 : [ -z "$err" ]
run "$MOT" run good.mot mixed.ndjson --summary json
is "--summary json is for machines" python3 -c '
import json,sys
s=json.loads(sys.argv[1])
e=s["experiences"][0]
assert e["experience"]=="Asking" and e["journeys"]["started"]==1, e
assert e["mots"][0]["mot"]=="Quick" and e["mots"][0]["open"]==1 and e["mots"][0]["rate"] is None, e
assert s["events"]=={"read":5,"rejected":2,"late":1,"duplicate":0,"unmapped":1,"unreached":0}, s
assert s["clock"]=="2026-03-02T10:00:00Z" and s["cost"]["seconds"]>0 and not s["interrupted"], s' "$err"
run "$MOT" run good.mot /dev/null
is "no events are no trouble" all code_is 0 : [ -z "$out" ] : complains "0 read" : complains "0 journeys started"
run "$MOT" run --summary json good.mot /dev/null
is "nor for JSON" python3 -c 'import json,sys; assert json.loads(sys.argv[1])["clock"] is None' "$err"
run "$MOT" run --summary yaml good.mot events.ndjson
is "a form that there is not" all code_is 2 : complains "--summary takes text|json|none"

# ---- the rules ----
run "$MOT" run bad.mot events.ndjson
is "a typo in the rules is shown as check shows it" all code_is 1 : complains "error[E0201]" : \
  complains 'did you mean `Answered`?' : [ -z "$out" ]
run "$MOT" run warn.mot events.ndjson
is "warnings are one line" all code_is 0 : complains 'warn.mot: 1 warning; `mot check warn.mot` shows it'
run "$MOT" run missing.mot events.ndjson
is "rules that are not there" all code_is 2 : complains "missing.mot"
printf 'motc' >cut.motc
run "$MOT" run cut.motc events.ndjson
is "a module that is none" all code_is 1 : complains "cut.motc"
run "$MOT" run events.ndjson good.mot
is "rules and events the wrong way round" all code_is 1 : complains "events.ndjson"
run "$MOT" run
is "no rules at all" all code_is 2 : complains "RULES"
run "$MOT" run good.mot events.ndjson --output events.ndjson
is "an input is not written over" all code_is 2 : complains "nothing can be written to it" : [ -s events.ndjson ]
run "$MOT" run good.mot events.ndjson --dead-letter good.mot
is "nor are the rules" all code_is 2 : complains "the rules come from this file" : [ -s good.mot ]
cp events.ndjson grows.ndjson
code=0; "$MOT" run good.mot grows.ndjson >>grows.ndjson 2>.err || code=$?
err=$(cat .err)
is "nor does an input grow by its own records" all code_is 2 : complains "standard output: events are read from this file"
run "$MOT" run good.mot events.ndjson -d x --save-state x
is "nor dead letters and a state" all code_is 2 : complains "cannot both go to x"
run "$MOT" run good.mot events.ndjson -o x -d x
is "two outputs are not one file" all code_is 2 : complains "cannot both go to x"
ln -s x y
run "$MOT" run good.mot </dev/null -o x -d y
is "nor by another name" all code_is 2 : complains "x and y are one file"
run "$MOT" run good.mot events.ndjson --reccords sco
is "an option that there is not" all code_is 2 : complains "no option --reccords"
run "$MOT" run --help
is "--help lists the options" all code_is 0 : says "--dead-letter" : says "--save-state" : says "--until"

# ---- the example ----
examples=$root/examples/broadband
"$root/examples/generate/generate.py" broadband >made.ndjson
is "the example's events are those of its generator" cmp -s made.ndjson "$examples/events.ndjson"
run "$MOT" run "$examples/broadband.mot" "$examples/events.ndjson"
is "the example runs" all code_is 0 : complains "GettingOnline: 491 journeys" : complains "1 rejected  1 late  2 duplicate"

# ---- the first page ----
fence() { # LANGUAGE NUMBER: that fence of the README
  awk -v begin="\`\`\`$1" -v wanted="$2" '
    $0 == begin { inside = ++fences == wanted; next } /^```/ { inside = 0 } inside' "$root/README.md"
}
fence mot 2 | sed 's/RefundPayed/RefundPaid/' >parcel.mot
fence json 1 >parcel.ndjson
fence json 2 >wanted
fence text 2 >wanted.summary
run "$MOT" run parcel.mot parcel.ndjson --until 2026-03-20
is "the README's record is one of those that come" grep -qxFf wanted .out
sed -n '/^Returning/,/^$/p' .err | sed '$d' >summary
is "and its summary is the one that comes" diff wanted.summary summary

# A metric over a field that no event has.
cat >metrics.mot <<'RULES'
stream { type from "type"  time from "time" }
event Ask { customer: id  score: number? }
metric Never = avg(Ask.score) per 1 h
metric Some  = count(Ask) per 1 h
RULES
echo '{"type":"Ask","time":"2026-03-02T09:00:00Z","customer":"c1"}' >asks.ndjson
run "$MOT" run metrics.mot asks.ndjson --records measure --until 2026-03-02T12:00:00Z
is "a metric without a case is named in the summary" all code_is 0 : says '"metric":"Some"' : \
  complains "Never: no event had a value for it"
is "and no other" [ "$(grep -c 'no event had' .err)" = 1 ]
run "$MOT" run metrics.mot asks.ndjson --records none --summary json
is "JSON names it too" python3 -c 'import json,sys; assert json.loads(sys.argv[1])["unseen"]==["Never"]' "$err"
