"""Hugging a limit: more values just below it than a smooth law has (manipulation-patterns.md 3.2, threshold bunching)."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist, fmean, stdev

from verify.statistics.distributions import binomial_at_least
from verify.statistics.gates import Declined, Verdict


def hugging(
    values: Sequence[float], limit: float, width: float, *, least: int, spread: float = 1.0
) -> Verdict | Declined:
    """Count in [limit - width, limit) against [limit, limit + width), binomial.

    The null share is one half, or what a normal law through the values puts below where that is more: a mean below the limit
    is no hugging. Gate: `least` values in the window, standard deviation at least `spread` widths (else the level itself is near).
    """
    if len(values) < least:
        return Declined("few_values", len(values))
    below = sum(limit - width <= one < limit for one in values)
    above = sum(limit <= one < limit + width for one in values)
    if below + above < least:
        return Declined("few_values", below + above)
    deviation = stdev(values)
    if deviation < spread * width:
        return Declined("no_spread", below + above)
    law = NormalDist(fmean(values), deviation)
    left, right = (law.cdf(limit) - law.cdf(limit - width)), (law.cdf(limit + width) - law.cdf(limit))
    share = max(0.5, left / (left + right)) if left + right > 0 else 0.5
    return Verdict(
        below + above,
        below / (below + above),
        binomial_at_least(below, below + above, share),
        (("below", float(below)), ("above", float(above))),
    )
