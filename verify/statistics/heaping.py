"""Heaping: too many last digits 0 and 5 (manipulation-patterns.md 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from verify.statistics.distributions import binomial_at_least
from verify.statistics.gates import Declined, Verdict

_ROUND = (0, 5)
_SHARE = len(_ROUND) / 10  # of ten digits


def heaped(counts: Mapping[int, int], *, least: int) -> Verdict | Declined:
    """The share of 0 and 5 among last digits against one fifth, binomial upper tail; the statistic is the share.

    Where nothing else occurs the instrument counts in fives (a rounded meter is no hand): refused.
    """
    n = sum(counts.values())
    if n < least:
        return Declined("few_values", n)
    round_ones = sum(counts.get(digit, 0) for digit in _ROUND)
    if round_ones == n:
        return Declined("instrument_step", n)
    return Verdict(n, round_ones / n, binomial_at_least(round_ones, n, _SHARE))
