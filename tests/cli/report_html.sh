#!/bin/bash
# mot report --format html: pages that are well-formed, keep to themselves, can be heard as well as seen, and
# take whatever rules and data say as text.
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"

page() { # OUT RULES EVENTS [OPTION…]
  local to=$1
  shift
  run "$MOT" report --format html -o "$to" "$@"
}
# The page is as it should be and has these texts.
fine() {
  local problems
  problems=$(python3 "$root/tests/cli/html_page.py" "$@" 2>&1) && return 0
  err=$problems
  return 1
}
smaller() { [ "$(wc -c <"$1")" -lt "$2" ]; }
count_is() { [ "$(grep -oF -- "$2" "$1" | wc -l)" -eq "$3" ]; } # FILE TEXT COUNT

broadband=$root/examples/broadband
page bb.html "$broadband/broadband.mot" "$broadband/events.ndjson" --period all
is "the example's page is sound and has its parts" all code_is 0 : fine bb.html "Where to act next" \
  "I am online on the day you promised and never had to chase you" "You come when you said (critical)" \
  "Production over time" "Which moments matter" "Causal flow" "Every customer online on the promised day" \
  "Triple crown" "Circles" "Handovers" "Corrections and alerts" "Field operations" "One whom we failed" \
  "Landscape" "How the figures are meant"
is "it is a page of moderate size" smaller bb.html 150000
page month.html "$broadband/broadband.mot" "$broadband/events.ndjson" --period 2026-04
is "a month is compared with the one before" all code_is 0 : fine month.html "compared with March 2026" "Change"
page empty.html "$broadband/broadband.mot" "$broadband/events.ndjson" --period 2026-03-02
is "a day without any decided outcome has a sound page" all code_is 0 : fine empty.html

# ---- texts that look like markup --------------------------------------------------------

cat >hostile.mot <<'EOT'
event Asked    { customer: id  order: id  say: text? }
event Answered { customer: id  order: id  agent: text? }
owner ana "Ana <b>&amp;</b>" { role experience_manager  contact "mailto:a\"onclick=x@x.example" }
owner ben "Ben'\"" { role mot_manager  contact "javascript:alert(1)" }
team desk "</style><script>alert(2)</script>" { lead ben  role producer }
experience Help "</title><script>alert(3)</script>" {
  for customer, order  manager ana  starts on Asked  expires after 10 d
  sco "<img src=x onerror=alert(4)>" Answered within 3 d
  mot Fast "You & <i>I</i> \"now\" ]]> <!-- -->" {
    manager ben  producers desk by last(Answered).agent
    when Asked  smoto Answered within 2 h  target 90% over 1 d
    on missed { correct "<svg onload=alert(5)> {customer}" by desk within 1 h  alert ben severity high "{customer}" }
  }
  mot Slow "<textarea>" { manager ben  producers desk  when Asked  smoto Answered within 1 d  target 90% over 1 d }
}
nsat Star "<h1>Star</h1>" for Help {
  goal All "</section></main>" { owner ana measure sco target 90% over 30 d
    goal Mine "<p>" each agent { measure Fast target 90% over 30 d min 1 cases } }
}
EOT
python3 - >hostile.ndjson <<'EOT'
import json
names = ["<script>alert('c')</script>", "a&b\"'", "bell\u0007 and \uffff", "\u202eevil", "x" * 5000, "tab\tand\nline",
         "]]>", "é" * 300]
for i in range(40):
    who = dict(customer=names[i % len(names)], order=f"</td>{i}")
    day = f"2026-03-{1 + i // 4:02d}T{i % 4 * 3:02d}"
    print(json.dumps(dict(type="Asked", time=day + ":00:00Z", **who)))
    if i % 3:
        print(json.dumps(dict(type="Answered", time=day + ":30:00Z", agent=names[i % 5], **who)))
    print(json.dumps(dict(type="</table><script>", time=day + ":40:00Z")))
EOT
page hostile.html hostile.mot hostile.ndjson --period all
is "texts of rules and data stay texts" all code_is 0 : fine hostile.html "<script>alert('c')</script>" \
  "</title><script>alert(3)</script>" "</style><script>alert(2)</script>" "You & <i>I</i> \"now\" ]]> <!-- -->" \
  "<img src=x onerror=alert(4)>" "</table><script>" "</section></main>"
is "nothing of them is markup" all count_is hostile.html "<script" 0 : count_is hostile.html "javascript:" 0
is "long names are cut" all count_is hostile.html "$(printf 'x%.0s' {1..130})" 0 : smaller hostile.html 200000

# ---- a hundred MOTs, many individuals, five years -----------------------------------------

python3 - <<'EOT'
import datetime, json
rules = ["event S { customer: id order: id }", "event E { customer: id order: id }"]
rules += [f"event A{i} {{ customer: id order: id }} event B{i} {{ customer: id order: id agent: id? }}" for i in range(100)]
rules.append('owner ana "Ana" { role experience_manager } team t "Team" { lead ana role producer }')
rules.append('experience Big "Big" { for customer, order manager ana starts on S ends on E expires after 60 d')
rules.append('sco "It works" E within 20 d')
rules += [f'mot M{i} "Moment {i} of many, with a title that is long enough to be in the way" {{ manager ana producers t '
          f'by last(B{i}).agent when A{i} smoto B{i} within 1 d }}' for i in range(100)]
open("big.mot", "w").write("\n".join(rules) + "\n}\n")
start, out = datetime.datetime(2021, 1, 1), []
for n in range(3000):
    at = start + datetime.timedelta(hours=n * 14.6)
    def put(kind, hours, **more):
        time = (at + datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
        out.append((time, json.dumps(dict(type=kind, time=time, customer=f"c{n % 700}", order=f"o{n}", **more))))
    put("S", 0)
    missed = 0
    for step in range(2):
        mot = 0 if step == 0 else n % 100
        put(f"A{mot}", 1 + 30 * step)
        if n * (7 + step) % 13 > 2 + missed * 5: put(f"B{mot}", 3 + 30 * step, agent=f"agent {n}")
        else: missed = 1
    if n % 5 > missed * 2: put("E", 100)
open("big.ndjson", "w").write("\n".join(line for _, line in sorted(out)) + "\n")
EOT
page big.html big.mot big.ndjson --period all
is "a hundred MOTs make a sound page" all code_is 0 : fine big.html "Moment 99 of many" "2021-01" "2025-12" \
  "The picture has the first 20 of"
is "of many individuals the worst are shown, and how many there are" fine big.html \
  "with a title that is long enough to be in the way: the 3 with the lowest rates of"
is "its size stays moderate" smaller big.html 700000

# ---- where it cannot be written -----------------------------------------------------------

run "$MOT" report --format html -o /dev/full big.mot big.ndjson --period all
is "a full disk is said" code_is 2
