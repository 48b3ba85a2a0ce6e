#!/usr/bin/env python3
"""generate.py SEED[..TO] OUTDIR: pairs of rules and events, OUTDIR/SEED/rules.mot and events.ndjson.

The same seed gives the same bytes. `until` beside them, when it is there, holds the time to which the clock
is moved on. Alerts and corrections are answered by their ids, which the reference evaluator ($REFERENCE) tells
of the events without answers; without it there are few answers.
"""
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from dice import Dice  # noqa: E402
from kinds import DAY  # noqa: E402
from rules import Rules  # noqa: E402
from streams import Streams  # noqa: E402
from values import day_of  # noqa: E402


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def micros(text):
    """2026-03-02T09:00:00.000Z as microseconds since 1970."""
    y, mo, d, h, mi, s, fraction = re.match(r"(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)Z", text).groups()
    seconds = (int(h) * 60 + int(mi)) * 60 + int(s)
    return day_of(int(y), int(mo), int(d)) * DAY + seconds * 1000000 + int(fraction.ljust(6, "0"))


def told(folder, until):
    """What was raised and opened: (time, id, whether it is a correction)."""
    command = [os.environ["REFERENCE"], "--records", "alert,correction"] + (["--until", until] if until else [])
    done = subprocess.run(command + ["rules.mot", "events.ndjson"], cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=False, timeout=60)
    records = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return [(micros(r["at"]), r["id"], r["kind"] == "correction") for r in records
            if r["state"] in ("raised", "opened")]


def generate(seed, folder):
    dice = Dice(seed)
    rules = Rules(dice)
    streams = Streams(dice, rules)
    lines, until = streams.lines(), streams.until()
    end = "" if dice.chance(0.1) else "\n"
    os.makedirs(folder, exist_ok=True)
    write(os.path.join(folder, "rules.mot"), rules.text)
    write(os.path.join(folder, "events.ndjson"), "\n".join(lines) + end)
    if until:
        write(os.path.join(folder, "until"), until + "\n")
    if rules.managing.ids and os.environ.get("REFERENCE"):
        write(os.path.join(folder, "events.ndjson"), "\n".join(streams.answered(told(folder, until))) + end)


def main(arguments):
    if len(arguments) != 2:
        sys.exit("generate.py SEED[..TO] OUTDIR")
    first, _, last = arguments[0].partition("..")
    for seed in range(int(first), int(last or first) + 1):
        generate(seed, os.path.join(arguments[1], str(seed)))


if __name__ == "__main__":
    main(sys.argv[1:])
