"""Tail probabilities from the standard library alone: chi-square, Student, binomial, Poisson.

Regularised incomplete gamma and beta by series and continued fraction (Abramowitz & Stegun 6.5.29, 26.5.8; modified Lentz).
"""

from __future__ import annotations

from math import comb, exp, fabs, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist

NORMAL = NormalDist()
_TINY, _ENOUGH, _STEPS = 1e-300, 1e-15, 10_000


def chi_square_above(x: float, df: int) -> float:
    """P(X >= x) of chi-square with `df` degrees of freedom."""
    return 1.0 if x <= 0 else _gamma_above(df / 2, x / 2)


def chi_square_below(x: float, df: int) -> float:
    """P(X <= x)."""
    return 0.0 if x <= 0 else _gamma_below(df / 2, x / 2)


def student_beyond(t: float, df: float) -> float:
    """P(|T| >= |t|) of Student with `df` degrees of freedom."""
    return beta_share(df / (df + t * t), df / 2, 0.5)


def poisson_at_least(count: int, mean: float) -> float:
    """P(N >= count)."""
    return 1.0 if count <= 0 else _gamma_below(float(count), mean)


def binomial_at_least(count: int, n: int, share: float) -> float:
    """P(N >= count) of `n` trials."""
    if count <= 0:
        return 1.0
    if share <= 0 or count > n:
        return 0.0
    if n <= 60:
        return min(1.0, sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(count, n + 1)))
    return beta_share(share, count, n - count + 1)


def beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def tail_as_normal(p: float) -> float:
    """The |z| whose two-sided probability is `p`."""
    if p <= 0:
        return inf
    if p > 1e-290:
        return fabs(NORMAL.inv_cdf(p / 2))
    return sqrt(-2 * log(p))


def _gamma_below(a: float, x: float) -> float:
    return _series(a, x) if x < a + 1 else 1 - _fraction(a, x)


def _gamma_above(a: float, x: float) -> float:
    return 1 - _series(a, x) if x < a + 1 else _fraction(a, x)


def _series(a: float, x: float) -> float:
    if x <= 0:
        return 0.0
    term = total = 1 / a
    for step in range(1, _STEPS):
        term *= x / (a + step)
        total += term
        if term < total * _ENOUGH:
            break
    return total * exp(-x + a * log(x) - lgamma(a))


def _fraction(a: float, x: float) -> float:
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    h = d
    for step in range(1, _STEPS):
        factor = -step * (step - a)
        b += 2
        d = 1 / _away(factor * d + b)
        c = _away(b + factor / c)
        h *= d * c
        if fabs(d * c - 1) < _ENOUGH:
            break
    return exp(-x + a * log(x) - lgamma(a)) * h


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, _STEPS):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + factor * d)
            c = _away(1 + factor / c)
            h *= d * c
        if fabs(d * c - 1) < _ENOUGH:
            break
    return h


def _away(value: float) -> float:
    return value if fabs(value) > _TINY else _TINY
