#!/bin/bash
# mot run when outputs fail, readers go away, or somebody presses Ctrl-C.
. "$(dirname "$0")/common.bash"

seq 1 20000 | sed 's/.*/{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"c&"}/' >many.ndjson
echo '{"type":"Asked","time":"2026-04-02T09:00:00Z","customer":"c1"}' >>many.ndjson

# ---- full disks ----
run "$MOT" run good.mot many.ndjson -o /dev/full
is "a full disk under the records" all code_is 2 : complains "/dev/full: No space left" : complains "not complete" : \
  complains "of which not all could be written"
code=0; "$MOT" run good.mot many.ndjson >/dev/full 2>.err || code=$?
err=$(cat .err)
is "under standard output" all code_is 2 : complains "standard output: No space left"
echo '{broken' >bad.ndjson
run "$MOT" run good.mot bad.ndjson -d /dev/full
is "under the dead letters" all code_is 2 : complains "/dev/full: No space left"
run "$MOT" run good.mot many.ndjson -o nowhere/records
is "a folder that is not there" all code_is 2 : complains "nowhere/records: No such file"
(trap '' XFSZ; ulimit -f 8; "$MOT" run good.mot many.ndjson -o small -s none) 2>.err
code=$? err=$(cat .err)
is "a file that may not grow" all code_is 2 : complains "small: File too large"

# ---- streams that are closed ----
echo '{broken' >bad.ndjson
code=0; "$MOT" run good.mot many.ndjson bad.ndjson -d dead >&- 2>.err || code=$?
err=$(cat .err)
is "a closed standard output" all code_is 2 : complains "standard output: Bad file descriptor" : [ "$(wc -l <dead)" -le 1 ]
code=0; "$MOT" run good.mot <&- >.out 2>.err || code=$?
err=$(cat .err)
is "a closed standard input" all code_is 2 : complains "<standard input>: Bad file descriptor"
code=0; "$MOT" run good.mot bad.ndjson -d dead 2>&- >.out || code=$?
is "a closed standard error" all code_is 0 : [ "$(cat dead | wc -l)" = 1 ]
code=0; "$MOT" run good.mot <. >.out 2>.err || code=$?
err=$(cat .err)
is "a folder as standard input" all code_is 2 : complains "<standard input>: Is a directory"

# ---- a reader that goes away ----
"$MOT" run good.mot many.ndjson 2>.err | head -n 1 >.out
code=${PIPESTATUS[0]} err=$(cat .err) out=$(cat .out)
is "a reader that goes away ends the run quietly" all code_is 0 : says '"kind":"moment"' : [ -z "$err" ]
{ cat many.ndjson; sleep 5; } | "$MOT" run good.mot 2>.err | head -n 1 >.out
is "also with a pipe before it" [ -z "$(cat .err)" ]

# ---- a stream that pauses ----
mkfifo live
"$MOT" run good.mot live -s none -o live.out &
exec 8>live
head -n 1 many.ndjson >&8
echo '{"type":"Answered","time":"2026-03-02T10:00:00Z","customer":"c1","wait":3}' >&8
echo '{"type":"Asked","time":"2026-03-02T11:00:00Z","customer":"c1"}' >&8
tries=0
while [ ! -s live.out ] && [ $((tries += 1)) -lt 100 ]; do sleep 0.1; done
is "records come as soon as they are decided" grep -q '"outcome":"produced"' live.out
exec 8>&-
wait

# ---- Ctrl-C ----
# stopped SIGNAL ARGUMENTS…: mot run on a pipe that stays open, ended by the signal once it has written.
stopped() {
  local signal=$1 tries=0
  shift
  mkfifo pipe
  "$MOT" run good.mot "$@" - <pipe >.out 2>.err &
  local mot=$!
  exec 9>pipe
  cat many.ndjson >&9
  while [ ! -s .out ] && [ $((tries += 1)) -lt 100 ]; do sleep 0.1; done
  kill "-$signal" $mot
  code=0
  wait $mot || code=$?
  exec 9>&-
  rm pipe
  out=$(head -n 1 .out) err=$(cat .err)
}
for signal in INT TERM; do
  stopped $signal
  is "SIG$signal writes what was decided and says so" all code_is 130 : says '"kind":"moment"' : \
    complains "interrupted: this is what was decided up to 2026-04-02T09:00:00Z" : complains "20,001 read"
  is "and every line is whole" [ "$(tail -c 1 .out | wc -l)" = 1 ]
