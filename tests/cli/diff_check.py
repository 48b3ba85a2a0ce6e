"""What `mot diff` wrote, looked at: diff_check.py json FILE EXPRESSION, diff_check.py markdown FILE."""
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


if sys.argv[1] == "json":
    value(sys.argv[2], sys.argv[3])
else:
    markdown(sys.argv[2])
