"""The score against plain Python; the wrong definitions and broken twins give other numbers."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from tests.unit.matching.plain import coarser, matched_share, mean_of_hours, share_of_matched_hours
from verify import matching
from verify.matching import Score, at, cfe, matched


def test_two_hours_by_hand() -> None:
    """Load 3 and 1, clean 1 and 3: by the year 4 of 4, by the hour 1 + 1 of 4; nothing is carried."""
    load, clean = np.array([3, 1]), np.array([1, 3])
    assert at(load, clean) == Score(load=4, clean=4, matched=2, imported=2, excess=2)
    assert at(load, clean).contracted == Fraction(1, 2)
    assert at(load, clean, np.zeros(2, dtype=np.int64)).contracted == 1


@pytest.mark.parametrize("seed", range(40))
def test_every_resolution_is_that_of_plain_python(seed: int) -> None:
    chance = Random(seed)
    hours = chance.randint(1, 400)
    size = 10 ** chance.randint(1, 12)
    load, clean = ([chance.randint(0, size) for _ in range(hours)] for _ in range(2))
    load[0] += 1
    groups = sorted(chance.randrange(6) for _ in range(hours))
    groups = [sorted(set(groups)).index(one) for one in groups]
    found = at(np.array(load), np.array(clean))
    assert found.contracted == matched_share(load, clean)
    assert found.matched + found.imported == sum(load)
    assert found.matched + found.excess == sum(clean)
    by_group = at(np.array(load), np.array(clean), np.array(groups))
    assert by_group.contracted == matched_share(coarser(load, list(groups)), coarser(clean, list(groups)))
    assert found.matched <= by_group.matched <= min(sum(load), sum(clean))


def test_the_wrong_definitions_are_other_numbers_and_not_offered() -> None:
    """A large matched hour and many small dark ones: 91 % of the energy, a tenth of the hours."""
    load, clean = [1000, *[11] * 9], [1000, *[0] * 9]
    assert at(np.array(load), np.array(clean)).contracted == Fraction(1000, 1099)
    assert mean_of_hours(load, clean) == share_of_matched_hours(load, clean) == Fraction(1, 10)
    assert not [name for name in dir(matching) if "mean" in name or "hours_matched" in name or "average" in name]


def test_a_twin_that_carries_excess_is_caught() -> None:
    load, clean = np.array([3, 1]), np.array([1, 3])
    carried = min(int(load.sum()), int(clean.sum()))
    assert carried != at(load, clean).matched


def test_the_grid_share_counts_on_the_import_only() -> None:
    """Load 10 and 10, clean 4 and 20, the grid half clean in the first hour: (4 + 3 + 10) / 20."""
    load, clean = np.array([10, 10]), np.array([4, 20])
    assert cfe(load, clean, np.array([50, 90]), 100) == Fraction(17, 20)
    assert cfe(load, clean, np.array([0, 0]), 100) == at(load, clean).contracted
    with pytest.raises(ValueError):
        cfe(load, clean, np.array([101, 0]), 100)


def test_sums_beyond_int64_stay_exact() -> None:
    size = 2**61
    found = at(np.full(40, size), np.full(40, size - 1))
    assert (found.load, found.matched) == (40 * size, 40 * (size - 1))


@pytest.mark.parametrize("load", [[1.5], [-1], [[1]], [2**62]])
def test_what_is_no_energy_is_refused(load: list[object]) -> None:
    with pytest.raises(ValueError):
        at(np.array(load), np.array([1]))


def test_other_hours_are_refused_and_no_load_has_no_score() -> None:
    with pytest.raises(ValueError):
        at(np.array([1, 2]), np.array([1]))
    assert at(np.array([0]), np.array([5])).contracted is None
    assert matched(np.array([0]), np.array([5])).excess.tolist() == [5]
