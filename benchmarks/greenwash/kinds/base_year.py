"""GW-07 to GW-09: what the claim year is compared with. The tonnes are those by which the fall is overstated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, per_unit, units_of
from benchmarks.greenwash.kinds.base import BRIDGE, kind
from benchmarks.greenwash.kinds.scope import GAS, closed, gas, works


def _prescribed_high(draft: Draft, tonnes: Fraction) -> None:
    """The prescribed base year happens to be the high one, and was fixed at its time."""
    plant = draft.plant("gw07")
    for year in draft.years:
        draft.burn(plant, year, GAS, gas(tonnes) * (2 if year == draft.base_year else 1))


@kind(
    "GW-07", "base year picked at the peak, after the fact", _prescribed_high, park_wide=True, alone=True, of_base=True
)
def picked_at_the_peak(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    plant, peak = draft.plant("gw07"), draft.years[-2]
    for year in draft.years:
        draft.burn(plant, year, GAS, gas(tonnes) * (2 if year == peak else 1))
    if tricked:
        draft.recipe = replace(draft.recipe, base_year=peak)
        draft.park.meta["base_year_chosen_on"] = f"{int(draft.year) + 1}-02-10"


def _disclosed(draft: Draft, tonnes: Fraction) -> None:
    closed(draft, "gw08", gas(tonnes))


@kind("GW-08", "divestment shown as reduction", _disclosed, by=BRIDGE)
def divested(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
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
    plant, amount = draft.plant("gw09"), units_of(tonnes, per_unit("diesel"))
    for year in draft.years:
        high = tricked and year == draft.base_year
        draft.burn(plant, year, "diesel", amount * (4 if high else 3), basis="estimate" if high else "meter")
        draft.made(plant, year, "铸件毛坯", Decimal(300))
