#!/usr/bin/env python3
"""Writes events.ndjson: six weeks of orders as a provider's systems might tell them.

  make_events.py [ORDERS [SEED]] > events.ndjson

The same numbers give the same bytes.  Some things go wrong, as they do: visits that are moved or missed,
calls that nobody answers, a message delivered twice, one that arrives too late, one without a score.
"""
import json
import random
import sys
from datetime import datetime, timedelta, timezone

ORDERS = int(sys.argv[1]) if len(sys.argv) > 1 else 90
DICE = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 11)
FIRST = datetime(2026, 3, 2, 7, 0, tzinfo=timezone.utc)
DAYS = 42
events = []


def chance(percent):
    return DICE.random() * 100 < percent


def between(low, high):
    return low + DICE.random() * (high - low)


def choice(items):
    return items[int(DICE.random() * len(items))]


def stamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (at.microsecond // 1000)


def tell(at, kind, customer, **fields):
    events.append((at, {"type": kind, "time": stamp(at), "id": "e%05d" % len(events), "customer": customer, **fields}))


def working(at):
    """The next instant of a weekday between 8 and 17 in Amsterdam, about."""
    while at.weekday() > 4 or at.hour < 7:
        at = (at + timedelta(days=at.weekday() > 4)).replace(hour=7) if at.hour < 7 else at + timedelta(hours=1)
    return at


def slot_of(at):
    day = working((at + timedelta(days=int(between(2, 9)))).replace(hour=7, minute=0, second=0, microsecond=0))
    return day + timedelta(hours=choice([0, 1, 2, 4, 5, 6, 7]))


def call(at, customer, resolved):
    wait = int(between(5, 55)) if chance(76) else int(between(65, 900))
    agent = "a%d" % int(between(1, 7))
    tell(at, "CallEnded", customer, metrics={"wait_s": wait}, resolved=resolved,
         channel=choice(["phone", "phone", "phone", "chat", "email"]), agent=agent)


def complain(at, customer):
    tell(at, "Complaint", customer)
    if chance(35):
        asked = at + timedelta(minutes=between(20, 240))
        tell(asked, "WaitingForCustomer", customer)
        at = asked + timedelta(hours=between(2, 40))
        tell(at, "CustomerReplied", customer)
    if chance(30):
        call(working(at + timedelta(hours=between(1, 5))), customer, False)
    if chance(88):
        call(working(at + timedelta(hours=between(1, 30))), customer, True)


def visit(at, customer, order):
    """Confirms a visit, perhaps moves it; the instant at which somebody was there."""
    slot = slot_of(at)
    tell(at, "AppointmentConfirmed", customer, order=order, slot=stamp(slot))
    if chance(18):
        at += (slot - at) * between(0.2, 0.9)
        slot = slot_of(slot)
        tell(at, "AppointmentConfirmed", customer, order=order, slot=stamp(slot))
    delay = between(-20, 14) if chance(86) else between(16, 150)
    came = slot + timedelta(minutes=delay)
    tell(came, "TechnicianArrived", customer, order=order, agent="t%d" % int(between(1, 10)))
    return came


def order(number, at):
    customer, name = "c%03d" % int(between(1, ORDERS * 0.9)), "o%04d" % (1000 + number)
    promised = at + timedelta(days=int(between(9, 16)))
    plan, price = choice([("basic", "29.90"), ("basic", "29.90"), ("plus", "39.90"), ("Max 1G", "59.00")])
    tell(at, "order.placed", customer, order=name, plan=plan, price=price, promised=promised.strftime("%Y-%m-%d"))
    if chance(6):
        tell(at + timedelta(hours=between(1, 60)), "OrderCancelled", customer, order=name)
        return
    confirmed = working(at + timedelta(minutes=between(10, 200) if chance(92) else between(300, 1500)))
    came = visit(confirmed, customer, name)
    if chance(22):
        call(working(confirmed + timedelta(hours=between(3, 60))), customer, chance(80))
    active = came + timedelta(minutes=between(35, 150))
    if chance(9):
        active = visit(came + timedelta(hours=3), customer, name) + timedelta(minutes=50)
    if chance(22):
        complain(working(confirmed + timedelta(hours=between(2, 80))), customer)
    if chance(97):
        tell(active, "ServiceActive", customer, order=name)
    if chance(45):
        tell(active + timedelta(hours=between(1, 50)), "Survey", customer, score=int(between(3, 11)))


for index in range(ORDERS):
    order(index, FIRST + timedelta(days=DAYS * index / ORDERS, minutes=between(0, 600)))

# As they arrive: in order but for half a minute.
stream = sorted(events, key=lambda event: event[0] + timedelta(seconds=between(0, 30)))
lines = [json.dumps(event) for _, event in stream]
lines.insert(len(lines) // 3, lines[len(lines) // 3 - 1])
late = dict(stream[len(stream) // 2][1], time=stamp(stream[len(stream) // 2][0] - timedelta(hours=2)), id="e99998")
lines.insert(len(lines) // 2 + 3, json.dumps(late))
lines.insert(len(lines) * 2 // 3, json.dumps({"type": "Survey", "time": stamp(stream[len(stream) * 2 // 3][0]),
                                              "id": "e99999", "customer": "c001"}))
print("\n".join(lines))
