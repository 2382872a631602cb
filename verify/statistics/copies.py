"""Copies: equal values in one series, and one series that is another times a constant (manipulation-patterns.md 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, pi, sqrt
from statistics import fmean, quantiles, stdev

from verify.statistics.distributions import poisson_at_least
from verify.statistics.gates import Declined, Verdict

_QUARTILES = 1.349  # interquartile range of a normal law, in standard deviations


@dataclass(frozen=True)
class EqualPairs:
    """`expected` pairs of equal values by chance, `pairs` seen, `values` that occur more than once (in units of the grid)."""

    verdict: Verdict
    expected: float
    pairs: int
    values: tuple[int, ...]


def expected_pairs(n: int, deviation: float) -> float:
    """n (n - 1) / (4 sqrt(pi) S): equal pairs among n independent values of standard deviation S in reporting units."""
    return n * (n - 1) / (4 * sqrt(pi) * deviation)


def equal_pairs(
    units: Sequence[int], *, least: int, digits: int, most_expected: float, runs: bool = False
) -> EqualPairs | Declined:
    """Equal values among `units` against chance (Poisson). S is the smaller of standard deviation and scaled quartile range.

    Gate: `least` values, S of at least 10^(digits - 1) units (so many digits vary), at most `most_expected` pairs by chance.
    """
    n = len(units)
    if n < max(least, 4):
        return Declined("few_values", n)
    low, _, high = quantiles(units, n=4)
    deviation = min(stdev(units), (high - low) / _QUARTILES)
    if deviation < 10 ** (digits - 1):
        return Declined("coarse", n)
    expected = expected_pairs(n, deviation)
    if expected > most_expected:
        return Declined("coarse", n)
    same = {(i, j) for j in range(n) for i in range(j) if units[i] == units[j]}
    if runs:  # a pair counts where a neighbour returns at the same distance: months were copied as a block
        same = {(i, j) for i, j in same if (i + 1, j + 1) in same or (i - 1, j - 1) in same}
    verdict = Verdict(n, float(len(same)), poisson_at_least(len(same), expected))
    return EqualPairs(verdict, expected, len(same), tuple(sorted({units[i] for i, _ in same})))


def scaled_copy(
    one: Sequence[float], other: Sequence[float], tolerance: float, *, least: int, scatter: float, pairs: int = 1
) -> Verdict | Declined:
    """Whether `one` is `other` times a constant, month by month, to within a relative `tolerance` (their rounding).

    p: of independent scatter, all ratios within the tolerance of the first: pairs x (tolerance / (s sqrt(pi)))^(n - 1), where s is
    the smaller relative scatter of the two, `scatter` at most (common seasons are no scatter). The statistic is the ratio.
    """
    both = [(a, b) for a, b in zip(one, other, strict=True) if a > 0 and b > 0]
    n = len(both)
    if n < least:
        return Declined("few_values", n)
    s = min(stdev(log(pair[side]) for pair in both) for side in (0, 1))
    s = min(s, scatter)
    if s <= 0:
        return Declined("flat", n)
    share = tolerance / (s * sqrt(pi))
    if 2 * share > 1:
        return Declined("coarse" if s == scatter else "flat", n)
    ratios = [log(a / b) for a, b in both]
    middle = fmean(ratios)
    alike = all(abs(ratio - middle) <= tolerance for ratio in ratios)
    chance = max(pairs * share ** (n - 1), 1e-300)
    return Verdict(n, sum(a for a, _ in both) / sum(b for _, b in both), min(1.0, chance) if alike else 1.0)
