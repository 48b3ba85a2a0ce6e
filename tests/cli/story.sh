#!/bin/bash
# mot story: what happened to one customer, what it brought about, and why.
. "$(dirname "$0")/common.bash"

rules=$root/examples/broadband/broadband.mot
story() { run "$MOT" story "$rules" events.ndjson "$@"; }
lacks() { ! says "$1"; }
lacks_err() { ! complains "$1"; }
not_colored() { ! grep -q $'\033' .out; }
# before A B: a line with A stands before one with B
before() { awk -v a="$1" -v b="$2" 'index($0, a) { seen = 1 } index($0, b) && seen { found = 1 } END { exit !found }' .out; }
# below A B: the line behind one with A has B
below() { awk -v a="$1" -v b="$2" 'seen && index($0, b) { found = 1 } { seen = index($0, a) } END { exit !found }' .out; }
narrow() { ! awk -v most="$1" 'length($0) > most { exit 1 }' .out; }
# of EXPRESSION: of the story `s` that was written last as JSON
of() { python3 -c 'import json, sys; s = json.load(open(".out")); print(eval(sys.argv[1]))' "$1"; }
gives() { [ "$(of "$1")" = "$2" ]; }

# c1: a visit nobody comes to. c2: two orders, a complaint that waits for the customer. c3: never ordered anything.
cat >events.ndjson <<'END'
{"type":"order.placed","time":"2026-03-02T09:00:00+01:00","customer":"c1","order":"o1","plan":"basic","price":"30","promised":"2026-03-05"}
{"type":"CallEnded","time":"2026-03-02T09:30:00+01:00","customer":"c3","metrics":{"wait_s":5},"resolved":true,"channel":"phone"}
{"type":"AppointmentConfirmed","time":"2026-03-02T10:00:00+01:00","customer":"c1","order":"o1","slot":"2026-03-03T10:00:00+01:00"}
{"type":"order.placed","time":"2026-03-03T09:00:00+01:00","customer":"c2","order":"o2","plan":"plus","price":"40","promised":"2026-03-10"}
{"type":"order.placed","time":"2026-03-03T09:30:00+01:00","customer":"c2","order":"o3","plan":"plus","price":"40","promised":"2026-03-11"}
{"type":"Complaint","time":"2026-03-03T10:00:00+01:00","customer":"c2"}
{"type":"WaitingForCustomer","time":"2026-03-03T11:00:00+01:00","customer":"c2"}
{"type":"CallEnded","time":"2026-03-03T11:20:00+01:00","customer":"c1","metrics":{"wait_s":90},"resolved":true,"channel":"phone","agent":"a7"}
{"type":"CustomerReplied","time":"2026-03-04T11:00:00+01:00","customer":"c2"}
{"type":"OrderCancelled","time":"2026-03-04T12:00:00+01:00","customer":"c2","order":"o3"}
{"type":"ServiceActive","time":"2026-03-04T15:00:00+01:00","customer":"c2","order":"o2"}
{"type":"Survey","time":"2026-03-04T16:00:00+01:00","customer":"c2","score":4}
END

# ---- a promise broken ----
story --key c1
is "a story has who, when and how it stands" all code_is 0 : says "The story of customer c1" : says "1 journey, 3 events" : \
  says "Getting online, order o1" : says "still open,"
is "days have their names" all says "Monday 2 March 2026" : says "Tuesday 3 March 2026"
is "an event stands with the values the rules use" says "09:00  OrderPlaced: order o1, price 30.00 EUR, promised 2026-03-05 00:00"
is "… and since when its journey runs" says "10:00  AppointmentConfirmed (+1 h): order o1, slot 2026-03-03 10:00"
is "the journey begins, its moments open with their deadlines" all before "▶ Getting online, order o1 begins" "○ opens:" : \
  says "○ opens: You tell me when you come (Confirmed), until 13:00"
is "produced, with the time to spare and the reason" all says "✓ produced: You tell me when you come (Confirmed), after 1 h, 3 h to" : \
  says "AppointmentConfirmed at 2026-03-02 10:00"
is "time alone puts it at risk" all says "09:45  by the clock (+1 d 1 h)" : says "△ at risk: You come when you said (OnTime), until 10:15" : \
  before "△ at risk" "! alert to Field operations (medium): c1: the visit at"
is "missed at the deadline, with the reason and what it costs" all \
  below "✗ missed: You come when you said (OnTime), after 1 d" "no TechnicianArrived by 2026-03-03 10:15; -45.00 EUR"
is "what was done about it stands behind it" all before "✗ missed: You come" "cleared: c1: the visit" : \
  says "→ to put right, by Field operations: Call before the customer calls us," : says "! alert to Ben Okafor (high)"
