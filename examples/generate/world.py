"""What the makers of example events share: dice, time on a clock, customers with habits, and the way in
which messages travel.

Everything comes from one seed: the same numbers give the same bytes, on every machine.  Only random() of
Python's generator is used, which is the same in every version.
"""
import json
import math
import random
from bisect import bisect
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo


class Dice:
    """Chance, as the world has it: most things take a while, a few take far longer."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def chance(self, percent):
        return self._random() * 100 < percent

    def between(self, low, high):
        return low + self._random() * (high - low)

    def whole(self, low, high):
        """A whole number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, items):
        return items[int(self._random() * len(items))]

    def weighted(self, weights):
        """A key of {key: weight}."""
        at = self._random() * sum(weights.values())
        for key, weight in weights.items():
            at -= weight
            if at < 0:
                return key
        return key

    def normal(self):
        """About normal with mean 0 and deviation 1: twelve dice, which needs no function of the machine's."""
        return sum(self._random() for _ in range(12)) - 6

    def lasting(self, median, spread=1.6, heavy=0.0):
        """A handling time: log-normal, two thirds of all within a factor `spread` of the median (a timedelta);
        `heavy` per cent take 4 to 15 times as long."""
        factor = math.exp(self.normal() * math.log(spread))
        if self.chance(heavy):
            factor *= self.between(4, 15)
        return median * factor

    def code(self, length=6):
        return "".join("0123456789abcdef"[int(self._random() * 16)] for _ in range(length))


class Hours:
    """When somebody works: opening hours by weekday (Monday is 0) in a zone, closed on some days."""

    def __init__(self, zone, hours, closed=()):
        self.zone = ZoneInfo(zone)
        self.hours = hours
        self.closed = {date.fromisoformat(day) for day in closed}

    def _span(self, day):
        if day in self.closed or day.weekday() not in self.hours:
            return None
        return tuple(datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone).astimezone(timezone.utc)
                     for hour, minute in (divmod(int(part * 60), 60) for part in self.hours[day.weekday()]))

    def next(self, at):
        """`at` itself if somebody works then, else when they begin."""
        day = at.astimezone(self.zone).date()
        while True:
            span = self._span(day)
            if span and at < span[1]:
                return max(at, span[0])
            day += timedelta(days=1)

    def closing(self, at):
        """When they close on the day of `at`, on which they work."""
        return self._span(at.astimezone(self.zone).date())[1]

    def add(self, at, length):
        """When `length` of working time has passed."""
        at = self.next(at)
        while True:
            end = self._span(at.astimezone(self.zone).date())[1]
            if at + length <= end:
                return at + length
            length -= end - at
            at = self.next(end)

    def add_days(self, at, days):
        """The beginning of the working day so many working days behind that of `at`."""
        day = at.astimezone(self.zone).date()
        while days > 0:
            day += timedelta(days=1)
            days -= self._span(day) is not None
        return self._span(day)[0] if self._span(day) else self.next(self.local(day, 0))

    def local(self, day, hour, minute=0):
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone).astimezone(timezone.utc)


class Customer:
    """Somebody with habits: `patience` from 0 (calls at once) to 1 (waits and sees), `frank` is how likely an
    answer to a survey is, `loyal` how often he or she comes back."""

    def __init__(self, dice, name):
        self.name = name
        self.patience = dice.between(0, 1)
        self.frank = dice.between(15, 75)
        self.loyal = 1 / (0.08 + dice.between(0, 1))


class World:
    """Events that happen from `first` on for `days`, and how they are told."""

    def __init__(self, seed, zone, first, days):
        self.dice = Dice(seed)
        self.zone = ZoneInfo(zone)
        first = date.fromisoformat(first)
        self.days = [first + timedelta(days=number) for number in range(days)]
        self.first = datetime(first.year, first.month, first.day, tzinfo=self.zone).astimezone(timezone.utc)
        last = self.days[-1] + timedelta(days=1)
        self.end = datetime(last.year, last.month, last.day, tzinfo=self.zone).astimezone(timezone.utc)
        self.told = []

    # ---- who and when ----------------------------------------------------------------

    def customers(self, count, name="c%04d"):
        people = [Customer(self.dice, name % (number + 1)) for number in range(count)]
        weights, total = [], 0.0
        for person in people:
            total += person.loyal
            weights.append(total)
        return lambda: people[bisect(weights, self.dice.between(0, total))]

    def arrivals(self, count, by_hour, by_weekday, special=None, until=None):
        """`count` instants in order: `by_hour` 24 weights, `by_weekday` 7, `special` {day: factor} for days
        that are not like others; none from the day `until` on."""
        special = {date.fromisoformat(day): factor for day, factor in (special or {}).items()}
        until = date.fromisoformat(until) if until else None
        slots, weights, total = [], [], 0.0
        for day in self.days:
            if until and day >= until:
                break
            for hour, weight in enumerate(by_hour):
                total += weight * by_weekday[day.weekday()] * special.get(day, 1)
                slots.append(datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(timezone.utc)
                             + timedelta(hours=hour))
                weights.append(total)
        instants = []
        for _ in range(count):
            slot = slots[bisect(weights, self.dice.between(0, total))]
            instants.append(slot + timedelta(seconds=self.dice.whole(0, 3599)))
        return sorted(instants)

    def day_of(self, at):
        return at.astimezone(self.zone).date()

    def on(self, at, *days):
        """Whether `at` lies on one of these days ("2026-03-11")."""
        return self.day_of(at).isoformat() in days

    def within(self, at, first, last):
        return first <= self.day_of(at).isoformat() <= last

    def at_hour(self, day, hour, minute=0):
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone).astimezone(timezone.utc)

    # ---- what is told of it -----------------------------------------------------------

    def tell(self, at, kind, /, **fields):
        """Tells that something happened; what lies behind the end of the recording is not known yet."""
        if at < self.end:
            self.told.append((at.replace(microsecond=0), len(self.told), kind, fields))

    def messages(self, lateness, twice=0.4, late=2):
        """The messages in the order in which they arrive, {…} each: out of order by less than `lateness`, some
        (per cent) delivered twice, a few (a number) far too late."""
        self.told.sort()
        held = {int(self.dice.between(0.1, 0.9) * len(self.told)) for _ in range(late)}
        arriving = []
        for number, (at, _, kind, fields) in enumerate(self.told):
            message = {"id": "e%06d" % (number + 1), "type": kind, "time": stamp(at), **fields}
            # Most messages take a second or two, some nearly as long as is waited for them.
            travel = min(self.dice.lasting(timedelta(seconds=2), 2.5), lateness * 0.9)
            if number in held:
                travel = lateness + timedelta(hours=self.dice.between(2, 9))
            arriving.append((at + travel, number, message))
            if self.dice.chance(twice):
                arriving.append((at + travel + timedelta(seconds=self.dice.between(1, 40)), number, message))
        arriving.sort(key=lambda item: item[:2])
        return [message for _, _, message in arriving]


def stamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def money(amount):
    """An amount as text with two decimals."""
    return "%.2f" % amount


def lines(messages):
    return [json.dumps(message, ensure_ascii=False, separators=(",", ":")) for message in messages]


def spoil(texts, *broken):
    """Puts broken lines among the others, spread evenly; TIME in them is that of the line before."""
    for number, text in enumerate(broken, 1):
        place = len(texts) * number // (len(broken) + 1)
        texts.insert(place, text.replace("TIME", json.loads(texts[place - 1])["time"]))
    return texts
