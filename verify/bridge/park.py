"""The reduction bridge of a park: its lines and its production under one boundary, as the two sides of a bridge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.bridge.amounts import Amount
from verify.bridge.classification import Classification
from verify.bridge.exact import summed
from verify.bridge.outputs import outputs
from verify.bridge.reduction import Side
from verify.bridge.restatement import Recomputed
from verify.bridge.routed import Router, Trade, alike
from verify.bridge.side import Assembly, Drivers
from verify.ruler.bridging import BridgeRules

LIMIT = "limit"  # of the credits: what may not be deducted


@dataclass(frozen=True)
class Inside:
    """What lies inside one boundary in the two years: amounts under the reference method, amounts as filed, production."""

    before: Sequence[Amount]
    after: Sequence[Amount]
    filed_before: Sequence[Amount]
    filed_after: Sequence[Amount]
    production: Sequence[Mapping[str, Any]]  # rows with year, as `verify.bridge.outputs.outputs` takes them
    trades_before: Sequence[Trade] = ()
    trades_after: Sequence[Trade] = ()


@dataclass(frozen=True)
class Years:
    """Base year and claim year."""

    before: str
    after: str


def tonnes(amounts: Iterable[Amount]) -> Fraction:
    """tCO2 of amounts as they stand."""
    return summed(one.tco2 for one in amounts if one.measure == "carbon" and one.term)


def sides(
    rules: BridgeRules,
    heat_content: Mapping[str, Fraction],
    years: Years,
    filed: Inside,
    common: Inside,
    reported: tuple[Fraction, Fraction],
    *,
    classification: Classification,
    limited: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0)),
) -> tuple[Side, Side, Drivers]:
    """Both sides and the drivers behind them.

    `limited`: what a rule of the whole park adds to its lines in each year (a credit that may not fall below 0).
    """
    router = Router(rules, heat_content, alike(common.before, common.after))
    routed = (router.routed(common.before, common.trades_before), router.routed(common.after, common.trades_after))
    before, after = (
        outputs((row for row in common.production if row["year"] == year), classification.classed)
        for year in (years.before, years.after)
    )
    drivers = Assembly(rules, routed, (before, after), classification).drivers()
    found = []
    for side, (as_filed, ruled, common_filed, year) in enumerate(
        (
            (filed.filed_before, filed.before, common.filed_before, drivers.before),
            (filed.filed_after, filed.after, common.filed_after, drivers.after),
        )
    ):
        alone = ruled is (common.before, common.after)[side]  # nobody came or went: routed already
        own, reference = tonnes(as_filed), routed[side].reference if alone else router.summed(ruled)
        values = (own, reference, own if common_filed is as_filed else tonnes(common_filed), routed[side].reference)
        recomputed = Recomputed(reported[side], *(value + limited[side] for value in values))
        exports = dict(routed[side].exports) | ({LIMIT: limited[side]} if limited[side] else {})
        found.append(Side(recomputed, year, dict(routed[side].contracts), exports))
    return found[0], found[1], drivers
