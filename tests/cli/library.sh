#!/bin/bash
# The standard library: its files, the examples of its page, its tests in the language, and what it costs.
. "$(dirname "$0")/common.bash"

quiet() { code_is 0 && [[ $out == *"nothing to report"* ]]; }

# ---- the files ----
for file in "$root"/stdlib/std/*.mot; do
  name=std.$(basename "$file" .mot)
  run "$MOT" check "$file"
  is "$name has nothing to report" quiet
  run "$MOT" fmt --check "$file"
  is "$name is formatted" code_is 0
  run awk '/^(event|calendar|pattern|def|metric|module) / && before !~ /^##/ { print FILENAME ": " $0 } { before = $0 }' "$file"
  is "$name says of each declaration what it is" [ -z "$out" ]
done

# ---- the page ----
# Examples by kind: MOTs stand in experiences, everything else in the file.
awk '/^```mot library$/ { on = 1; number++; next }
  /^```/ { on = 0 }
  on && !(number in first) { first[number] = $1 }
  on { text[number] = text[number] $0 "\n" }
  END {
    for (i = 1; i <= number; i++) if (first[i] != "mot" && first[i] != "stream") printf "%s", text[i]
    for (i = 1; i <= number; i++) {
      if (first[i] != "mot") continue
      idea = text[i] ~ /std\.idea\./
      printf "experience Example%d \"an example\" {\n  for %s  manager ana  expires after 400 d\n", i,
        idea ? "producer, idea" : "customer"
      printf "  starts on %s\n  sco \"it is done\" %s within 30 d\n", idea ? "std.idea.Idea" : "OrderPlaced",
        idea ? "std.idea.Done" : "ServiceActive"
      if (text[i] ~ /OnTime,/)
        print "  mot OnTime \"in time\" { manager ben  producers care  target 90% over 7 d  when OrderPlaced\n" \
          "    smoto TechnicianArrived within 1 d }"
      printf "%s}\n", text[i]
    }
  }' "$root/docs/stdlib.md" >examples.part
awk '/^stream \{/ { on = 1 } on { print } /^}/ { if (on) exit }' <(sed -n '/^```mot library$/,/^```/p' "$root/docs/stdlib.md") \
  >stream.part
cat stream.part "$root/tests/frame/library.mot" examples.part >examples.mot
run "$MOT" check examples.mot
is "the examples of docs/stdlib.md compile" all code_is 0 : [ "$(wc -l <examples.part)" -gt 200 ]
for file in "$root"/stdlib/std/*.mot; do
  module=$(basename "$file" .mot)
  case $module in
    alert | correction | calendar) continue ;; # what the engine itself hears; what stands for itself
  esac
  missing=$(awk '/^(event|pattern|def) / { name = $2; sub(/[({].*/, "", name); print name }' "$file" |
    while read -r name; do grep -q "std\\.$module\\.$name\\b" examples.mot || echo "$name"; done)
  is "std.$module has an example of each" [ -z "$missing" ]
  [ -z "$missing" ] || echo "# without: $missing"
done

