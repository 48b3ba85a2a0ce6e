"""Patterns of events (`when`, `starts on`, `void on`, `ends on`, pauses) and bounds of time."""
from kinds import common_fields, length_text
from values import field_refs


class Bounds:
    def __init__(self, dice, values):
        self.dice, self.values = dice, values

    def within(self, scope, fields=True):
        """`within …`; mostly a constant."""
        dice, values = self.dice, self.values
        if scope.calendars and dice.chance(0.3):
            cal = dice.pick(scope.calendars)
            if dice.chance(0.4):
                days = values.moving(scope, "int", 1) if dice.chance(0.2) else str(dice.between(1, 3))
                return " within %s open days of %s" % (days, cal)
            length = values.moving(scope, "duration", 1) if dice.chance(0.15) else \
                length_text(values.steps(), hours=True)
            return " within %s of %s" % (length, cal)
        if fields and dice.chance(0.12):
            text = values.maybe(scope, "duration") if dice.chance(0.3) else None
            return " within %s" % (text or values.moving(scope, "duration", 1))
        return " within %s" % values.length()

    def by(self, scope):
        """`by …`, from the opening or the start, or a time that moves."""
        dice, values = self.dice, self.values
        if dice.chance(0.3):
            last = values.last(scope, "time")
            if last:
                return " by " + dice.weighted(
                    (2, last), (4, "(%s else start.at + %s)" % (last, values.length())),
                    (2, "(%s else start.at) + %s" % (last, values.length())))
        starts = [r[0] for r in scope.of("time") if r[0].endswith(".at") and not r[2]]
        if starts and dice.chance(0.7):
            return " by %s + %s" % (dice.pick(starts), values.length())
        return " by " + values.value(scope, "time", 2)

    def any(self, scope):
        dice = self.dice
        return dice.weighted((6, lambda: self.within(scope)), (3, lambda: self.by(scope)),
                             (2, lambda: ""))()


class Patterns:
    def __init__(self, dice, values, bounds):
        self.dice, self.values, self.bounds = dice, values, bounds
        self.names = 0

    def matched(self, kind, scope, share=0.35):
        where = self.dice.chance(share)
        return kind.name + (self.values.where(scope.with_event(kind), 1) if where else "")

    def named(self):
        self.names += 1
        return "it%d" % self.names

    # ---- one choice: its text, the fields of what completes it, names given by `as` ----

    def one(self, kinds, scope, names):
        kind = self.dice.pick(kinds)
        text = self.matched(kind, scope)
        return self.with_name(text, kind, names), kind.fields

    def with_name(self, text, kind, names):
        if names is None or not self.dice.chance(0.35):
            return text
        name = self.named()
        names.append((name, kind.fields))
        return "%s as %s" % (text, name)

    def count(self, kinds, scope, names):
        kind = self.dice.pick(kinds)
        number = self.dice.weighted((4, 2), (2, 3), (1, 4))
        text = self.with_name("%d %s" % (number, self.matched(kind, scope)), kind, names)
        return text + self.bounds.within(scope), kind.fields

    def chain(self, kinds, scope, names):
        steps = self.dice.weighted((4, 2), (2, 3), (1, 4))
        text, kind = "", None
        for i in range(steps):
            kind = self.dice.pick(kinds)
            step = self.with_name(self.matched(kind, scope, 0.2), kind, names)
            text += " then %s%s" % (step, self.bounds.within(scope)) if i else step
        return text, kind.fields

    def silence(self, kinds, scope, names):
        text = "no %s for " % self.matched(self.dice.pick(kinds), scope, 0.2)
        length = self.values.moving(scope, "duration", 1) if self.dice.chance(0.15) else self.values.length()
        return text + length, []

    def outcome(self, outcomes, names):
        mot, fields = self.dice.pick(outcomes)
        text = "%s %s" % (self.dice.pick(["missed", "produced", "missed"]), mot)
        return text, fields

    # ---- patterns ----

    def pattern(self, kinds, scope, alone=None, silent=0.5, names=None, modes=False, outcomes=(), choices=None):
        """Text, fields of what completes it, and refs of names by `as`. `alone`: the scope of single events,
        where that can read more; `silent` weighs silences."""
        dice, parts, fields = self.dice, [], []
        number = choices or dice.weighted((7, 1), (3, 2), (1, 3))
        for _ in range(number):
            shape = dice.weighted((7, "one"), (1.5, "count"), (1.5, "chain"), (silent, "silence"),
                                  (2.5 if outcomes else 0, "outcome"))
            if shape == "outcome":
                text, its = self.outcome(outcomes, names)
            else:
                reach = alone if alone and shape == "one" else scope
                text, its = getattr(self, shape)(kinds, reach, names)
            mode = dice.weighted((8, ""), (1, "each "), (2, "first "), (3, "latest ")) if modes else ""
            parts.append(mode + text)
            fields.append(its)
        return " or ".join(parts), shared(fields), self.name_refs(names, number > 1)

    @staticmethod
    def name_refs(names, several):
        refs = []
        for name, fields in names or []:
            refs += [(text, type, optional or several) for text, type, optional in field_refs(name + ".", fields)]
        return refs


class Fields:
    def __init__(self, fields):
        self.fields = fields


def shared(fields):
    """What all choices have; nothing when one has none."""
    if not all(fields):
        return []
    return common_fields([Fields(f) for f in fields])