is "too late to put it right" before "✗ not put right in time by Field operations" "✓ put right by Field operations: Call before"
is "an event that only counts says for what" below "· counts for: I never have to chase you (NoChasing)" "at most 1 CallEnded within 10 d"
is "settled at once, by whom" below "✗ missed: You pick up and solve it (Answered), at once" "by a7"
is "what is still open stands at the end" all before "Still open at" "○ I never have to chase you (NoChasing), since 2026-03-02 09:00,"
is "80 columns and no colours" all narrow 80 : not_colored
is "nothing of others" all lacks c2 : lacks o2

# ---- two journeys, a clock that stands ----
story --key c2
is "two journeys have numbers" all says "[1] Getting online, order o2" : says "[2] Getting online, order o3" : \
  says "▶ [2] Getting online, order o3 begins" : says "2 journeys, 7 events"
is "a complaint opens a moment in both" all says "○ [1] opens: You solve what I complain about (Solved), until 18:00" : \
  says "○ [2] opens: You solve what I complain about (Solved), until 18:00"
is "our clock stops" says "‖ [1] our clock stops: You solve what I complain about (Solved)"
is "… and runs again, after so long, to a new deadline" all says "▷ [1] our clock runs again: You solve what I complain about (Solved)," : \
  says "until 18:00" : says "it stood 1 d"
is "called off" all says "– [2] void: You solve what I complain about (Solved)" : says "called off" : \
  says "■ [2] Getting online is called off" : says "it was called off after 1 d 3 h"
is "what the customer says" below "the customer says how it was" "♥ 4, for Getting online"

story --key c3
is "a customer without a journey" all code_is 0 : says "0 journeys, 1 event" : says "CallEnded: wait 5 s, resolved yes" : \
  says "no journey was there for it"

# ---- parts of a story ----
story --key c1 --until "2026-03-03 10:20"
is "alerts and corrections that are open stand at the end" all before "Still open at" "○ alert to Ben Okafor (high), raised" : \
  before "Still open at" "○ to put right, by Field operations: Call before the customer calls us,"
story --key c1 --until "2026-03-03 09:50"
is "as it stood then" all says "Still open at 2026-03-03 09:50" : says "○ You come when you said (OnTime), since 2026-03-02 10:00, until" : \
  lacks "✗ missed" : says "△ at risk"
story --key c1 --until "2026-03-03T11:20:00+01:00"
is "an event at that time belongs to it" says "CallEnded (+1 d 2 h)"
story --key c1 --until "2026-06-01"
is "the clock goes on" all says "■ Getting online is over: its time has passed" : says "it expired after 60 d" : says "Moments: 2 produced, 2 missed"
story --key c1 --from "2026-03-03"
is "from a time on" all lacks "Monday 2 March" : says "Tuesday 3 March" : says "2 steps before"
story --key c1 --experience GettingOnline
is "one experience" all code_is 0 : says "Getting online, order o1"

story --key c2 --journey o3
is "one journey alone, by its name" all code_is 0 : says "1 journey, 5 events" : says "▶ [2] Getting online, order o3 begins" : \
  lacks "[1]" : lacks o2 : says "■ [2] Getting online is called off"
story --key c2 --journey 1
is "… by its number" all code_is 0 : says "[1] Getting online, order o2" : lacks "[2]" : lacks o3 : says "Still open"
story --key c2 --journey o9
is "a journey that is not there" all code_is 2 : complains "no journey o9" : complains "there are 1: Getting online, order o2" : \
  complains "2: Getting online, order o3"

# ---- layouts ----
story --key c1 --format markdown
is "Markdown" all code_is 0 : says "# The story of customer c1" : says "## Tuesday 3 March 2026" : \
  says "- **10:00** (+1 h) AppointmentConfirmed: order o1" : says "  - ✗ **missed: You come when you said (OnTime), after 1 d** — no TechnicianArrived"
story --key c1 --format html
python3 "$root/tests/cli/html_page.py" .out >.page 2>&1 || true
is "HTML is one sound page" all code_is 0 : says "<h1>The story of customer c1</h1>" : says "missed: You come when you said (OnTime)" : \
  python3 -c 'import xml.dom.minidom, sys; t = open(".out").read(); xml.dom.minidom.parseString(t.replace("<!DOCTYPE html>", ""))' : \
  lacks "<script" : lacks "http"
story --key c2 --format json
is "JSON: journeys" all code_is 0 : gives 's["key"], s["of"]' "('c2', 'customer')" : gives 'len(s["journeys"])' 2 : \
  gives 's["journeys"][1]["end"], s["journeys"][1]["sco"], s["journeys"][0]["sco"]' "('void', 'missed', 'missed')" : \
  gives 's["journeys"][1]["key"]' "{'customer': 'c2', 'order': 'o3'}"
