"""Propagation and simulation against closed forms: a cell, a shared source, an effect at 0 that counts only where it rises."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from verify.bridge.drivers import Effect
from verify.bridge.uncertainty import Rules, Spread, largest, slopes, spread

RULES = Rules(0.95, 20_000)
WIDTH = NormalDist().inv_cdf(0.975)


def everything(effect: Effect) -> bool:
    """Every fall is proven."""
    return True


def nothing(effect: Effect) -> bool:
    """No fall is."""
    return False


def fall(tonnes: float, process: str = "a") -> Effect:
    """What a cell of one process, output and factor the same, lost or won."""
    return Effect(process, "coal", "energy_intensity", tonnes)


def close(found: Spread, real: float, deviation: float) -> None:
    """The closed form of a normal amount: mean, deviation, quantiles."""
    assert found.real == pytest.approx(real)
    assert found.deviation == pytest.approx(deviation)
    assert (found.low, found.high) == pytest.approx((real - WIDTH * deviation, real + WIDTH * deviation))
    # 20,000 draws: the standard error of a 2.5 % quantile is 0.019 deviations
    assert (found.drawn_low, found.drawn_high) == pytest.approx((found.low, found.high), abs=0.08 * deviation)


def test_two_years_that_err_each_by_itself() -> None:
    """E0 = 1000 +- 30, E1 = 900 +- 40 (one deviation): the fall of 100 is +- 50, above 0 at 2 deviations, 150 at 1 the other way."""

    def rerun(source: str, way: float) -> list[Effect]:
        before, after = 1000 + 30 * way * (source == "then"), 900 + 40 * way * (source == "now")
        return [fall(after - before)]

    held, matrix = slopes([fall(-100)], ["then", "now"], rerun)
    found = spread(held, matrix, everything, 150, RULES, 7)
    close(found, 100, 50)
    assert float(found.positive) == pytest.approx(NormalDist().cdf(2), abs=0.005)
    assert found.reaches is not None
    assert float(found.reaches) == pytest.approx(NormalDist().cdf(-1), abs=0.01)


def test_a_source_in_both_years_cancels() -> None:
    """The same meter, 3 % off in both years: 3 % of the difference and not of either year."""
    held, matrix = slopes([fall(-100)], ["meter"], lambda source, way: [fall((900 - 1000) * (1 + 0.03 * way))])
    close(spread(held, matrix, everything, 0, RULES, 7), 100, 3)
    twin, apart = slopes(
        [fall(-100)],
        ["then", "now"],
        lambda source, way: [
            fall(900 * (1 + 0.03 * way * (source == "now")) - 1000 * (1 + 0.03 * way * (source == "then")))
        ],
    )
    assert spread(twin, apart, everything, 0, RULES, 7).deviation == pytest.approx(math.hypot(30, 27))


def test_an_unproven_effect_counts_in_the_draws_in_which_it_rises() -> None:
    """A change of 0 +- 10: as it stands nothing is real; half of the draws are rises, none is abatement."""
    held, matrix = slopes([], ["row"], lambda source, way: [fall(10 * way)])
    found = spread(held, matrix, nothing, 0, RULES, 7)
    assert found.real == found.positive == 0
    assert found.drawn_low == pytest.approx(-10 * WIDTH, abs=0.8)
    assert found.drawn_high == 0
    broken = spread(held, matrix, everything, 0, RULES, 7)  # the twin that credits what is not proven
    assert broken.positive > 0.4


def test_the_draws_are_normal_and_the_same_for_the_same_seed() -> None:
    matrix = np.array([[3.0, 4.0], [0.0, 1.0]])
    effects = [fall(-50), fall(-20, "b")]
    one, again, other = (spread(effects, matrix, everything, 0, RULES, seed) for seed in (1, 1, 2))
    assert one == again != other
    close(one, 70, math.hypot(3, 5))
    few = spread(effects, matrix, everything, 0, Rules(0.95, 333), 1)
    assert few.positive.denominator in (1, 333, 111, 37, 9, 3)


def test_without_an_effect_or_a_claim() -> None:
    held, matrix = slopes([], [], lambda source, way: [])
    found = spread(held, matrix, everything, 0, RULES, 1)
    assert (found.real, found.positive, found.reaches) == (0, 0, None)
    alone = spread([fall(-5)], np.zeros((1, 0)), everything, 5, RULES, 1)
    assert (alone.deviation, alone.positive, alone.reaches, alone.drawn_low) == (0, 1, 1, 5)


def test_the_largest_by_name_where_they_are_alike() -> None:
    assert largest({"b": 2.0, "a": 2.0, "c": 3.0}, 2) == ["c", "a"]
