"""Targets, `on` blocks, metrics and goals; and the ids by which alerts and corrections are spoken of."""
import re

from kinds import DAY, HOUR, LISTED, MINUTE, length_text
from values import Scope, field_refs

# by the grid of times: (over, step) and per
WINDOWS = {
    MINUTE: ([("10 min", "1 min"), ("1 h", "5 min"), ("1 h", None), ("30 min", "10 min"), ("20 min", "20 min")],
             ["10 min", "1 h", "1 min", "15 min"]),
    10 * MINUTE: ([("1 h", "10 min"), ("1 h", "20 min"), ("2 h", "30 min"), ("6 h", "1 h"), ("1 d", None)],
                  ["30 min", "1 h", "4 h", "1 d"]),
    HOUR: ([("6 h", "1 h"), ("1 d", None), ("2 d", "4 h"), ("12 h", "3 h"), ("3 d", None), ("2 d", "1 d"), ("36 h", "4 h"),
            ("1 d", "12 h"), ("24 h", "24 h")], ["4 h", "1 d", "1 h", "24 h", "8 h"]),
    6 * HOUR: ([("2 d", "6 h"), ("7 d", None), ("1 d", "6 h"), ("1 w", "1 d"), ("3 d", "1 d")],
               ["1 d", "2 d", "1 w", "12 h", "1 month"]),
    DAY: ([("7 d", None), ("30 d", None), ("1 month", None), ("1 month", "1 month"), ("2 w", "1 w"), ("10 d", "5 d")],
          ["1 month", "1 w", "3 months", "1 quarter", "2 d", "1 year", "2 w"]),
}
SHARES = ["0%", "25%", "50%", "60%", "75%", "100%"]
SUMMED = ["int", "number", "percent", "duration", "money(EUR)", "money(JPY)"]
GROUPING = ["id", "text", "int", "bool"] + sorted(LISTED)
ORDERED = ["p50", "p90", "p75", "p99.9", "min", "max"]
WHENS = {"at risk": "at-risk", "missed": "missed", "produced": "produced", "void": "void", "breached": "breached", "met": "met"}


