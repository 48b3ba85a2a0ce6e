"""Checks a file of Prometheus' text format strictly; prints what is wrong, or each sample: name{labels} value."""
import re
import sys

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
SAMPLE = re.compile(rf"^({NAME})(?:\{{(.*)\}})? (\S+)$")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)')


def labels_of(text):
    found, at = [], 0
    while at < len(text):
        label = LABEL.match(text, at)
        if not label:
            raise ValueError(f"labels: {text[at:]}")
        found.append((label[1], label[2]))
        at = label.end()
    if text.endswith(",") or len({name for name, _ in found}) != len(found):
        raise ValueError(f"labels: {text}")
    return tuple(sorted(found))


def check(text):
    if not text.endswith("\n") or "\n\n" in text:
        raise ValueError("lines")
    families, seen, family, helped = {}, set(), None, None
    for line in text[:-1].split("\n"):
        words = line.split(" ", 3)
        if line.startswith("# HELP "):
            helped = words[2]
            if helped in families or len(words) < 4:
                raise ValueError(f"again: {line}")
        elif line.startswith("# TYPE "):
            family = words[2]
            if family != helped or words[3] not in ("counter", "gauge"):
                raise ValueError(f"type: {line}")
            families[family] = words[3]
            if (words[3] == "counter") != family.endswith("_total"):
                raise ValueError(f"name: {line}")
        else:
            sample = SAMPLE.match(line)
            if not sample or sample[1] != family or not sample[1].startswith("mot_"):
                raise ValueError(f"sample: {line}")
            key = (sample[1], labels_of(sample[2] or ""))
            value = float(sample[3])
            if key in seen or value != value or (families[family] == "counter" and value < 0):
                raise ValueError(f"sample: {line}")
            seen.add(key)
            print(line)
    if not seen:
        raise ValueError("empty")


try:
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        check(file.read())
except ValueError as why:
    sys.exit(str(why))
