"""Breaks of a level: sup-F (Chow at every date), OLS-CUSUM, tabular CUSUM (manipulation-patterns.md 3.3)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, pi, sqrt
from statistics import fmean

from verify.statistics.distributions import student_beyond, tail_as_normal
from verify.statistics.gates import Declined

TRIM = 0.15  # of the sample at each end, as in the published tables


@dataclass(frozen=True)
class Break:
    """`at`: observations before the break; `shift`: the level after less the level before; `statistic`: sup F.

    `rho`: first autocorrelation of what is left, by which the evidence was lowered; `p` is of the supremum over all dates.
    """

    n: int
    at: int
    statistic: float
    p: float
    shift: float
    rss_before: float
    rss_after: float
    rho: float


@dataclass(frozen=True)
class Cusum:
    """Sums above and below the target, and the observations (from 0) at which either exceeds the interval."""

    high: tuple[float, ...]
    low: tuple[float, ...]
    alarms: tuple[int, ...]


def sup_f(
    values: Sequence[float], *, least: int = 10, seasons: Sequence[Hashable] = (), correlated: bool = False
) -> Break | Declined:
    """The break of a constant mean that lowers the residual sum of squares most: F = (RSS - ESS) / (ESS / (n - 2)).

    `seasons`: a word per value (a calendar month) whose own level is taken out of values and dates alike. `correlated`: F is
    scaled by (1 - rho) / (1 + rho), the variance of a mean under first-order autocorrelation. p after Vostrikova 1981 (Andrews
    1993: 8.85 at 5 % for one parameter and 15 % trimming), F taken as its square of Student made normal.
    """
    n = len(values)
    if n < least:
        return Declined("few_values", n)
    groups = list(seasons) or [0] * n
    freedom = n - len(set(groups)) - 1
    if freedom < 2:
        return Declined("few_values", n)
    centred = _without(values, groups)
    whole = sum(one * one for one in centred)
    if whole <= 1e-24 * max(1.0, sum(one * one for one in values)):
        return Declined("flat", n)
    best: tuple[float, int, float] | None = None
    edge = max(1, int(TRIM * n))
    for at in range(edge, n - edge + 1):
        step = _without([0.0] * at + [1.0] * (n - at), groups)
        size = sum(one * one for one in step)
        if size <= 1e-12:
            continue
        shift = sum(a * b for a, b in zip(centred, step, strict=True)) / size
        gain = shift * shift * size
        if best is None or gain > best[0]:
            best = (gain, at, shift)
    if best is None:
        return Declined("few_values", n)
    gain, at, shift = best
    step = _without([0.0] * at + [1.0] * (n - at), groups)
    left = [one - shift * part for one, part in zip(centred, step, strict=True)]
    rest = max(whole - gain, 1e-300)
    rho = _autocorrelation(left, rest) if correlated else 0.0
    statistic = gain / (rest / freedom)
    deflated = statistic * (1 - rho) / (1 + rho)
    z = tail_as_normal(student_beyond(sqrt(deflated), freedom))
    return Break(n, at, statistic, supremum_above(z * z), shift, whole, rest, rho)


def supremum_above(x: float, trim: float = TRIM) -> float:
    """P(sup of the squared, standardised Brownian bridge over [trim, 1 - trim] > x), one parameter (Vostrikova 1981)."""
    if x <= 1:
        return 1.0
    length = 2 * log((1 - trim) / trim)
    return min(1.0, sqrt(x) * exp(-x / 2) / sqrt(2 * pi) * (length * (1 - 1 / x) + 4 / x))


def ols_cusum(values: Sequence[float]) -> tuple[float, int, float]:
    """max |cumsum(e)| / (s sqrt(n)) of the residuals from their mean, where it stands, and p (Kolmogorov's law)."""
    n, mean = len(values), fmean(values)
    residuals = [one - mean for one in values]
    s = sqrt(sum(one * one for one in residuals) / (n - 1))
    total, best, where = 0.0, 0.0, 0
    for at, one in enumerate(residuals, 1):
        total += one
        if abs(total) > best:
            best, where = abs(total), at
    statistic = best / (s * sqrt(n))
    p = 2 * sum((-1) ** (k - 1) * exp(-2 * k * k * statistic * statistic) for k in range(1, 101))
    return statistic, where, min(1.0, max(0.0, p))


def tabular_cusum(values: Sequence[float], target: float, allowance: float, interval: float) -> Cusum:
    """SH = max(0, x - (target + K) + SH), SL = max(0, (target - K) - x + SL); an alarm where either exceeds H."""
    high, low, alarms = [], [], []
    up = down = 0.0
    for at, one in enumerate(values):
        up = max(0.0, one - (target + allowance) + up)
        down = max(0.0, (target - allowance) - one + down)
        high.append(up)
        low.append(down)
        if max(up, down) > interval:
            alarms.append(at)
    return Cusum(tuple(high), tuple(low), tuple(alarms))


def _autocorrelation(left: Sequence[float], rest: float) -> float:
    """First autocorrelation, mended for the bias of short series ((1 + 3 r) / n, Kendall 1954), within [0, 0.95]."""
    r = sum(a * b for a, b in pairwise(left)) / rest
    return min(0.95, max(0.0, r + (1 + 3 * r) / len(left)))


def _without(values: Sequence[float], groups: Sequence[Hashable]) -> list[float]:
    """Values less the mean of their group."""
    sums: dict[Hashable, float] = {}
    counts: dict[Hashable, int] = {}
    for one, group in zip(values, groups, strict=True):
        sums[group] = sums.get(group, 0.0) + one
        counts[group] = counts.get(group, 0) + 1
    return [one - sums[group] / counts[group] for one, group in zip(values, groups, strict=True)]
