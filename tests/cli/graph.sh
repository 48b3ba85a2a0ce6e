#!/bin/bash
# mot graph: nodes and edges as worked out by hand, three formats that hold any text, and what it says when it cannot draw.
. "$(dirname "$0")/common.bash"
broadband=$root/examples/broadband/broadband.mot

cat >graph.py <<'EOF'
"""Reads what `mot graph` writes: edges of DOT and Mermaid as `FROM KIND TO`, what is wrong with a picture."""
import re, sys, xml.etree.ElementTree as ET

def dot(text):
    """A quoted string may hold anything, what is left must be plain."""
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    assert re.fullmatch(r'[\w\s"{}\[\]=,>.-]*', bare), sorted(set(re.sub(r'[\w\s"{}\[\]=,>.-]', '', bare)))
    for s in strings:
        assert not re.search(r'[\x00-\x1f]', s) and not re.search(r'&(?!amp;)', s), s
    kinds = {"arrowhead=normal": "opens", "style=dashed": "awaits", "arrowhead=box": "ends", "dir=none": "has"}
    for a, b, what in re.findall(r'^    "([^"]*)" -> "([^"]*)" \[(.*)\]$', text, re.M):
        kind = next(v for k, v in kinds.items() if k in what)
        label = re.search(r'label="([^"]*)"', what)
        yield a, kind + (":" + label[1] if label else ""), b

def mermaid(text):
    arrows = {"-->": "opens", "-.->": "awaits", "--x": "ends", "---": "has"}
    init, *lines = text.split("\n")
    assert re.fullmatch(r'%%\{init: \{"flowchart": \{"wrappingWidth": \d+\}\}\}%%', init), init
    assert re.fullmatch(r"flowchart (LR|TB)", lines[0]) and lines[-1] == "", lines[0]
    nodes, depth = set(), 0
    for line in lines[1:-1]:
        line = line.strip()
        if re.match(r"acc(Title|Descr): [\w ,:;.-]+$", line) or re.match(r"classDef (critical|promise) [\w:, -]+$", line): continue
        for label in re.findall(r'"([^"]*)"', line):
            rest = re.sub(r"#\d+;|<br/>|</?b>", "", label)
            assert re.fullmatch(r"[^\x00-\x1f&<>#;`\"\\%|\[\]{}*_~^$@!=+.-]*", rest), rest
        bare = re.sub(r'"[^"]*"', '""', line)
        if re.match(r'subgraph panel__\w+\[""\]$', bare): depth += 1
        elif bare == "end": depth -= 1
        elif re.fullmatch(r"direction (LR|TB)", bare): pass
        elif m := re.match(r'(\w+)\W+""\W+(:::(critical|promise))?$', bare): nodes.add(m[1])
        else:
            a, arrow, _, b = re.match(r'(\w+) (-->|-\.->|--x|---)(\|""\|| )\s*(\w+)$', bare).groups()
            label = re.search(r'\|"([^"]*)"\|', line)
            word = re.sub(r"#(\d+);", lambda m: chr(int(m[1])), label[1]) if label else ""
            assert a in nodes and b in nodes, line
            yield a.replace("__", "."), arrows[arrow] + (":" + word if word else ""), b.replace("__", ".")
    assert depth == 0

