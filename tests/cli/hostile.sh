#!/bin/bash
# Bad input of every kind: a clear error, no crash, bounded memory and time.
. "$(dirname "$0")/common.bash"

# What a bad file may do: end with 1 or 2 and say something, within time and memory.
refused() { # file [words]
  code=0
  # The sanitizers' shadow memory does not go with a limit on addresses.
  (case $MOT in *sanitize*) ;; *) ulimit -v 4000000 ;; esac; exec timeout 60 "$MOT" check "$1") >.out 2>.err </dev/null || code=$?
  out=$(head -c 100000 .out | tr -d '\0')
  err=$(head -c 100000 .err | tr -d '\0')
  [ "$code" -eq 1 ] || [ "$code" -eq 2 ] || return 1
  [ -n "$out$err" ] && grep -qiF -- "${2:-}" <<<"$out$err" && [ "$(stat -c %s .out)" -lt 1000000 ]
}
fill() { head -c "$1" /dev/zero | tr '\0' "$2"; } # so many of a character

printf 'event A { customer: id }\n# caf\xe9\n' >latin1.mot
is "invalid UTF-8 has a place and a remedy" refused latin1.mot UTF-8
printf 'event A\0 { customer: id }\n' >nul.mot
is "a NUL byte is refused" refused nul.mot
fill 100000000 'a' >huge.mot
is "a file of 100 MB is refused" refused huge.mot "64 MB"
(printf 'event A { customer: id '; fill 50000000 'x'; printf ' }\n') >line.mot
is "a line of 50 MB is refused and not printed whole" refused line.mot
(cat good.mot; printf 'metric M = '; fill 10000 '('; printf '1'; fill 10000 ')'; printf ' per 1 d\n') >deep.mot
is "ten thousand nested parentheses are refused" refused deep.mot "nest"
(cat good.mot; printf 'metric M = count(Asked) + '; fill 1000000 '7'; printf ' per 1 d\n') >digits.mot
is "a literal of a million digits is refused" refused digits.mot
(printf 'def d(x: int) = 1'; for i in $(seq 20000); do printf ' + x'; done; printf '\n') >chain.mot
is "a chain of twenty thousand operators is refused" refused chain.mot
(for i in $(seq 1 40); do echo "def f$i(x: int) = f$((i - 1))(x) + f$((i - 1))(x)"; done; echo 'def f0(x: int) = x + x'; sed 's/target    90% over 7 d/weight f40(1)/' good.mot) >bomb.mot
is "defs that double forty times are refused" refused bomb.mot
(for i in $(seq 20000); do echo "calendar C$i { open mon..fri 09:00..17:00 closed C$((i + 1)) }"; done
  echo 'calendar C20001 { open mon 09:00..17:00 closed 2026-12-25 }') >days.mot
is "calendars that take over from each other twenty thousand times are refused" refused days.mot "in a row"
(echo 'calendar C0 { open mon 09:00..17:00'; seq -f 'closed %.0f-03-08' 1000 3000
  echo '}'; for i in $(seq 20000); do echo "calendar C$i { open mon 09:00..17:00 closed C0 }"; done) >days.mot
is "calendars that copy each other's days ten thousand times are refused" refused days.mot "too large"
# A chain of MOTs, by name and through a pattern, and one of experiences.
(sed '/^nsat/,$d; /^}/,$d' good.mot; for i in $(seq 20000); do
  echo "mot M$i \"m\" { manager ben producers desk when missed M$((i + 1)) smoto Answered within 1 h }"; done
  echo 'mot M20001 "m" { manager ben producers desk when Asked smoto Answered within 1 h } }') >row.mot
is "MOTs that wait for each other twenty thousand times are refused" refused row.mot "in a row"
sed 's/{ manager ben producers desk when missed \(M[0-9]*\) .*/like P(\1) { manager ben producers desk }/' row.mot >row_like.mot
echo 'pattern P(Failed: mot) { when missed Failed smoto Answered within 1 h }' >>row_like.mot
is "also through a pattern" refused row_like.mot "in a row"
(sed '/^experience/,$d' good.mot; for i in $(seq 5000); do
  echo "experience X$i \"x\" { for customer manager ana starts on Asked expires after 3 d sco \"x\" Answered within 1 d"
  echo "mot M \"m\" { manager ben producers desk when missed X$((i + 1)).M smoto Answered within 1 h } }"; done
  echo 'experience X5001 "x" { for customer manager ana starts on Asked expires after 3 d sco "x" Answered within 1 d'
  echo 'mot M "m" { manager ben producers desk when Asked smoto Answered within 1 h } }') >row_far.mot
is "also from experience to experience" refused row_far.mot "in a row"
fill 3000000 '{' >braces.mot
is "three million open braces are refused" refused braces.mot
fill 3000000 '"' >quotes.mot
is "three million quotes are refused" refused quotes.mot
head -c 300000 /dev/urandom >noise.mot
is "noise is refused" refused noise.mot
if [ "$(id -u)" -ne 0 ]; then
  cp good.mot secret.mot && chmod 0 secret.mot
  is "an unreadable file is trouble with words" refused secret.mot "Permission denied"
else
  mkfifo never.fifo && ln -s /proc/self/mem secret.mot
  is "a file that cannot be read is trouble with words" refused secret.mot
fi
ln -s loop.mot loop.mot
is "a link to itself is trouble with words" refused loop.mot

"$MOT" compile good.mot -o good.motc
size=$(stat -c %s good.motc)
sound=yes
for cut in 0 1 3 4 8 31 32 100 $((size / 2)) $((size - 8)) $((size - 1)); do
  head -c "$cut" good.motc >cut.motc
  run "$MOT" disasm cut.motc
  [ "$code" -eq 1 ] && [ -n "$err" ] || sound="cut at $cut: exit code $code"
done
is "a module cut anywhere is refused with words" [ "$sound" = yes ]
(cat good.motc; printf x) >long.motc
run "$MOT" disasm long.motc
is "a module with a byte too many is refused" code_is 1
run "$MOT" disasm good.mot
is "disasm takes rules too" all code_is 0 : says Quick
cp good.mot text.motc
run "$MOT" disasm text.motc
is "text that calls itself a module is refused" all code_is 1 : complains "no module"

full() { code=0; err=$({ "$@" >/dev/full; } 2>&1) || code=$?; [ "$code" -eq 2 ] && grep -q "No space left" <<<"$err"; }
if [ -w /dev/full ]; then
  is "a full disk under check is trouble" full "$MOT" check --format json bad.mot
  is "a full disk under disasm is trouble" full "$MOT" disasm good.motc
  is "a full disk under a module is trouble" full "$MOT" compile good.mot -o -
fi
code=0; err=$({ "$MOT" explain --list | head -1 >/dev/null; } 2>&1) || code=$?
is "a reader that leaves ends it quietly" [ -z "$err" ]
run "$MOT" compile good.mot -o /nowhere/x.motc
is "a module that cannot be written is trouble with its place" all code_is 2 : complains /nowhere
