"""LMDI-I: published examples, the limits for zeros, and exact closure over random cells."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from tests.unit.bridge.pack import example, needs_pack
from verify.bridge.lmdi import effects, logmean, multiplicative
from verify.errors import WrongUsage

CLOSE = 1e-12


@needs_pack
def test_two_categories_of_three_factors() -> None:
    one = example("lmdi_simple_1971_1972")
    x0, x1 = one["inputs"]["X0"], one["inputs"]["XT"]
    assert effects(x0, x1).sum(axis=0) == pytest.approx(one["expected"]["dV_by_factor"], abs=one["tolerance"])
    assert multiplicative(x0, x1) == pytest.approx(one["expected"]["D_by_factor"], abs=one["tolerance"])
    assert np.prod(multiplicative(x0, x1)) == pytest.approx(one["expected"]["D_total"], rel=CLOSE)


@needs_pack
@pytest.mark.parametrize("name", ["lmdi_cell_terms_1971_1972", "lmdi_zero_appears", "lmdi_zero_disappears"])
def test_terms_of_each_cell(name: str) -> None:
    one = example(name)
    found = effects(one["inputs"]["X0"], one["inputs"]["XT"])
    assert found == pytest.approx(np.array(one["expected"]["Z"]), abs=one["tolerance"])


@needs_pack
def test_the_eight_cases_of_a_zero() -> None:
    """Table 2 says what the factor x gets of a cell v; the other factor of the cell takes v where x stands."""
    one = example("lmdi_eight_degenerate_cases")
    for (v0, v1, x0, x1), expected in zip(one["inputs"]["rows"], one["expected"]["Z"], strict=True):
        rest0 = v0 / x0 if x0 else 1.0  # v = x times all else
        rest1 = v1 / x1 if x1 else 1.0
        assert effects([[x0, rest0]], [[x1, rest1]])[0, 0] == pytest.approx(expected, abs=one["tolerance"])


@needs_pack
def test_six_factors_of_commercial_buildings() -> None:
    one = example("pylmdi_china_commercial_buildings_2017_2018")
    found = effects([one["inputs"]["X0"]], [one["inputs"]["XT"]])[0]
    assert found.sum() == pytest.approx(one["expected"]["dV_total"], abs=one["tolerance"])
    assert found == pytest.approx(one["recomputed"]["effects"], abs=1e-5)  # six decimals are printed


@needs_pack
def test_every_factor_doubles() -> None:
    """The demo's second index is the category."""
    one = example("pylmdi_demo")
    x0, x1 = np.array(one["inputs"]["X0"]).T, np.array(one["inputs"]["Xt"]).T
    total, *by_factor = one["expected"]["additive"]
    assert effects(x0, x1).sum(axis=0) == pytest.approx(by_factor, abs=one["tolerance"])
    assert effects(x0, x1).sum() == pytest.approx(total, abs=one["tolerance"])
    assert multiplicative(x0, x1) == pytest.approx(one["expected"]["multiplicative"][1:], abs=one["tolerance"])


def test_an_unchanged_total_still_has_effects() -> None:
    """L(a, a) = a: 100 ln 2 and its opposite. A logarithmic mean of 0 there loses both, and closure does not see it."""
    found = effects([[1000, 0.1]], [[2000, 0.05]])[0]
    assert found == pytest.approx([100 * math.log(2), -100 * math.log(2)], rel=CLOSE)


def test_two_factors_that_vanish_together_count_once() -> None:
    assert effects([[2, 3, 5]], [[0, 3, 0]]).tolist() == [[-15, 0, -15]]
    assert effects([[0, 0, 5]], [[2, 3, 5]]).tolist() == [[15, 15, 0]]


def test_a_factor_that_is_zero_in_both_years_takes_nothing() -> None:
    assert effects([[0, 3]], [[0, 7]]).tolist() == [[0, 0]]
    assert effects([[0, 3]], [[2, 0]]).tolist() == [[0, 0]]


def test_the_mean_of_close_numbers_loses_no_digit() -> None:
    """Against the series a (1 + h/2 - h^2/12 + h^3/24) of the mean of a and a (1 + h)."""
    for h in (1e-15, 1e-12, 1e-9, 1e-6, 1e-4):
        a, b = 7.0, 7.0 * (1 + h)
        h = (b - a) / a
        assert logmean(a, b) == pytest.approx(a * (1 + h / 2 - h**2 / 12 + h**3 / 24), rel=1e-15)


def test_the_mean_lies_between() -> None:
    assert logmean(100, 110) == pytest.approx(10 / math.log(1.1), rel=CLOSE)
    assert logmean([0, 3, 5], [4, 3, 0]).tolist() == [0, 3, 0]


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_left_over(seed: int) -> None:
    """5,000 cells each: sizes over twelve powers of ten, zeros, double zeros, unchanged totals."""
    chance = np.random.default_rng(seed)
    x0, x1 = (10.0 ** chance.uniform(-6, 6, (5000, 7)) for _ in range(2))
    for x in (x0, x1):
        x[chance.random(x.shape) < 0.06] = 0
    x1[:500] = x0[:500]
    swapped = slice(500, 1000)
    x1[swapped] = x0[swapped][:, ::-1]  # the same product of other factors
    change = np.prod(x1, axis=1) - np.prod(x0, axis=1)
    size = np.prod(x1, axis=1) + np.prod(x0, axis=1)
    left = np.abs(effects(x0, x1).sum(axis=1) - change)
    assert (left <= 1e-12 * size).all()


def test_what_is_no_cell_is_refused() -> None:
    for before, after in (([[1, -1]], [[1, 1]]), ([[1, 1]], [[1, math.nan]]), ([[1, math.inf]], [[1, 1]])):
        with pytest.raises(WrongUsage, match="negative_factor"):
            effects(before, after)
    with pytest.raises(WrongUsage, match="shapes_differ"):
        effects([[1, 1]], [[1, 1, 1]])
    with pytest.raises(WrongUsage, match="no_ratio_of_zero"):
        multiplicative([[0, 1]], [[1, 1]])


def test_parts_of_a_cell_add_up_to_the_whole() -> None:
    """LMDI-I is consistent in aggregation: plants by plants or all at once, the effects of a factor are the same sum."""
    x0, x1 = (
        [list(one) for one in product((1.0, 2.0), (3.0, 5.0))],
        [list(one) for one in product((2.0, 7.0), (1.0, 4.0))],
    )
    whole = effects(x0, x1).sum(axis=0)
    parts = effects(x0[:2], x1[:2]).sum(axis=0) + effects(x0[2:], x1[2:]).sum(axis=0)
    assert whole == pytest.approx(parts, rel=CLOSE)
