"""Visits to a clinic with two sites, as its systems tell of them.

Patients are pseudonyms: what would be a patient's number goes through a keyed hash, and the key stays where the
numbers are.  Here the key stands in the open, because nobody stands behind the numbers.

What it hides: the laboratory at the harbour is short of people in the first two weeks of March; doctor dr-3 runs
late in the afternoon; a new price list from 16 February on, of which the front desk was not told; a storm of
colds in the last week of January.
"""
import hashlib
from datetime import timedelta

from world import Hours, World, lines, money, spoil, stamp

ZONE = "Europe/Vienna"
DESK = Hours(ZONE, {day: (7.5, 18) for day in range(5)}, ["2025-12-08", "2025-12-25", "2025-12-26", "2026-01-01", "2026-01-06", "2026-04-06"])
DAY = [0.1, 0, 0, 0, 0, 0.2, 1, 5, 9, 9, 8, 6, 4, 4, 5, 5, 4, 4, 3, 3, 3, 2, 1, 0.3]
WEEK = [1.6, 1.1, 1, 0.9, 0.8, 0.2, 0.3]
DOCTORS = {"harbour": ["dr-1", "dr-2", "dr-3"], "hill": ["dr-4", "dr-5"]}
WAIT = {"urgent": (0, 1), "soon": (2, 7), "routine": (5, 19)}
COLDS = {day: 1.7 for day in ("2026-01-26", "2026-01-27", "2026-01-28", "2026-01-29")}


def pseudonym(number, key=b"an example has no secrets"):
    return "p-" + hashlib.blake2b(number.encode(), key=key, digest_size=5).hexdigest()


