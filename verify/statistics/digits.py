"""Digit tests on decimal strings (manipulation-patterns.md 3.1, 3.2): never on floats, which miscount digits.

Benford: P(d) = log10(1 + 1/d). The mean absolute deviation is judged against a critical value that falls with 1/sqrt(n);
the fixed cut-offs of the literature flag 99 % of clean samples of 50.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, log10, pi, sqrt

from verify.statistics.distributions import NORMAL, chi_square_above
from verify.statistics.gates import Declined, Verdict

FIRST, FIRST_TWO = 1, 2
SECOND = "second"


@dataclass(frozen=True)
class Digits:
    """How often each leading group of digits occurs, and the powers of ten that the values span."""

    counts: Mapping[int, int]
    n: int
    decades: float


def leading_digits(values: Iterable[str], digits: int = FIRST) -> Digits:
    """The first `digits` significant digits of decimal strings; zeros and shorter numbers are padded with 0, zero is left out.

    A sign and an exponent are read; anything that is no number raises ValueError.
    """
    counts: Counter[int] = Counter()
    low = high = None
    for value in values:
        figure, power = _significant(value)
        if not figure:
            continue
        counts[int(figure[:digits].ljust(digits, "0"))] += 1
        size = power + log10(int(figure[:15].ljust(15, "0"))) - 14
        low = size if low is None else min(low, size)
        high = size if high is None else max(high, size)
    return Digits(dict(counts), sum(counts.values()), 0.0 if low is None or high is None else high - low)


def second_digits(first_two: Digits) -> Digits:
    """Second digits out of counts of the first two."""
    counts: Counter[int] = Counter()
    for pair, count in first_two.counts.items():
        counts[pair % 10] += count
    return Digits(dict(counts), first_two.n, first_two.decades)


def last_digits(units: Iterable[int]) -> dict[int, int]:
    """How often each last digit occurs among values counted in units of their grid (verify.statistics.grid)."""
    return dict(Counter(abs(one) % 10 for one in units))


def most_frequent(values: Iterable[str], count: int) -> list[tuple[str, int]]:
    """The values that occur most often (number duplication), equal counts in order of the value."""
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))[:count]


@cache
def benford_p(kind: int | str) -> Mapping[int, float]:
    """Probabilities of the first digit (1), of the first two (2), or of the second ("second")."""
    if kind == SECOND:
        pairs = benford_p(FIRST_TWO)
        return {digit: sum(pairs[10 * one + digit] for one in range(1, 10)) for digit in range(10)}
    digits = int(kind)
    return {one: log10(1 + 1 / one) for one in range(10 ** (digits - 1), 10**digits)}


def chi_square(counts: Mapping[int, int], shares: Mapping[int, float]) -> tuple[float, float]:
    """Pearson's statistic and its p-value with one degree of freedom less than there are classes."""
    n = sum(counts.get(one, 0) for one in shares)
    statistic = sum((counts.get(one, 0) - n * share) ** 2 / (n * share) for one, share in shares.items())
    return statistic, chi_square_above(statistic, len(shares) - 1)


def mad(counts: Mapping[int, int], shares: Mapping[int, float]) -> float:
    """Mean absolute deviation of observed from expected shares."""
    n = sum(counts.get(one, 0) for one in shares)
    return sum(abs(counts.get(one, 0) / n - share) for one, share in shares.items()) / len(shares)


def mad_expected(kind: int | str, n: int) -> float:
    """E[MAD] of clean data: mean_d sqrt(2 p (1 - p) / (pi n))."""
    return _moments(kind)[0] / sqrt(n)


def mad_critical(kind: int | str, n: int, level: float = 0.05) -> float:
    """The MAD that clean data of size `n` exceed with probability `level`.

    MAD is the mean of |Z_d| with Z multinomial; mean and variance of the folded normals are exact, the sum over digits is
    taken as normal (Cerqueti & Lupi, arXiv 2202.05237, derive the same limit law).
    """
    mean, deviation = _moments(kind)
    return (mean + NORMAL.inv_cdf(1 - level) * deviation) / sqrt(n)


def benford(
    found: Digits, kind: int | str, *, least: int, decades: float, cut_off: float = 0.0, level: float = 0.05
) -> Verdict | Declined:
    """Benford's law on counts of first (`kind` 1) or first two digits (2, and for the second digit) of raw transactions.

    Gate: `least` values over at least `decades` powers of ten. Large samples reject for trifles: p is 1 unless MAD exceeds
    both its critical value at `level` and `cut_off`.
    """
    if found.n < least:
        return Declined("few_values", found.n)
    if found.decades < decades:
        return Declined("narrow_range", found.n)
    counts = second_digits(found).counts if kind == SECOND else found.counts
    shares = benford_p(kind)
    statistic, p = chi_square(counts, shares)
    seen, critical = mad(counts, shares), mad_critical(kind, found.n, level)
    far = seen > max(critical, cut_off)
    return Verdict(found.n, statistic, p if far else 1.0, (("mad", seen), ("critical", critical)))


def first_of_two(pairs: Digits) -> Digits:
    """First digits out of counts of the first two."""
    counts: Counter[int] = Counter()
    for pair, count in pairs.counts.items():
        counts[pair // 10] += count
    return Digits(dict(counts), pairs.n, pairs.decades)


def uniform_last(counts: Mapping[int, int], *, least: int) -> Verdict | Declined:
    """Last digits of unrounded readings against the uniform law, chi-square with nine degrees of freedom."""
    n = sum(counts.values())
    if n < least:
        return Declined("few_values", n)
    statistic, p = chi_square(counts, dict.fromkeys(range(10), 0.1))
    return Verdict(n, statistic, p)


@cache
def _moments(kind: int | str) -> tuple[float, float]:
    """Mean and standard deviation of MAD times sqrt(n)."""
    shares = list(benford_p(kind).values())
    spread = [sqrt(one * (1 - one)) for one in shares]
    mean = sum(spread) * sqrt(2 / pi) / len(shares)
    variance = 0.0
    for at, one in enumerate(shares):
        for to, other in enumerate(shares):
            rho = 1.0 if at == to else -one * other / (spread[at] * spread[to])
            variance += 2 / pi * spread[at] * spread[to] * (sqrt(1 - rho * rho) + rho * asin(rho) - 1)
    return mean, sqrt(variance) / len(shares)


def _significant(value: str) -> tuple[str, int]:
    """Digits of a number without leading zeros, and the power of ten of the first of them; ('', 0) for zero."""
    mantissa, _, exponent = value.strip().lstrip("+-").lower().partition("e")
    whole, _, part = mantissa.partition(".")
    if not (whole + part).isdecimal():
        raise ValueError(f"no number: {value!r}")
    digits = (whole + part).lstrip("0")
    return digits, len(whole) - 1 - (len(whole + part) - len(digits)) + int(exponent or 0)
