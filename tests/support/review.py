#!/usr/bin/env python3
"""The shape of a review as JSON: every member, each always there.

    review.py FILE          checks the shape; says where it is another
    review.py FILE EXPR     prints the value of EXPR, with the review as `r`
    review.py --names       the names of all members, one a line
"""
import json
import re
import sys

number = (int, float)
time = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(\d{3})?Z$")


class Maybe:
    """The shape, or null."""

    def __init__(self, shape):
        self.shape = shape


class OneOf:
    def __init__(self, *values):
        self.values = values


class Any:
    """A value of the rules."""


effect = OneOf("unknown", "none", "more", "less")
state = OneOf("unknown", "met", "breached")
estimate = Maybe({"value": number, "low": Maybe(number), "high": Maybe(number)})
span = {"from": Maybe(time), "to": Maybe(time)}
rate = {"produced": int, "missed": int, "rate": estimate}
change = Maybe({"previous": rate, "difference": estimate, "effect": effect})
trend = {"direction": OneOf("unknown", "steady", "rising", "falling"), "z": number, "points": [rate]}
comparison = {"groups": [{"missed": int, "cases": int, "share": estimate}], "difference": estimate, "ratio": estimate,
              "effect": effect}
spread = Maybe({"cases": int, "least_ms": int, "p10_ms": int, "p50_ms": int, "p90_ms": int, "p95_ms": int,
                "most_ms": int})
amounts = [{"sum": Any, "unit": Maybe(str), "cases": int}]
streaks = {"count": int, "lengths": [int], "mean": number, "longest": int, "longest_key": Maybe(str)}
mot = {
    "mot": str, "title": str, "critical": bool, "weight": number, "manager": Maybe(str), "producers": [str],
    "opened": int, "open": int, **rate, "void": {"voided": int, "superseded": int, "paused": int, "fault": int},
    "change": change, "trend": trend, "took": spread,
    "margin": {"early": spread, "produced_at_deadline": int, "missed_at_deadline": int, "missed_before": int},
    "impact": amounts, "contribution": comparison,
}
story = Maybe({
    "key": Any, "started": time, "over": Maybe(time), "produced": int, "missed": int,
    "moments": [{"mot": Maybe(str), "outcome": OneOf("produced", "missed", "void"), "reason": Maybe(str),
                 "opened": Maybe(time), "decided": time, "deadline": Maybe(time), "who": Maybe(str),
                 "because": Maybe(str)}],
    "left_out": int,
})
experience = {
    "experience": str, "title": str, "manager": Maybe(str),
    "sco": {"text": str, **rate, "void": int, "open": int, "change": change, "trend": trend},
    "journeys": {"started": int, "over": int, "live": int},
    "moments": {**rate, "change": change},
    "disruption": {"percent": Maybe(number), "previous": Maybe(number), "points": [Maybe(number)],
                   "of_journeys": estimate},
    "mots": [mot],
    "act_next": [{"mot": str, "misses": int, "outcomes": number}],
    "flows": {"looked_at": int, "associations": [{"from": str, "to": str, "misses": comparison}]},
    "circles": {"customers": int, "missed": streaks, "produced": streaks, "after": comparison},
    "handovers": {"team": comparison, "individual": comparison, "pairs": [{"from": str, "to": str, **rate}]},
    "value": amounts, "impact": amounts,
    "crown": [{"from": time, "to": time, "value": amounts, "impact": amounts, "sco": rate, "moments": rate,
               "disruption": Maybe(number), "sentiment": estimate, "sentiments": int}],
    "sentiment": {"said": int, "mean": estimate, "produced_cases": int, "after_produced": estimate,
                  "missed_cases": int, "after_missed": estimate, "difference": estimate},
    "corrections": [{"mot": Maybe(str), "opened": int, "in_time": int, "late": int, "withdrawn": int, "open": int,
                     "overdue": int, "in_time_share": estimate, "corrected": comparison, "timely": comparison}],
    "overdue": {"count": int, "longest": [{"id": str, "text": str, "mot": Maybe(str), "by": Maybe(str),
                                           "opened": Maybe(time), "due": time}]},
    "alerts_active": int,
    "alerts": [{"mot": Maybe(str), "to": Maybe(str), "raised": int, "escalated": int, "repeated": int,
                "acknowledged": int, "cleared": int}],
    "teams": [{"producer": str, **rate, "change": change, "took": spread}],
    "individuals": [{"mot": str, "who": Maybe(str), **rate, "took_ms": Maybe(int)}],
    "stories": {"good": story, "bad": story},
}
standing = {"state": state, "score": Maybe(number), "rolled_up": Maybe(number), "cases": int}
review = {
    "format": OneOf("mot review"), "version": OneOf(1), "rules": re.compile("[0-9a-f]{32}$"), "name": str,
    "period": span, "previous": Maybe(span), "step": OneOf("day", "week", "month", "year"), "points": [span],
    "data": {"events": int, "passed": int, "rejected": int, "late": int, "duplicate": int, "unmapped": int,
             "faults": int, "from": Maybe(time), "until": Maybe(time)},
    "experiences": [experience],
    "targets": [{"experience": Maybe(str), "mot": Maybe(str), "goal": Maybe(str), "target": str, "state": state,
                 "value": Any, "unit": Maybe(str), "cases": int, "least_cases": int, "window": span, "breached": int,
                 "met": int, "since": Maybe(time)}],
    "goals": [{"nsat": str, "goal": str, "title": str, "parent": Maybe(str), "depth": int, "owner": Maybe(str),
               "measure": str, "weight": number, **standing, "breached": int, "met": int, "each": Maybe(str),
               "individuals": [{"who": str, **standing}]}],
    "landscape": {"events": int, "touched": int, "share": estimate, "unmapped": int,
                  "kinds": [{"event": str, "events": int, "touched": int, "share": estimate}],
                  "unmapped_types": [{"type": str, "events": int}]},
    "notes": [str],
}


def wrong(value, shape, place=""):
    """Where the value has another shape, and what is there instead; None: nowhere."""
    if shape is Any or isinstance(shape, Maybe) and value is None:
        return None
    if isinstance(shape, Maybe):
        return wrong(value, shape.shape, place)
    if isinstance(shape, dict) and isinstance(value, dict):
        if list(value) != list(shape):
            return f"{place}: {', '.join(value)}"
        found = (wrong(value[name], shape[name], f"{place}.{name}") for name in shape)
        return next(filter(None, found), None)
    if isinstance(shape, list) and isinstance(value, list):
        found = (wrong(item, shape[0], f"{place}[{i}]") for i, item in enumerate(value))
        return next(filter(None, found), None)
    if isinstance(shape, OneOf):
        fits = value in shape.values
    elif isinstance(shape, re.Pattern):
        fits = isinstance(value, str) and shape.match(value)
    else:
        fits = isinstance(shape, (type, tuple)) and isinstance(value, shape) and isinstance(value, bool) == (shape is bool)
    return None if fits else f"{place}: {value!r}"


def names(shape):
    if isinstance(shape, Maybe):
        return names(shape.shape)
    if isinstance(shape, list):
        return names(shape[0])
    if not isinstance(shape, dict):
        return set()
    return set(shape).union(*(names(member) for member in shape.values()))


if sys.argv[1] == "--names":
    print("\n".join(sorted(names(review))))
    sys.exit()
r = json.load(open(sys.argv[1]))
if len(sys.argv) > 2:
    print(eval(sys.argv[2]))
    sys.exit()
found = wrong(r, review)
if found:
    sys.exit(f"not the shape of a review: {found}")
