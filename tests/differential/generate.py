#!/usr/bin/env python3
"""generate.py SEED[..TO] OUTDIR: pairs of rules and events, OUTDIR/SEED/rules.mot and events.ndjson.

The same seed gives the same bytes. `until` beside them, when it is there, holds the time to which the clock
is moved on.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from dice import Dice  # noqa: E402
from rules import Rules  # noqa: E402
from streams import Streams  # noqa: E402


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def generate(seed, folder):
    dice = Dice(seed)
    rules = Rules(dice)
    streams = Streams(dice, rules)
    lines, until = streams.lines(), streams.until()
    os.makedirs(folder, exist_ok=True)
    write(os.path.join(folder, "rules.mot"), rules.text)
    write(os.path.join(folder, "events.ndjson"), "\n".join(lines) + ("" if dice.chance(0.1) else "\n"))
    if until:
        write(os.path.join(folder, "until"), until + "\n")


def main(arguments):
    if len(arguments) != 2:
        sys.exit("generate.py SEED[..TO] OUTDIR")
    first, _, last = arguments[0].partition("..")
    for seed in range(int(first), int(last or first) + 1):
        generate(seed, os.path.join(arguments[1], str(seed)))


if __name__ == "__main__":
    main(sys.argv[1:])