done
stopped INT --summary json
is "JSON says so too" python3 -c 'import json,sys; assert json.loads(sys.argv[1])["interrupted"]' "$err"
# unheard SIGNAL: mot run on a pipe that nobody ever writes to, and the signal once it waits for it.
unheard() {
  mkfifo silent
  "$MOT" run good.mot good.ndjson silent -o .out 2>.err &
  local mot=$! tries=0
  while ! ls -l /proc/$mot/fd 2>/dev/null | grep -q silent && [ $((tries += 1)) -lt 50 ]; do sleep 0.1; done
  kill "-$1" $mot
  code=0
  wait $mot || code=$?
  rm silent
  err=$(cat .err)
}
head -n 1 many.ndjson >good.ndjson
for signal in INT TERM; do
  unheard $signal
  is "SIG$signal ends the wait for a pipe without a writer" all code_is 130 : complains "interrupted" : complains "1 read"
done

# What is due after the last event may be much: an alert that repeats for years.
cat >repeats.mot <<'RULES'
stream { type from "type"  time from "time" }
event Ask    { customer: id }
event Answer { customer: id }
owner ana "Ana" { role experience_manager  contact "mailto:ana@acme.example" }
team desk "Desk" { lead ana  role producer }
experience X {
  for customer  manager ana  starts on Ask  expires after 20000 d
  sco "fine" Answer within 10000 d
  mot A {
    manager ana  producers desk  target 90% over 1 d
    when Ask  smoto Answer within 1 h
    on missed { alert ana repeat every 1 s }
  }
}
RULES
echo '{"type":"Ask","time":"2026-03-02T09:00:00Z","customer":"c1"}' >one.ndjson
rm -f .out
"$MOT" run repeats.mot one.ndjson --until 2060-01-01 -o .out 2>.err &
mot=$!
for _ in $(seq 100); do [ -s .out ] && break; sleep 0.1; done
kill -INT $mot
code=0
wait $mot || code=$?
err=$(cat .err)
is "SIGINT is heeded after the last event too" all code_is 130 : complains "interrupted: this is what was decided up to 20"
is "and what is due later is not told" [ "$(grep -c 2059- .out)" = 0 ]
is "every line of it is whole" [ "$(tail -c 1 .out | wc -l)" = 1 ]
rm -f .out

# ---- a terminal ----
if command -v script >/dev/null; then
  seq 1 400000 | sed 's/.*/{"type":"Asked","time":"2026-03-02T09:00:00Z","customer":"c&"}/' >large.ndjson
  many=$(printf 'large.ndjson %.0s' {1..12}) # long enough for a fast machine
  env -u NO_COLOR TERM=xterm script -qec "stty cols 80; '$MOT' run good.mot $many | cat >piped" screen >/dev/null
  is "a long run shows how far it is on a terminal" grep -q '━.* % .*/s .* left' screen
  is "and takes that away" grep -q $'\r\033\\[K.*Asking' screen
  is "in lines that fit it" [ "$(tr '\r' '\n' <screen | grep '━' | sed 's/\x1b\[[0-9;]*[mK]//g' | wc -L)" -lt 80 ]
  gzip -1 -c large.ndjson | head -c -20 >large.gz
  env -u NO_COLOR TERM=xterm script -qec "'$MOT' run good.mot $many large.gz | cat >piped" screen >/dev/null
  is "words take its place" grep -q $'\r\033\\[Kmot: large.gz: the compressed data end too early' screen
  env -u NO_COLOR TERM=xterm script -qec "'$MOT' run good.mot many.ndjson" screen >/dev/null
  is "records on a terminal come without a bar" [ "$(grep -c '━' screen)" = 0 ]
  is "colours on a terminal only" grep -q $'\033\\[1mAsking' screen
fi
run "$MOT" run good.mot many.ndjson
is "no colour elsewhere" [ "$(grep -c $'\033' <<<"$err")" = 0 ]