class Managing:
    def __init__(self, dice, rules):
        self.dice, self.rules = dice, rules
        self.ids = []      # (rule, keys or None, kinds whose events open, steps) for those that are about somebody
        self.metrics = []  # (name, type, kinds)

    # ---- windows ----

    def over(self):
        length, step = self.dice.pick(WINDOWS[self.rules.grid][0])
        return " over %s%s" % (length, " step " + step if step else "")

    def window(self):
        if self.dice.chance(0.5):
            return self.over()
        return " per " + self.dice.pick(WINDOWS[self.rules.grid][1])

    def cases(self):
        return self.dice.weighted((1, ""), (5, " min 1 cases"), (4, " min 2 cases"), (2, " min 3 cases"))

    # ---- values to judge by ----

    def compare(self):
        return self.dice.pick([">=", "<=", ">", "<"])

    def constant(self, type):
        dice, rules = self.dice, self.rules
        if type == "percent":
            return dice.pick(SHARES)
        if type == "duration":
            return length_text(rules.values.steps(1, 4) + dice.pick([0, 0, 1000]))
        if type == "int":
            return str(dice.between(0, 6))
        return rules.values.constant(type)

    def aggregate(self, type, text, truth):
        """An aggregate over a value of this type, and what it is."""
        dice = self.dice
        if type in SUMMED and dice.chance(0.5):
            name = dice.pick(["sum", "avg"])
            result = "number" if name == "avg" and type == "int" else type
        elif type in SUMMED and dice.chance(0.8):
            name, result = dice.pick(ORDERED), type
        elif truth and dice.chance(0.4):
            return "rate(%s)" % truth(), "percent"
        else:
            name, result = "distinct", "int"
        return "%s(%s)" % (name, text), result

    # ---- targets of MOTs ----

    def target(self, fields):
        dice, values = self.dice, self.rules.values
        shape = dice.weighted((5, "rate"), (2, "took"), (4 if fields else 0, "field"), (1, "disruption"), (1, "events"))
        if shape == "rate":
            return "%s%s" % (dice.weighted((3, ""), (1, ">= "), (1, "> "), (1, "< "), (1, "<= ")), dice.pick(SHARES))
        if shape == "disruption":
            return "disruption <= " + dice.pick(SHARES)
        if shape == "events":
            kind = dice.pick(self.rules.kinds)
            return "count(%s) %s %d" % (kind.name, self.compare(), dice.between(0, 5))
        scope = Scope(field_refs("", fields))
        field = dice.pick(fields) if shape == "field" else None
        text, type = self.aggregate(field.type if field else "duration", field.name if field else "took",
                                    lambda: values.truth(scope, 1) if fields else "took > %s" % values.length())
        if type == "duration" and not field and dice.chance(0.2):
            text = "max(took) - min(took)"
        return "%s %s %s" % (text, self.compare(), self.constant(type))

    def targets(self, fields, count=None):
        number = count or self.dice.weighted((4, 1), (3, 2), (1, 3), (1, 0))
        return ["target %s%s%s" % (self.target(fields), self.over(), self.cases()) for _ in range(number)]

    # ---- on blocks ----

    def length(self, high=6):
        return length_text(self.rules.values.steps(1, high))

    def text(self, refs, keys, deadline):
        dice = self.dice
        if not dice.chance(0.4):
            return ""
        names = list(keys) + (["deadline"] if deadline else [])
        names += [r[0] for r in refs if re.fullmatch(r"(start|opening|it\d+)\.\w+", r[0])]
        parts = ["{%s}" % dice.pick(names) for _ in range(dice.between(0, 3))] if names else []
        return ' "%s"' % " ".join(["so {{"] + parts)

    def alert(self, when, text):
        dice = self.dice
        options = [text]
        if dice.chance(0.3):
            options.append(" severity " + dice.pick(["low", "medium", "high", "critical"]))
        if when in ("at risk", "breached"):
            if dice.chance(0.3):
                options.append(" for " + self.length())
            if dice.chance(0.3):
                options.append(" hold " + self.length())
        if dice.chance(0.3):
            options.append(" escalate after " + self.length(4))
        if dice.chance(0.2):
            options.append(" repeat every " + self.length())
        return "alert %s%s" % (dice.pick(["ana", "ben", "care", "field"]), "".join(dice.shuffled([o for o in options if o])))

    def correct(self, scope, kinds, outcomes):
        dice, rules = self.dice, self.rules
        until = ""
        if dice.chance(0.6):
            until = " until " + rules.conditions.condition(scope, kinds, outcomes, 1)
        return 'correct "put it right" by %s%s%s' % (dice.pick(["care", "field", "ben"]),
                                                       rules.bounds.within(scope), until)

    def blocks(self, whens, owner, scope=None, kinds=(), outcomes=(), keys=(), deadline=False):
        """`on` blocks, and the ids of what they do in the order of the text; each as lines."""
        dice, counts, lines = self.dice, {}, []
        rules = []
        for when in whens:
            if not dice.chance(0.5):
                continue
            head = when
            if when == "at risk":
                head = "at risk %s before deadline" % self.length(4)
            acts = []
            for _ in range(dice.weighted((4, 1), (3, 2), (1, 3))):
                about = when not in ("breached", "met")
                corrects = about and dice.chance(0.45)
                acts.append(self.correct(scope, kinds, outcomes) if corrects else
                            self.alert(when, self.text(scope.refs if scope else [], keys, deadline) if about else ""))
                counts[when] = counts.get(when, 0) + 1
                number = "-%d" % counts[when] if counts[when] > 1 else ""
                rules.append(("%s:%s%s" % (owner, WHENS[when], number), corrects, about))
            lines.append("on %s {\n      %s\n    }\n" % (head, "\n      ".join(acts)))
        return lines, rules

    def of_mot(self, x, name, fields, scope, starts, outcomes, risky):
        whens = (["at risk"] if risky else []) + ["missed", "produced", "void"]
        targets = self.targets(fields)
        whens += ["breached", "met"] if targets else []
        lines, rules = self.blocks(self.dice.shuffled(whens), "%s.%s" % (x.name, name), scope, x.kinds, outcomes, x.keys,
                                   True)
        for rule, corrects, about in rules:
            self.ids.append((rule, corrects, x.keys if about else None, starts, len(targets)))
        return "".join("    " + line + ("" if line.endswith("\n") else "\n") for line in targets + lines)

    def of_experience(self, x, outcomes):
        lines, rules = self.blocks(["missed", "produced", "void"], x.name, x.history, x.kinds, outcomes, x.keys)
        for rule, corrects, _ in rules:
            self.ids.append((rule, corrects, x.keys, x.starts, 0))
        return "".join("  " + line for line in lines) if x.sco else ""

    # ---- metrics ----

    def one_aggregate(self, kinds):
        dice, values = self.dice, self.rules.values
        kind = dice.pick(kinds)
        scope = Scope(field_refs("", kind.fields))
        if dice.chance(0.3) or not kind.fields:
            where = values.where(scope, 1) if dice.chance(0.4) else ""
            return "count(%s%s)" % (kind.name, where), "int"
        field = dice.pick(kind.fields)
        text, type = self.aggregate(field.type, "%s.%s" % (kind.name, field.name), None)
        if dice.chance(0.15):
            return "rate(%s%s)" % (kind.name, values.where(scope, 1)), "percent"
        return text, type

    def metric_value(self, kinds):
        dice = self.dice
        text, type = self.one_aggregate(kinds)
        if dice.chance(0.25):
            other, its = self.one_aggregate(kinds)
            if type == "int" and its == "int":
                return dice.pick(["%s / %s", "(%s / %s) else 0.5"]) % (text, other), "number"
            if type == its and type != "percent":
                return dice.pick(["%s + %s", "%s - %s"]) % (text, other), type
        return text, type

    def metric(self, number):
        dice, rules = self.dice, self.rules
        kinds = dice.some(rules.kinds + rules.derived, dice.weighted((4, 1), (3, 2)))
        text, type = self.metric_value(kinds)
        used = [k for k in rules.kinds + rules.derived if re.search(r"\b%s\b" % k.name, text)]
        where = ""
        if len(used) == 1 and dice.chance(0.25):
            where = rules.values.where(Scope(field_refs("", used[0].fields)), 1)
        names = []
        if dice.chance(0.6):
            fields = [f for f in used[0].fields if f.type in GROUPING and
                      all(any(g.name == f.name and g.written == f.written for g in k.fields) for k in used)]
            names = [f.name for f in dice.some(fields, dice.weighted((3, 1), (1, 2)))]
        by = " by " + ", ".join(names) if names else ""
        places = " groups %d" % dice.between(1, 3) if names and dice.chance(0.4) else ""
        name = "Q%d" % number
        self.metrics.append((name, type, used))
        return "metric %s = %s%s%s%s%s\n" % (name, text, where, by, self.window(), places)

    # ---- goals ----

    def goal(self, x, depth, number):
        dice = self.dice
        name = "G%d" % number[0]
        number[0] += 1
        mots = list(x.info)
        fitting = [m for m in self.metrics if all(k in x.kinds for k in m[2])]
        measure = dice.weighted((2 if x.sco else 0, "sco"), (1, "disruption"), (5 if mots else 0, "mot"),
                                (3 if fitting else 0, "metric"))
        each, targets = "", None
        count = dice.weighted((4, 1), (2, 2))
        if measure == "mot":
            mot = dice.pick(mots)
            fields, by = x.info[mot]
            measure = mot
            targets = self.targets(fields, count)
            if by and dice.chance(0.75):
                each = " each " + by
                targets = ["target %s%s%s" % (t, self.over(), self.cases()) for t in
                           [dice.pick(SHARES), "avg(took) <= " + self.constant("duration")][:count]]
        elif measure == "metric":
            metric = dice.pick(fitting)
            measure = metric[0]
            targets = ["target %s %s%s%s" % (self.compare(), self.constant(metric[1]), self.over(), self.cases())
                       for _ in range(count)]
        else:
            ops = ["<=", "<"] if measure == "disruption" else ["", ">=", ">", "<"]
            targets = ["target %s %s%s%s" % (dice.pick(ops), dice.pick(SHARES), self.over(), self.cases())
                       for _ in range(count)]
        lines, rules = self.blocks(["breached", "met"], "N%s.%s" % (x.name, name))
        for rule, corrects, _ in rules:
            self.ids.append((rule, corrects, None, "each" if each else "", len(targets)))
        weight = ["weight %s" % dice.pick(["0", "1", "2.5", "3"])] if dice.chance(0.6) else []
        head = ["owner ana", "measure " + measure] + targets + weight
        body = "".join("    %s\n" % line for line in head) + "".join("    " + line for line in lines)
        if depth > 0:
            body += "".join(self.goal(x, depth - 1, number) for _ in range(dice.weighted((3, 0), (3, 1), (3, 2))))
        return "  goal %s%s {\n%s  }\n" % (name, each, body)

    def declarations(self):
        dice, rules = self.dice, self.rules
        text = "".join(self.metric(i) for i in range(dice.weighted((2, 0), (3, 1), (3, 2), (2, 4))))
        for x in rules.experiences:
            if dice.chance(0.35):
                continue
            number = [0]
            goals = "".join(self.goal(x, 2, number) for _ in range(dice.between(1, 2)))
            text += "nsat N%s for %s {\n%s}\n" % (x.name, x.name, goals)
        return text

    # ---- ids ----

    def id(self, at, events, iso):
        """The id of something that may be there at this time; `events`: (time, kind, values) before."""
        dice = self.dice
        rule, corrects, keys, starts, targets = dice.pick(self.ids)
        if keys is None:
            step = dice.pick([MINUTE, 10 * MINUTE, HOUR, HOUR, 6 * HOUR, DAY])
            opened = (at // step - dice.weighted((4, 0), (2, 1), (1, 2))) * step
            who = "/" + dice.pick(["c1", "a2", "a", "o1", "low", "red", "2", "7"]) if starts else ""
            return corrects, "%s/%d%s/%s" % (rule, dice.between(1, max(targets, 1)), who, iso(opened))
        near = [e for e in events[-60:] if re.search(r"\b%s\b" % e[1], starts)] or events[-30:]
        if not near:
            return corrects, rule
        opened, _, values = dice.pick(near)
        parts = [rule]
        for key in keys:
            value = values.get(key)
            value = str(value) if value is not None else dice.pick(["o1", "o2", "i"])
            parts.append(re.sub(r"[%/ \x00-\x1f]", lambda m: "%%%02X" % ord(m.group()), value))
        text = "/".join(parts + [iso(opened)])
        return corrects, text + (":overdue" if corrects and dice.chance(0.4) else "")
