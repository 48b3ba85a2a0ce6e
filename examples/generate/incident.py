"""The update log of an IT service desk: a CSV row for each update of an incident, in minutes, as ticket
systems export it.

What it hides: resolver s07 closes tickets that come back; on 11 February mail is down, and the week after
new laptops are handed out; half of the network group is ill in the third week of March; what comes by email
lies around longer than what comes by phone.
"""
import csv
import io
from datetime import timedelta

from world import Hours, World

COLUMNS = ["number", "incident_state", "priority", "caller_id", "contact_type", "category", "assignment_group",
           "assigned_to", "reassignment_count", "reopen_count", "sys_mod_count", "opened_at", "sys_updated_at"]
ZONE = "Europe/Amsterdam"
HOURS = Hours(ZONE, {**{day: (7, 19) for day in range(5)}, 5: (9, 13)}, ["2026-01-01", "2026-04-03", "2026-04-06"])
DESK = [0, 0, 0, 0, 0, 0, 0.3, 3, 9, 10, 8, 7, 4, 7, 8, 6, 5, 2, 1, 0.4, 0.2, 0.2, 0, 0]
GROUPS = {"Workplace": 40, "Applications": 30, "Network": 16, "Identity": 14}
SOLVERS = {"Workplace": ["s01", "s02", "s03", "s07"], "Applications": ["s04", "s05", "s06"],
           "Network": ["s08", "s09"], "Identity": ["s10", "s11"]}
FIRST_LOOK = {"1 - Critical": 6, "2 - High": 20, "3 - Moderate": 70, "4 - Low": 140}
REPAIR = {"1 - Critical": 75, "2 - High": 150, "3 - Moderate": 420, "4 - Low": 800}

PROMISED = {priority: timedelta(hours=hours) for priority, hours in zip(REPAIR, (4, 8, 24, 48))}


def minutes(number):
    return timedelta(minutes=number)


class Incident:
    """One incident and its rows; `at` is when it was touched last."""

    def __init__(self, world, number, caller, at, outage):
        self.world, self.dice, self.at = world, world.dice, at
        self.priority = self.dice.weighted({"1 - Critical": 3, "2 - High": 14, "3 - Moderate": 55, "4 - Low": 28})
        self.group = self.dice.weighted(GROUPS)
        if outage:
            self.group, self.priority = "Applications", self.dice.weighted({"1 - Critical": 2, "2 - High": 8})
        self.opened, self.solver = at, ""
        self.fixed = {"number": "INC%07d" % (81000 + number), "caller_id": caller.name,
                      "contact_type": self.dice.weighted({"Phone": 45, "Self service": 35, "Email": 20}),
                      "category": self.group, "opened_at": self.shown(at)}
        self.moved = self.reopened = self.changes = 0

    def shown(self, at):
        return at.astimezone(self.world.zone).strftime("%d/%m/%Y %H:%M")

    def row(self, state, after=timedelta(0)):
        self.at = self.at + after
        self.world.tell(self.at, state, **self.fixed, priority=self.priority, assignment_group=self.group,
                        assigned_to=self.solver, reassignment_count=self.moved, reopen_count=self.reopened,
                        sys_mod_count=self.changes, sys_updated_at=self.shown(self.at))
        self.changes += 1

    def work(self, length):
        """Somebody is on it for so long in service hours; the log has a row now and then."""
        rows = self.dice.whole(0, 2)
        for _ in range(rows):
            self.at = HOURS.add(self.at, length / (rows + 1))
            self.row("Active")
        self.at = HOURS.add(self.at, length / (rows + 1))

    def pass_on(self):
        self.group = self.dice.weighted({name: weight for name, weight in GROUPS.items() if name != self.group})
        self.solver = self.dice.pick(SOLVERS[self.group])
        self.moved += 1
        self.at = HOURS.add(self.at, self.dice.lasting(minutes(70), 1.9, 4))
        self.row("Active")

    def ask(self, patience):
        self.row("Awaiting User Info")
        self.at += self.dice.lasting(timedelta(hours=5 + 20 * patience), 2, 4)
        self.row("Active")

    def solve(self, caller, slow):
        self.solver = self.dice.pick(SOLVERS[self.group])
        self.row("Active")
        length = self.dice.lasting(minutes(REPAIR[self.priority]), 1.9, 3) * slow
        if self.solver == "s07":
            length *= 0.6
        self.work(length / 2)
        while self.moved < 6 and self.dice.chance(24 if self.moved else 13):
            self.pass_on()
        if self.dice.chance(24):
            self.ask(caller.patience)
            if self.dice.chance(20):
                self.work(length / 4)
                self.ask(caller.patience)
        self.work(length / 2)
        self.say_how_it_goes_on()
        self.row("Resolved")

    def say_how_it_goes_on(self):
        """What is late gets a call, most of the time; the log then has a row."""
        due = HOURS.add(self.opened, PROMISED[self.priority])
        if self.at > due and self.dice.chance(70):
            resolved, self.at = self.at, HOURS.add(due, self.dice.lasting(minutes(55), 1.8, 5))
            if self.at < resolved:
                self.row("Active")
            self.at = resolved

    def comes_back(self):
        chance = 38 if self.solver == "s07" else 5.5
        return self.reopened < 3 and self.dice.chance(chance + (4 if self.moved > 2 else 0))


