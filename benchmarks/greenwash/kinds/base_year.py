"""GW-07 to GW-09: what the claim year is compared with. The tonnes are those by which the fall is overstated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, per_unit, units_of
from benchmarks.greenwash.kinds.base import BRIDGE, kind
from benchmarks.greenwash.kinds.scope import GAS, closed, gas, works


def _peak(draft: Draft, tonnes: Fraction, year: str) -> None:
    """A member whose gas makes `year` the highest of the years before the claim year, by `tonnes` above the base year."""
    plant = draft.plant("gw07")
    others = draft.figures[draft.base_year]["total"] - draft.figures[year]["total"]
    more = gas(max(others, Fraction(0)) + tonnes)
    for one in draft.years:
        draft.burn(plant, one, GAS, gas(tonnes) + (more if one == year else 0))


@kind(
    "GW-07",
    "base year picked at the peak, after the fact",
    lambda d, h: _peak(d, h, d.base_year),
    park_wide=True,
    alone=True,
    of_base=True,
    twin_credit=None,
)
def picked_at_the_peak(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The year between becomes the base year, chosen when all figures were known."""
    peak = draft.years[-2]
    _peak(draft, tonnes, peak)
    if tricked:
        draft.recipe = replace(draft.recipe, base_year=peak)
        draft.park.meta["base_year_chosen_on"] = f"{int(draft.year) + 1}-02-10"


def _disclosed(draft: Draft, tonnes: Fraction) -> None:
    closed(draft, "gw08", gas(tonnes))


@kind("GW-08", "divestment shown as reduction", _disclosed, by=BRIDGE)
def divested(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Sold with its contract; the fall is shown as reduction."""
    spell = (
        {"to": draft.before, "reason": "left", "evidence_id": draft.paper("contract", draft.year, "股权转让")}
        if tricked
        else {}
    )
    works(draft, draft.plant("gw08", **spell), gas(tonnes), hidden=tricked, seen=False)


def _metered_throughout(draft: Draft, tonnes: Fraction) -> None:
    plant = draft.plant("gw09")
    for year in draft.years:
        draft.burn(plant, year, "diesel", units_of(tonnes, per_unit("diesel")) * 3, basis="meter")


@kind("GW-09", "base year estimated high, claim year metered", _metered_throughout, of_base=True)
def estimated_base(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """A third more diesel in the base year, by estimate."""
    plant, amount = draft.plant("gw09"), units_of(tonnes, per_unit("diesel"))
    for year in draft.years:
        high = tricked and year == draft.base_year
        draft.burn(plant, year, "diesel", amount * (4 if high else 3), basis="estimate" if high else "meter")
        draft.made(plant, year, "铸件毛坯", Decimal(300))
