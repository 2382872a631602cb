"""The ratio and the level bridge of small parks, by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.checks.handed import A, flow
from tests.unit.checks.world import Row
from tests.unit.road_bridges.stories import BASE, CLAIM, METERED, grid, park, power_used, steel
from verify.bridge.shapley import MOST
from verify.checks.world import World
from verify.road.bridges import bridges
from verify.road.bridges.level import level_of

SAME = [steel(BASE, "500"), steel(CLAIM, "500")]
CORE = "unit_energy_co2"


def powered(year: str, mwh: str, supply: str = "grid") -> list[Row]:
    """Power bought and used."""
    return [grid(year, mwh, supply), power_used(year, mwh)]


def value(world: World, year: str) -> Fraction:
    found = world.figures[year].indicator_value(CORE, world.chosen)
    assert isinstance(found, Fraction)
    return found


def test_certified_power_for_a_new_user_dilutes_and_moves_no_tonne() -> None:
    """1000 MWh of the grid in both years; 500 MWh of certificates more: the energy rises by half, the ratio falls by a third."""
    world = park(
        *powered(BASE, "1000"), *powered(CLAIM, "1000"), *powered(CLAIM, "500", "certificate"), production=SAME
    )
    found = bridges(world).ratio
    assert found is not None
    assert (found.before, found.after) == (value(world, BASE), value(world, CLAIM))
    assert found.after == found.before * 2 / 3
    assert sum(found.above.values()) == pytest.approx(0, abs=1e-6)
    assert float(found.below["dilution"]) == pytest.approx(float(found.after - found.before), abs=1e-6)
    moved = {name for name, amount in found.below.items() if abs(amount) > Fraction(1, 10**6)}
    assert moved == {"dilution"}


def test_the_dilution_of_the_pack() -> None:
    """240 kt in both years; 667 GWh of certificates at 0.30 lift T from 800 to 1,000.1 ktce: 0.300 to 0.240, all of it dilution.

    240,000 t are 288,288 MWh of the grid; the rest of 800 ktce are certificates of the base year.
    """
    mwh = Fraction(240_000) / Fraction("0.8325")
    both = ("288288.288288", str(float(round(Fraction(800_000) / Fraction("0.3") - mwh, 6))))
    rows = [row for year in (BASE, CLAIM) for supply, used in zip(("grid", "certificate"), both, strict=True)
            for row in powered(year, used, supply)]  # fmt: skip
    new = [grid(CLAIM, "667000", "certificate", "D"), power_used(CLAIM, "667000", "D")]
    found = bridges(park(*rows, *new, production=SAME)).ratio
    assert found is not None
    assert float(found.before) == pytest.approx(0.3, abs=1e-9)
    assert float(found.after) == pytest.approx(0.24, abs=1e-4)
    assert float(found.below["dilution"]) == pytest.approx(float(found.after - found.before), abs=1e-8)
    assert float(found.below["use"]) == pytest.approx(0, abs=1e-8)


def test_a_new_user_with_its_products_is_use() -> None:
    rows = [
        *powered(BASE, "1000"),
        *powered(CLAIM, "1000"),
        grid(CLAIM, "500", "certificate", "D"),
        power_used(CLAIM, "500", "D"),
    ]
    found = bridges(park(*rows, production=[*SAME, steel(CLAIM, "9", "D", "wire")])).ratio
    assert found is not None
    assert found.below["dilution"] == 0
    assert float(found.below["use"]) == pytest.approx(float(found.after - found.before), abs=1e-6)


def test_energy_that_is_counted_twice() -> None:
    """A battery's discharge as primary production: 300 MWh more of T that came in before."""
    again = [
        flow(A, "electricity", "primary_production", "300", "MWh", period=CLAIM, source_id="battery"),
        flow(A, "electricity", "charged", "300", "MWh", period=CLAIM, source_id="battery"),
    ]
    rows = [*powered(BASE, "1000"), *powered(CLAIM, "1000"), *again]
    found = bridges(park(*rows, production=SAME)).ratio
    assert found is not None
    assert float(found.below["double"]) == pytest.approx(float(found.after - found.before), abs=1e-6)
    assert found.below["dilution"] == found.below["use"] == 0


def test_a_misstated_denominator_is_told_apart_from_use() -> None:
    rows = [*powered(BASE, "1000"), *powered(CLAIM, "1000")]
    plain = park(*rows, production=SAME)
    energy = plain.item("energy.tce", CLAIM)
    assert isinstance(energy, Fraction)
    own = {"year": CLAIM, "item": "energy.tce", "value": str(float(energy + 100)), "unit": "tce"}
    filed = [own, own | {"value": "1", "authority": "statistics"}]
    found = bridges(park(*rows, production=SAME, reported=filed)).ratio
    assert found is not None
    assert found.below["use"] == 0
    assert found.below["misstatement"] == pytest.approx(float(found.after - found.before), abs=1e-8)


def test_the_level_of_a_certified_park() -> None:
    """All power by certificates: claimed 0; strict is the grid factor over the coefficient; nothing of it is proven."""
    world = park(*powered(CLAIM, "1000", "certificate"), production=SAME)
    found = level_of(world, CORE)
    assert found is not None
    energy = world.item("energy.tce", CLAIM)
    assert isinstance(energy, Fraction)
    assert found.claimed == 0
    assert "el.in_certificate" in found.terms
    assert found.strict + sum(found.terms.values()) == 0
    assert found.of_it_proven["el.in_certificate"] == 0
    assert found.proven == Fraction(1000) * Fraction("0.8325") / energy


def test_more_switches_than_can_be_told_apart_are_grouped() -> None:
    """Every carrier with a measured factor of its own is one rule; the open points come on top: no more than the most are shown."""
    lab = [{"evidence_id": "E-lab", "kind": "laboratory_report"}]
    rows = [
        *powered(CLAIM, "1000", "certificate"),
        *powered(CLAIM, "1000", "direct_nonfossil"),
        flow(A, "heat", "purchased", "5000", "GJ", period=CLAIM, supply="nonfossil_heat", **METERED),
        flow(A, "natural_gas", "purchased", "900", "10^3Nm3", period=CLAIM, **METERED),
        flow(A, "natural_gas", "feedstock", "500", "10^3Nm3", period=CLAIM, **METERED),
        flow(A, "natural_gas", "final_use", "400", "10^3Nm3", period=CLAIM, activity_type="终端消费", **METERED),
        flow(A, "electricity", "primary_production", "300", "MWh", period=CLAIM, supply="self_nonfossil", **METERED),
        flow(A, "electricity", "sold", "100", "MWh", period=CLAIM, supply="grid", **METERED),
        flow(A, "electricity", "loss", "50", "MWh", period=CLAIM, **METERED),
    ]
    found = level_of(park(*rows, production=SAME, evidence=lab), CORE)
    assert found is not None
    assert len(found.terms) <= MOST
    assert found.strict + sum(found.terms.values()) == found.claimed
    assert found.strict + sum(found.of_it_proven.values()) == found.proven
