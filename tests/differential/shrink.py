#!/usr/bin/env python3
"""shrink.py FOLDER OUT: the smallest pair found that still differs (or crashes), from the pair in FOLDER.

Lines of events, then blocks, lines and words of the rules are left out one after the other for as long as the
driver ($DRIVER, default build/tests/differential) still says that the two sides differ. OUT gets the pair and
both outputs.
"""
import json
import os
import re
import shutil
import subprocess
import sys

DRIVER = os.environ.get("DRIVER", "build/tests/differential")


class Shrinker:
    def __init__(self, source, out):
        self.work = os.path.join(out, "0")
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(self.work)
        self.rules = open(os.path.join(source, "rules.mot"), encoding="utf-8").read().splitlines()
        self.events = open(os.path.join(source, "events.ndjson"), encoding="utf-8").read().split("\n")
        until = os.path.join(source, "until")
        self.until = open(until, encoding="utf-8").read() if os.path.exists(until) else None
        self.tries, self.kind = 0, None

    def write(self, rules, events, until):
        def put(name, text):
            with open(os.path.join(self.work, name), "w", encoding="utf-8") as file:
                file.write(text)
        put("rules.mot", "\n".join(rules) + "\n")
        put("events.ndjson", "\n".join(e for e in events if e) + "\n")
        path = os.path.join(self.work, "until")
        if os.path.exists(path):
            os.remove(path)
        if until:
            put("until", until)

    def differs(self, rules, events, until):
        self.tries += 1
        self.write(rules, events, until)
        done = subprocess.run([DRIVER, os.path.dirname(self.work), "0", "0"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False)
        found = done.stdout.decode("utf-8", "replace")
        kind = re.search(r"signal \d+|(records|dead letters) differ|status \d+", found)
        kind = kind.group() if kind else None
        self.kind = self.kind or kind
        return done.returncode == 1 and kind == self.kind

    def keeps(self, rules=None, events=None, until=False):
        """Takes the change when the pair still differs."""
        rules = self.rules if rules is None else rules
        events = self.events if events is None else events
        until = self.until if until is False else until
        if not self.differs(rules, events, until):
            return False
        self.rules, self.events, self.until = rules, events, until
        return True

    # ---- leaving out ----

    def thin(self, get, put):
        """Leaves out runs of a list, long ones first."""
        size = max(1, len(get()) // 2)
        while size:
            at = 0
            while at < len(get()):
                things = get()
                if not put(things[:at] + things[at + size:]):
                    at += size
            size //= 2

    def thin_events(self):
        self.thin(lambda: self.events, lambda events: self.keeps(events=events))

    def blocks(self):
        """Ranges of lines that begin and end a block, large ones first."""
        found, opened = [], []
        for i, line in enumerate(self.rules):
            if line.rstrip().endswith("{"):
                opened.append(i)
            elif line.strip() == "}" and opened:
                found.append((opened.pop(), i + 1))
        return sorted(found, key=lambda r: r[0] - r[1])

    def thin_blocks(self):
        at = 0
        while at < len(self.blocks()):
            first, last = self.blocks()[at]
            if not self.keeps(rules=self.rules[:first] + self.rules[last:]):
                at += 1

    def thin_lines(self):
        self.thin(lambda: self.rules, lambda rules: self.keeps(rules=rules))

    def thin_words(self):
        for i in range(len(self.rules)):
            self.thin_groups(i)

            def words():
                return re.findall(r"\s*(?:\w+|[^\w\s])", self.rules[i])

            self.thin(words, lambda left: self.keeps(rules=self.rules[:i] + ["".join(left)] + self.rules[i + 1:]))

    def thin_groups(self, i):
        """Parentheses with what they hold, with `where` before them, or without what they hold."""
        at = 0
        while True:
            line = self.rules[i]
            start = line.find("(", at)
            if start < 0:
                return
            end = closing(line, start)
            at = start + 1
            if end < 0:
                continue
            inner = line[start + 1:end]
            before = re.sub(r"\s*\bwhere\s*$", "", line[:start])
            ways = [before + line[end + 1:], line[:start] + inner + line[end + 1:]]
            ways += [line[:start] + part + line[end + 1:] for part in sides(inner)]
            for way in ways:
                if self.keeps(rules=self.rules[:i] + [way] + self.rules[i + 1:]):
                    at = 0
                    break

    def thin_fields(self):
        for i, line in enumerate(self.events):
            try:
                event = json.loads(line)
            except ValueError:
                continue
            for name in list(event) if isinstance(event, dict) else []:
                less = {k: v for k, v in event.items() if k != name}
                text = json.dumps(less, ensure_ascii=False, separators=(",", ":"))
                if self.keeps(events=self.events[:i] + [text] + self.events[i + 1:]):
                    event = less

    def shrink(self):
        if not self.differs(self.rules, self.events, self.until):
            sys.exit("this pair does not differ")
        self.keeps(until=None)
        before = None
        while before != (self.rules, self.events):
            before = (self.rules, self.events)
            for step in (self.thin_events, self.thin_blocks, self.thin_lines, self.thin_words, self.thin_events):
                step()
                print("# %d lines of rules, %d events after %d tries" % (len(self.rules), len(self.events), self.tries))
        self.thin_fields()
        self.differs(self.rules, self.events, self.until)


def closing(line, start):
    depth = 0
    for i in range(start, len(line)):
        depth += {"(": 1, ")": -1}.get(line[i], 0)
        if depth == 0:
            return i
    return -1


def sides(inner):
    """What `and` and `or` join in it."""
    depth, parts, from_ = 0, [], 0
    for match in re.finditer(r"[()]| and | or ", inner):
        if match.group() in "()":
            depth += 1 if match.group() == "(" else -1
        elif depth == 0:
            parts.append(inner[from_:match.start()])
            from_ = match.end()
    return parts + [inner[from_:]] if parts else []


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("shrink.py FOLDER OUT")
    Shrinker(sys.argv[1], sys.argv[2]).shrink()
