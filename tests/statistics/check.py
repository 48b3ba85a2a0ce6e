#!/usr/bin/env python3
"""Figures for tests/unit/test_report_statistics.c, computed by other people's code.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install scipy statsmodels
    /tmp/venv/bin/python tests/statistics/check.py

prints the rows of the tables there. Not run by `make check`: its libraries are large, its figures do not change.
"""
import numpy
import scipy.stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

SHARES = [(0, 1), (1, 1), (0, 10), (1, 10), (5, 10), (10, 10), (81, 263), (15, 148), (999, 1000), (16648, 24913)]
# The last six are among the examples of Newcombe's paper.
PAIRS = [(1, 10, 3, 10), (12, 20, 30, 90), (7, 100, 7, 100), (900, 1000, 1, 3),
         (56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20), (10, 10, 0, 20)]
SAMPLES = [([9, 8, 10, 7], [2, 4, 3]), ([1, 1, 1, 5, 5], [1, 2, 3, 4, 5, 6]), ([-0.5, 0.25, 0.5], [0.5, 0.75, 1, 1])]
TRENDS = [([1, 2, 3, 4], [10, 10, 10, 10]), ([30, 20, 25, 10], [100, 90, 120, 80]), ([5, 5, 5], [10, 10, 10]),
          ([0, 3, 0, 9, 7], [0, 20, 0, 30, 12])]

def row(*values):
    print("  {" + ", ".join(v if isinstance(v, str) else repr(v) for v in values) + "},")

def numbers(values):
    return "{" + ", ".join(map(str, values)) + "}"

print("shares")
for hits, cases in SHARES:
    low, high = proportion_confint(hits, cases, 0.05, "wilson")
    row(hits, cases, float(low), float(high))

print("differences")
for pair in PAIRS:
    low, high = confint_proportions_2indep(*pair, compare="diff", method="newcomb")
    row(*pair, float(low), float(high))

print("ratios")
for pair in PAIRS:
    if pair[0] and pair[2]:
        low, high = confint_proportions_2indep(*pair, compare="ratio", method="log")
        row(*pair, float(low), float(high))

print("means")
for sample in SAMPLES:
    for values in sample:
        low, high = DescrStatsW(values).zconfint_mean()
        print("  ", numbers(values), float(low), float(high))
    low, high = CompareMeans.from_data(*sample).zconfint_diff(usevar="unequal")
    print("  difference", float(low), float(high))

# The trend is the correlation of hit and score over single cases, times the root of their number.
print("trends")
for hits, cases in TRENDS:
    score = numpy.repeat(range(len(cases)), cases)
    hit = numpy.concatenate([[1] * h + [0] * (c - h) for h, c in zip(hits, cases)])
    z = scipy.stats.pearsonr(score, hit)[0] * numpy.sqrt(len(score))
    row(numbers(hits), numbers(cases), float(z))
