"""Kinds of events: their fields, and how they are declared."""

SECOND = 1000000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

LISTED = {
    "color": ["red", "green", "blue"],
    "level": ["low", "high"],
    "plan": ["basic", "plus", "max"],
}
RAW = {"green": "G!", "max": "Max 1G", "low": "l\\u00f6w"}

# name, type, what is written
FIELDS = [
    ("n", "int", "int"),
    ("m", "int", "int in -3..9"),
    ("big", "int", "int"),
    ("x", "number", "number"),
    ("share", "percent", "percent"),
    ("name", "text", "text"),
    ("tag", "id", "id"),
    ("t", "time", "time"),
    ("due", "time", "time(unix_s)"),
    ("seen", "time", "time(unix_ms)"),
    ("slot", "time", 'time("%d/%m/%Y %H:%M")'),
    ("wait", "duration", "duration(s)"),
    ("span", "duration", "duration"),
    ("lag", "duration", "duration(ms)"),
    ("cash", "money(EUR)", "money(EUR)"),
    ("yen", "money(JPY)", "money(JPY)"),
    ("ok", "bool", "bool"),
    ("color", "color", None),
    ("level", "level", None),
    ("plan", "plan", None),
]
NAMES = ["Go", "Ask", "Note", "Bye", "Pay", "Slot", "Ping", "Visit", "Call", "Fix", "Stop", "Back"]
DERIVED = ["Big", "Good", "Some", "Any", "Odd"]


def listed_text(name):
    values = []
    for value in LISTED[name]:
        raw = RAW.get(value)
        values.append('%s = "%s"' % (value, raw.replace("\\u00f6", "\u00f6")) if raw else value)
    return "one of " + ", ".join(values)


def length_text(us, hours=False):
    """A length of time as it is written; in hours at most."""
    units = [("h", HOUR), ("min", MINUTE), ("s", SECOND), ("ms", 1000)]
    if not hours:
        units.insert(0, ("d", DAY))
    parts = []
    for unit, size in units:
        if us >= size:
            parts.append("%d %s" % (us // size, unit))
            us %= size
    return " ".join(parts) or "1 ms"


class Field:
    def __init__(self, name, type, written, optional=False, path=None):
        self.name, self.type, self.written, self.optional, self.path = name, type, written, optional, path

    def text(self):
        path = ' from "%s"' % self.path if self.path else ""
        return "%s: %s%s%s" % (self.name, self.written, "?" if self.optional else "", path)


class Kind:
    """A kind of event, declared or derived."""

    def __init__(self, name, fields, text, raw=None, bases=()):
        self.name, self.fields, self.text, self.raw, self.bases = name, fields, text, raw, bases

    def has(self, key, required=True):
        return any(f.name == key and not (required and f.optional) for f in self.fields)


def common_fields(kinds):
    """The fields that all have with one type; one that may be missing in some may be."""
    fields = []
    for field in kinds[0].fields:
        same = [f for kind in kinds for f in kind.fields if f.name == field.name and f.type == field.type
                and f.written == field.written]
        if len(same) == len(kinds):
            fields.append(Field(field.name, field.type, field.written, any(f.optional for f in same)))
    return fields


def make_fields(dice, pool):
    fields = []
    for name, type, written in dice.some(pool, dice.weighted((2, 0), (3, 1), (4, 2), (3, 3), (2, 4))):
        path = dice.weighted((8, None), (1, "data." + name), (1, "d.e." + name))
        fields.append(Field(name, type, written or listed_text(type), dice.chance(0.3), path))
    return fields


def make_keys(dice):
    """Of every kind: the keys by which journeys are told apart."""
    keys = []
    if not dice.chance(0.04):
        keys.append(Field("customer", "id", "id"))
    order = dice.weighted((6, "id"), (2, "id?"), (2, None))
    if order:
        keys.append(Field("order", "id", "id", order == "id?"))
    item = dice.weighted((4, "text"), (2, "text?"), (4, None))
    if item:
        keys.append(Field("item", "text", "text", item == "text?"))
    if dice.chance(0.5) or not keys:
        keys.append(Field("agent", "id", "id", dice.chance(0.1)))
    return keys


def make_kinds(dice):
    pool = dice.some(FIELDS, dice.between(4, 9))
    kinds = []
    for name in dice.some(NAMES, dice.between(4, 7)):
        fields = make_keys(dice) if kinds else [Field("customer", "id", "id"), Field("order", "id", "id"),
                                                Field("item", "text", "text"), Field("agent", "id", "id")]
        fields += make_fields(dice, pool)
        raw = dice.weighted((4, None), (1, name.lower() + ".x"))
        text = "event %s%s { %s }" % (name, ' from "%s"' % raw if raw else "",
                                      "  ".join(f.text() for f in fields))
        kinds.append(Kind(name, fields, text, raw or name))
    return kinds


def make_derived(dice, kinds, values):
    """Kinds that follow from others, also from each other."""
    derived = []
    for name in dice.some(DERIVED, dice.weighted((3, 0), (4, 1), (3, 2), (1, 3))):
        bases = dice.some(kinds + derived, dice.weighted((5, 1), (4, 2), (1, 3)))
        parts = []
        for base in bases:
            where = len(bases) == 1 or dice.chance(0.3)
            parts.append(base.name + (values.where(values.of_event(base), 1) if where else ""))
        derived.append(Kind(name, common_fields(bases), "event %s is %s" % (name, " or ".join(parts)),
                            bases=bases))
    return derived
