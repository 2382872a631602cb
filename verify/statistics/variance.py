"""Too little variance: what is measured scatters at least as its instrument does (manipulation-patterns.md 2 and 3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt
from statistics import variance

from verify.statistics.distributions import chi_square_below
from verify.statistics.gates import Declined, Verdict


def too_little(values: Sequence[float], floor: float, *, least: int) -> Verdict | Declined:
    """Relative scatter (standard deviation of logs) against a `floor` that honest ones reach: chi-square lower tail.

    The statistic is the scatter seen. Values must be positive (few_values counts those that are).
    """
    logs = [log(one) for one in values if one > 0]
    if len(logs) < least:
        return Declined("few_values", len(logs))
    seen = variance(logs)
    return Verdict(len(logs), sqrt(seen), chi_square_below((len(logs) - 1) * seen / floor**2, len(logs) - 1))
