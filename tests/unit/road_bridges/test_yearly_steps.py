"""The yearly steps of a park: there where every year between has data, else absent with the reason."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.checks.handed import A, B
from tests.unit.road_bridges.stories import BASE, CLAIM, bridge, coal, park, steel, total
from verify.bridge.found import Reduction
from verify.checks.world import World
from verify.road.bridges import bridges

BETWEEN = "2026"


def reduction(world: World) -> Reduction:
    """The reduction bridge with its chain."""
    found = bridges(world).reduction
    assert found is not None
    return found


def test_output_that_swings_leaves_other_terms_year_by_year() -> None:
    """1000 t of coal for 500 t of steel; 2000 for 1000; 500 for 500: the ends see half the intensity of 500 t, the second step
    half the intensity on the way down from 1000."""
    world = park(
        *(coal(year, tonnes) for year, tonnes in ((BASE, "1000"), (BETWEEN, "2000"), (CLAIM, "500"))),
        production=[steel(BASE, "500"), steel(BETWEEN, "1000"), steel(CLAIM, "500")],
    )
    found = reduction(world)
    assert found.chained is not None
    base = total(world, BASE)
    assert float(bridge(world).terms["energy_intensity"]) == pytest.approx(-base / 2, abs=2e-6)
    # L(0.5, 2) = 1.5 / ln 4, of it ln(1/2): three quarters
    assert float(found.chained.terms["energy_intensity"]) == pytest.approx(-0.75 * base, abs=2e-6)
    assert float(found.chained.terms["activity"]) == pytest.approx(0.25 * base, abs=2e-6)
    assert sum(found.chained.terms.values(), Fraction(0)) == sum(bridge(world).terms.values(), Fraction(0))


def test_who_came_and_went_between_is_boundary_in_two_steps() -> None:
    """B is a member in the year between alone: the ends do not see it, the steps see it come and go."""
    members = [{"enterprise_id": A}, {"enterprise_id": B, "from": "2026-01-01", "to": "2026-12-31", "reason": "left"}]
    rows = [coal(year, "1000") for year in (BASE, BETWEEN, CLAIM)]
    made = [steel(year, "500") for year in (BASE, BETWEEN, CLAIM)]
    world = park(
        *rows,
        coal(BETWEEN, "400", of=B),
        production=[*made, steel(BETWEEN, "100", of=B)],
        enterprises=members,
    )
    found = reduction(world)
    assert found.chained is not None
    assert sum(found.chained.terms.values(), Fraction(0)) == 0
    assert found.chained.real == 0


def test_a_year_without_data_and_years_side_by_side_have_none() -> None:
    made = [steel(BASE, "500"), steel(CLAIM, "500")]
    gap = bridges(park(coal(BASE, "1000"), coal(CLAIM, "900"), production=made))
    assert gap.reduction is not None
    assert gap.reduction.chained is None
    assert gap.absent["chained"] == "years_missing"
