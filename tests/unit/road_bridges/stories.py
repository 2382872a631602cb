"""Two years of a small park in a few rows: what a story changes between them is what the bridge has to name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.unit.checks.handed import A, Row, flow, handed
from verify.bridge.reduction import Bridge
from verify.checks.world import World
from verify.road.bridges import bridges

BASE, CLAIM = "2025", "2027"
METERED = {"basis": "meter", "meter_id": "M-1"}
COAL_EF = Fraction("20.908") * Fraction("0.0266") * Fraction("0.93") * Fraction(44, 12)  # only its size matters here


def coal(year: str, tonnes: str, of: str = A, **more: Any) -> Row:
    """Coal burned in a process."""
    return flow(
        of,
        "bituminous_coal",
        "final_use",
        tonnes,
        "t",
        **{"period": year, "activity_type": "终端消费", **METERED, **more},
    )


def steel(year: str, tonnes: str, of: str = A, product: str = "steel", **more: Any) -> Row:
    """Output, on paper."""
    row = {"period": year, "enterprise_id": of, "product": product, "flow": "made", "quantity": tonnes, "unit": "t"}
    return {**row, "evidence_id": "E-o", **more}


def grid(year: str, mwh: str, supply: str = "grid", of: str = A, **more: Any) -> Row:
    """Power from outside."""
    return flow(of, "electricity", "purchased", mwh, "MWh", **{"period": year, "supply": supply, **METERED, **more})


def power_used(year: str, mwh: str, of: str = A, **more: Any) -> Row:
    """Power used in a process."""
    return flow(
        of, "electricity", "final_use", mwh, "MWh", **{"period": year, "activity_type": "终端消费", **METERED, **more}
    )


def park(*rows: Row, production: list[Row] | None = None, **more: list[Row]) -> World:
    """The world of these activity rows."""
    papers = [{"evidence_id": "E-o", "kind": "production_record"}, *more.pop("evidence", [])]
    return handed({"activity": list(rows), "production": production or [], "evidence": papers, **more})


def bridge(world: World) -> Bridge:
    """The reduction bridge that decides."""
    found = bridges(world).reduction
    assert found is not None
    return found.bridge


def terms(world: World) -> dict[str, float]:
    """The terms that are not 0 (to a gram), tCO2."""
    return {term: float(tonnes) for term, tonnes in bridge(world).terms.items() if abs(tonnes) > Fraction(1, 10**6)}


def total(world: World, year: str) -> float:
    """tCO2 of a year by the ruler."""
    value = world.item("total.tco2", year)
    assert isinstance(value, Fraction)
    return float(value)
