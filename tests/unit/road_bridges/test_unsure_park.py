"""How sure the abatement of a small park is, by hand: rows, meters, factors; and the straight lines against the whole bridge."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from random import Random
from statistics import NormalDist

import pytest

from tests.unit.checks.handed import A, Row
from tests.unit.road_bridges.stories import BASE, CLAIM, coal, grid, park, power_used, steel, total
from verify.bridge.drivers import decomposed
from verify.bridge.errors import accuracy
from verify.bridge.found import Bridges, Uncertainty
from verify.bridge.reduction import ABATING, told
from verify.checks.world import World
from verify.road.bridges import bridges
from verify.road.bridges.fences import fences
from verify.road.bridges.pair import Pair
from verify.road.bridges.uncertainty import moved, stated

SAME = [steel(BASE, "500"), steel(CLAIM, "500")]
WIDTH = NormalDist().inv_cdf(0.975)
LOOSE = {"basis": "invoice", "meter_id": "", "evidence_id": "E-o"}
CARBON = "gbt32151_34_2024.bituminous_coal.carbon_content"


def unsure(world: World) -> Uncertainty:
    """The uncertainty of the bridge that decides."""
    found = bridges(world).uncertainty
    assert found is not None
    return found


def meter(of_class: str) -> list[Row]:
    """The meter M-1."""
    return [{"meter_id": "M-1", "enterprise_id": A, "carrier": "bituminous_coal", "accuracy_class": of_class}]


def test_rows_of_five_per_cent_in_both_years() -> None:
    """Half of the 95 % interval is 5 % of each year; the years err each by itself."""
    rows = [coal(year, tonnes, uncertainty_pct="5", **LOOSE) for year, tonnes in ((BASE, "1000"), (CLAIM, "900"))]
    world = park(*rows, production=SAME)
    base, found = total(world, BASE), unsure(world)
    assert found.spread.real == pytest.approx(base / 10, rel=1e-6)
    assert found.spread.deviation == pytest.approx(0.05 / WIDTH * base * math.hypot(1, 0.9), rel=1e-3)
    assert found.covered == 1
    assert (found.sources, found.together) == (2, 0)
    expected = NormalDist().cdf(found.spread.real / found.spread.deviation)
    assert float(found.spread.positive) == pytest.approx(expected, abs=0.01)


def test_twelve_months_that_err_each_by_itself_are_surer_than_a_year() -> None:
    rows = [
        coal(f"{year}-{month:02}", tonnes, uncertainty_pct="5", **LOOSE)
        for year, tonnes in ((BASE, "100"), (CLAIM, "90"))
        for month in range(1, 13)
    ]
    world = park(*rows, production=SAME)
    expected = 0.05 / WIDTH / math.sqrt(12) * total(world, BASE) * math.hypot(1, 0.9)
    assert unsure(world).spread.deviation == pytest.approx(expected, rel=1e-3)


def test_one_meter_in_both_years_errs_alike() -> None:
    """Class 1.0, a rectangular distribution: 1 % / sqrt 3 of the difference."""
    world = park(coal(BASE, "1000"), coal(CLAIM, "900"), production=SAME, meters=meter("1.0级"))
    found = unsure(world).spread
    assert found.deviation == pytest.approx(0.01 / math.sqrt(3) * found.real, rel=1e-3)
    assert found.positive == 1


def test_two_meters_do_not() -> None:
    both = [*meter("1.0"), {**meter("1.0")[0], "meter_id": "M-2"}]
    world = park(coal(BASE, "1000"), coal(CLAIM, "900", meter_id="M-2"), production=SAME, meters=both)
    expected = 0.01 / math.sqrt(3) * total(world, BASE) * math.hypot(1, 0.9)
    assert unsure(world).spread.deviation == pytest.approx(expected, rel=1e-3)


def test_a_factor_with_a_range_cancels_but_for_the_difference() -> None:
    """The carbon content of coal is +- 4 % (half of the interval) in both years: 4 % of the fall."""
    world = park(coal(BASE, "1000"), coal(CLAIM, "900"), production=SAME)
    assert bridges(world).absent["uncertainty"] == "not_stated"
    value = world.ruler.values[CARBON]
    number = value.entries[0].value
    wide = replace(value, low=number * Fraction(96, 100), high=number * Fraction(104, 100))
    ranged = replace(world, ruler=replace(world.ruler, values={**world.ruler.values, CARBON: wide}), cache={})
    found = unsure(ranged).spread
    assert found.deviation == pytest.approx(0.04 / WIDTH * found.real, rel=1e-3)


def test_the_share_of_tonnes_that_says_how_exact_it_is() -> None:
    sure = coal(BASE, "3000", source_id="k2"), coal(CLAIM, "3000", source_id="k2")
    loose = [coal(year, "1000", uncertainty_pct="5", **LOOSE) for year in (BASE, CLAIM)]
    found = unsure(park(*sure, *loose, production=SAME))
    assert found.covered == Fraction(1, 4)


def test_nothing_stated_is_absent_and_the_same_park_gives_the_same_bytes() -> None:
    plain = bridges(park(coal(BASE, "1000"), coal(CLAIM, "900"), production=SAME))
    assert plain.uncertainty is None
    assert plain.absent["uncertainty"] == "not_stated"

    def again() -> Bridges:
        rows = [coal(year, "1000", uncertainty_pct="5", **LOOSE) for year in (BASE, CLAIM)]
        return bridges(park(*rows, production=SAME))

    assert again().uncertainty == again().uncertainty


def test_the_straight_lines_are_the_whole_bridge() -> None:
    """A park of coal, grid power and two products with errors of 2 to 6 %: the whole bridge drawn 400 times beside the lines."""
    rows = [
        coal(BASE, "1000", uncertainty_pct="4", source_id="k1", **LOOSE),
        coal(CLAIM, "820", uncertainty_pct="6", source_id="k1", **LOOSE),
        coal(BASE, "500", uncertainty_pct="3", source_id="k2", **LOOSE),
        coal(CLAIM, "540", uncertainty_pct="3", source_id="k2", **LOOSE),
        grid(BASE, "1000", uncertainty_pct="2", **LOOSE),
        grid(CLAIM, "1300", uncertainty_pct="2", **LOOSE),
        power_used(BASE, "1000", uncertainty_pct="5", source_id="k1", **LOOSE),
        power_used(CLAIM, "1300", uncertainty_pct="5", source_id="k1", **LOOSE),
    ]
    made = [
        steel(year, amount, source_id=source, product=product)
        for source, product, year, amount in (
            ("k1", "steel", BASE, "500"),
            ("k1", "steel", CLAIM, "520"),
            ("k2", "lime", BASE, "300"),
            ("k2", "lime", CLAIM, "290"),
        )
    ]
    world = park(*rows, production=made)
    rules = world.ruler.text.bridge
    assert rules is not None
    pair = Pair(world, rules, fences(world, rules, stated(world, rules)))
    inside = pair.around.common["union"]
    built = pair.built("union", "as_filed")
    names = sorted({error.source for one in (*inside.before, *inside.after) for error in one.errors})
    chance, kind, drawn = Random(11), pair.kind("as_filed"), []
    for _ in range(400):
        held = inside
        for name in names:
            held = moved(held, {name: name}, name, chance.gauss(0, 1))
        before, after, _drivers = pair.sides(held, kind)
        effects = told(decomposed(before.drivers, after.drivers), built.proven)
        drawn.append(-sum(one.tonnes for one in effects if one.term in ABATING))
    drawn.sort()
    found = unsure(world).spread
    mean = math.fsum(drawn) / len(drawn)
    deviation = math.sqrt(math.fsum((one - mean) ** 2 for one in drawn) / (len(drawn) - 1))
    assert mean == pytest.approx(found.real, abs=4 * deviation / 20)  # four standard errors of the mean
    assert deviation == pytest.approx(found.deviation, rel=0.15)  # four of the deviation
    assert drawn[10] == pytest.approx(found.drawn_low, abs=0.5 * deviation)
    assert drawn[-11] == pytest.approx(found.drawn_high, abs=0.5 * deviation)


@pytest.mark.parametrize(
    ("text", "of_class"),
    [("0.5S", 0.5), ("1.0级", 1.0), ("2", 2.0), ("", None), ("A", None), ("0", None), ("±0.5", None)],
)
def test_the_class_of_a_meter(text: str, of_class: float | None) -> None:
    assert accuracy(text) == of_class
