"""Allocation, stores, zones, bounds, calendar and pictures: conservation, inheritance, and the edges."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from tests.unit.matching.plain import tank
from verify.matching import (
    at,
    by_share,
    deliverable,
    duration,
    grid,
    grouped_bound,
    inherited,
    matched,
    pooled,
    possible_bound,
    pro_rata,
    year_of,
)


def _series(chance: Random, hours: int, most: int) -> np.ndarray:
    return np.array([chance.randint(0, most) for _ in range(hours)], dtype=np.int64)


def test_pro_rata_by_hand() -> None:
    """10 Wh over 1, 1 and 1: nobody above the own load. 2 Wh over three equals: two get one each, in order."""
    ones = {name: np.array([1, 1]) for name in "abc"}
    found = pro_rata(np.array([10, 2]), ones)
    assert {name: one.tolist() for name, one in found.items()} == {"a": [1, 1], "b": [1, 1], "c": [1, 0]}


@pytest.mark.parametrize("most", [7, 10**6, 10**15])
@pytest.mark.parametrize("seed", range(8))
def test_a_pool_gives_what_there_is_and_not_more(seed: int, most: int) -> None:
    chance = Random(seed)
    loads = {f"u{one}": _series(chance, 30, most) for one in range(chance.randint(1, 6))}
    plants = {f"p{one}": _series(chance, 30, most) for one in range(chance.randint(1, 5))}
    own = {name: chance.choice(sorted(loads)) for name in plants if chance.random() < 0.5}
    found = pooled(loads, plants, own)
    whole = matched(sum(loads.values()), sum(plants.values())).matched
    assert (sum(found.users.values()) == whole).all()
    assert (sum(found.plants.values()) == whole).all()
    assert all((found.users[name] <= loads[name]).all() for name in loads)
    assert all((found.plants[name] <= plants[name]).all() for name in plants)
    assert all((one >= 0).all() for one in (*found.users.values(), *found.plants.values()))


def test_an_own_plant_serves_its_owner_first() -> None:
    loads = {"a": np.array([10]), "b": np.array([10])}
    found = pooled(loads, {"roof": np.array([12])}, {"roof": "a"})
    assert {name: one.tolist() for name, one in found.users.items()} == {"a": [10], "b": [2]}


def test_contract_shares() -> None:
    """100 Wh, 60 and 40 per cent: the first can use 50 only, its rest is excess and no one else's."""
    shares = {"a": Fraction(3, 5), "b": Fraction(2, 5)}
    loads = {"a": np.array([50]), "b": np.array([90])}
    assert {name: one.tolist() for name, one in by_share(np.array([100]), shares, loads).items()} == {
        "a": [50],
        "b": [40],
    }
    with pytest.raises(ValueError):
        by_share(np.array([100]), {"a": Fraction(3, 5), "b": Fraction(1, 2)}, loads)


def test_a_store_by_hand() -> None:
    """100 in, half of it clean, at 90 %: of 90 out 45 are clean; the 10 more come from nowhere and are not clean."""
    found = inherited(np.array([100, 0]), np.array([50, 0]), np.array([0, 100]), Fraction(9, 10))
    assert (found.clean.tolist(), found.beyond.tolist(), found.held) == ([0, 45], [0, 10], 0)


@pytest.mark.parametrize("seed", range(25))
def test_a_store_makes_nothing_new(seed: int) -> None:
    chance = Random(seed)
    charge, discharge = _series(chance, 200, 1000), _series(chance, 200, 900)
    clean = np.array([chance.randint(0, int(one)) for one in charge])
    efficiency = Fraction(chance.randint(50, 100), 100)
    found = inherited(charge, clean, discharge, efficiency)
    exact = tank(charge.tolist(), clean.tolist(), discharge.tolist(), efficiency)
    gaps = [due - got for due, got in zip(exact, found.clean.tolist(), strict=True)]
    assert all(0 <= gap < 2 for gap in gaps)  # rounded down to whole Wh, never up
    assert int(found.clean.sum()) <= efficiency * int(clean.sum())
    assert (found.clean + found.beyond <= discharge).all()


