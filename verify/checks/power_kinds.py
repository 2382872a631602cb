"""Power by kind: what was received and generated of each kind, and what left the park under its name (TZ-BAL-01)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from verify.checks.closure import FLOWS, GIVEN, IN, RECEIVED, Residual, close
from verify.checks.world import World, total


def balances(world: World, year: str, params: Mapping[str, Any]) -> Iterator[tuple[str, Residual]]:
    """Every kind that is sent out, with its balance; kind '' is power sent out without a label.

    Uses carry no kind as a rule and may draw on any; a use that carries one takes from it. `params.unlabelled` names the
    kind of a blank label by activity type or flow, `params.other` the kinds that a blank sale may draw on.
    """
    power = list(_power(world, year, params["unlabelled"]))
    by_kind = {one.key["supply"]: one for one in close(power, ("supply",), FLOWS)}
    for kind in sorted({row["supply"] for row in power if row["flow"] in GIVEN}):
        yield kind, by_kind[kind] if kind else _blank(by_kind, params["other"])


def credit(world: World, year: str, kind: str) -> tuple[Fraction, Fraction]:
    """MWh sent out of a kind, and the tCO2 that each of them takes off."""
    sent = world.cells(year, measure="carbon", carrier="electricity", flow=GIVEN, supply=kind)
    quantity = Fraction(total(sent, "quantity"))
    return -quantity, Fraction(total(sent, "tco2")) / quantity if quantity else Fraction(0)


def _power(world: World, year: str, unlabelled: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for cell in world.cells(year, measure="energy", carrier="electricity"):
        kind = cell["supply"]
        if not kind and FLOWS[cell["flow"]] == IN:
            made_here = (
                "" if cell["flow"] in RECEIVED else cell["activity_type"]
            )  # on a purchase it says how others made it
            kind = unlabelled.get(made_here) or unlabelled.get(cell["flow"], "")
        if kind or cell["flow"] in GIVEN:
            yield {"supply": kind, "flow": cell["flow"], "quantity": abs(cell["quantity"])}


def _blank(by_kind: Mapping[str, Residual], kinds: list[str]) -> Residual:
    """Power sent out without a label, against what the kinds that count as other power leave over."""
    left = sum((max(by_kind[kind].difference, Fraction(0)) for kind in kinds if kind in by_kind), Fraction(0))
    blank = by_kind[""]
    return Residual(blank.key, blank.inflow + left, blank.outflow, blank.rows)
