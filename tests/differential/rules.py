"""Rule files."""
from conditions import Conditions
import re

from kinds import DAY, HOUR, LISTED, MINUTE, Field, length_text, listed_text, make_derived, make_kinds
from managing import Managing
from patterns import Bounds, Patterns
from values import Scope, Values, date_text, field_refs

ZONES = ["UTC", "Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
HOURS = [
    "mon..fri 09:00..17:00", "mon..sun 08:00..12:00, mon..sun 13:00..18:00", "mon..fri 08:30..12:15, sat 10:00..14:00",
    "mon..sun 00:30..01:30, mon..sun 02:10..02:50", "mon..sun 00:00..24:00", "tue 10:00..11:00, thu 10:00..11:00",
    "sat..sun 02:00..03:00, mon..fri 20:00..24:00, tue..fri 00:00..04:00",
]
PEOPLE = '''owner ana "Ana" { role experience_manager  contact "mailto:ana@acme.example" }
owner ben "Ben" { role mot_manager  reports to ana  contact "mailto:ben@acme.example" }
team care "Care" { lead ben  role producer }
team field "Field" { lead ben  role producer }
'''


class Experience:
    def __init__(self, name, keys, kinds, rank):
        self.name, self.keys, self.kinds, self.rank = name, keys, kinds, rank
        self.mots = []  # (name, rank, text, opening fields)
        self.info = {}  # by MOT: opening fields, the field by which individuals are told apart


class Rules:
    """One rule file, and what the stream of events has to know about it."""

    def __init__(self, dice):
        self.dice = dice
        self.managed = dice.chance(0.6)
        self.grid = dice.weighted((2, MINUTE), (3, 10 * MINUTE), (4, HOUR), (1, 6 * HOUR), (1, DAY))
        self.zone = dice.weighted((3, None), (2, "UTC"), (4, "Europe/Amsterdam"), (1, dice.pick(ZONES)))
        self.base = dice.pick([
            (20514, 8 * HOUR), (20540, 9 * HOUR), (20541, 22 * HOUR), (20750, 23 * HOUR), (20749, 20 * HOUR),
            (20454, 12 * HOUR), (20520, 6 * HOUR)])
        self.base = self.base[0] * DAY + self.base[1]
        self.values = Values(dice, self.grid, self.base)
        self.bounds = Bounds(dice, self.values)
        self.patterns = Patterns(dice, self.values, self.bounds)
        self.conditions = Conditions(dice, self.values, self.patterns, self.bounds)
        self.kinds = make_kinds(dice)
        self.derived = make_derived(dice, self.kinds, self.values)
        self.calendars = [] if dice.chance(0.45) else dice.some(["Office", "Night"], dice.between(1, 2))
        self.lateness = dice.weighted((4, 0), (2, self.grid // 2), (2, self.grid * 2))
        self.time_format = dice.weighted((7, None), (1, "unix_s"), (1, "unix_ms"))
        self.time_path = dice.weighted((6, "time"), (1, "meta.at"))
        self.type_path = dice.weighted((6, "type"), (1, "meta.kind"))
        self.dedupe = dice.weighted((5, None), (1, -1), (4, dice.between(1, 8) * self.grid))
        self.experiences = []
        self.managing = Managing(dice, self)
        self.text = self.file()

    # ---- top level ----

    def file(self):
        parts = [self.stream(), PEOPLE]
        parts += [self.calendar(name) for name in self.calendars]
        parts += [kind.text + "\n" for kind in self.kinds + self.derived]
        parts += self.functions()
        self.templates = []
        templates = self.pattern_declarations()
        experiences = self.all_experiences()
        managing = self.managing.declarations() if self.managed else ""
        return "".join(parts + templates + experiences) + managing

    def stream(self):
        lines = ['  type from "%s"' % self.type_path]
        lines.append('  time from "%s"%s' % (self.time_path, " as " + self.time_format if self.time_format else ""))
        if self.dedupe:
            lines.append('  id from "id"' + (" dedupe " + length_text(self.dedupe) if self.dedupe > 0 else ""))
        if self.zone:
            lines.append('  zone "%s"' % self.zone)
        if self.lateness:
            lines.append("  lateness " + length_text(self.lateness))
        return "stream {\n%s\n}\n" % "\n".join(lines)

    def calendar(self, name):
        dice = self.dice
        zone = '  zone "%s"\n' % dice.pick(ZONES) if dice.chance(0.7) else ""
        days = [self.base // DAY + dice.between(0, 6) for _ in range(dice.weighted((3, 0), (3, 1), (1, 2)))]
        closed = "  closed %s\n" % ", ".join(date_text(d) for d in sorted(set(days))) if days else ""
        return "calendar %s {\n%s  open %s\n%s}\n" % (name, zone, dice.pick(HOURS), closed)

    def functions(self):
        """Pure functions over their parameters."""
        dice, texts = self.dice, []
        for i in range(dice.weighted((3, 0), (3, 1), (2, 2))):
            types = dice.some(["int", "number", "duration", "time", "money(EUR)", "bool", "level"],
                              dice.between(1, 3))
            result = dice.pick(["int", "duration", "time", "number", "money(EUR)"])
            refs = [("arg_%d" % k, type, False) for k, type in enumerate(types)]
            body = self.values.value(Scope(refs, calendars=self.calendars), result, 2)
            params = ", ".join("%s: %s" % (r[0], "one of (%s)" % listed_text(r[1])[7:] if r[1] in LISTED else r[1])
                               for r in refs)
            texts.append("def fun%d(%s) = %s\n" % (i, params, body))
            self.values.defs.append(("fun%d" % i, types, result))
        return texts

    def pattern_declarations(self):
        """Reusable bodies of MOTs: one parameter is a kind of event."""
        dice, texts = self.dice, []
        for i in range(dice.weighted((4, 0), (3, 1), (1, 2))):
            like, other = dice.pick(self.kinds), dice.pick(self.kinds)
            refs = field_refs("", [f for f in like.fields])
            scope = Scope(refs + [("arg_limit", "duration", False), ("arg_n", "int", False)])
            smoto = dice.pick([
                "Call within arg_limit", "no Call within arg_limit", "at most arg_n Call within arg_limit",
                "Call within arg_limit then Call within arg_limit", "exactly arg_n (Call or %s) within arg_limit" %
                other.name, "(%s)" % self.values.truth(scope, 1),
                "Call where (%s) within arg_limit" % self.values.truth(scope, 1)])
            when = dice.pick(["Call", "latest Call as it", "2 Call within arg_limit", "Call where (%s)" %
                              self.values.truth(scope, 1)])
            more = dice.pick(["", "  weight 2\n", "  critical\n", "  impact -1 EUR when missed\n"])
            texts.append("pattern Body%d(Call: event like %s, arg_limit: duration, arg_n: int) {\n"
                         "  when %s\n  smoto %s\n%s}\n" % (i, like.name, when, smoto, more))
            self.templates.append(("Body%d" % i, like, other))
        return texts

    # ---- experiences ----

    def all_experiences(self):
        dice = self.dice
        number = dice.weighted((5, 1), (4, 2), (1, 3))
        for i in range(number):
            self.experiences.append(self.experience("X%d" % i))
        for x in sorted(self.experiences, key=lambda x: x.rank):
            self.fill(x)
        return [self.experience_text(x) for x in self.experiences]

    def experience(self, name):
        dice = self.dice
        first = dice.weighted((8, "customer"), (2, "agent"))
        keys = [first]
        if first == "customer":
            keys += dice.weighted((5, []), (3, ["order"]), (2, ["order", "item"]), (1, ["item"]))
        if not any(k.has(first) for k in self.kinds):
            keys = ["customer"]
        usable = [k for k in self.kinds + self.derived if self.usable(k, keys[0])]
        starts = [k for k in usable if all(k.has(key) for key in keys)]
        if not starts:
            keys = keys[:1]
            starts = usable
        x = Experience(name, keys, usable, dice.random())
        x.starters = starts
        return x

    def usable(self, kind, key):
        return kind.has(key) and all(self.usable(base, key) for base in kind.bases)

    def fill(self, x):
        """The parts of an experience, those first that others hear."""
        dice = self.dice
        names = []
        starters = dice.some(x.starters, dice.between(1, 2))
        x.starts, x.fields, x.as_refs = self.patterns.pattern(starters, Scope(), silent=0, names=names)
        x.start_refs = field_refs("start.", x.fields) + x.as_refs
        x.history = Scope(x.start_refs, x.kinds, self.calendars, field_refs("start.", x.fields))
        x.expires = dice.weighted((3, dice.between(4, 8)), (4, dice.between(8, 20)), (3, dice.between(20, 80)))
        numbers = dice.shuffled(range(dice.weighted((1, 1), (3, 2), (3, 3), (2, 4), (1, 6))))
        for number in numbers:
            self.mot(x, "M%d" % number, number)
        x.mots.sort(key=lambda mot: mot[1])
        scope = x.history.plus(field_refs("", x.fields))
        x.sco = "" if dice.chance(0.05) else self.conditions.condition(scope, x.kinds, self.outcomes(x), 2)

    def outcomes(self, x):
        """Outcomes that can be heard: of MOTs made before, so that none waits for itself."""
        heard = []
        for other in self.experiences:
            if other.keys[0] != x.keys[0]:
                continue
            for name, _, _, fields in other.mots:
                heard.append((name if other is x else "%s.%s" % (other.name, name), fields))
        return heard

    def mot(self, x, name, number):
        dice = self.dice
        manager = "    manager ben\n    producers %s\n" + ("" if self.managed else "    target 90%% over 7 d\n")
        fitting = [t for t in self.templates if t[1] in x.kinds and t[2] in x.kinds]
        if fitting and dice.chance(0.35):
            template, like, _ = dice.pick(fitting)
            kinds = [like] + [d for d in self.derived if d.bases == [like] and d in x.kinds]
            kind = dice.pick(kinds)
            more = self.managing.of_mot(x, name, [], x.history, kind.name, self.outcomes(x), False) if self.managed else ""
            text = "  mot %s like %s(%s, %s, %d) {\n%s%s%s  }\n" % (
                name, template, kind.name, self.values.length(), dice.between(0, 3), manager % "care",
                self.worth(Scope()), more)
            x.mots.append((name, number, text, []))
            x.info[name] = ([], None)
            return
        names = []
        when, fields, refs = self.patterns.pattern(
            x.kinds, x.history, silent=0.8, names=names, modes=True, outcomes=self.outcomes(x))
        opening = field_refs("opening.", fields) + refs
        scope = x.history.plus(opening)
        bare = scope.plus(field_refs("", fields))
        risky = self.managed and dice.chance(0.5)
        smoto = self.conditions.happening(bare, x.kinds, ()) if risky else \
            self.conditions.condition(bare, x.kinds, self.outcomes(x), 2)
        if risky and dice.chance(0.4):
            smoto = "(%s and %s)" % (smoto, self.conditions.condition(bare, x.kinds, self.outcomes(x), 1))
        lines = ["    when %s\n    smoto %s\n" % (when, smoto), self.worth(scope)]
        if dice.chance(0.35):
            stop = self.patterns.pattern(x.kinds, x.history, alone=scope, silent=0.7)[0]
            run = self.patterns.pattern(x.kinds, x.history, alone=scope, silent=0.7)[0]
            lines.append("    pause on %s until %s\n" % (stop, run))
        for _ in range(dice.weighted((7, 0), (2, 1), (1, 2))):
            lines.append("    void on %s\n" % self.patterns.pattern(x.kinds, x.history, alone=scope, silent=1)[0])
        producers = self.producers(scope, x.keys[0])
        individual = re.search(r" by \(?\w+(?:\([^)]*\))?\.(\w+)(?: else .*)?$", producers)
        x.info[name] = (fields, individual.group(1) if individual and not individual.group(1) == "at" else None)
        if self.managed:
            lines.append(self.managing.of_mot(x, name, fields, scope, when, self.outcomes(x), risky))
        text = "  mot %s {\n%s%s  }\n" % (name, manager % producers, "".join(lines))
        x.mots.append((name, number, text, fields))

    def producers(self, scope, scope_key):
        dice = self.dice
        who = dice.pick(["care", "field", "care, field"])
        if not dice.chance(0.5 if self.managed else 0.25):
            return who
        type = dice.pick(["id", "text", "int", "color", "level"])
        text = self.values.maybe(scope, type) if dice.chance(0.3) else None
        if not text:
            text = self.values.from_ref(scope, type, 1) if scope.of(type) else "start." + scope_key
        return "%s by %s" % (who, text)

    def worth(self, scope):
        """weight, critical, impact."""
        dice, text = self.dice, ""
        if dice.chance(0.3):
            text += "    weight %s\n" % dice.pick(["2", "0", "0.5", "3", "1.25"])
        if dice.chance(0.2):
            text += "    critical\n"
        for decided in ("missed", "produced"):
            if dice.chance(0.2):
                money = dice.pick(["money(EUR)", "money(JPY)"])
                value = self.values.value(scope, money, 1) if scope.refs else self.values.money(money)
                text += "    impact %s when %s\n" % (value, decided)
        return text

    def experience_text(self, x):
        dice = self.dice
        lines = ["experience %s {\n  for %s\n  manager ana\n" % (x.name, ", ".join(x.keys)),
                 "  starts on %s\n  sco \"fine\" %s\n" % (x.starts, x.sco)]
        for _ in range(dice.weighted((7, 0), (2, 1), (1, 2))):
            lines.append("  void on %s\n" % self.rare(x))
        if dice.chance(0.7):
            lines.append("  ends on %s\n" % self.rare(x))
        lines.append("  expires after %s\n" % length_text(x.expires * self.grid))
        if dice.chance(0.3):
            type = dice.pick(["money(EUR)", "money(JPY)", "number", "int"])
            lines.append("  value %s\n" % self.values.value(x.history, type, 2))
        if self.managed:
            lines.append(self.managing.of_experience(x, self.outcomes(x)))
            lines.append(self.sentiment(x))
        return "".join(lines + [mot[2] for mot in x.mots]) + "}\n"

    def sentiment(self, x):
        fields = [(k, f) for k in x.kinds for f in k.fields if f.type in ("int", "number", "percent")]
        if not fields or not self.dice.chance(0.3):
            return ""
        kind, field = self.dice.pick(fields)
        form = self.dice.pick(["%s.%s", "avg(%s.%s)", "p50(%s.%s)"])
        return "  sentiment %s\n" % (form % (kind.name, field.name))

    def rare(self, x):
        return self.patterns.pattern(x.kinds, x.history, silent=0.8)[0]
