"""Values: expressions of a wanted type over what is in reach."""
from kinds import DAY, HOUR, LISTED, MINUTE, length_text

ORDERED = ["int", "number", "percent", "duration", "time", "money(EUR)", "money(JPY)"]
PLAIN = ORDERED + ["text", "id", "bool"]
ADDABLE = ["int", "number", "duration", "money(EUR)", "money(JPY)", "percent"]
SCALED = ["duration", "money(EUR)", "money(JPY)"]


class Scope:
    """What a place can read: refs are (text, type, optional); kinds are those histories may count."""

    def __init__(self, refs=(), kinds=(), calendars=(), history_refs=()):
        self.refs, self.kinds, self.calendars, self.history_refs = list(refs), kinds, calendars, history_refs

    def plus(self, refs):
        return Scope(self.refs + list(refs), self.kinds, self.calendars, self.history_refs)

    def with_event(self, kind):
        """Inside `where`: bare names are fields of the event tested."""
        refs = [r for r in self.refs if "." in r[0] or r[0].startswith("arg_")]
        return Scope(field_refs("", kind.fields) + refs, self.kinds, self.calendars, self.history_refs)

    def of(self, type):
        return [r for r in self.refs if r[1] == type]


def field_refs(prefix, fields):
    refs = [(prefix + f.name, f.type, f.optional) for f in fields]
    return refs + [(prefix + "at", "time", False)] if prefix else refs


