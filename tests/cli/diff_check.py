"""What `mot diff` wrote, looked at: diff_check.py json FILE EXPRESSION, diff_check.py markdown FILE, and
diff_check.py records FILE OLD NEW, with the records that `mot run` wrote under both rules."""
import collections
import json
import re
import sys


def value(path, expression):
    with open(path, encoding="utf-8") as file:
        d = json.load(file)
    if d["run"]:
        quick = [m for e in d["run"]["experiences"] for m in e["mots"] if m["name"] == "Quick"]
        sco = d["run"]["experiences"][0]["sco"]
    else:
        quick, sco = [], None
    print(eval(expression, {"d": d, "quick": quick[0] if quick else None, "sco": sco}))


def cells(line):
    """Cells of a row of GitHub's tables: a bar behind a backslash is text, in code too."""
    return len(re.split(r"(?<!\\)\|", line.strip())) - 2


def markdown(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    text = "\n".join(lines)
    assert lines[0].startswith("### "), "no heading"
    assert text.count("<details>") == text.count("</details>"), "details"
    assert text.count("<summary>") == text.count("</summary>"), "summary"
    width, tables = 0, 0
    for before, line in zip([""] + lines, lines):
        if not line.startswith("|"):
            width = 0
            continue
        if width == 0:
            width, tables = cells(line), tables + 1
            assert before == "", "a table begins behind an empty line: " + before
        assert cells(line) == width, line
    print(tables)


def ends_of(path):
    """Of each moment and SCO, by what it is, how those ended that are alike, in their order."""
    ends = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for record in map(json.loads, file):
            name = (record["experience"], record.get("mot", "SCO"))
            opened = record.get("opened") or record.get("started")
            is_open = record["kind"] == "open"
            end = ("open", None, None) if is_open else (record["outcome"], record["decided"], record.get("reason"))
            ends[name + (json.dumps(record["key"]), opened)].append(end)
    return ends


def records(path, old_path, new_path):
    old, new = ends_of(old_path), ends_of(new_path)
    turned, moved, only = collections.Counter(), collections.Counter(), collections.Counter()
    for moment in set(old) | set(new):
        was, now, row = old[moment], new[moment], moment[:2]
        for a, b in zip(was, now):
            if a[0] != b[0]:
                turned[row + (a[0], b[0])] += 1
            elif a != b:
                moved[row] += 1
        both = min(len(was), len(now))
        only[row + ("old",)] += len(was) - both
        only[row + ("new",)] += len(now) - both
    with open(path, encoding="utf-8") as file:
        run = json.load(file)["run"]
    for experience in run["experiences"]:
        for told in [experience["sco"]] + experience["mots"]:
            row = (experience["name"], told["name"])
            pairs = {(t["old"], t["new"]): t["count"] for t in told["turned"]}
            assert pairs == {k[2:]: n for k, n in turned.items() if k[:2] == row}, (row, pairs)
            assert told["moved"] == moved[row], (row, told["moved"], moved[row])
            assert all(told["only"][side] == only[row + (side,)] for side in ("old", "new")), (row, told["only"])
    print(sum(turned.values()) + sum(moved.values()) + sum(only.values()) > 0)


if sys.argv[1] == "json":
    value(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "records":
    records(*sys.argv[2:5])
else:
    markdown(sys.argv[2])
