"""The reduction bridge of a park: its lines and its production under one boundary, as the two sides of a bridge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.bridge.amounts import Amount, Unit
from verify.bridge.outputs import outputs
from verify.bridge.reduction import Side
from verify.bridge.restatement import Recomputed
from verify.bridge.routed import Router, alike
from verify.bridge.side import Assembly, Drivers
from verify.ruler.bridging import BridgeRules


@dataclass(frozen=True)
class Inside:
    """What lies inside one boundary in the two years: amounts under the reference method, amounts as filed, production."""

    before: Sequence[Amount]
    after: Sequence[Amount]
    filed_before: Sequence[Amount]
    filed_after: Sequence[Amount]
    production: Sequence[Mapping[str, Any]]  # rows with year, as `verify.bridge.outputs.outputs` takes them


@dataclass(frozen=True)
class Years:
    """Base year and claim year."""

    before: str
    after: str


def tonnes(amounts: Iterable[Amount]) -> Fraction:
    """tCO2 of amounts as they stand."""
    return sum((one.tco2 for one in amounts if one.measure == "carbon" and one.term), Fraction(0))


def sides(
    rules: BridgeRules,
    heat_content: Mapping[str, Fraction],
    years: Years,
    filed: Inside,
    common: Inside,
    reported: tuple[Fraction, Fraction],
    *,
    names: Mapping[str, str] | None = None,
    classed: Mapping[Unit, Unit] | None = None,
) -> tuple[Side, Side, Drivers]:
    """Both sides and the drivers behind them. `names` and `classed`: a classification (other names of products, units taken
    together); by default everything stands as filed."""
    router = Router(rules, heat_content, alike(common.before, common.after))
    routed = (router.routed(common.before), router.routed(common.after))
    made = tuple(
        outputs((row for row in common.production if row["year"] == year), names)
        for year in (years.before, years.after)
    )
    drivers = Assembly(rules, routed, (made[0], made[1]), classed).drivers()
    recomputed = [
        Recomputed(
            reported[side],
            tonnes(as_filed),
            sum((router.reference(one) for one in ruled if one.measure == "carbon" and one.term), Fraction(0)),
            tonnes(common_filed),
            routed[side].reference,
        )
        for side, (as_filed, ruled, common_filed) in enumerate(
            (
                (filed.filed_before, filed.before, common.filed_before),
                (filed.filed_after, filed.after, common.filed_after),
            )
        )
    ]
    before, after = (
        Side(recomputed[side], year, dict(routed[side].contracts), dict(routed[side].exports))
        for side, year in enumerate((drivers.before, drivers.after))
    )
    return before, after, drivers