# ---- tests in the language ----
for file in "$root"/stdlib/std/*.mot; do
  name=$(basename "$file")
  case $name in
    alert.mot | correction.mot) continue ;; # tests/cases/library_kinds
  esac
  is "tests/library has $name" [ -f "$root/tests/library/$name" ]
done
for file in "$root"/tests/library/*.mot; do
  name=library/$(basename "$file")
  run "$MOT" check "$file"
  is "$name has nothing to report" quiet
  run "$MOT" fmt --check "$file"
  is "$name is formatted" code_is 0
  run "$MOT" test --coverage-min 100% "$file"
  is "$name passes and tries everything" code_is 0
done

cat >ideas.ndjson <<'END'
{"type":"std.idea.Idea","time":"2026-03-05T09:00:00Z","producer":"p1","idea":"1","mot":"OnTime","team":"field"}
{"type":"std.idea.Idea","time":"2026-03-05T10:00:00Z","producer":"p1","idea":"2","mot":"OnTime"}
{"type":"std.idea.Idea","time":"2026-03-05T11:00:00Z","producer":"p2","idea":"3","mot":"OnTime","team":"field"}
{"type":"std.idea.Answered","time":"2026-03-06T10:00:00Z","producer":"p1","idea":"2","accepted":true}
END
run "$MOT" run --records measure --summary none "$root/tests/library/idea.mot" ideas.ndjson
is "ideas are counted by MOT and team" all code_is 0 : says '"group":{"mot":"OnTime","team":"field"}' : says '"value":2'

# ---- no change of a promise goes unnoticed ----
for file in "$root"/tests/library/*.mot; do
  name=$(basename "$file")
  case $name in
    calendar.mot | cloudevents.mot) continue ;; # dates, below; no promises
  esac
  run "$root/tests/library/join.py" "$root/stdlib/std/$name" "$file"
  mv .out joined.mot
  first=$err
  run "$MOT" test --mutate joined.mot
  survived=$(grep -o '^joined.mot:[0-9]*:[0-9]*: survived.*' .out | awk -F: -v first="$first" '$2 >= first')
  is "tests of std.${name%.mot} notice every change of its text" all says "killed" : [ -z "$survived" ]
  [ -z "$survived" ] || sed 's/^/# /' <<<"$survived"
done

# ---- holidays, computed from their definitions ----
# Easter Sunday of a year of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8; after Butcher).
easter() {
  local a=$(($1 % 19)) b=$(($1 / 100)) c=$(($1 % 100)) h l m n
  h=$(((19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30))
  l=$(((32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7))
  m=$(((a + 11 * h + 22 * l) / 451))
  n=$((h + l - 7 * m + 114))
  echo "$1-$((n / 31))-$((n % 31 + 1))"
}
date_of() { date -u -d "$1" +%F; } # what GNU date understands
# nth YEAR MONTH WEEKDAY N: the N-th such day (1 Monday … 7 Sunday) of a month; N 0: the last.
nth() {
  local first
  first=$(date -u -d "$1-$2-01" +%u)
  local day=$(((7 + $3 - first) % 7 + 1 + 7 * ($4 - 1)))
  if [ "$4" -eq 0 ]; then
    day=$(((7 + $3 - first) % 7 + 29))
    date -u -d "$1-$2-$day" +%F 2>/dev/null || date -u -d "$1-$2-$((day - 7))" +%F
  else
    date -u -d "$1-$2-$day" +%F
  fi
}
weekday() { date -u -d "$1" +%u; }
# closed DATE CALENDAR…: whether all of these are closed then.
closed() {
  local day=$1 calendar
  shift
  for calendar; do
    if ! sed -n "/^calendar $calendar {/,/^}/p" "$root/stdlib/std/calendar.mot" | grep -q -- "$day"; then
      echo "# $calendar is not closed on $day"
      return 1
    fi
  done
}
open() { ! closed "$@" >/dev/null; }
# A holiday of the United States on a Saturday is observed the day before, on a Sunday the day after.
observed() {
  case $(weekday "$1") in
    6) date_of "$1 - 1 day" ;;
    7) date_of "$1 + 1 day" ;;
    *) date_of "$1" ;;
  esac
}
year_is_right() {
  local year=$1 sunday king
  sunday=$(date_of "$(easter "$year")")
  king=$year-04-27
  if [ "$(weekday "$king")" -eq 7 ]; then king=$year-04-26; fi
  closed "$year-01-01" Austria Belgium EnglandAndWales France Germany Italy Netherlands Poland Spain UnitedStates &&
    closed "$year-12-25" Austria Belgium EnglandAndWales France Germany Italy Netherlands Poland Spain UnitedStates &&
    closed "$(date_of "$sunday + 1 day")" Austria Belgium EnglandAndWales France Germany Italy Netherlands Poland &&
    open "$(date_of "$sunday + 1 day")" Spain && open "$(date_of "$sunday + 1 day")" UnitedStates &&
    closed "$(date_of "$sunday - 2 days")" EnglandAndWales Germany Netherlands Spain &&
    closed "$(date_of "$sunday - 2 days")" EuroBanks && closed "$(date_of "$sunday + 1 day")" EuroBanks &&
    closed "$year-01-01" EuroBanks && closed "$year-05-01" EuroBanks && closed "$year-12-26" EuroBanks &&
    open "$(date_of "$sunday + 39 days")" EuroBanks &&
    closed "$(date_of "$sunday + 39 days")" Austria Belgium France Germany Netherlands &&
    closed "$(date_of "$sunday + 50 days")" Austria Belgium France Germany Netherlands &&
    closed "$(date_of "$sunday + 60 days")" Austria Poland &&
    closed "$king" Netherlands && closed "$year-10-03" Germany && closed "$year-07-14" France &&
    closed "$year-07-21" Belgium && closed "$year-10-26" Austria && closed "$year-06-02" Italy &&
    closed "$year-11-11" Poland Belgium France UnitedStates &&
    { [ "$(weekday "$year-12-06")" -eq 7 ] || closed "$year-12-06" Spain; } && # on a Sunday each region has its own day
    closed "$year-05-01" Austria Belgium France Germany Italy Poland Spain &&
    closed "$(nth "$year" 05 1 1)" EnglandAndWales && closed "$(nth "$year" 05 1 0)" EnglandAndWales UnitedStates &&
    closed "$(nth "$year" 08 1 0)" EnglandAndWales && closed "$(nth "$year" 01 1 3)" UnitedStates &&
    closed "$(nth "$year" 09 1 1)" UnitedStates && closed "$(nth "$year" 11 4 4)" UnitedStates &&
    closed "$(observed "$year-07-04")" UnitedStates && closed "$(observed "$year-06-19")" UnitedStates
}
for year in 2024 2025 2026 2027 2028 2029 2030; do
  is "the holidays of $year fall where they have to" year_is_right "$year"
done
is "the King's Day of 2025 is a Saturday, the 26th" all closed 2025-04-26 Netherlands : open 2025-04-27 Netherlands
is "England has Boxing Day of 2026 on the Monday after" closed 2026-12-28 EnglandAndWales
is "Poland has Christmas Eve since 2025" all closed 2025-12-24 Poland : open 2024-12-24 Poland
is "Italy has Saint Francis since 2026" all closed 2026-10-04 Italy : open 2025-10-04 Italy

# ---- all together ----
for file in "$root"/stdlib/std/*.mot; do echo "use std.$(basename "$file" .mot)"; done >all.mot
cp all.mot with.mot
cat good.mot >>with.mot
run "$MOT" check with.mot
is "all modules can be used at once" code_is 0
"$MOT" compile -o with.motc with.mot 2>/dev/null
"$MOT" compile -o without.motc good.mot 2>/dev/null
run "$MOT" disasm with.motc
grep -c '^\(event\|calendar\|experience\|metric\)' .out >with.count
run "$MOT" disasm without.motc
grep -c '^\(event\|calendar\|experience\|metric\)' .out >without.count
is "what is not named does not become part of the module" cmp -s with.count without.count
