#!/usr/bin/env python3
"""Writes stdlib/std/calendar.mot: weekdays, and the national holidays of ten countries.

  pip install holidays==0.109 && stdlib/make_calendar.py >stdlib/std/calendar.mot

Run by hand when a year is to be added or a country has changed a day; the build takes the file as it is.
"""
import sys
import textwrap

import holidays

YEARS = range(2024, 2031)
COUNTRIES = [  # name of the calendar, words for it, code and part of the package, zone (None: the stream's)
    ("EuroBanks", "banks of the euro area, on which payments between them are settled (TARGET): right for refunds and "
     "transfers", "ECB", None, "Europe/Berlin"),
    ("Austria", "Austria", "AT", None, "Europe/Vienna"),
    ("Belgium", "Belgium", "BE", None, "Europe/Brussels"),
    ("EnglandAndWales", "England and Wales", "GB", "ENG", "Europe/London"),
    ("France", "France, Alsace and Moselle apart", "FR", None, "Europe/Paris"),
    ("Germany", "all of Germany, without those of single Länder", "DE", None, "Europe/Berlin"),
    ("Italy", "Italy", "IT", None, "Europe/Rome"),
    ("Netherlands", "the Netherlands, with Good Friday, and 5 May every fifth year", "NL", None, "Europe/Amsterdam"),
    ("Poland", "Poland", "PL", None, "Europe/Warsaw"),
    ("Spain", "all of Spain, without those of single regions", "ES", None, "Europe/Madrid"),
    ("UnitedStates", "the federal government of the United States, as observed, in the zone of the stream", "US",
     None, None),
]
HEAD = f"""\
## Working days: weekdays, always, and the national holidays of ten countries and of the
## banks of the euro area from {YEARS[0]} to {YEARS[-1]}.
##
## A country's calendar is open on its working days, Monday to Friday, all day long: right for
## promises that count days (`within 2 open days of std.calendar.Germany`). For hours of your own,
## take over its closed days:
##
##     calendar Workshop {{
##       zone   "Europe/Berlin"
##       open   mon..fri 07:00..16:00, sat 08:00..12:00
##       closed std.calendar.Germany, 2026-12-24, 2026-12-31
##     }}
##
## The dates come from the Python package holidays {holidays.__version__} (vacanza/holidays, MIT licence), its
## public holidays. Days that were not known when it was made, such as a national mourning, are
## missing: name them in `closed` of your own calendar. After {YEARS[-1]} no day but Saturdays and Sundays
## is closed.
module std.calendar

## Open all the time: for limits that pass by night and at weekends too.
##
##     mot Soon "You answer within a day"
##       like std.contact.RespondedWithin(Asked, Answered, 24 h, std.calendar.Always) {{
##       manager ben  producers care  target 90% over 30 d
##     }}
calendar Always {{ open mon..sun 00:00..24:00 }}

## Monday to Friday, all day long, in the zone of the stream; no holidays.
calendar Weekdays {{ open mon..fri 00:00..24:00 }}

## Monday to Friday, 9:00 to 17:00, in the zone of the stream; no holidays.
calendar Office {{ open mon..fri 09:00..17:00 }}
"""


def year_clause(days):
    lines = textwrap.wrap(", ".join(str(day) for day in days), 90)
    return "  closed " + "\n         ".join(lines)


def names_of(days):
    """The holidays' names in the order of the year, each once."""
    seen = dict.fromkeys(
        part.replace(" (observed)", "") for day in sorted(days, key=lambda d: (d.month, d.day))
        for part in days[day].split("; "))
    return ", ".join(seen)


def country(name, words, code, part, zone):
    if code == "ECB":
        days = holidays.financial_holidays(code, years=YEARS, language="en_US")
    else:
        days = holidays.country_holidays(code, subdiv=part, years=YEARS, language="en_US")
    days = {day: days[day] for day in days if day.year in YEARS}
    text = f"The working days of {words}. Closed on {names_of(days)}."
    lines = [""] + ["## " + line for line in textwrap.wrap(text, 96)]
    lines.append(f"calendar {name} {{")
    if zone:
        lines.append(f'  zone   "{zone}"')
    lines.append("  open   mon..fri 00:00..24:00")
    for year in YEARS:
        lines.append(year_clause(sorted(day for day in days if day.year == year)))
    return "\n".join(lines + ["}"])


def main():
    sys.stdout.write(HEAD)
    for row in COUNTRIES:
        print(country(*row))


main()
