#!/bin/bash
# mot run --prometheus: the format, the figures, and how the file is written.
. "$(dirname "$0")/common.bash"
cd "$work" || exit 1
rules=$root/examples/broadband/broadband.mot
events=$root/examples/broadband/events.ndjson
check() { python3 "$root/tests/support/exposition.py" "$1"; }

run "$MOT" run "$rules" "$events" --prometheus mot.prom --summary json
is "figures go into a file" all code_is 0 : [ -s mot.prom ] : says '"kind":"moment"'
cp .err summary
run check mot.prom
is "in the format of Prometheus" all code_is 0 : says 'mot_run_ended 1'
if command -v promtool >/dev/null; then
  run promtool check metrics <mot.prom
  is "as promtool has it" code_is 0
fi
is "they are those of the summary" python3 -c '
import json, sys
s = json.load(open("summary"))
lines = dict(l.rsplit(" ", 1) for l in open("mot.prom") if not l.startswith("#"))
f = {k: float(v) for k, v in lines.items()}
e = s["experiences"][0]
x = "experience=\"%s\"" % e["experience"]
assert f["mot_events_read_total"] == s["events"]["read"]
assert f["mot_journeys_started_total{%s}" % x] == e["journeys"]["started"]
assert f["mot_sco_total{%s,outcome=\"missed\"}" % x] == e["sco"]["missed"]
for m in e["mots"]:
    assert f["mot_moments_total{%s,mot=\"%s\",outcome=\"produced\"}" % (x, m["mot"])] == m["produced"]
    assert f["mot_moments_total{%s,mot=\"%s\",outcome=\"void\"}" % (x, m["mot"])] == sum(m["void"].values())
assert f["mot_alerts_raised_total"] == s["alerts"]["raised"] and f["mot_corrections_open"] == s["corrections"]["open"]
for g in s["goals"]:
    if g["score"] is not None:
        assert abs(f["mot_goal_score_ratio{nsat=\"%s\",goal=\"%s\"}" % (g["nsat"], g["goal"])] * 100 - g["score"]) < 1e-9'
is "each family stands in the document" [ -z "$(awk '/^# TYPE/ { print $3 }' mot.prom | grep -v '^mot_events_' |
  while read -r name; do grep -qF "\`$name\`" "$root/docs/running.md" || echo "$name"; done)" ]

printf '{"type":"x"}\n' >nothing.ndjson
for file in nothing.ndjson /dev/null; do
  run "$MOT" run "$rules" "$file" --prometheus none.prom --summary none
  run check none.prom
  is "a run over nothing ($(basename $file)) writes a sound file" all code_is 0 : says "mot_events_read_total"
done

chmod 640 mot.prom
run "$MOT" run "$rules" "$events" --prometheus mot.prom --summary none
is "it takes the place of the old one, with its mode" all [ "$(stat -c %a mot.prom)" = 640 ] : [ "$(ls | grep -c '^mot.prom')" = 1 ]
mkfifo pipe
"$MOT" run "$rules" --prometheus live.prom --summary none <pipe >live.ndjson 2>.err &
exec 3>pipe
head -n 100 "$events" >&3
for _ in $(seq 100); do
  [ -s live.prom ] && break
  sleep 0.1
done
is "it is there while events still come" grep -q '^mot_run_ended 0' live.prom
exec 3>&-
wait
is "and says at last that the run is over" grep -q '^mot_run_ended 1' live.prom
run "$MOT" run "$rules" "$events" --prometheus nowhere/mot.prom --summary none
is "a file that cannot be written is said, records come all the same" all code_is 2 : complains "nowhere/mot.prom" : \
  says '"kind":"moment"'
run "$MOT" run "$rules" "$events" --prometheus -
is "a name that is none" all code_is 2 : complains "the name of a file"
run "$MOT" run "$rules" "$events" --prometheus "$events"
is "a file that is read" all code_is 2 : complains "events are read from this file"
run "$MOT" run "$rules" "$events" --prometheus x --sqlite x
is "one file for two outputs" all code_is 2 : complains "cannot both go"
