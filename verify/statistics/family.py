"""One error rate for a family of tests: Holm with weights, Benjamini-Hochberg (manipulation-patterns.md 3.7)."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float], weights: Sequence[float] = ()) -> list[float]:
    """Adjusted p-values, in the order given: reject where <= the family's error rate (Holm 1979, with weights his section 4).

    Weights are positive and need not add up to one; without them every test weighs the same.
    """
    weighed = list(weights) or [1.0] * len(p_values)
    order = sorted(range(len(p_values)), key=lambda at: (p_values[at] / weighed[at], at))
    rest, highest = sum(weighed), 0.0
    adjusted = [1.0] * len(p_values)
    for at in order:
        highest = max(highest, min(1.0, p_values[at] * rest / weighed[at]))
        adjusted[at] = highest
        rest = max(rest - weighed[at], weighed[at] * 1e-12)
    return adjusted


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values that hold the share of false rejections, in the order given (1995, independent tests)."""
    count = len(p_values)
    order = sorted(range(count), key=lambda at: (p_values[at], at), reverse=True)
    lowest = 1.0
    adjusted = [1.0] * count
    for place, at in enumerate(order):
        lowest = min(lowest, p_values[at] * count / (count - place))
        adjusted[at] = lowest
    return adjusted
