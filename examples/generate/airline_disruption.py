"""Late and cancelled flights of an airline, and what became of the passengers.

What it hides: a storm on 18 and 19 February; Porto hands out its vouchers late; agent ag-4 finds seats that arrive
the day after; crews are short in the week of 16 March, when the same people are stranded twice; what is owed is paid
unasked only where somebody closes the case by hand.
"""
from datetime import timedelta

from world import World, lines, money, spoil, stamp

ZONE = "Europe/Lisbon"
FLIGHTS = [0, 0, 0, 0, 0, 1, 5, 8, 7, 6, 5, 5, 6, 6, 5, 6, 7, 8, 8, 6, 4, 2, 1, 0]
WEEK = [1.1, 0.9, 0.9, 1, 1.3, 0.9, 1.1]
STORM = {"2026-02-18": 6, "2026-02-19": 9}
AGENTS = ["ag-1", "ag-2", "ag-3", "ag-4", "ag-5"]


def iso(length):
    """ISO 8601, in minutes: PT95M."""
    return "PT%dM" % (length.total_seconds() // 60)


def minutes(number):
    return timedelta(minutes=number)


class Flight:
    """A flight that does not go as booked: the same for all on board."""

    def __init__(self, world, number, at):
        dice = world.dice
        self.at, self.name = at, "AX%03d" % (100 + number)
        self.station = dice.weighted({"lisbon": 50, "porto": 30, "faro": 20})
        self.storm, self.short = world.on(at, *STORM), world.within(at, "2026-03-16", "2026-03-21")
        self.cause = dice.weighted({"technical": 55, "crew": 30, "weather": 15})
        if self.storm or self.short:
            self.cause = "weather" if self.storm else "crew"
        self.cancelled = dice.chance(60 if self.storm else 32)
        self.delay = dice.lasting(minutes(170), 1.7, 2)
        if self.cancelled:
            self.delay = dice.lasting(timedelta(hours=9), 1.3)
        self.arrival = at + timedelta(hours=dice.between(2.5, 5))
        self.known = minutes(dice.between(0, 6))


class Passenger:
    def __init__(self, world, customer, flight, number):
        self.world, self.dice, self.customer, self.flight, self.at = world, world.dice, customer, flight, flight.at
        self.key = {"passenger": customer.name, "booking": "B%05X" % (0x3A000 + number * 7)}
        self.fare = money(self.dice.lasting(128.0, 1.6))

    def tell(self, kind, at=None, /, **fields):
        self.world.tell(at or self.at, kind, **self.key, **fields)

    def stranded(self, delay):
        flight = self.flight
        self.tell("flight.disrupted", flight=flight.name, station=flight.station, cause=flight.cause,
                  kind="cancelled" if flight.cancelled else "late", delay=iso(delay), arrival=stamp(flight.arrival),
                  fare=self.fare)

    def news(self):
        if self.dice.chance(95):
            slow = 2.2 if self.flight.storm else 1.4 if self.flight.station == "faro" else 1
            self.tell("passenger.told", self.at + self.flight.known + self.dice.lasting(minutes(5), 1.9, 4) * slow,
                      channel=self.dice.weighted({"app": 55, "sms": 35, "desk": 10}))

    def call(self, likely):
        if self.dice.chance(likely * (1.3 - self.customer.patience)):
            wait = self.dice.lasting(timedelta(seconds=70), 2, 4) * (4 if self.flight.storm else 1)
            self.tell("contact", self.at + minutes(self.dice.between(15, 150)), wait=int(wait.total_seconds()),
                      resolved=self.dice.chance(88))

    def eat(self):
        if self.flight.delay >= timedelta(hours=2) and self.dice.chance(93):
            slow = 2.3 if self.flight.station == "porto" else 1
            self.tell("voucher.given", self.at + self.dice.lasting(minutes(21), 1.6, 2) * slow, amount=money(15))

    def rebook(self):
        """Another way, if one is found; when the passenger arrives then."""
        agent = self.dice.pick(AGENTS)
        found = self.at + self.dice.lasting(minutes(50), 1.6, 3) * (2.2 if self.flight.storm else 1)
        arrives = self.flight.arrival + timedelta(hours=self.dice.between(1, 6.5))
        if agent == "ag-4" and self.dice.chance(55):
            arrives += timedelta(hours=self.dice.between(8, 16))
        self.tell("passenger.rebooked", found, arrives=stamp(arrives), agent=agent)
        if arrives > self.flight.arrival + timedelta(hours=6) and self.dice.chance(60):
            again = self.at + timedelta(hours=2) + self.dice.lasting(minutes(38), 1.7)
            arrives -= timedelta(hours=self.dice.between(1, 5))
            self.tell("passenger.rebooked", again, arrives=stamp(arrives), agent=self.dice.pick(AGENTS))
        return arrives

    def travel(self):
        late = self.flight.delay
        if self.flight.cancelled or late >= timedelta(hours=5):
            if self.dice.chance(5):
                self.tell("passenger.gave_up", self.at + minutes(self.dice.between(40, 200)))
                return False
            late = self.rebook() - self.flight.arrival
        again = 24 if self.flight.short else 5 if self.flight.storm else 1.5
        if self.dice.chance(again):
            self.at += late / 2
            self.stranded(timedelta(hours=3))
            self.news()
            late += timedelta(hours=self.dice.between(4, 9))
        self.tell("passenger.left", self.flight.at + late)
        self.at, self.late = self.flight.arrival + late, late
        self.tell("passenger.arrived", late=iso(late))
        return True

    def bag(self):
        if self.dice.chance(4 + 7 * self.flight.cancelled):
            self.at += minutes(self.dice.between(20, 70))
            self.tell("bag.missing")
            self.tell("bag.brought", self.at + self.dice.lasting(timedelta(hours=15), 1.6, 5))

    def owed(self):
        if self.late < timedelta(hours=3):
            return
        due = self.flight.cause != "weather"
        if due and self.dice.chance(66):
            self.tell("claim.paid", self.at + self.dice.lasting(timedelta(days=2.8), 1.5), amount=money(250))
        elif self.dice.chance(95 - 45 * self.customer.patience):
            claimed = self.at + self.dice.lasting(timedelta(days=3), 1.9)
            self.tell("claim.made", claimed)
            backlog = 1.5 if self.world.within(claimed, "2026-03-02", "2026-03-31") else 1
            settled = claimed + self.dice.lasting(timedelta(days=6), 1.5) * backlog
            self.tell("claim.paid" if due else "claim.refused", settled, **({"amount": money(250)} if due else {}))


def live(one):
    dice = one.dice
    one.stranded(one.flight.delay)
    one.news()
    one.call(30)
    one.eat()
    if not one.travel():
        return
    one.bag()
    one.owed()
    if dice.chance(one.customer.frank):
        score = 8.2 - 0.45 * (one.late.total_seconds() / 3600) + 1.6 * dice.normal()
        one.tell("survey", one.at + dice.lasting(timedelta(hours=20), 1.9), score=max(0, min(10, round(score))))
    one.tell("case.closed", one.at + timedelta(days=24))


def make(customers=540, seed=7):
    world = World(seed, ZONE, "2026-01-05", 89)
    who = world.customers(customers, "p%05d")
    for number, at in enumerate(world.arrivals(customers // 6, FLIGHTS, WEEK, STORM)):
        flight = Flight(world, number, at)
        for seat in range(world.dice.whole(4, 12)):
            live(Passenger(world, who(), flight, number * 12 + seat))
    texts = lines(world.messages(timedelta(minutes=10)))
    return spoil(texts, '{"id":"x1","type":"bag.weighed","time":"TIME","kg":21}',
                 '{"id":"x2","type":"passenger.arrived","time":"TIME","passenger":"p00012","booking":"B3A1C7","late":"soon"}',
                 '{"id":"x3","type":"claim.made","time":"TIME","passenger":"p00031"')
