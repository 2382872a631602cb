"""Scope 1: fuel burned, biomass outside the scopes, processes by factor and by mass balance, feedstock left out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from ghg_world import activity, item, world

from verify.checks import World

GRAMME = Fraction(1, 10**6)  # factors are rounded at 12 places
C = Fraction(44, 12)
DIESEL = Fraction("42.652") * Fraction("0.0202") * Fraction("0.98") * C  # GB/T 32151.34-2024 Table C.1


@pytest.fixture(scope="module")
def site() -> Iterator[World]:
    papers = [{"evidence_id": "L1", "kind": "laboratory_report"}]
    tested = {"ncv": "15", "carbon_content": "0.03", "evidence_id": "L1"}
    rows = [
        activity("diesel", "final_use", "10", "t"),
        activity("diesel", "bunker", "1", "t", activity_type="国际航海"),
        activity("diesel", "feedstock", "4", "t"),
        activity("biomass", "final_use", "20", "t", **tested),
        activity("waste_fuel", "final_use", "8", "t", **tested, biogenic_fraction="0.4"),
        activity("diesel", "final_use", "2", "t", biogenic_fraction="0.5", source_id="S2"),
    ]
    sources = [{"source_id": one, "enterprise_id": "M"} for one in ("S1", "S2")]
    made = [{"period": "2023", "enterprise_id": "M", "product": "clinker_portland", "quantity": "1000", "unit": "t"}]
    carbon = {
        "period": "2023",
        "enterprise_id": "M",
        "source_id": "S1",
        "product": "methanol",
        "unit": "t",
        "evidence_id": "L1",
    }
    balance = [
        {**carbon, "flow": "carbon_in", "material": "natural gas", "quantity": "100", "carbon_content": "0.75"},
        {**carbon, "flow": "carbon_out", "material": "methanol", "quantity": "60", "carbon_content": "0.375"},
    ]
    tables = {"activity": rows, "sources": sources, "evidence": papers, "production": made, "process_balances": balance}
    with world(tables) as here:
        yield here


def test_fuel_burned(site: World) -> None:
    waste = 8 * 15 * Fraction("0.03") * C * Fraction("0.6")
    fuel = item(site, "term.fuel.tco2")
    assert abs(fuel - (13 * DIESEL + waste)) < GRAMME


def test_biogenic_parts_stand_outside_where_they_are_proven(site: World) -> None:
    part = 8 * 15 * Fraction("0.03") * C * Fraction("0.4")
    whole = 20 * 15 * Fraction("0.03") * C
    assert abs(item(site, "term.biogenic.tco2") - (part + whole)) < GRAMME


def test_feedstock_is_left_out_and_counts_until_it_is_proven(site: World) -> None:
    claimed = item(site, "total.tco2")
    assert claimed == item(site, "scope1.tco2e")
    proven = site.figures["2023"].item("total.tco2", site.chosen, "proven")
    assert proven == claimed + 4 * _twelve(DIESEL)


def test_processes_by_factor_and_by_carbon(site: World) -> None:
    by_factor = 1000 * Fraction("0.5274")
    by_mass = 100 * _twelve(Fraction("0.75") * C) - 60 * _twelve(Fraction("0.375") * C)
    assert item(site, "term.process.tco2") == by_factor + by_mass


def _twelve(value: Fraction) -> Fraction:
    return Fraction(round(value * 10**12), 10**12)
