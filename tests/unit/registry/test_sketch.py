"""Sketches of months: copies meet whatever their scale and rounding; even and counted months are not taken for copies."""

from __future__ import annotations

import random
from calendar import monthrange
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.unit.registry.nation_folder import PARAMS
from verify.registry.ground import cells_of
from verify.registry.sketch import bands, scale, worth_comparing

RULE = PARAMS["TZ-REG-08"]
WORKING_DAYS = (20, 18, 23, 22, 19, 21, 23, 22, 21, 18, 22, 23)


def months(chance: random.Random) -> list[Decimal]:
    return [Decimal(chance.randrange(500_000, 900_000)) / 100 for _ in range(12)]


def test_every_scaled_copy_meets_its_pattern_and_is_told_exactly() -> None:
    chance = random.Random(8)
    for _ in range(300):
        one = months(chance)
        factor = Decimal(chance.randrange(300, 3000)) / 1000
        copy = [(value * factor).quantize(Decimal("0.1")) for value in one]
        assert set(bands(one, RULE)) & set(bands(copy, RULE))
        found = scale(one, copy, RULE["tolerance"])
        assert found is not None
        assert abs(found / Fraction(factor) - 1) < Fraction(1, 10_000)


def test_independent_months_are_no_copy() -> None:
    chance = random.Random(9)
    assert all(scale(months(chance), months(chance), RULE["tolerance"]) is None for _ in range(300))


def test_one_month_of_its_own_is_no_copy() -> None:
    one = months(random.Random(10))
    other = [*(value * 2 for value in one[:-1]), one[-1] * Decimal("2.01")]
    assert scale(one, other, RULE["tolerance"]) is None


@pytest.mark.parametrize(
    "values",
    [
        [Decimal(700)] * 12,
        [Decimal(31) * monthrange(2027, month)[1] for month in range(1, 13)],
        [Decimal("13.7") * days for days in WORKING_DAYS],
        [Decimal(0), *[Decimal(5), Decimal(9)] * 5, Decimal(7)],
        [Decimal(5), Decimal(9)],
    ],
)
def test_what_proves_nothing_is_not_compared(values: list[Decimal]) -> None:
    assert not worth_comparing(values, "2027", RULE)


def test_real_months_are_compared() -> None:
    assert worth_comparing(months(random.Random(11)), "2027", RULE)


def test_neighbours_share_a_square_and_numbers_may_be_texts() -> None:
    def square(west: float) -> dict[str, object]:
        ring = [[west, 31], [west + 0.04, 31], [west + 0.04, 31.04], [west, 31.04]]
        return {"type": "Polygon", "coordinates": [[[str(x), str(y)] for x, y in ring]]}

    assert set(cells_of(square(119.9))) & set(cells_of(square(119.93)))
    assert not set(cells_of(square(119.9))) & set(cells_of(square(121)))
    assert list(cells_of({"type": "FeatureCollection", "features": []})) == []
