#!/bin/bash
# Files far larger than any rule file, and values at the ends of what can be told: taken or refused, in time
# and memory that grow with the file and no faster.
. "$(dirname "$0")/common.bash"

# Seconds are those of the processor, so that a busy machine does not count; the sanitizers take theirs.
mot() {
  (case $MOT in *sanitize*) ;; *) ulimit -v 4000000 -t 10 ;; esac; exec "$MOT" "$@") >.out 2>.err </dev/null
}
# Compiles, can be listed and laid out.
taken() { # file
  mot compile "$1" -o scale.motc && mot disasm scale.motc && { mot fmt --check "$1"; [ $? -le 1 ]; }
}
refused() { # file [words]
  local code=0
  mot check "$1" || code=$?
  [ "$code" -eq 1 ] && grep -qF -- "${2:-}" .out && [ "$(stat -c %s .out)" -lt 1000000 ]
}
# With the SMOTO given, and more declarations from standard input.
with() { # file [smoto]
  sed "s/smoto     .*/smoto     ${2:-Answered within 1 d}/" good.mot >"$1"
  cat >>"$1"
}
repeat() { # count text: the text so often, with its number for @
  python3 -c 'import sys
text = sys.argv[2].replace("\\n", "\n")
sys.stdout.writelines(text.replace("@", str(i)) for i in range(int(sys.argv[1])))' "$1" "$2"
}
fill() { head -c "$1" /dev/zero | tr '\0' "$2"; }

repeat 60000 'event E@ { customer: id }\n' | with events.mot
is "sixty thousand kinds of events are taken" taken events.mot
repeat 100000 'event E@ { customer: id }\n' | with events.mot
is "a hundred thousand kinds of events are refused" refused events.mot 65535
(echo 'event Big {'; repeat 100000 'f@: int\n'; echo '}') | with fields.mot
is "an event of a hundred thousand fields is refused" refused fields.mot 4096
(echo "event Any is Asked"; repeat 20000 ' or Asked') | with kinds.mot
is "a kind that follows from twenty thousand is refused" refused kinds.mot
rule='when Asked  smoto Answered within @1 min  target 90% over 7 d'
repeat 5000 "  mot M@ \"m\" { manager ben  producers desk  $rule }\n" >mots
sed '/on Answered$/r mots' good.mot >mots.mot
is "five thousand MOTs are taken" taken mots.mot
(printf 'calendar Cal { open mon..fri 08:00..18:00  closed 0001-01-01'
for year in $(seq 1000 9999); do echo ", $year-03-01..$year-03-05, $year-07-02"; done; echo '}') |
  with closed.mot "Answered within 3 h of Cal"
is "a calendar of eighteen thousand closed ranges is taken" taken closed.mot
repeat 1000000 '# A remark that says something or other, nothing else.\n' | with remarks.mot
is "a million lines of remarks are taken" taken remarks.mot
(printf 'event '; fill 1000000 A; printf ' { customer: id }\n') | with name.mot
is "a name of a million letters is taken" taken name.mot
(printf 'event Copy is '; fill 999999 A; printf '\nevent '; fill 1000000 A; printf ' { customer: id }\n') |
  with miss.mot
is "a name of a million letters is not printed whole" refused miss.mot "there is no event"
with then.mot "Answered within 1 s$(repeat 2000 " then Answered within 1 s")" </dev/null
is "a chain of two thousand steps is taken" taken then.mot
(printf 'event Copy is Answered where ('; repeat 1000000 'wait > @ s or '; echo 'wait > 1 h)') | with or.mot
is "a million terms are refused" refused or.mot "1000 operators"
(printf 'event Two { customer: id  c: one of a, b }\nevent Deep is Two where 1 < '
repeat 5000 'case c { a: 1 b: '; repeat 5000 '}') | with case.mot
is "a case within a case within a case … is refused" refused case.mot "nested too deep"
repeat 10000 'event E@ { customer id }\n' | with errors.mot
is "ten thousand mistakes are told in bounds" refused errors.mot "10000 errors"
repeat 10000 'event E@ is Nobody@\n' | with unknown.mot
is "ten thousand unknown names are told in bounds" refused unknown.mot "10000 errors"

while IFS='|' read -r smoto words; do
  with edge.mot "$smoto" <<<'calendar Cal { open mon 00:00..24:00  closed 0001-01-01..9999-12-31 }'
  is "$smoto: refused" refused edge.mot "$words"
done <<'EOT'
at least 9223372036854775807 Answered within 1 d|nothing is counted further
at least 9223372036854775808 Answered within 1 d|too large
Answered within 106751992 d|too long
Answered within 106751991 d + 106751991 d|too large
Answered by 9999-12-31 + 106751991 d|too large
Answered by 0001-01-01 - 106751991 d|too large
Answered by 0000-01-01|the year is from 0001 to 9999
Answered within 9223372036854775807 open days of Cal|open days
EOT
for smoto in 'at least 4294967293 Answered within 1 d' 'Answered within 106751991 d' \
  'Answered by 0001-01-01' 'Answered by 9999-12-31 23:59' 'Answered within 3 h of Cal'; do
  with edge.mot "$smoto" <<<'calendar Cal { open mon 00:00..24:00  closed 0001-01-01..9999-12-31 }'
  is "$smoto: taken" taken edge.mot
done
for zone in ../../../../etc/passwd /etc/passwd /usr/share/zoneinfo/UTC Europe/../Europe/Berlin \
  Europe//Berlin ./UTC UTC/ Europe zone.tab localtime :UTC '' '\u{1b}[31m'; do
  with zone.mot <<<"calendar Cal { zone \"$zone\" open mon 08:00..18:00 }"
  is "no zone \"$zone\"" refused zone.mot "there is no time zone"
done
is "what a rule quotes does not act on the terminal" eval '! grep -q "$(printf "\\033")" .out'