def live(incident, caller, outage):
    world, dice = incident.world, incident.dice
    incident.row("New")
    if dice.chance(4):
        incident.row("Canceled", dice.lasting(timedelta(hours=3), 2))
        return
    if dice.chance(15):
        incident.row("New", minutes(dice.whole(0, 3)))
    wait = dice.lasting(minutes(FIRST_LOOK[incident.priority]), 1.7, 2)
    if incident.fixed["contact_type"] == "Email":
        wait *= 2.5
    slow = 1.0
    if outage:
        wait, slow = wait * 3 + minutes(25), 1.8
    if world.within(incident.at, "2026-02-16", "2026-02-20"):
        wait *= 2.2
    if incident.group == "Network" and world.within(incident.at, "2026-03-16", "2026-03-22"):
        slow = 3.5
    incident.at = HOURS.add(incident.at, wait)
    incident.solve(caller, slow)
    while incident.comes_back():
        incident.reopened += 1
        incident.at = HOURS.next(incident.at + dice.lasting(timedelta(hours=26), 1.9))
        incident.row("Active")
        incident.work(dice.lasting(minutes(200), 1.8))
        incident.row("Resolved")
    incident.row("Closed", timedelta(days=5))


def make(customers=420, seed=5):
    world = World(seed, ZONE, "2026-01-05", 88)
    callers = world.customers(customers, "u%04d")
    week = [1.25, 1.05, 1, 0.95, 0.85, 0.1, 0.03]
    calls = [(at, False) for at in world.arrivals(customers * 3, DESK, week, {"2026-02-16": 1.5, "2026-02-17": 1.4})]
    outage = world.at_hour(world.days[37], 8, 40)
    calls += [(outage + timedelta(minutes=world.dice.between(0, 170)), True) for _ in range(customers // 12)]
    for number, (at, down) in enumerate(sorted(calls)):
        caller = callers()
        live(Incident(world, number, caller, at, down), caller, down)
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for message in world.messages(minutes(30), twice=0):
        table.writerow({**message, "incident_state": message["type"]})
    texts = out.getvalue().splitlines()
    texts.insert(len(texts) // 2, texts[len(texts) // 2].replace("Active", "-100"))
    texts.insert(len(texts) // 3, "INC0089999,New,5 - Planning,u0003,Phone,Network,Network,,0,0,0,"
                 "04/02/2026 10:11,04/02/2026 10:11")
    return texts