def svg(path):
    """Title and words for those who do not see it, all within the picture, each text within its node."""
    n = "{http://www.w3.org/2000/svg}"
    root = ET.parse(path).getroot()
    wide, high = float(root.get("width")), float(root.get("height"))
    assert root.get("role") == "img" and root.find(n + "title").text and root.find(n + "desc").text
    assert {root.find(n + "title").get("id"), root.find(n + "desc").get("id")} == set(root.get("aria-labelledby").split())
    style = root.find(n + "style").text
    assert "prefers-color-scheme:dark" in style
    assert not root.findall(".//" + n + "script") and not root.findall(".//" + n + "image")
    for panel in root.findall(n + "g"):
        x0, y0 = map(float, re.match(r"translate\((.*),(.*)\)", panel.get("transform")).groups())
        for node in panel.findall(n + "g"):
            xs, ys = [], []
            for r in node.findall(n + "rect"):
                x, y, w, h = (float(r.get(a)) for a in ("x", "y", "width", "height"))
                xs += [x, x + w]; ys += [y, y + h]
            for p in node.findall(n + "path"):
                for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", p.get("d")): xs.append(float(x)); ys.append(float(y))
            assert 0 <= x0 + min(xs) and x0 + max(xs) <= wide and 0 <= y0 + min(ys) and y0 + max(ys) <= high, node.get("id")
            assert node.find(n + "title").text
            for t in node.findall(n + "text"):
                size = {"name": 11.5, "small": 11.5, "title": 15, "text": 12.5}[t.get("class")]
                least = 0.45 * size * len(t.text)
                assert min(xs) < float(t.get("x")) and float(t.get("x")) + least < max(xs) + size, (node.get("id"), t.text)
                assert min(ys) + size / 2 < float(t.get("y")) < max(ys), (node.get("id"), t.text)
            yield node.get("id")

what, path = sys.argv[1:]
if what == "svg": print("\n".join(sorted(svg(path))))
else: print("\n".join(sorted(" ".join(e) for e in {"dot": dot, "mermaid": mermaid}[what](open(path, encoding="utf-8").read()))))
EOF

# draws NAME KIND RULES [ARGUMENT…] with the edges expected on standard input: all formats have them.
draws() {
  local name=$1 kind=$2 rules=$3 format
  shift 3
  sort >wanted
  awk '{ print $1; print $3 }' wanted | sort -u >wanted.nodes
  for format in dot mermaid; do
    "$MOT" graph --kind "$kind" --format $format "$@" "$rules" >picture.$format 2>picture.err
    run python3 graph.py $format picture.$format
    printf '%s\n' "$out" | diff wanted - >difference
    is "$name: edges in $format" all code_is 0 : [ ! -s difference -a ! -s picture.err ]
    [ -s difference ] && sed 's/^/# /' difference
  done
  run "$MOT" graph --kind "$kind" "$@" "$rules" -o picture.svg
  is "$name: a picture in SVG, without a word on standard error" all code_is 0 : [ -z "$out$err" ]
  run python3 graph.py svg picture.svg
  is "$name: … that is sound, with all in it" all code_is 0 : [ -z "$(comm -23 wanted.nodes <(printf '%s\n' "$out"))" ]
}

draws "the broadband example" experience "$broadband" <<'EOF'
GettingOnline.event.OrderPlaced opens GettingOnline.start
GettingOnline.start opens GettingOnline.sco
GettingOnline.sco awaits GettingOnline.event.ServiceActive
GettingOnline.sco awaits GettingOnline.event.Complaint
GettingOnline.event.OrderPlaced opens GettingOnline.mot.Confirmed
GettingOnline.mot.Confirmed awaits GettingOnline.event.AppointmentConfirmed
GettingOnline.event.AppointmentConfirmed opens GettingOnline.mot.OnTime
GettingOnline.mot.OnTime awaits GettingOnline.event.TechnicianArrived
GettingOnline.event.CallEnded opens GettingOnline.mot.Answered
GettingOnline.event.OrderPlaced opens GettingOnline.mot.NoChasing
GettingOnline.mot.NoChasing awaits GettingOnline.event.CallEnded
GettingOnline.event.Complaint opens GettingOnline.mot.Solved
GettingOnline.mot.Solved awaits GettingOnline.event.CallEnded
GettingOnline.event.ServiceActive ends GettingOnline.end
GettingOnline.event.OrderCancelled ends GettingOnline.void
EOF
run cat picture.svg
is "a MOT has its name, title, condition, target and people" all says 'OnTime · critical' : says 'You come when you said' : \
  says 'TechnicianArrived by visit.slot + 15' : says 'target 97% over 7 d min 30 cases' : \
  says 'our clock stops on WaitingForCustomer until' : says 'produced by Field operations; led by Ben' : says 'at risk: Field operations is told'
is "one from a pattern has the condition with what was given to it" all says 'wait &#60;= 60 s and resolved' : \
  says 'std.contact.AnsweredWithin(CallEnded, 60 s)'
