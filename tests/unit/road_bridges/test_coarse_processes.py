"""Where no output is known: nothing that falls there is abatement, and both ends of what it could be are said."""

from __future__ import annotations

import pytest

from tests.unit.checks.handed import A, B
from tests.unit.road_bridges.stories import BASE, CLAIM, bridge, coal, park, steel, total
from verify.bridge.coarse import Coarse
from verify.bridge.drivers import Effect
from verify.checks.world import World
from verify.road.bridges import bridges

CLOSE = {"rel": 1e-9, "abs": 2e-6}


def coarse(world: World) -> Coarse:
    """What the reduction bridge leaves open."""
    found = bridges(world).reduction
    assert found is not None
    return found.coarse


def test_a_fall_without_an_output_is_open_and_not_credited() -> None:
    """A shows its steel and saves 100 t of coal; B shows nothing and burns 60 t less of 400."""
    rows = [coal(BASE, "1000"), coal(CLAIM, "900"), coal(BASE, "400", of=B), coal(CLAIM, "340", of=B)]
    world = park(*rows, production=[steel(BASE, "500"), steel(CLAIM, "500")])
    a_tonne = total(world, BASE) / 1400
    found = coarse(world)
    assert float(bridge(world).real) == pytest.approx(100 * a_tonne, **CLOSE)
    assert float(found.tonnes) == pytest.approx(400 * a_tonne, **CLOSE)
    assert (float(found.either.low), float(found.either.high)) == pytest.approx((-60 * a_tonne, 0), **CLOSE)
    assert float(found.real.low) == pytest.approx(100 * a_tonne, **CLOSE)
    assert float(found.real.high) == pytest.approx(160 * a_tonne, **CLOSE)


def test_a_rise_that_the_growth_of_the_others_excuses_is_in_the_lower_end() -> None:
    """A makes half as much again; B, without an output, burns half as much again: growth, or a worse plant."""
    rows = [coal(BASE, "1000"), coal(CLAIM, "1500"), coal(BASE, "400", of=B), coal(CLAIM, "600", of=B)]
    world = park(*rows, production=[steel(BASE, "500"), steel(CLAIM, "750")])
    a_tonne = total(world, BASE) / 1400
    assert float(bridge(world).real) == pytest.approx(0, abs=1e-5)
    assert float(coarse(world).real.low) == pytest.approx(-200 * a_tonne, **CLOSE)
    assert float(coarse(world).real.high) == pytest.approx(0, abs=1e-5)


def test_a_park_that_names_every_output_leaves_nothing_open() -> None:
    world = park(coal(BASE, "1000"), coal(CLAIM, "900"), production=[steel(BASE, "500"), steel(CLAIM, "500")])
    found = coarse(world)
    assert found.tonnes == 0
    assert found.real.low == found.real.high == bridge(world).real


def test_what_is_used_inside_of_a_coarse_process_is_coarse_too() -> None:
    """B makes 50 pieces of one good, which A uses, and next 70 MWh of another, which A uses too: by source one process, whose
    outputs nothing compares."""
    rows = [coal(BASE, "1000"), coal(CLAIM, "1000"), coal(BASE, "400", of=B), coal(CLAIM, "200", of=B)]
    of_b = {"of": B, "source_id": ""}
    made = [
        steel(BASE, "500"),
        steel(CLAIM, "500"),
        steel(BASE, "50", product="clinker", unit="piece", **of_b),
        steel(CLAIM, "70", product="lime", unit="MWh", **of_b),
        steel(BASE, "50", product="clinker", unit="piece", flow="consumed"),
        steel(CLAIM, "70", product="lime", unit="MWh", flow="consumed"),
    ]
    found = bridges(park(*rows, production=made, enterprises=[{"enterprise_id": one} for one in (A, B)])).reduction
    assert found is not None
    by_source = found.bridges["union", "by_source"]
    credited = [one for one in by_source.effects if _falls_inside(one) and one.process.startswith(B)]
    assert credited == []


def _falls_inside(one: Effect) -> bool:
    return one.term in ("energy_intensity", "fuel_switch", "process") and one.tonnes < -1e-6