class Visit:
    def __init__(self, world, number, patient, at):
        self.world, self.dice, self.patient, self.at, self.asked = world, world.dice, patient, at, at
        self.key = {"patient": pseudonym(patient.name), "visit": "v%05d" % (52000 + number)}
        self.site = self.dice.weighted({"harbour": 58, "hill": 42})
        self.doctor = self.dice.pick(DOCTORS[self.site])

    def tell(self, kind, at=None, /, **fields):
        self.world.tell(at or self.at, kind, **self.key, **fields)

    def book(self, low, high):
        """A slot on a quarter of an hour, some days ahead."""
        day = self.at + timedelta(days=self.dice.between(low, high) + (12 if self.dice.chance(3) else 0))
        morning = DESK.next(day.replace(minute=0, second=0))
        self.slot = max(morning, DESK.next(self.at + timedelta(hours=1))).replace(second=0)
        self.slot = DESK.next(self.world.at_hour(self.world.day_of(self.slot), 8)
                              + timedelta(minutes=15 * self.dice.whole(0, 35)))
        if self.slot < self.at + timedelta(minutes=40):
            self.slot = DESK.next(self.at + timedelta(minutes=75)).replace(second=0)
        self.tell("visit.booked", slot=stamp(self.slot), doctor=self.doctor)

    def arrange(self, urgency):
        self.tell("visit.asked", urgency=urgency, site=self.site)
        busy = 2.4 if self.world.within(self.at, "2026-01-26", "2026-01-30") else 1
        median = timedelta(minutes=25 if urgency == "urgent" else 75)
        self.at = DESK.add(self.at, self.dice.lasting(median, 1.9, 4) * busy)
        if self.dice.chance(14):
            self.tell("visit.information_needed")
            self.at = DESK.next(self.at + self.dice.lasting(timedelta(hours=7), 2.2))
            self.tell("visit.information_given")
            self.at = DESK.add(self.at, self.dice.lasting(timedelta(minutes=40), 1.7))
        self.book(*WAIT[urgency])

    def moved(self):
        """Who was moved once is moved again more easily."""
        chance = 5
        while self.dice.chance(chance):
            self.at = self.slot - (self.slot - self.at) * self.dice.between(0.1, 0.6)
            self.tell("visit.moved_by_clinic")
            self.book(2, 7)
            chance = 14

    def see(self):
        came = self.slot - timedelta(minutes=self.dice.between(-4, 22))
        self.tell("visit.checked_in", came, slot=stamp(self.slot), doctor=self.doctor)
        hour = self.slot.astimezone(self.world.zone).hour
        behind = self.dice.lasting(timedelta(minutes=7), 2, 2)
        if self.doctor == "dr-3" and hour >= 13:
            behind += timedelta(minutes=self.dice.between(6, 30))
        if self.slot.weekday() == 0:
            behind += timedelta(minutes=4)
        self.at = max(came + timedelta(minutes=1), self.slot + behind - timedelta(minutes=2))
        self.tell("visit.seen", doctor=self.doctor)
        if self.dice.chance(95):
            tired = 2.6 if self.doctor == "dr-5" else 1
            self.tell("visit.plan_sent", self.at + self.dice.lasting(timedelta(minutes=80), 2, 3) * tired)

    def tests(self):
        late = False
        for _ in range(self.dice.whole(1, 2) if self.dice.chance(42) else 0):
            test = "t-" + self.dice.code(7)
            taken = self.at + timedelta(minutes=self.dice.between(10, 50))
            day = self.world.day_of(DESK.add_days(taken, self.dice.whole(1, 3)))
            due = self.world.at_hour(day, 18)
            self.tell("test.taken", taken, sample=test, due=stamp(due), site=self.site)
            told = DESK.next(due - timedelta(hours=self.dice.between(1, 26)))
            short = self.site == "harbour" and self.world.within(taken, "2026-03-02", "2026-03-13")
            if self.dice.chance(46 if short else 5):
                told = DESK.add(due, self.dice.lasting(timedelta(hours=7 if short else 3), 1.9))
                late = True
            self.tell("test.told", max(told, taken + timedelta(hours=2)), sample=test)
        return late

    def bill(self):
        named = self.dice.pick([38, 54, 54, 72, 95, 120])
        amount = named
        if self.at >= self.world.at_hour(self.world.days[84], 0) and self.dice.chance(24):
            amount = named * 1.12
        elif self.dice.chance(4):
            amount = named * self.dice.between(1.01, 1.4)
        sent = DESK.add(self.at + timedelta(days=1), self.dice.lasting(timedelta(hours=12), 1.8))
        self.tell("bill.sent", sent, amount=money(amount), named=money(named))
        if amount > named * 1.05 and self.dice.chance(85 - 55 * self.patient.patience):
            disputed = sent + self.dice.lasting(timedelta(days=3), 1.7)
            self.tell("bill.disputed", disputed)
            self.tell("bill.cleared", DESK.add(disputed, self.dice.lasting(timedelta(hours=20), 1.7, 7)))
            return True
        return False


def live(visit):
    dice = visit.dice
    visit.arrange(dice.weighted({"urgent": 18, "soon": 40, "routine": 42}))
    if dice.chance(7):
        why, minutes = ("patient cannot come", -90) if dice.chance(60) else ("patient did not come", 30)
        visit.tell("visit.called_off", visit.slot + timedelta(minutes=minutes), why=why)
        return
    visit.moved()
    visit.see()
    waited, late, wrong = visit.at - visit.slot, visit.tests(), visit.bill()
    if dice.chance(visit.patient.frank):
        score = 4.6 - 1.3 * late - 1.2 * wrong - waited / timedelta(minutes=45) + 0.6 * dice.normal()
        visit.tell("survey", visit.at + dice.lasting(timedelta(days=4), 1.8), score=max(1, min(5, round(score))))
    visit.tell("visit.closed", visit.at + timedelta(days=28))


def make(customers=560, seed=4):
    world = World(seed, ZONE, "2025-11-24", 130)
    who = world.customers(customers, "patient %d")
    for number, at in enumerate(world.arrivals(customers * 8 // 5, DAY, WEEK, COLDS)):
        live(Visit(world, number, who(), at))
    texts = lines(world.messages(timedelta(minutes=15)))
    return spoil(texts, '{"id":"x1","type":"survey","time":"TIME","patient":"p-0000000000","visit":"v52001","score":11}',
                 '{"id":"x2","type":"room.cleaned","time":"TIME","room":"2.07"}',
                 '{"id":"x3","type":"test.taken","time":"TIME","patient":"p-0000000000","visit":"v52002","due":""}')
