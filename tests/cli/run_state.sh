#!/bin/bash
# mot run that goes on later: states saved and loaded, and what is wrong with them.
. "$(dirname "$0")/common.bash"

# Customers who ask and are answered after some hours, or not.
seq 0 1999 | awk '{
  day = 2 + int($1 / 100); hour = int($1 / 10) % 10 + 8
  printf "{\"type\":\"Asked\",\"time\":\"2026-03-%02dT%02d:%02d:00Z\",\"customer\":\"c%d\"}\n", day, hour, $1 % 10, $1
  if ($1 % 3) printf "{\"type\":\"Answered\",\"time\":\"2026-03-%02dT%02d:%02d:30Z\",\"customer\":\"c%d\",\"wait\":%d}\n",
    day, hour, $1 % 10, $1 - $1 % 50, $1 % 90
}' >events.ndjson
"$MOT" run good.mot events.ndjson -s none >whole

for cut in 1 1000 1777 3000; do
  head -n $cut events.ndjson >first.ndjson
  tail -n +$((cut + 1)) events.ndjson >second.ndjson
  run "$MOT" run good.mot first.ndjson --save-state state -o first.out
  is "a state is saved after $cut events" all code_is 0 : [ -s state ]
  run "$MOT" run good.mot second.ndjson --load-state state -o second.out
  is "and gone on from" code_is 0
  cat first.out second.out >both
  is "all records as of one run" cmp -s both whole
done
gzip -c second.ndjson >second.gz
run "$MOT" run good.mot second.gz --load-state state --threads 2 -o second.out
cat first.out second.out >both
is "with more threads, and compressed" cmp -s both whole
split -n l/5 -d events.ndjson part.
: >both
rm -f running
for part in part.0?; do
  load=()
  [ -s running ] && load=(--load-state running)
  run "$MOT" run good.mot "$part" "${load[@]}" --save-state running
  cat .out >>both
done
run "$MOT" run good.mot --load-state running /dev/null
cat .out >>both
is "a state in the place of the one before, file by file" cmp -s both whole
cp running old
run "$MOT" run good.mot --load-state running --until 2026-06-01 /dev/null -r sco
is "the clock runs on from a state" all code_is 0 : says '"kind":"sco"'

# ---- what is wrong ----
run "$MOT" run good.mot events.ndjson --save-state s --until 2026-06-01
is "--until and --save-state" all code_is 2 : complains "--until ends the run" : [ ! -e s ]
run "$MOT" run good.mot events.ndjson --save-state s --records open
is "--records open and --save-state" all code_is 2 : complains "--records open"
run "$MOT" run good.mot events.ndjson --save-state nowhere/s
is "a folder that is not there" all code_is 2 : complains "nowhere/s: No such file" : complains "was not saved"
run "$MOT" run good.mot events.ndjson --save-state /dev/full
is "a full disk" all code_is 2 : complains "/dev/full: No space left" : complains "was not saved"
(trap '' XFSZ; ulimit -f 8; "$MOT" run good.mot events.ndjson --save-state running -s none -r none) 2>.err
code=$? err=$(cat .err)
is "a full disk leaves the old state" all code_is 2 : complains "what was there before is as it was" : cmp -s running old
is "and nothing half-written beside it" [ "$(find . -name 'running.*' | wc -l)" = 0 ]
run "$MOT" run good.mot events.ndjson --save-state running -o /dev/full
is "no state when the records were not written" all code_is 2 : complains "the state was not saved" : cmp -s running old
gzip -c events.ndjson | head -c 2000 >cut.gz
run "$MOT" run good.mot cut.gz --save-state running
is "nor when events could not be read" all code_is 2 : complains "the state was not saved" : cmp -s running old
run "$MOT" run good.mot events.ndjson --save-state events.ndjson
is "a state does not replace the events" all code_is 2 : complains "nothing can be written to it"
run "$MOT" run good.mot events.ndjson --load-state old -o old
is "records do not replace the state they come from" all code_is 2 : complains "the state comes from this file" : [ -s old ]
run "$MOT" run good.mot events.ndjson --load-state missing
is "a state that is not there" all code_is 2 : complains "missing: No such file"
run "$MOT" run good.mot events.ndjson --load-state good.mot
is "something else than a state" all code_is 2 : complains "good.mot:"
run "$MOT" run good.mot events.ndjson --load-state /dev/null
is "an empty state" all code_is 2 : complains "/dev/null:"
head -c 1000 old >cut
run "$MOT" run good.mot events.ndjson --load-state cut
is "a state that was cut off" all code_is 2 : complains "cut:"
{ head -c 700 old; printf 'X'; tail -c +702 old; } >changed
run "$MOT" run good.mot events.ndjson --load-state changed
is "a state that was changed" all code_is 2 : complains "changed:"
sed 's/within 1 d/within 2 d/' good.mot >other.mot
run "$MOT" run other.mot events.ndjson --load-state old
is "a state of other rules" all code_is 2 : complains "old:"
