#!/bin/bash
# Each example: nothing to report, laid out, its tests pass, its events are those of their generator, and its page says
# what `mot` says. The command of the first page runs one of them.
. "$(dirname "$0")/common.bash"
examples=$root/examples
export PYTHONDONTWRITEBYTECODE=1

# page NAME: whether what the page of an example quotes is in what the commands said: every line of its `text` fences, and
# each share in its sentences that the rules do not name.
page() {
  python3 - "$examples/$1/README.md" "$examples/$1/$1.mot" said <<'PYTHON'
import re, sys
page, rules, said = (open(name, encoding="utf-8").read() for name in sys.argv[1:])
lines = {" ".join(line.split()) for line in said.splitlines()}
words = " ".join(said.split())
wrong, inside, quoted, shares = [], None, 0, 0
for line in page.splitlines():
    if line.startswith("```"):
        inside = None if inside is not None else line[3:]
    elif inside == "text" and line.strip() and line.strip() != "…":
        quoted += 1
        if " ".join(line.split()) not in lines:
            wrong.append(line)
    elif inside is None:
        for share in re.findall(r"\d[\d.,]* ?%", line):
            shares += 1
            if share.replace("%", " %").replace("  ", " ") not in words and share.replace(" ", "") not in rules:
                wrong.append(share + " in: " + line)
if quoted < 5 or shares < 3:
    wrong.append("it quotes too little: %d lines, %d shares" % (quoted, shares))
print("\n".join(wrong))
sys.exit(bool(wrong))
PYTHON
}

for rules in "$examples"/*/*.mot; do
  name=$(basename "$rules" .mot)
  folder=$examples/$name
  events=$(ls "$folder"/events.*)
  run "$MOT" check "$rules"
  is "$name: nothing to report" all code_is 0 : says "nothing to report" : [ -z "$err" ]
  run "$MOT" fmt --check "$rules"
  is "$name: it is laid out" code_is 0
  run "$MOT" test "$rules" --coverage-min 100%
  is "$name: its tests pass, and cover all of it" all code_is 0 : says "tests passed"
  cp .out said
  run "$MOT" run "$rules" "$events" -o records
  is "$name: it runs, without a fault" all code_is 0 : complains " 0 faults" : [ -s records ]
  cat .err >>said
  "$MOT" run "$rules" "$events" --threads 3 --summary none >others
  is "$name: by several threads the same" cmp -s records others
  run "$MOT" report "$rules" "$events"
  is "$name: its review" all code_is 0 : says "Where to act next" : says "outcomes"
  cat .out >>said
  run "$MOT" report "$rules" "$events" --format html -o review.html
  is "$name: its review as a page" all code_is 0 : grep -q "</html>" review.html
  run page "$name"
  is "$name: its page quotes what was said" code_is 0
  "$examples/generate/generate.py" "$name" >made
  case $events in *.gz) zcat "$events" ;; *) cat "$events" ;; esac >kept
  is "$name: the same seed gives the same bytes" cmp -s made kept
done

"$examples/generate/generate.py" loan --customers 500 >more
"$examples/generate/generate.py" loan --customers 500 --seed 8 >other
is "more customers make more events, another seed others" all [ "$(wc -l <more)" -gt 4000 ] : [ "$(cmp -s more other; echo $?)" = 1 ]
run "$examples/generate/generate.py" nothing
is "an example that there is not" all code_is 2 : complains "invalid choice"

cd "$root" || exit 1
BUILD=$work run examples/demo.sh
is "the demonstration shows a review" all code_is 0 : says "Where to act next" : says "about" : [ -z "$err" ]
is "and leaves its page" grep -q "</html>" "$work/broadband.html"
