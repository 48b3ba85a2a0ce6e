#!/usr/bin/env python3
"""coverage.py DIR: what the pairs below DIR hold, and what the reference evaluator made of them (ref.out)."""
import collections
import os
import re
import sys

RULES = {
    "within D": r"within \d[^o]*?(?= |\))", "within of Calendar": r"within [^()]*? of (Office|Night)",
    "open days": r"open days of", "by": r" by [^g]", "by last()": r"by \(?\(?last\(", "then": r" then ",
    "before": r" before ", "no": r"\bno [A-Z]", "at most": r"at most", "at least": r"at least", "exactly": r"exactly",
    "group": r"\) (within|by)", "not": r"not \(", "produced M": r"produced [MX]\d", "missed M": r"missed [MX]\d",
    "outcome of another": r"(missed|produced) X\d\.", "silence": r"no [A-Z][^\n]*? for ", "count pattern": r" \d [A-Z]\w+[^\n]*? within",
    "first": r"\bfirst ", "latest": r"\blatest ", "each": r"\beach ", "as": r" as it\d", "pause": r"pause on",
    "mot void on": r"    void on", "journey void on": r"\n  void on", "ends on": r"ends on", "three keys": r"for \w+, \w+, \w+",
    "two keys": r"for \w+, \w+\n", "by agent": r"for agent", "derived where": r"event \w+ is \w+ where", "derived or": r"event \w+ is .* or ",
    "count()": r"count\(", "sum": r"sum\(", "avg": r"avg\(", "min": r"min\(", "max": r"max\(", "in last D": r"in last \d+ (d|h|min|s)",
    "in last N": r"in last \d\b(?! (d|h|min|s))", "keep": r" keep ", "last()": r"last\(", "case": r"case ", "known": r" known",
    "def": r"^def ", "pattern": r"^pattern ", "like pattern": r"like Body", "weight": r"weight ", "critical": r"critical\n",
    "impact": r"impact ", "producers by": r"producers [a-z, ]+ by ", "value": r"\n  value ", "dedupe": r"dedupe", "lateness": r"lateness",
    "calendar": r"^calendar", "add_open": r"add_open\(", "add_open_days": r"add_open_days", "next_open": r"next_open", "add_days": r"add_days",
    "start_of_day": r"start_of_day", "end_of_day": r"end_of_day", "division": r" / ",
    "target": r"^ +target ", "target of a value": r"target \w+\(", "target of events": r"target count\(", "disruption": r"disruption",
    "metric": r"^metric ", "per": r" per ", "over step": r" over .* step ", "by": r"^metric .* by ", "groups N": r" groups ", "p50": r"p\d+[.\d]*\(",
    "distinct": r"distinct\(", "rate": r"rate\(", "goal": r"^ *goal ", "each of a goal": r" each \w+ \{", "alert": r"^ +alert ", "correct": r"^ +correct ",
    "until": r"correct .* until ", "on at risk": r"on at risk", "for": r"alert .* for ", "hold": r"alert .* hold ", "escalate": r" escalate ",
    "repeat": r" repeat every", "text": r"alert .*\"so",
}
OUTCOMES = {
    "produced": r'moment","outcome":"produced', "missed": r'moment","outcome":"missed', "void voided": r'"reason":"voided',
    "void superseded": r'"reason":"superseded', "void paused": r'"reason":"paused', "void fault": r'"reason":"fault',
    "open": r'"kind":"open', "sco produced": r'sco","outcome":"produced', "sco missed": r'sco","outcome":"missed',
    "sco void": r'sco","outcome":"void', "journey ended": r'"end":"ended', "journey void": r'"end":"void', "journey expired": r'"end":"expired',
    "paused_ms": r"paused_ms", "impact": r'"impact"', "group": r'"group"', "value": r'"value"', "no..by": r'"because":"no \S+[^"]* by ',
    "came": r"came \d+ times", "allowed": r"allowed", "wanted": r"wanted", "then": r", then ", "before": r" before ",
    "held": r' held', "did not hold": r"did not hold", "outcome of a moment": r'"because":"(no )?(missed|produced) ',
    "rejected": r'"rejected', "late": r'"late"', "measure": r'"kind":"measure', "(other)": r'"\(other\)"', "group missing": r'"group":\{[^}]*null',
    "target breached": r'target","state":"breached', "target met": r'target","state":"met', "goal breached": r'goal","state":"breached',
    "goal met": r'goal","state":"met', "individual": r'"goal":"\w+","group"',
}
for state in ("raised", "escalated", "repeated", "acknowledged", "cleared"):
    OUTCOMES["alert " + state] = 'alert","state":"%s"' % state
for cause in ("decided", "acknowledged", "over", "done", "withdrawn", "met", "breached"):
    OUTCOMES["cleared, " + cause] = 'alert","state":"cleared".*"cause":"%s"' % cause
for state in ("opened", "done", "overdue", "withdrawn"):
    OUTCOMES["correction " + state] = 'correction","state":"%s"' % state


def main(folder):
    found, pairs, records = collections.Counter(), collections.Counter(), 0
    folders = sorted(os.scandir(folder), key=lambda e: e.name)
    for entry in folders:
        def read(name):
            try:
                with open(os.path.join(entry.path, name), encoding="utf-8") as file:
                    return file.read()
            except OSError:
                return ""
        rules, out = read("rules.mot"), read("ref.out") + read("ref.dead")
        if not out:
            pairs["without records"] += 1
        records += out.count("\n")
        for name, pattern in RULES.items():
            found["rules: " + name] += len(re.findall(pattern, rules, re.M))
        for name, pattern in OUTCOMES.items():
            hits = len(re.findall(pattern, out))
            found["records: " + name] += hits
            pairs["records: " + name] += hits > 0
    print("%d pairs, %d records, %d without" % (len(folders), records, pairs["without records"]))
    for name in found:
        print("%-32s %8d %s" % (name, found[name], pairs[name] or ""))


if __name__ == "__main__":
    main(sys.argv[1])
