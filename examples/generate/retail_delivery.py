"""Parcels of a shop, as orders, the depots' scanners and customer care tell of them.

What it hides: snow on 11 and 12 February, worst in the north; driver d08 of the depot in the south rings at few doors;
the depot in the west leaves late on Mondays; what went wrong once goes wrong again more easily; and care says sorry
in the week, but not on Saturday.
"""
from datetime import timedelta

from world import Hours, World, lines, money, spoil, stamp

ZONE = "Europe/Amsterdam"
DESK = Hours(ZONE, {day: (9, 18) for day in range(5)}, ["2026-01-01", "2026-04-03", "2026-04-06"])
TOURS = Hours(ZONE, {day: (9, 21) for day in range(6)}, ["2026-01-01"])
EVENING = [1, 0.4, 0.2, 0.1, 0.1, 0.2, 0.6, 1.5, 3, 4, 5, 5, 6, 5, 4, 4, 4, 5, 6, 8, 10, 10, 7, 3]
WEEK = [1.2, 1, 1, 1, 0.9, 0.9, 1.3]
DRIVERS = {"north": ["d01", "d02", "d03"], "south": ["d04", "d05", "d08"], "west": ["d06", "d07"]}
SNOW = {"north": 6.0, "west": 3.0, "south": 2.0}


class Parcel:
    def __init__(self, world, number, customer, at):
        self.world, self.dice, self.customer, self.at = world, world.dice, customer, at
        self.key = {"customer": customer.name, "order": "R%05d" % (70100 + number)}
        self.depot = self.dice.weighted({"north": 35, "south": 40, "west": 25})
        self.driver = self.dice.pick(DRIVERS[self.depot])
        self.troubles = 0

    def tell(self, kind, at=None, /, **fields):
        self.world.tell(at or self.at, kind, **self.key, **fields)

    def ask_where(self, at, likely):
        if self.dice.chance(likely * (1.35 - self.customer.patience)):
            self.tell("contact", at + self.dice.lasting(timedelta(minutes=50), 2.2), about="where is it")

    def window(self, day):
        """Names a window of two hours on that day; the evening before, most of the time."""
        self.opens = self.world.at_hour(day, self.dice.whole(9, 18))
        self.closes = self.opens + timedelta(hours=2)
        eve = self.world.at_hour(day - timedelta(days=1), 17) + self.dice.lasting(timedelta(minutes=45), 1.5, 3)
        self.at = max(self.at + timedelta(minutes=10), eve)
        self.tell("parcel.window", opens=stamp(self.opens), closes=stamp(self.closes), depot=self.depot)

    def ride(self):
        """When the van is there."""
        slip = self.dice.normal() * 26 + 62 + (self.dice.between(0, 160) if self.dice.chance(3) else 0)
        if self.world.on(self.opens, "2026-02-11", "2026-02-12"):
            slip += self.dice.between(10, 60) * SNOW[self.depot]
        if self.depot == "west" and self.opens.weekday() == 0:
            slip += 45
        self.at = self.opens + timedelta(minutes=slip)

    def attempt(self):
        self.ride()
        if self.at > self.closes:
            if self.dice.chance(62):
                self.tell("parcel.delayed", self.closes - timedelta(minutes=self.dice.between(-5, 50)),
                          until=stamp(self.at + timedelta(minutes=20)))
                self.ask_where(self.closes, 12)
            else:
                self.ask_where(self.closes, 60)
            at = DESK.add(self.closes, self.dice.lasting(timedelta(minutes=100), 2, 4))
            if self.dice.chance(82):
                self.tell("goodwill.sent", at, amount=money(self.dice.pick([5, 5, 5, 10])))
        out = 38 if self.driver == "d08" else 6
        if self.dice.chance(out + 12 * self.troubles):
            self.tell("parcel.attempt", driver=self.driver, result="nobody home")
            return False
        self.tell("parcel.attempt", driver=self.driver,
                  result=self.dice.weighted({"door": 80, "neighbour": 14, "safe place": 6}))
        return True

    def again(self):
        """Nobody was at home: to the shop, or another day."""
        self.troubles += 1
        if self.dice.chance(60):
            self.at = TOURS.add(self.at, self.dice.lasting(timedelta(hours=7), 1.6, 5))
            self.tell("parcel.at_shop")
            self.at = TOURS.next(self.at + self.dice.lasting(timedelta(hours=22), 1.7))
            self.tell("parcel.picked_up")
            return True
        self.window(self.world.day_of(TOURS.add_days(self.at, 1)))
        return self.attempt()

    def damage(self):
        self.at += self.dice.lasting(timedelta(hours=9), 2)
        self.tell("claim.damage")
        self.at = DESK.add(self.at, self.dice.lasting(timedelta(hours=14), 1.6, 7))
        if self.dice.chance(70):
            self.tell("refund.paid", amount=money(self.total))
        else:
            self.tell("replacement.sent")


def live(parcel):
    dice, world = parcel.dice, parcel.world
    parcel.total = dice.lasting(46.0, 1.9)
    promised = world.day_of(TOURS.add_days(parcel.at, 1 if dice.chance(45) else 2))
    parcel.tell("order.placed", total=money(parcel.total), promised=promised.isoformat())
    if dice.chance(4):
        parcel.tell("order.cancelled", parcel.at + dice.lasting(timedelta(hours=2), 2))
        return
    if dice.chance(3):
        promised = world.day_of(TOURS.add_days(world.at_hour(promised, 9), 1))
        parcel.ask_where(world.at_hour(promised, 10), 40)
    parcel.window(promised)
    there = parcel.attempt()
    while not there and parcel.troubles < 4:
        there = parcel.again()
    if dice.chance(4 + 8 * parcel.troubles):
        parcel.damage()
    if dice.chance(customer_frank(parcel)):
        late = parcel.at > parcel.closes
        stars = 4.7 - 1.1 * late - 1.3 * parcel.troubles + 0.7 * dice.normal()
        parcel.tell("rating", parcel.at + dice.lasting(timedelta(hours=8), 2.5), stars=max(1, min(5, round(stars))))
    parcel.tell("order.settled", parcel.at + timedelta(days=15))


def customer_frank(parcel):
    return parcel.customer.frank * 0.7


def make(customers=300, seed=2):
    world = World(seed, ZONE, "2026-01-05", 89)
    who = world.customers(customers, "k%04d")
    special = {"2026-01-30": 1.6, "2026-01-31": 1.6, "2026-02-13": 1.7, "2026-03-27": 1.5}
    for number, at in enumerate(world.arrivals(customers * 19 // 10, EVENING, WEEK, special)):
        live(Parcel(world, number, who(), at))
    texts = lines(world.messages(timedelta(minutes=10)))
    return spoil(texts, '{"id":"x1","type":"parcel.window","time":"TIME","customer":"k0003","order":"R70110"}',
                 '{"id":"x2","type":"van.washed","time":"TIME"}', '{"id":"x3","type":"rating",')
