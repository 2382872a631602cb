"""Peers: the modified z-score, on logs, and only in groups that can bear it (manipulation-patterns.md 3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from statistics import median

from verify.statistics.gates import Declined

_NORMAL_QUARTILE = 0.6745


def modified_z(value: float, middle: float, deviation: float) -> float:
    """M = 0.6745 (x - median) / MAD, with the median of absolute deviations."""
    return _NORMAL_QUARTILE * (value - middle) / deviation


def outlying(values: Sequence[float], *, least: int, cut_off: float, logs: bool = True) -> list[float] | Declined:
    """M of each value (of its log: specific energy is log-normal), for the caller to hold |M| against `cut_off`.

    Declined below `least` peers, or where more than half are equal; values must be positive when logs are taken.
    """
    if len(values) < least:
        return Declined("few_values", len(values))
    taken = [log(one) for one in values] if logs else list(values)
    middle = median(taken)
    deviation = median(abs(one - middle) for one in taken)
    if deviation <= 0:
        return Declined("no_spread", len(values))
    return [score for one in taken if abs(score := modified_z(one, middle, deviation)) > cut_off]
