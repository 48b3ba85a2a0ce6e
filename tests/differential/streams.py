"""Streams of events for a rule file."""
import json

from kinds import DAY, HOUR, LISTED, MINUTE, RAW, SECOND
from values import date_text

TEXTS = ["", "a", "b \" c", "Zo\u00eb", "Zoe", "long text for a value", "\u20ac\U0001f600"]


def clock_text(us):
    return "%02d:%02d:%02d" % (us // HOUR, us % HOUR // MINUTE, us % MINUTE // SECOND)


class Streams:
    def __init__(self, dice, rules):
        self.dice, self.rules = dice, rules
        self.keys = {
            "customer": ["c1", "c2"][:dice.between(1, 2)] + dice.some(
                ["k\"3", 7, "7", "\u00e9", "a much longer key of a customer", "c"], dice.weighted((6, 0), (2, 1), (2, 2))),
            "order": ["o1", "o2"], "item": ["i", "\u00fc"][:dice.between(1, 2)],
            "agent": ["c1", "a2"],
        }
        self.ids, self.past = [], []
        self.weights = self.kind_weights()

    def kind_weights(self):
        """Kinds that begin journeys come less often than what happens in them."""
        starts = " ".join(x.starts for x in self.rules.experiences).split()
        return [(1.5 if kind.name in starts else self.dice.pick([1, 2, 3]), kind) for kind in self.rules.kinds]

    # ---- times ----

    def times(self, count):
        dice, rules = self.dice, self.rules
        at, times = rules.base, []
        for _ in range(count):
            step = dice.weighted((9, 0), (8, 1), (3, 2), (1, 3), (0.6, 7), (0.3, 24))
            at += step * rules.grid
            times.append(at + dice.weighted((10, 0), (0.6, 1), (0.6, -1), (0.4, rules.grid // 2)))
        return times

    def time_value(self, at):
        """A time of the stream in one of its ways to be written."""
        dice, form = self.dice, self.rules.time_format
        if form == "unix_s":
            return at // SECOND if at % SECOND == 0 and dice.chance(0.7) else "%d.%06d" % (at // SECOND, at % SECOND)
        if form == "unix_ms":
            return at // 1000 if at % 1000 == 0 and dice.chance(0.7) else "%d.%03d" % (at // 1000, at % 1000)
        return self.iso(at)

    def iso(self, at):
        dice = self.dice
        offset = dice.weighted((8, None), (1, 0), (1, 2 * HOUR), (0.5, -4 * HOUR - 30 * MINUTE))
        local = at + (offset or 0)
        text = "%sT%s" % (date_text(local // DAY), clock_text(local % DAY))
        fraction = local % SECOND
        if fraction:
            text += ".%06d" % fraction + dice.weighted((8, ""), (1, "9"))
        elif dice.chance(0.1):
            text += ".000"
        if offset is None:
            return text + ("Z" if dice.chance(0.93) else "")
        sign, offset = ("-", -offset) if offset < 0 else ("+", offset)
        return text + "%s%02d:%02d" % (sign, offset // HOUR, offset % HOUR // MINUTE)

    # ---- values ----

    def near(self, at):
        return at + self.dice.between(-6, 12) * self.rules.grid

    def raw(self, field, at):
        """A raw value that fits the field."""
        dice, type = self.dice, field.type
        if type in LISTED:
            value = dice.pick(LISTED[type])
            return RAW.get(value, value).replace("\\u00f6", "\u00f6")
        way = getattr(self, "raw_" + type.split("(")[0])
        return way(field, at)

    def raw_int(self, field, at):
        dice = self.dice
        if field.name == "big":
            return dice.weighted((3, dice.between(-2, 6)), (1, 9223372036854775807), (1, -9223372036854775808),
                                 (1, "4611686018427387904"), (1, 3037000500))
        value = dice.between(-2, 6)
        return dice.weighted((9, value), (1, str(value)), (0.5, float(value)))

    def raw_number(self, field, at):
        return self.dice.pick([0, 0.5, 1, 2.5, -1, "2.5", 0.1, 1e3, "1e-3", 3])

    def raw_percent(self, field, at):
        return self.dice.pick([0, 0.5, 0.95, 1, 50, 95, "0.125", 100])

    def raw_text(self, field, at):
        return self.dice.pick(TEXTS)

    def raw_id(self, field, at):
        return self.dice.pick(["a", "o1", "c1", 7, "7"])

    def raw_bool(self, field, at):
        return self.dice.weighted((4, True), (4, False), (1, "true"), (1, "false"))

    def raw_money(self, field, at):
        if "JPY" in field.type:
            return self.dice.pick([0, 1, 2, 3, "100", 101, -1])
        return self.dice.pick([0, 0.01, "0.02", 0.05, 1, 2.5, "2.50", 10, -1, 0.03])

    def raw_duration(self, field, at):
        dice = self.dice
        us = dice.weighted((6, dice.between(1, 5) * self.rules.grid), (1, 0), (1, -self.rules.grid),
                           (1, 1500000))
        if field.written == "duration(ms)":
            return us // 1000
        seconds = us // SECOND if us % SECOND == 0 else us / SECOND
        if field.written == "duration" and us > 0 and us % SECOND == 0 and dice.chance(0.5):
            return dice.pick(["PT%dS" % seconds, "PT%dM" % (seconds // 60)])
        return dice.weighted((4, seconds), (1, str(seconds)))

    def raw_time(self, field, at):
        at = self.near(at)
        if field.written == "time(unix_s)":
            return at // SECOND
        if field.written == "time(unix_ms)":
            return at // 1000
        if "%" in field.written:
            date = date_text(at // DAY)
            return "%s/%s/%s %s" % (date[8:], date[5:7], date[:4], clock_text(at % DAY)[:5])
        return self.iso(at)

    def wrong(self, field):
        return self.dice.pick([None, "x", 1.5, True, [], {}, "", -100, "9223372036854775808", 1e300])

    # ---- events ----

    def about_id(self, at, corrects, id):
        """An alert is acknowledged, or a correction done."""
        event, done = {}, corrects and not id.endswith(":overdue")
        put(event, self.rules.type_path, "std.correction.Done" if done else "std.alert.Acknowledged")
        put(event, self.rules.time_path, self.time_value(at))
        if not self.dice.chance(0.02):
            event["correction" if done else "alert"] = id
        if self.dice.chance(0.2):
            event["by"] = "ben"
        return json.dumps(event, ensure_ascii=False)

    @staticmethod
    def iso_plain(at):
        """As in an id."""
        fraction = at % SECOND
        text = "%06d" % fraction if fraction % 1000 else "%03d" % (fraction // 1000)
        return "%sT%s.%sZ" % (date_text(at // DAY), clock_text(at % DAY), text)

    def event(self, at):
        dice = self.dice
        if self.rules.managing.ids and dice.chance(0.01):
            return self.about_id(at, *self.rules.managing.id(at, self.past, self.iso_plain))
        kind = dice.weighted(*self.weights)
        event = {}
        self.past.append((at, kind.name, event))
        put(event, self.rules.type_path, kind.raw)
        put(event, self.rules.time_path, self.time_value(at))
        if self.rules.dedupe and dice.chance(0.7):
            put(event, "id", self.identity())
        for field in kind.fields:
            if field.name in self.keys:
                value = dice.pick(self.keys[field.name])
            else:
                value = self.raw(field, at)
            if field.optional and dice.chance(0.3):
                if dice.chance(0.3):
                    put(event, field.path or field.name, None)
                continue
            if dice.chance(0.006):
                value = self.wrong(field)
            if dice.chance(0.004):
                continue
            put(event, field.path or field.name, value)
        if dice.chance(0.1):
            event["more"] = {"type": [1, {"a": None}], "x": "\\"}
        return json.dumps(event, ensure_ascii=dice.chance(0.5),
                          separators=(",", ":") if dice.chance(0.9) else (", ", " : "))

    def identity(self):
        if self.ids and self.dice.chance(0.2):
            return self.dice.pick(self.ids[-8:])
        self.ids.append(len(self.ids) if self.dice.chance(0.2) else "e%d" % len(self.ids))
        return self.ids[-1]

    def odd(self, at):
        """A line that is no event of the rules."""
        unmapped, timeless, typeless = {}, {}, {}
        put(unmapped, self.rules.type_path, "Elsewhere")
        put(unmapped, self.rules.time_path, self.time_value(at))
        put(timeless, self.rules.type_path, self.rules.kinds[0].raw)
        put(typeless, self.rules.time_path, self.time_value(at))
        return self.dice.pick([json.dumps(unmapped), json.dumps(timeless), json.dumps(typeless), "{\"a\":", "[]",
                               "", "  ", "17", "{}", "{\"type\":\"Go\",\"time\":\"yesterday\"}"])

    def lines(self):
        """Lines in order of arrival."""
        dice, rules = self.dice, self.rules
        count = dice.weighted((2, dice.between(15, 40)), (4, dice.between(40, 100)), (2, dice.between(100, 200)))
        reach = rules.lateness * dice.weighted((4, 0), (3, 1), (2, 1.4)) if rules.lateness else 0
        if not rules.lateness and dice.chance(0.15):
            reach = rules.grid * 0.5
        placed = []
        for at in self.times(count):
            text = self.odd(at) if dice.chance(0.015) else self.event(at)
            placed.append((at + (dice.random() * reach if reach and dice.chance(0.5) else 0), len(placed), text))
        placed.sort()
        self.placed = placed
        return [text for _, _, text in placed]

    def answered(self, told):
        """The lines again, with answers to what was told: (time, id, whether it is a correction)."""
        dice, more = self.dice, []
        for at, id, corrects in dice.some(told, dice.between(0, min(len(told), 12))):
            at += dice.weighted((3, 0), (3, 1), (2, 2), (2, 4)) * self.rules.grid
            at += dice.weighted((12, 0), (1, 1), (1, -1))
            more.append((at, len(self.placed) + len(more), self.about_id(at, corrects, id)))
        last = self.placed[-1][0] if self.placed else 0
        lines = sorted(self.placed + [m for m in more if m[0] <= last])
        return [text for _, _, text in lines]

    def until(self):
        """The time to which the clock is moved on; None: not."""
        if not self.dice.chance(0.35):
            return None
        at = self.rules.base + self.dice.between(10, 300) * self.rules.grid
        return "%sT%sZ" % (date_text(at // DAY), clock_text(at % DAY))


def put(event, path, value):
    names = path.split(".")
    for name in names[:-1]:
        event = event.setdefault(name, {})
    event[names[-1]] = value