def test_a_twin_whose_discharge_is_new_is_caught() -> None:
    """Counting the discharge itself: 90 clean Wh out of 50."""
    charge, clean, discharge = np.array([100, 0]), np.array([50, 0]), np.array([0, 90])
    assert int(discharge.sum()) > Fraction(9, 10) * int(clean.sum())
    assert int(inherited(charge, clean, discharge, Fraction(9, 10)).clean.sum()) == 45


def test_a_store_refuses_what_cannot_be() -> None:
    with pytest.raises(ValueError):
        inherited(np.array([1]), np.array([2]), np.array([0]), Fraction(1))
    with pytest.raises(ValueError):
        inherited(np.array([1]), np.array([1]), np.array([0]), Fraction(11, 10))


def test_zones() -> None:
    assert deliverable("华东 ", "华东", {})
    assert not deliverable("西北", "华东", {})
    assert deliverable("西北", "华东", {"西北": ["华东"]})
    assert not deliverable("华东", "西北", {"西北": ["华东"]})
    assert not deliverable("", "", {})


@pytest.mark.parametrize("seed", range(30))
def test_bounds_hold_whatever_the_profile(seed: int) -> None:
    chance = Random(seed)
    groups = np.repeat(np.arange(5), 24)
    load = _series(chance, 120, 100)
    possible = np.tile(np.array([6 <= hour < 18 for hour in range(24)]), 5)
    clean = np.where(possible, _series(chance, 120, 150), 0)
    monthly = [np.bincount(groups, weights=one).astype(np.int64) for one in (load, clean)]
    true = at(load, clean).matched
    assert true <= possible_bound(load, monthly[1], groups, possible, 150).matched
    assert possible_bound(load, monthly[1], groups, possible).matched <= grouped_bound(*monthly).matched
    assert possible_bound(load, monthly[1], groups, possible, 150).share <= grouped_bound(*monthly).share


def test_the_worst_month_is_no_bound_of_the_year() -> None:
    """A dark month of 1 Wh and a bright one of 99: the year reaches 99 %, the smallest month has 0."""
    load, clean = np.array([1, 99]), np.array([0, 99])
    assert grouped_bound(load, clean).share == at(load, clean).contracted == Fraction(99, 100)


@pytest.mark.parametrize(
    ("year", "zone", "hours", "first"),
    [
        (2027, "Asia/Shanghai", 8760, 499656 - 8),
        (2028, "Asia/Shanghai", 8784, 499656 - 8 + 8760),
        (2027, "Europe/Berlin", 8760, 499656 - 1),
    ],
)
def test_a_year_of_hours(year: int, zone: str, hours: int, first: int) -> None:
    """1970-01-01 to 2027-01-01 are 57 x 365 + 14 days: 499,656 hours; Berlin begins one, Beijing eight hours before."""
    found = year_of(year, zone)
    assert found.hours == hours
    assert found.first == first
    assert (found.days[0], found.days[-1]) == (date(year, 1, 1), date(year, 12, 31))


def test_days_of_a_clock_change() -> None:
    """Berlin 2027: 28 March has 23 hours and no second hour, 31 October 25 with the second hour twice."""
    found = year_of(2027, "Europe/Berlin")
    spring, autumn = (found.days.index(date(2027, month, day)) for month, day in ((3, 28), (10, 31)))
    hours = {day: found.clock[found.days_of == day].tolist() for day in (spring, autumn)}
    assert len(hours[spring]) == 23
    assert 2 not in hours[spring]
    assert hours[autumn].count(2) == 2


def test_the_grid_and_the_curve() -> None:
    year = year_of(2027, "Asia/Shanghai")
    load, clean, known = (np.full(year.hours, value) for value in (9, 0, True))
    clean[:5] = [1, 3, 6, 9, 20]  # of 9: below one third, one third, two thirds, all, more
    load[5], known[6] = 0, False
    rows = grid(matched(load, clean), known, year)
    assert len(rows) == 365
    assert rows[0] == "abcff.-" + "n" * 17
    curve = duration(matched(load, clean), known, 4)
    assert curve[0] == 1
    assert curve[-1] == 0
    assert curve == sorted(curve, reverse=True)
