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
  run "$MOT" test "$file"
  is "$name passes" code_is 0
done

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