is "the journey has its promise, keys and latest end" all says 'I am online on the day you promised' : \
  says 'A journey for each customer, order; it'
is "words say what the picture shows" all says 'AppointmentConfirmed opens OnTime.' : says 'OrderPlaced opens the journey.'

draws "its goals" nsat "$broadband" <<'EOF'
NorthStar.goal.Online has:50% NorthStar.goal.Visits
NorthStar.goal.Online has:40% NorthStar.goal.Contact
NorthStar.goal.Online has:10% NorthStar.goal.Informed
NorthStar.goal.Visits has:100% NorthStar.goal.MyVisits
NorthStar.goal.Contact has:33.3% NorthStar.goal.PickedUp
NorthStar.goal.Contact has:33.3% NorthStar.goal.NotChased
NorthStar.goal.Contact has:33.3% NorthStar.goal.Settled
EOF
run cat picture.svg
is "a goal has its measure, target and owner" all says 'MyVisits · each agent' : says 'measured by disruption' : \
  says 'target 92% over 30 d' : says 'answered for by Field operations'

draws "its people" owners "$broadband" <<'EOF'
owner.eva has owner.ana
owner.ana has owner.ben
owner.ben has owner.field_ops
owner.ben has owner.care
EOF
run cat picture.svg
is "somebody has what they lead, produce and hear of" all says 'Experience Manager of GettingOnline' : \
  says 'leads Confirmed, OnTime, Answered,' : says 'produces OnTime' : says 'corrects OnTime (missed)' : \
  says 'is told: OnTime at risk (medium)' : says 'chairs the review Monthly'

# ---- what else can open, end and be waited for ----

cat >more.mot <<'EOF'
event Came { customer: id }
event Went { customer: id }
event Paid { customer: id }
event Back { customer: id }
owner ana "Ana" { role experience_manager  contact "mailto:ana@x.example" }
owner ben "Ben" { role mot_manager  contact "mailto:ben@x.example" }
team  desk "Desk" { lead ben  role producer }
experience One "One" {
  for customer  manager ana  starts on Came or Back  expires after 30 d
  sco "All is well" produced Fast within 3 d
  mot Fast "You are fast" { manager ben producers desk when Came  smoto Paid within 1 d  target 90% over 7 d }
  mot Sorry "You say sorry" { manager ben producers desk when missed Fast  smoto Back within 2 d  void on Went  target 90% over 7 d }
  mot Quiet "You ask why I am quiet" { manager ben producers desk when no Paid for 5 d  smoto Back within 2 d  target 90% over 7 d }
}
experience Two "Two" {
  for customer  manager ana  starts on Went  void on Paid  ends on Back  expires after 30 d
  sco "You win me back" Back within 20 d
  mot Asked "You ask why" { manager ben producers desk when missed One.Sorry  smoto Came within 9 d  void on 2 Went within 1 d  target 90% over 7 d }
}
EOF
run "$MOT" check more.mot
is "the rules of this test are sound" code_is 0
draws "outcomes and silences" experience more.mot <<'EOF'
One.event.Came opens One.start
One.event.Back opens One.start
One.start opens One.sco
One.sco awaits:produced One.mot.Fast
One.event.Came opens One.mot.Fast
One.mot.Fast awaits One.event.Paid
One.mot.Fast opens:missed One.mot.Sorry
One.mot.Sorry awaits One.event.Back
One.start opens One.silence.Quiet
One.silence.Quiet opens One.mot.Quiet
One.mot.Quiet awaits One.event.Back
Two.event.Went opens Two.start
Two.start opens Two.sco
Two.sco awaits Two.event.Back
Two.elsewhere.One.Sorry opens:missed Two.mot.Asked
Two.mot.Asked awaits Two.event.Came
Two.event.Back ends Two.end
Two.event.Paid ends Two.void
EOF
run "$MOT" graph more.mot --experience Two -f dot
is "--experience draws one alone" all code_is 0 : says '"Two.mot.Asked"' : [ "$(grep -c '^    "One\.' <<<"$out")" = 0 ]
run "$MOT" graph more.mot --experience Three -f dot
is "one that is not there is named, with those that are" all code_is 2 : complains 'no experience Three' : complains 'One' : complains 'Two'
run "$MOT" graph more.mot --kind nsat
is "rules without goals say so" all code_is 2 : complains 'the rules have no goals' : [ -z "$out" ]
"$MOT" compile more.mot -o more.motc 2>/dev/null
run cmp <("$MOT" graph more.mot -f mermaid) <("$MOT" graph more.motc -f mermaid)
is "a module gives the same picture" code_is 0
run "$MOT" graph bad.mot
is "rules with errors give none" all code_is 1 : [ -z "$out" ] : complains 'Anwsered'
run "$MOT" graph more.mot -f dot -o more.dot
"$MOT" graph more.mot -f dot >more2.dot
is "-o writes a file" all code_is 0 : [ -z "$out$err" ] : cmp -s more.dot more2.dot
run "$MOT" graph more.mot -f dot -o /nonexistent/more.dot
is "a file that cannot be written is trouble" all code_is 2 : complains '/nonexistent'

# ---- texts of any kind ----

odd='x\"<script>&amp;\" \\ # ]]> \u{1}\u{202e}\n`code` 1. one; - two %%{init}%% --> end [[a]] {b} (c) <b>bold</b> | &lt; é 奶酪 '
python3 - "$odd" >odd.mot <<'EOF'
import sys
odd = '"' + sys.argv[1] + "W" * 300 + " wort" * 30 + '"'
text = open("good.mot").read()
for title in ('"You answer quickly"', '"Asking"', '"Quick answers"', '"Desk"', '"I get an answer"', '"Ana"'):
    assert title in text
    text = text.replace(title, odd)
print(text)
EOF
for kind in experience nsat owners; do
  case $kind in
    experience) edges=6 ;;
    *) edges=1 ;;
  esac
  for format in dot mermaid; do
    "$MOT" graph odd.mot -k $kind -f $format >odd.$format
    run python3 graph.py $format odd.$format
    is "odd texts in $format of $kind" all code_is 0 : [ "$(wc -l <<<"$out")" = $edges ]
  done
  "$MOT" graph odd.mot -k $kind >odd.svg
  run python3 graph.py svg odd.svg
  is "odd texts in SVG of $kind" code_is 0
