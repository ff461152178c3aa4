"""The statistical formulas. `docs/reading.md` says why these were chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

LEVEL = 0.95
Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the ends of its 95% interval."""

    value: float
    low: float
    high: float

    def scaled(self, factor: float) -> "Interval":
        return Interval(self.value * factor, self.low * factor, self.high * factor)


def share(count: int, total: int) -> Interval:
    """The share `count / total` with Wilson's interval. `total` is 1 or more."""
    if not 0 <= count <= total or not total:
        raise ValueError(f"{count} of {total} is not a share.")
    part = count / total
    middle = part + Z * Z / (2 * total)
    half = Z * sqrt(part * (1 - part) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    # At the ends the formula gives 0 and 1, apart from rounding errors.
    low = 0.0 if count == 0 else (middle - half) / scale
    high = 1.0 if count == total else (middle + half) / scale
    return Interval(part, low, high)


def log_odds(one: tuple[int, int], other: tuple[int, int], prior: tuple[float, float]) -> Interval:
    """The logarithm of the ratio of two odds, with its interval: how much greater the odds are in
    `one` than in `other`. Each is a count and its total. The prior (how many have it, how many have
    not) is added to each count. Monroe, Colaresi and Quinn (2008), for two outcomes."""
    have, have_not = prior
    value = variance = 0.0
    for sign, (count, total) in ((1, one), (-1, other)):
        present, absent = count + have, total - count + have_not
        value += sign * log(present / absent)
        variance += 1 / present + 1 / absent
    half = Z * sqrt(variance)
    return Interval(value, value - half, value + half)


def p_value(interval: Interval) -> float:
    """The p-value of a two-sided test that the value is 0, from a normal interval as of
    `log_odds`."""
    spread = (interval.high - interval.low) / (2 * Z)
    return 2 * NormalDist().cdf(-abs(interval.value) / spread)


def as_ratio(interval: Interval) -> Interval:
    """The interval of a logarithm as an interval of the ratio."""
    return Interval(exp(interval.value), exp(interval.low), exp(interval.high))


def false_discovery(p_values: Sequence[float]) -> list[float]:
    """Each p-value adjusted by Benjamini and Hochberg (1995). Among the values at or below a rate,
    the expected share of false discoveries is at most that rate."""
    count = len(p_values)
    order = sorted(range(count), key=lambda place: p_values[place], reverse=True)
    adjusted = [1.0] * count
    least = 1.0
    for rank, place in enumerate(order):
        least = min(least, p_values[place] * count / (count - rank))
        adjusted[place] = least
    return adjusted