is "JSON: steps in their order" all gives '[x["step"] for x in s["steps"]][:4]' "['event', 'started', 'opened', 'opened']" : \
  gives 'sorted(x["time"] for x in s["steps"]) == [x["time"] for x in s["steps"]]' True
is "JSON: values of events" gives 's["steps"][0]["values"]' \
  "{'order': 'o2', 'price': {'amount': '40.00', 'currency': 'EUR'}, 'promised': '2026-03-09T23:00:00.000Z'}"
is "JSON: a clock that stood" gives '[x["stood_ms"] for x in s["steps"] if x["step"] == "resumed"]' "[86400000, 86400000]"
story --key c1 --format json
is "JSON: decisions with their evidence" all \
  gives '[x["because"] for x in s["steps"] if x["step"] == "decided" and x["outcome"] == "missed"][0]' "no TechnicianArrived by 2026-03-03T09:15:00.000Z" : \
  gives '[x["state"] for x in s["steps"] if x["step"] == "correction"]' "['opened', 'overdue', 'done']" : \
  gives '[(x["part"], x["holds"]) for x in s["steps"] if x["step"] == "part" and x["mot"] == "OnTime"]' "[('TechnicianArrived by visit.slot + 15 min', False)]"
run "$MOT" run "$rules" events.ndjson --key c1 --summary none
cp .out records
story --key c1 --format json
is "a story says what the records say" python3 - <<'END'
import json
told = [s for s in json.load(open(".out"))["steps"] if s["step"] in ("decided", "alert", "correction", "over")]
records = [json.loads(line) for line in open("records")]
assert len(told) == len(records) > 8, (len(told), len(records))
assert sorted(s["time"] for s in told) == sorted(r.get("decided", r.get("at")) for r in records)
assert sorted(s.get("because", "") for s in told) == sorted(r.get("because", "") for r in records)
END

# The example of the page is what the command says.
grep -h '"c1","order"' events.ndjson | head -2 >orders.ndjson
awk '/^\$ mot story/ { inside = 1; next } /^```/ { inside = 0 } inside' "$root/docs/story.md" >.wanted
run "$MOT" story "$rules" orders.ndjson --key c1 --until "2026-03-03 12:00"
is "docs/story.md shows a story as it is told" diff .out .wanted

# ---- many events, odd keys ----
for i in $(seq 10 59); do echo '{"type":"Complaint","time":"2026-03-05T10:'$i':00Z","customer":"c9"}'; done >>events.ndjson
story --key c9
is "events that brought nothing are told together" all says "11:10" : says "49 more: 49 Complaint, until 11:59" : lacks "11:58"
python3 - >odd.ndjson <<'END'
import json
for key in ["", "Zoë 東京 \u202e<b>&\"'`|*", "x" * 5000, "a\nb\u001b[31m"]:
    print(json.dumps({"type": "order.placed", "time": "2026-03-02T09:00:00Z", "customer": key, "order": "o\t1", "plan": "basic",
                      "price": "30", "promised": "2026-03-05"}))
END
for key in "" $'Zoë 東京 \u202e<b>&"\'`|*' "$(printf 'x%.0s' $(seq 5000))" $'a\nb\e[31m'; do
  for format in text markdown json html; do
    run "$MOT" story "$rules" odd.ndjson --key "$key" --format $format
    is "an odd key of ${#key} characters as $format" all code_is 0 : says Confirmed : lacks $'\e'
  done
done

# ---- what can go wrong ----
story
is "whose story it is has to be said" all code_is 2 : complains "--key says it" : complains "mot story"
story --key c4
is "a key that is not there" all code_is 2 : complains 'no event that the rules use has the key "c4"' : complains "4 keys" : \
  complains "did you mean c1, c3 and c2"
story --key someoneelse
is "… and far from all" all code_is 2 : complains "such as c1, c3 and c2"
run "$MOT" story "$rules" --key c4
is "… of standard input, which is read once" all code_is 2 : complains "has the key"
story --key c1 --experience Nope
is "an experience that is not there" all code_is 2 : complains "no experience Nope" : complains "they have GettingOnline"
story --key c1 --from soon
is "a time that is none" all code_is 2 : complains "--from takes a time"
story --key c1 --output events.ndjson
is "what is read is not written to" all code_is 2 : complains "this file is read"
story --key c1 --output there.txt
is "a file" all code_is 0 : test -s there.txt
run "$MOT" story "$rules" nothere.ndjson --key c1
is "a file that is not there" all code_is 2 : complains nothere.ndjson
sed "s/wait: duration/wait: durations/" good.mot >wrong.mot
run "$MOT" story wrong.mot events.ndjson --key c1
is "rules with errors" code_is 1
cat events.ndjson | NO_COLOR=1 "$MOT" story "$rules" - --key c1 >.piped 2>.err
story --key c1
is "standard input gives the same" cmp .piped .out