done

{
  echo 'event E0 { customer: id }'
  for i in {1..50}; do echo "event E$i { customer: id }"; done
  echo 'owner ana "Ana" { role experience_manager } owner ben "Ben" { role mot_manager } team desk "Desk" { lead ben role producer }'
  echo 'experience Many "Many" { for customer manager ana starts on E0 ends on E50 expires after 90 d sco "All of it" E50 within 80 d'
  for i in {1..50}; do
    echo "mot M$i \"Promise number $i is kept\" { manager ben producers desk when E$((i - 1)) smoto E$i within $i h target 9$((i % 10))% over 7 d }"
  done
  echo '}'
} >many.mot
run "$MOT" graph many.mot -o many.svg
is "fifty MOTs are drawn" all code_is 0 : [ -z "$err" ]
run python3 graph.py svg many.svg
is "… each of them" all code_is 0 : [ "$(grep -c '\.mot\.' <<<"$out")" = 50 ]

cp many.mot kept.mot
run "$MOT" graph many.mot -o ./many.mot
is "the picture is not written over the rules" all code_is 2 : complains "the rules come from this file" : cmp -s many.mot kept.mot

# ---- without Graphviz ----

mkdir -p none && for name in gvc cgraph; do for v in .so.6 .so.7 .so.8 .so; do : >none/lib$name$v; done; done
run env LD_LIBRARY_PATH="$PWD/none" "$MOT" graph more.mot
is "without the library it says what to install, and what does without" \
  all code_is 2 : [ -z "$out" ] : complains 'apt-get install libgvc6' : complains '--format mermaid'
for format in dot mermaid; do
  run env LD_LIBRARY_PATH="$PWD/none" "$MOT" graph more.mot -f $format
  is "$format does without" all code_is 0 : [ -z "$err" ]
done
mkdir -p empty
run env GVBINDIR="$PWD/empty" "$MOT" graph more.mot
is "a library without its plugins is told apart" all code_is 2 : [ -z "$out" ] : complains 'dot -c'