class Values:
    def __init__(self, dice, grid, base):
        self.dice, self.grid, self.base = dice, grid, base
        self.defs = []  # (name, parameter types, result type)

    def of_event(self, kind):
        return Scope(field_refs("", kind.fields))

    # ---- constants ----

    def steps(self, low=1, high=6):
        return self.dice.between(low, high) * self.grid

    def length(self):
        return length_text(self.steps() + self.dice.weighted((12, 0), (1, 1000), (1, -1000)))

    def money(self, type):
        dice = self.dice
        if type == "money(JPY)":
            return "%d JPY" % dice.pick([0, 1, 2, 3, 100, 101])
        return dice.pick(["0 EUR", "0.01 EUR", "0.02 EUR", "0.05 EUR", "1 EUR", "2.50 EUR", "10 EUR"])

    def constant(self, type):
        dice = self.dice
        if type in LISTED:
            return dice.pick(LISTED[type])
        if type.startswith("money"):
            return self.money(type)
        if type == "time":
            return '%s' % dice.pick(self.times())
        return {
            "int": lambda: str(dice.weighted((9, dice.between(0, 5)), (1, 100))),
            "number": lambda: dice.pick(["0.0", "0.5", "1.0", "2.5", "0.1"]),
            "percent": lambda: dice.pick(["0%", "50%", "95%", "100%", "12.5%"]),
            "duration": self.length,
            "text": lambda: '"%s"' % dice.pick(["", "a", "Zo\u00eb", "b \\\" c", "long text for a value"]),
            "id": lambda: '"%s"' % dice.pick(["a", "7", "o1", "c1"]),
            "bool": lambda: dice.pick(["true", "false"]),
        }[type]()

    def times(self):
        at = self.base + self.dice.between(0, 60) * self.grid
        day, clock = at // DAY, at % DAY
        text = date_text(day)
        return [text, "%s %02d:%02d" % (text, clock // HOUR, clock % HOUR // MINUTE),
                "%sT%02d:%02d:%02dZ" % (text, clock // HOUR, clock % HOUR // MINUTE, clock % MINUTE // 1000000)]

    # ---- expressions ----

    def value(self, scope, type, depth=2):
        """Never missing."""
        dice = self.dice
        refs = scope.of(type)
        ways = [(3 if refs else 5, self.from_constant), (12 if refs else 0, self.from_ref)]
        if depth > 0:
            ways += [(4, self.from_arithmetic), (1, self.from_case), (1 if self.defs else 0, self.from_def)]
        if scope.kinds:
            ways.append((6 if depth > 0 else 2, self.from_history))
        text = dice.weighted(*ways)(scope, type, depth)
        return text or self.from_ref(scope, type, depth)

    def moving(self, scope, type, depth):
        """One that is no constant, when there is anything to read."""
        if not scope.of(type):
            return self.dice.pick(["1", "2"]) if type == "int" else length_text(self.steps(), hours=True)
        ref = self.from_ref(scope, type, 0)
        if self.dice.chance(0.5):
            return ref
        return "%s + %s" % (ref, self.value(scope, type, depth))

    def from_constant(self, scope, type, depth):
        return self.constant(type)

    def from_ref(self, scope, type, depth):
        refs = scope.of(type)
        if not refs:
            return self.constant(type)
        text, _, optional = self.dice.pick(refs)
        return "(%s else %s)" % (text, self.constant(type)) if optional else text

    def maybe(self, scope, type):
        """A value that may be missing, as it is; None when there is none."""
        refs = [r for r in scope.of(type) if r[2]]
        if refs and self.dice.chance(0.7):
            return self.dice.pick(refs)[0]
        return self.last(scope, type)

    def last(self, scope, type):
        places = [(k, f.name) for k in scope.kinds for f in k.fields if f.type == type]
        if type == "time":
            places += [(k, "at") for k in scope.kinds]
        if not places:
            return None
        kind, field = self.dice.pick(places)
        return "last(%s).%s" % (self.remembered(scope, kind), field)

    def remembered(self, scope, kind):
        """A kind in a history, which sees `start` but no opening."""
        inner = Scope(field_refs("", kind.fields) + list(scope.history_refs))
        return kind.name + (self.where(inner, 1) if self.dice.chance(0.25) else "")

    def from_arithmetic(self, scope, type, depth):
        dice, less = self.dice, depth - 1

        def v(t):
            return self.value(scope, t, less)

        if type == "int":
            if dice.chance(0.12) and scope.of("int"):
                return "(%s %s)" % (self.from_ref(scope, "int", 0), dice.pick(
                    ["* 3037000500", "+ 9223372036854775800", "- 9223372036854775800", "* -4611686018427387904"]))
            return dice.pick(["(%s + %s)", "(%s - %s)", "(%s * %s)"]) % (v("int"), v("int")) \
                if dice.chance(0.85) else "(-%s)" % v("int")
        if type == "number":
            return dice.weighted(
                (2, lambda: "(%s + %s)" % (v("number"), v("int"))),
                (2, lambda: "(%s * %s)" % (v("percent"), v("number"))),
                (2, lambda: "(%s / %s)" % (v("int"), dice.pick(["2", "3", "7"]))),
                (2, lambda: "((%s / %s) else %s)" % (v("int"), self.from_ref(scope, "int", 0), v("number"))
                 if scope.of("int") else None),
                (2, lambda: "((%s / %s) else %s)" % (v("duration"), self.divisor(scope, "duration"), v("number"))),
                (1, lambda: "(%s - %s)" % (v("number"), v("number"))))()
        if type == "percent":
            return dice.pick(["(%s + %s)", "(%s - %s)"]) % (v("percent"), v("percent"))
        if type == "duration":
            return dice.weighted(
                (3, lambda: dice.pick(["(%s + %s)", "(%s - %s)"]) % (v("duration"), v("duration"))),
                (3, lambda: "(%s - %s)" % (v("time"), v("time"))),
                (2, lambda: "(%s * %s)" % (v("duration"), v(dice.pick(["int", "number", "percent"])))),
                (1, lambda: "(%s / 2)" % v("duration")))()
        if type == "time":
            return self.time_of(scope, v)
        if type.startswith("money"):
            return dice.weighted(
                (3, lambda: dice.pick(["(%s + %s)", "(%s - %s)"]) % (v(type), v(type))),
                (2, lambda: "(%s * %s)" % (v(type), v(dice.pick(["int", "number", "percent"])))),
                (1, lambda: "(%s / 3)" % v(type)))()
        if type == "bool":
            return "(%s)" % self.truth(scope, less)
        return None

    def divisor(self, scope, type):
        return self.from_ref(scope, type, 0) if scope.of(type) else length_text(self.steps())

    def time_of(self, scope, v):
        dice = self.dice
        ways = [(3, lambda: dice.pick(["(%s + %s)", "(%s - %s)"]) % (v("time"), v("duration"))),
                (1, lambda: "start_of_day(%s)" % v("time")), (1, lambda: "end_of_day(%s)" % v("time")),
                (1, lambda: "add_days(%s, %s)" % (v("time"), v("int")))]
        if scope.calendars:
            cal = dice.pick(scope.calendars)
            ways += [(1, lambda: "next_open(%s, %s)" % (v("time"), cal)),
                     (1, lambda: "add_open(%s, %s, %s)" % (v("time"), v("duration"), cal)),
                     (1, lambda: "add_open_days(%s, %s, %s)" % (v("time"), v("int"), cal))]
        return dice.weighted(*ways)()

    def from_case(self, scope, type, depth):
        refs = [r for r in scope.refs if r[1] in LISTED and not r[2]]
        if not refs or type in LISTED:
            return None
        text, listed, _ = self.dice.pick(refs)
        arms = ["%s: %s" % (a, self.value(scope, type, 0))
                for a in self.dice.some(LISTED[listed], len(LISTED[listed]) - 1)]
        return "(case %s { %s  else: %s })" % (text, "  ".join(arms), self.value(scope, type, 0))

    def from_def(self, scope, type, depth):
        fitting = [d for d in self.defs if d[2] == type]
        if not fitting:
            return None
        name, parameters, _ = self.dice.pick(fitting)
        return "%s(%s)" % (name, ", ".join(self.value(scope, p, depth - 1) for p in parameters))

    # ---- histories ----

    def window(self):
        dice = self.dice
        return dice.weighted((4, lambda: ""), (4, lambda: " in last %s" % length_text(self.steps())),
                             (1, lambda: " in last %s keep %d" % (length_text(self.steps()), dice.between(1, 4))),
                             (3, lambda: " in last %d" % dice.between(1, 4)))()

    def from_history(self, scope, type, depth):
        dice = self.dice
        if type == "int" and dice.chance(0.5):
            return "count(%s)%s" % (self.remembered(scope, dice.pick(scope.kinds)), self.window())
        if type in ORDERED and dice.chance(0.75):
            return self.aggregate(scope, type)
        text = self.last(scope, type)
        return text and "(%s else %s)" % (text, self.constant(type))

    def aggregate(self, scope, type):
        dice = self.dice
        over = "int" if type == "number" and dice.chance(0.5) else type
        places = [(k, f.name) for k in scope.kinds for f in k.fields if f.type == over]
        if not places:
            return None
        kind, field = dice.pick(places)
        names = ["max", "min"]
        if type in ADDABLE:
            names += ["avg"] if type != "int" else []
            names += ["sum"]
        if over != type:
            names = ["avg"]
        name = dice.pick(names)
        text = "%s(%s.%s)%s" % (name, kind.name, field, self.window())
        return text if name == "sum" else "(%s else %s)" % (text, self.constant(type))

    # ---- truths ----

    def truth(self, scope, depth=1):
        dice = self.dice
        if depth > 0 and dice.chance(0.25):
            return self.joined(scope, depth)
        types = sorted({r[1] for r in scope.refs}) or ["int"]
        type = dice.pick(types)
        if type == "bool" and dice.chance(0.6):
            return dice.pick(["%s", "not %s"]) % self.from_ref(scope, "bool", 0)
        if dice.chance(0.1):
            text = self.maybe(scope, type)
            if text:
                return dice.pick(["%s known", "not %s known"]) % text
        if scope.kinds and dice.chance(0.25):
            return self.counting(scope) if dice.chance(0.6) else self.summing(scope)
        return self.compared(scope, type, depth)

    def joined(self, scope, depth):
        a, b = self.truth(scope, depth - 1), self.truth(scope, depth - 1)
        return self.dice.pick(["%s and %s", "%s or %s", "not (%s or %s)", "(%s and not (%s))"]) % (a, b)

    def counting(self, scope):
        dice = self.dice
        return "count(%s)%s %s %d" % (self.remembered(scope, dice.pick(scope.kinds)), self.window(),
                                      dice.pick(["<", "<=", "==", ">=", ">", "!="]), dice.between(1, 4))

    def summing(self, scope):
        """A comparison of what a field came to in the journey."""
        dice = self.dice
        types = sorted({f.type for kind in scope.kinds for f in kind.fields if f.type in ORDERED}) or ["int"]
        type = dice.pick(types)
        text = self.aggregate(scope, type) or "0"
        return "%s %s %s" % (text, dice.pick(["<", "<=", ">", ">=", "==", "!="]),
                             self.constant(type) if text != "0" else "1")

    def compared(self, scope, type, depth):
        dice = self.dice
        left = self.from_ref(scope, type, 0) if dice.chance(0.7) else self.value(scope, type, depth)
        if type in LISTED:
            left = self.from_ref(scope, type, 0)
            if left in LISTED[type]:
                return "1 < 2"
        right = self.constant(type) if dice.chance(0.5) else self.value(scope, type, depth)
        ops = ["<", "<=", ">", ">=", "==", "!="] if type in ORDERED else ["==", "!="]
        return "%s %s %s" % (left, dice.pick(ops), right)

    def where(self, scope, depth=1):
        """` where p` as it stands behind a kind."""
        text = self.truth(scope, depth)
        return " where (%s)" % text


def date_text(day):
    """A day since 1970 as 2026-03-02."""
    z = day + 719468
    era, doe = z // 146097, z % 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    month = mp + 3 if mp < 10 else mp - 9
    return "%04d-%02d-%02d" % (yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) // 5 + 1)


def day_of(year, month, day):
    year -= month <= 2
    era, yoe = year // 400, year % 400
    doy = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468
