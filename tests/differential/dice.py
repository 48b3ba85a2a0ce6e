"""Randomness that is the same for the same seed everywhere: only random() of the generator is used."""
import random


class Dice:
    def __init__(self, seed):
        self.random = random.Random(int(seed)).random

    def below(self, n):
        return int(self.random() * n)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, share):
        return self.random() < share

    def pick(self, things):
        return things[self.below(len(things))]

    def weighted(self, *pairs):
        """One of (weight, thing)."""
        at = self.random() * sum(weight for weight, _ in pairs)
        for weight, thing in pairs:
            at -= weight
            if at < 0:
                return thing
        return pairs[-1][1]

    def some(self, things, count):
        """So many different ones, in any order."""
        things, taken = list(things), []
        while things and len(taken) < count:
            taken.append(things.pop(self.below(len(things))))
        return taken

    def shuffled(self, things):
        return self.some(things, len(things))
