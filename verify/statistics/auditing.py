"""Sample sizes and what a sample says of the whole (verification-procedure 4): mathematics of audits, float64.

Monetary units are tonnes here: a line is drawn with a chance in proportion to its size. The limits are those of Stringer:
they hold at least as often as asked where no line is wrong by more than its own amount, and are wide rather than narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil
from statistics import NormalDist

from verify.statistics.distributions import poisson_at_least

_STEPS = 200  # halvings of the interval that holds a Poisson limit: below the last digit of a float


@cache
def poisson_limit(errors: int, assurance: float) -> float:
    """The upper limit of a Poisson mean at `assurance` after `errors` were seen: 2.996 for none at 0.95."""
    low, high = 0.0, 10.0 * (errors + 10)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if poisson_at_least(errors + 1, middle) < assurance:
            low = middle
        else:
            high = middle
    return high


def unit_sample_size(total: float, tolerable: float, expected: float, expansion: float, assurance: float) -> int:
    """Drawings of a monetary-unit sample, n = BV x RF / (TM - EE x EF), rounded up; ValueError where nothing is left of
    the tolerable error, for then no sample is enough."""
    room = tolerable - expected * expansion
    if room <= 0:
        raise ValueError("the expected error leaves nothing of the tolerable one")
    return ceil(total * poisson_limit(0, assurance) / room - 1e-9)


def attribute_sample_size(population: int, assurance: float, share: float, error: float) -> int:
    """n = N z^2 p(1-p) / ((N-1) d^2 + z^2 p(1-p)), rounded up and never above `population`."""
    if population <= 1:
        return population
    z = NormalDist().inv_cdf((1 + assurance) / 2)
    spread = z * z * share * (1 - share)
    return min(population, ceil(population * spread / ((population - 1) * error * error + spread) - 1e-9))


def projected(taints: Sequence[float], interval: float, certain: Sequence[float]) -> float:
    """The error of the whole: each taint (error over amount) of a drawing stands for an interval, each error of a line
    that was certain to be drawn for itself."""
    return sum(taints) * interval + sum(certain)


def upper_limit(taints: Sequence[float], interval: float, certain: Sequence[float], assurance: float) -> float:
    """The error that the whole does not exceed, at `assurance`, in one direction (taints and errors of that sign only)."""
    found = sorted((one for one in taints if one > 0), reverse=True)
    steps = [poisson_limit(at, assurance) for at in range(len(found) + 1)]
    basic = steps[0] + sum((steps[at + 1] - steps[at]) * taint for at, taint in enumerate(found))
    return basic * interval + sum(one for one in certain if one > 0)
