"""What a unit of a carrier emits when nothing is known of it, and when it is burned as the park burns it.

A residual of a balance counts at the class default (DESIGN 8 C); a quantity that only changed its name counts at the
factor of the same carrier at the same member.
"""

from __future__ import annotations

from fractions import Fraction

from verify.checks.world import World, total
from verify.ledger import Changes
from verify.ledger.basis import consistent, read_reading
from verify.ledger.factor import Situation
from verify.ledger.route import Router

_UNKNOWN_USE = ("purchased", "outside"), ("final_use", "none")


def default_factor(world: World, carrier: str, year: str) -> Fraction | None:
    """tCO2 per base unit at the class default: the higher of bought and burned, under the chosen readings. None: no rule."""
    key = f"default_factor:{carrier}:{year}"
    if key not in world.cache:
        world.cache[key] = max(_defaults(world, carrier, year), default=None)
    return world.cache[key]  # type: ignore[no-any-return]


def burn_factor(world: World, enterprise: str, carrier: str, year: str) -> Fraction | None:
    """tCO2 per base unit of the carrier as this member counts it in the year, else the class default."""
    counted = [
        cell
        for cell in world.cells(year, measure="carbon", enterprise_id=enterprise, carrier=carrier)
        if cell["term"] and cell["quantity"] > 0 and cell["factor"]
    ]
    if not counted:
        return default_factor(world, carrier, year)
    return Fraction(total(counted, "tco2")) / Fraction(total(counted, "quantity"))


def _defaults(world: World, carrier: str, year: str) -> list[Fraction]:
    router = Router(world.ruler, Changes())
    traits = world.vocabulary.traits(carrier)
    blank = {"activity_type": "", "supply": "", "covered": "no", "evidence_kind": ""}
    routes = (
        route
        for flow, where in _UNKNOWN_USE
        for route in router.routes(
            "activity",
            Situation(
                {**blank, **traits, "carrier": carrier, "flow": flow, "where": where, "year": year},
                {},
                year,
                traits["dimension"] or "mass",
            ),
        )
    )
    return [
        Fraction(route.default_factor)
        for route in routes
        if route.measure == "carbon"
        and route.counted
        and not route.missing
        and consistent(read_reading(route.reading), world.chosen)
    ]
