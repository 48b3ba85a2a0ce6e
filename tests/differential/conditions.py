"""Conditions: smoto and sco."""


class Conditions:
    def __init__(self, dice, values, patterns, bounds):
        self.dice, self.values, self.patterns, self.bounds = dice, values, patterns, bounds

    def condition(self, scope, kinds, outcomes, depth=2):
        dice = self.dice
        if depth > 0 and dice.chance(0.4):
            a = self.condition(scope, kinds, outcomes, depth - 1)
            if dice.chance(0.2):
                return "not (%s)" % a
            b = self.condition(scope, kinds, outcomes, depth - 1)
            return dice.pick(["(%s and %s)", "(%s or %s)"]) % (a, b)
        shape = dice.weighted((5, self.happening), (4, self.counted), (1.2, self.predicate), (1.2, self.before),
                              (3, self.sequence), (1.5, self.group), (1.6 if outcomes else 0, self.outcome))
        return shape(scope, kinds, outcomes)

    def matched(self, scope, kinds, share=0.35):
        return self.patterns.matched(self.dice.pick(kinds), scope, share)

    def happening(self, scope, kinds, outcomes):
        return self.matched(scope, kinds) + self.bounds.any(scope)

    def number(self):
        return self.dice.weighted((1, 0), (4, 1), (3, 2), (1, 3))

    def either(self, scope, kinds):
        if self.dice.chance(0.25) and len(kinds) > 1:
            return "(%s)" % " or ".join(self.matched(scope, [k], 0.2) for k in self.dice.some(kinds, 2))
        return self.matched(scope, kinds)

    def counted(self, scope, kinds, outcomes):
        dice = self.dice
        what = dice.weighted((4, "no"), (3, "at most %d" % self.number()), (3, "exactly %d" % self.number()),
                             (3, "at least %d" % max(1, self.number())))
        return "%s %s%s" % (what, self.either(scope, kinds), self.bounds.any(scope))

    def predicate(self, scope, kinds, outcomes):
        return "(%s)" % self.values.truth(scope, 2)

    def before(self, scope, kinds, outcomes):
        return "%s before %s" % (self.matched(scope, kinds), self.matched(scope, kinds))

    def outcome(self, scope, kinds, outcomes):
        return "%s %s%s" % (self.dice.pick(["missed", "produced"]), self.dice.pick(outcomes)[0],
                            self.bounds.any(scope))

    def group(self, scope, kinds, outcomes):
        """A bound around happenings that have none, or their own."""
        dice, parts = self.dice, []
        for _ in range(dice.weighted((4, 2), (1, 3))):
            own = self.bounds.within(scope) if dice.chance(0.15) else ""
            count = dice.weighted((5, ""), (1, "no "), (1, "at least 2 "), (1, "at most 1 "))
            parts.append(count + self.matched(scope, kinds, 0.25) + own)
        inner = (" %s " % dice.weighted((4, "or"), (2, "and"))).join(parts)
        bound = self.bounds.within(scope) if dice.chance(0.75) else self.bounds.by(scope)
        return "(%s)%s" % (inner, bound)

    def sequence(self, scope, kinds, outcomes):
        dice = self.dice
        steps = []
        for _ in range(dice.weighted((5, 2), (3, 3), (1, 4))):
            bound = self.bounds.any(scope)
            way = dice.weighted((8, "one"), (1.5, "group"), (1 if outcomes else 0, "outcome"))
            if way == "group" and bound:
                step = "(%s)" % " or ".join(self.matched(scope, kinds, 0.2) for _ in range(2))
            elif way == "outcome":
                step = "%s %s" % (dice.pick(["missed", "produced"]), dice.pick(outcomes)[0])
            else:
                step = self.matched(scope, kinds, 0.25)
            steps.append(step + bound)
        if dice.chance(0.35):
            last = dice.pick(["no ", "at most 1 ", "at most 2 "])
            steps[-1] = last + self.either(scope, kinds) + self.bounds.any(scope)
        return " then ".join(steps)
