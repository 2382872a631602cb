"""The ratio bridge: what moved an intensity E/T, tonnes above the line or energy below it (decomposition 3a)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from verify.bridge.lmdi import logmean
from verify.bridge.quantum import adding_up
from verify.errors import WrongUsage

PLACES = 9  # of tCO2 per tce


@dataclass(frozen=True)
class Amount:
    """An amount of two years and the terms of its change, which add up to ``after - before``."""

    before: Fraction
    after: Fraction
    terms: Mapping[str, Fraction]


@dataclass(frozen=True)
class RatioBridge:
    """What each term of the numerator and of the denominator adds to the change of the ratio, with 9 decimals."""

    before: Fraction
    after: Fraction
    above: Mapping[str, Fraction]
    below: Mapping[str, Fraction]


def ratio(numerator: Amount, denominator: Amount) -> RatioBridge:
    """Exact for any sign of the numerator. Raises WrongUsage where a denominator is not above 0, or terms do not add up."""
    for amount in (numerator, denominator):
        left = amount.after - amount.before - sum(amount.terms.values(), Fraction(0))
        if abs(left) > Fraction(1, 10**5):
            raise WrongUsage("bridge.terms_do_not_add_up", left=float(left))
    if denominator.before <= 0 or denominator.after <= 0:
        raise WrongUsage("bridge.no_ratio_of_zero")
    i0, i1 = numerator.before / denominator.before, numerator.after / denominator.after
    above, below = _weights(numerator, denominator, i0, i1)
    terms = {("above", name): above * amount for name, amount in numerator.terms.items()}
    terms |= {("below", name): below * amount for name, amount in denominator.terms.items()}
    found = adding_up(terms, i1 - i0, abs(i0) + abs(i1), PLACES)
    return RatioBridge(
        i0,
        i1,
        {name: found["above", name] for name in numerator.terms},
        {name: found["below", name] for name in denominator.terms},
    )


def _weights(numerator: Amount, denominator: Amount, i0: Fraction, i1: Fraction) -> tuple[Fraction, Fraction]:
    """What one more tonne, and one more tce, adds to the ratio."""
    e0, e1, t0, t1 = numerator.before, numerator.after, denominator.before, denominator.after
    if e0 > 0 and e1 > 0:
        mean = _mean(i1, i0)
        return mean / _mean(e1, e0), -mean / _mean(t1, t0)
    return (1 / t0 + 1 / t1) / 2, -(e0 + e1) / 2 / (t0 * t1)  # (1/T1 - 1/T0) / (T1 - T0) = -1 / (T0 T1)


def _mean(one: Fraction, other: Fraction) -> Fraction:
    return Fraction(float(logmean(float(one), float(other))))
