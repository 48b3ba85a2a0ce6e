"""Loans of a bank, as its systems tell of them.

What it hides: officer of-05 asks for papers in slices and moves the day; brokers send half of what is needed;
from 9 to 13 March the scoring service answers slowly; payments run late on the Friday of pay day.
"""
from datetime import timedelta

from world import Hours, World, lines, money, spoil

ZONE = "Europe/Berlin"
HOURS = Hours(ZONE, {**{day: (9, 17) for day in range(4)}, 4: (9, 15)}, ["2026-01-01", "2026-04-03", "2026-04-06"])
DAY = [0.2, 0.1, 0, 0, 0, 0.1, 0.5, 1, 3, 6, 8, 7, 5, 5, 6, 7, 6, 4, 4, 5, 6, 5, 2, 1]
WEEK = [1.2, 1.1, 1, 1, 0.9, 0.5, 0.6]
OFFICERS = ["of-01", "of-02", "of-03", "of-04", "of-05", "of-06", "of-07"]
AMOUNT = {"car": 14000, "home": 22000, "free use": 6000}


class Loan:
    def __init__(self, world, number, customer, at):
        self.world, self.dice, self.customer, self.at = world, world.dice, customer, at
        self.key = {"customer": customer.name, "loan": "L%05d" % (40200 + number)}
        self.officer = self.dice.pick(OFFICERS)
        self.sliced = self.officer == "of-05"
        self.number = number

    def tell(self, kind, at=None, /, **fields):
        self.world.tell(at or self.at, kind, **self.key, **fields)

    def wait(self, length):
        """So much working time passes."""
        self.at = HOURS.add(self.at, length)

    def chase(self, likely):
        if self.dice.chance(likely * (1.3 - self.customer.patience)):
            self.tell("contact", HOURS.next(self.at - timedelta(hours=self.dice.between(1, 20))), about="status")

    def promise(self, days):
        self.due = HOURS.add_days(self.at, days)
        self.tell("loan.decision.promised", day=self.world.day_of(self.due).isoformat(), officer=self.officer)

    def ask_papers(self):
        self.tell("loan.papers.asked", officer=self.officer, items=self.dice.whole(1, 5))
        self.at += self.dice.lasting(timedelta(hours=20), 1.9, 3)
        self.chase(25)

    def decide(self):
        slow = 3.2 if self.world.within(self.at, "2026-03-09", "2026-03-13") else 1
        self.wait(self.dice.lasting(timedelta(hours=7), 1.5, 3) * slow)
        if self.at < self.due and self.dice.chance(70):
            self.at = max(self.at, HOURS.next(self.due - timedelta(hours=self.dice.between(0, 40))))
        end = self.due + timedelta(hours=8)
        if self.at > end:
            if self.dice.chance(45):
                moved, self.at = self.at, HOURS.next(end - timedelta(hours=self.dice.between(2, 12)))
                self.promise(self.dice.whole(1, 4))
                self.at = moved
            elif self.dice.chance(60):
                late, self.at = self.at, HOURS.add(end, self.dice.lasting(timedelta(hours=2), 1.7))
                if self.at < late:
                    self.promise(2)
                self.at = late
            self.chase(95)
            self.chase(90)
        self.declined = self.dice.chance(19)
        self.tell("loan.decided", officer=self.officer, result="declined" if self.declined else "approved")

    def pay(self, amount):
        self.at += self.dice.lasting(timedelta(hours=16), 2, 3)
        self.tell("loan.signed")
        signed = self.at
        days = 1 if self.dice.chance(85) else 2
        if self.dice.chance(2.5) or (self.world.within(self.at, "2026-02-25", "2026-02-27") and self.dice.chance(60)):
            days += self.dice.whole(2, 4)
        self.at = HOURS.add_days(self.at, days) + timedelta(hours=self.dice.between(0.2, 6))
        if self.dice.chance(1):
            self.tell("loan.paid", amount=money(amount - 250))
            self.wait(timedelta(hours=9))
        self.tell("loan.paid", amount=money(amount))
        self.acknowledge(signed, HOURS.closing(HOURS.add_days(signed, 2)))

    def acknowledge(self, signed, due):
        """Ina Krause takes notice of most alerts about money that is late, some hours after they came."""
        if self.at > due and self.number % 4:
            alert = "Borrowing.MoneyOnTheDay:missed-2/%(customer)s/%(loan)s/" % self.key
            self.world.tell(HOURS.add(due, timedelta(hours=self.number % 5 + 1)), "std.alert.Acknowledged",
                            alert=alert + signed.strftime("%Y-%m-%dT%H:%M:%S.000Z"), by="ina")

    def complain(self):
        at = HOURS.next(self.at - timedelta(hours=self.dice.between(0, 30)))
        self.tell("complaint.received", at)
        confirmed = HOURS.add(at, self.dice.lasting(timedelta(hours=5), 1.8, 3))
        self.tell("complaint.confirmed", confirmed)
        self.tell("complaint.answered", HOURS.add(confirmed, self.dice.lasting(timedelta(hours=48), 1.7, 6)))


def live(loan):
    dice, customer = loan.dice, loan.customer
    product = dice.weighted({"car": 45, "home": 30, "free use": 25})
    channel = dice.weighted({"branch": 35, "online": 45, "broker": 20})
    amount = round(float(AMOUNT[product]) * dice.lasting(1, 1.5) / 250) * 250
    loan.tell("loan.applied", product=product, amount=money(amount), channel=channel)
    if dice.chance(5):
        loan.tell("loan.withdrawn", loan.at + dice.lasting(timedelta(hours=60), 1.8))
        return
    loan.wait(dice.lasting(timedelta(minutes=75), 1.8, 4))
    loan.promise(dice.whole(4, 6))
    if dice.chance(65 if channel == "broker" else 40):
        loan.wait(dice.lasting(timedelta(hours=3), 1.6))
        loan.ask_papers()
        again = 11 + 45 * loan.sliced + 14 * (channel == "broker")
        while dice.chance(again):
            loan.wait(dice.lasting(timedelta(hours=5), 1.5))
            loan.ask_papers()
            loan.chase(85)
    if dice.chance(12):
        loan.tell("contact", loan.at, about=dice.pick(["question", "change"]))
    loan.decide()
    if dice.chance(30 if loan.at > loan.due + timedelta(hours=8) else 6):
        loan.complain()
    if loan.declined:
        loan.wait(dice.lasting(timedelta(hours=5), 1.9, 4))
        if dice.chance(97):
            loan.tell("loan.declined.explained")
    else:
        loan.pay(amount)
    if dice.chance(customer.frank):
        late = loan.at > loan.due + timedelta(days=3)
        ease = 6 - 1.5 * late - 1.5 * loan.sliced - 1.2 * loan.declined + dice.normal()
        loan.tell("survey.effort", loan.at + timedelta(hours=dice.between(2, 70)), ease=max(1, min(7, round(ease))))


def make(customers=330, seed=3):
    world = World(seed, ZONE, "2026-01-02", 91)
    who = world.customers(customers, "c%05d")
    for number, at in enumerate(world.arrivals(customers * 7 // 5, DAY, WEEK, {"2026-02-02": 1.6}, "2026-03-28")):
        live(Loan(world, number, who(), at))
    texts = lines(world.messages(timedelta(minutes=5)))
    return spoil(texts, '{"id":"x1","type":"loan.applied","time":"2026-02-01T10:00:00Z","customer":"c00007","lo',
                 '{"id":"x2","type":"branch.opened","time":"TIME"}',
                 '{"id":"x3","type":"survey.effort","time":"TIME","customer":"c00009","loan":"L40210","ease":9}')
