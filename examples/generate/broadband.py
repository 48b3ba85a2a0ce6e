"""Orders of a broadband provider: visits, calls, complaints, lines that work.

What it hides: agent a2 closes calls that settle nothing; technician t4 is late far too often, which no event of a
missed visit says, since who was to come stands nowhere; on 23 April a storm takes lines and roads away, and everybody calls; in the second week of March the planning tool is down for three days; and a visit that
fails once is likely to fail again.
"""
from datetime import date, timedelta

from world import Hours, World, lines, money, spoil, stamp

ZONE = "Europe/Amsterdam"
HOURS = Hours(ZONE, {**{day: (8, 18) for day in range(5)}, 5: (9, 13)})
DAY = [1, 0.4, 0.2, 0.1, 0.1, 0.2, 0.6, 2, 4, 6, 7, 7, 6, 6, 6, 6, 5, 5, 6, 8, 9, 8, 5, 2]
WEEK = [1.3, 1.1, 1, 1, 0.9, 0.8, 0.8]
PLANS = {("basic", "29.90"): 45, ("plus", "39.90"): 35, ("Max 1G", "59.00"): 20}
TECHNICIANS = ["t%d" % number for number in range(1, 9)]
STORM = "2026-04-23"


class Order:
    def __init__(self, world, number, customer, at):
        self.world, self.dice, self.customer, self.at = world, world.dice, customer, at
        self.name, self.failed = "o%04d" % (1000 + number), 0

    def tell(self, kind, at=None, /, **fields):
        self.world.tell(at or self.at, kind, customer=self.customer.name, **fields)

    def call(self, at, likely=91):
        """A call, chat or mail; it waits longer on Mondays, and for ever in the storm."""
        at = HOURS.next(at) + timedelta(minutes=self.dice.between(0, 20))
        wait = self.dice.lasting(timedelta(seconds=22), 1.9, 3)
        if at.weekday() == 0:
            wait *= 1.6
        if self.world.on(at, STORM):
            wait, likely = wait * 6, 70
        agent = "a%d" % self.dice.whole(1, 6)
        if agent == "a2":
            likely *= 0.55
        resolved = self.dice.chance(likely)
        self.tell("CallEnded", at, metrics={"wait_s": int(wait.total_seconds())}, resolved=resolved,
                  channel=self.dice.weighted({"phone": 62, "chat": 25, "email": 13}), agent=agent)
        return resolved

    def ask(self, at):
        """Calls until somebody helps; in the end the customer complains."""
        for _ in range(4):
            if self.call(at):
                return
            at += self.dice.lasting(timedelta(hours=14), 1.7)
            if self.dice.chance(45 - 35 * self.customer.patience):
                return self.complain()

    def plan_visit(self):
        """A slot in the next days, of those that planning still has."""
        day = HOURS.add_days(self.at, self.dice.whole(2, 6))
        self.slot = day + timedelta(hours=self.dice.whole(0, 3 if day.astimezone(HOURS.zone).weekday() == 5 else 8))
        self.tell("AppointmentConfirmed", order=self.name, slot=stamp(self.slot))

    def visit(self):
        """The technician comes, or comes late; True if the work could be done."""
        technician = self.dice.pick(TECHNICIANS)
        late = 30 if technician == "t4" else 7
        if self.world.on(self.slot, STORM):
            late = 85
        came = self.slot + timedelta(minutes=self.dice.between(-18, 13))
        if self.dice.chance(late):
            came = self.slot + timedelta(minutes=16) + self.dice.lasting(timedelta(minutes=55), 1.9)
            if self.dice.chance(55):
                called = self.slot + timedelta(minutes=self.dice.between(18, 44))
                self.tell("CallEnded", called, metrics={"wait_s": 0}, resolved=True, channel="phone",
                          agent="a%d" % self.dice.whole(1, 6))
            elif self.dice.chance(80 - 50 * self.customer.patience):
                self.call(self.slot + timedelta(minutes=50), 60)
            self.failed += 1
            if self.dice.chance(24):
                self.at = came
                self.complain()
        self.at = came
        self.tell("TechnicianArrived", order=self.name, agent=technician)
        return not self.dice.chance(5 + 20 * min(self.failed, 2))

    def complain(self):
        at = HOURS.next(self.at + timedelta(hours=self.dice.between(2, 40)))
        self.tell("Complaint", at)
        if self.dice.chance(35):
            at += timedelta(minutes=self.dice.between(20, 240))
            self.tell("WaitingForCustomer", at)
            at += self.dice.lasting(timedelta(hours=9), 2)
            self.tell("CustomerReplied", at)
        solved = HOURS.add(at, self.dice.lasting(timedelta(hours=3), 1.9, 4))
        if self.dice.chance(30):
            self.call(HOURS.add(at, (solved - at) / 6 if solved - at < timedelta(hours=9) else timedelta(hours=1)), 0)
        self.call(solved, 95)


def live(order):
    dice, customer, world = order.dice, order.customer, order.world
    promised = order.at + timedelta(days=dice.whole(9, 14))
    plan, price = dice.weighted(PLANS)
    order.tell("order.placed", order=order.name, plan=plan, price=price,
               promised=world.day_of(promised).isoformat())
    if dice.chance(5):
        order.tell("OrderCancelled", order.at + dice.lasting(timedelta(hours=20), 2), order=order.name)
        return
    slow = 5 if world.within(order.at, "2026-03-10", "2026-03-12") else 1
    order.at = HOURS.add(order.at, dice.lasting(timedelta(minutes=48), 1.9, 2) * slow)
    order.plan_visit()
    if dice.chance(13):
        order.at += (order.slot - order.at) * dice.between(0.2, 0.8)
        order.plan_visit()
    if dice.chance(6):
        order.complain()
    if dice.chance(26):
        order.ask(order.at + timedelta(hours=dice.between(3, 60)))
    while not order.visit() and order.failed < 4:
        order.failed += 1
        order.at += timedelta(hours=3)
        if dice.chance(35):
            order.call(order.at + timedelta(hours=2), 70)
        if dice.chance(30):
            order.complain()
        order.plan_visit()
    order.at += timedelta(minutes=dice.between(35, 150))
    if dice.chance(2 + 8 * order.failed):
        order.complain()
    if dice.chance(98):
        order.tell("ServiceActive", order=order.name)
    if dice.chance(customer.frank):
        score = 8.9 - 2.2 * order.failed + 1.2 * dice.normal()
        order.tell("Survey", order.at + dice.lasting(timedelta(hours=14), 2), score=max(0, min(10, round(score))))


def storm(world, orders):
    """Whoever waits for a line on that day wants to know whether somebody comes."""
    for order in orders:
        if order.at.date().isoformat() >= STORM and order.began.date().isoformat() < STORM and world.dice.chance(30):
            order.call(world.at_hour(date.fromisoformat(STORM), 8) + timedelta(hours=world.dice.between(0, 8)))


def make(customers=430, seed=11):
    world = World(seed, ZONE, "2026-02-02", 91)
    who = world.customers(customers, "c%03d")
    orders = []
    for number, at in enumerate(world.arrivals(customers * 8 // 7, DAY, WEEK)):
        orders.append(Order(world, number, who(), at))
        orders[-1].began = at
        live(orders[-1])
    storm(world, orders)
    texts = lines(world.messages(timedelta(seconds=60), twice=0.1, late=1))
    return spoil(texts, '{"id":"x1","type":"Survey","time":"TIME","customer":"c001"}',
                 '{"id":"x2","type":"invoice.sent","time":"TIME","customer":"c001"}')
