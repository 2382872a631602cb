"""The chain of yearly steps: exact between the two ends, other than the two-point bridge, and it says where an answer turns."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from tests.unit.bridge.random_years import random_side
from verify.bridge.chain import chain, chained
from verify.bridge.drivers import Effect, Process, Use, Year, total
from verify.bridge.reduction import ORDER, Side, reduction
from verify.bridge.restatement import Recomputed
from verify.canonical import rounded
from verify.errors import WrongUsage


def everything(effect: Effect) -> bool:
    """Every fall is proven."""
    return True


def year(output: float, intensity: float) -> Side:
    """One process on coal at 1 t of CO2 per unit of energy."""
    drivers = Year(output, {"steel": Process(1, intensity, {"coal": Use(1, 1)})})
    return Side(Recomputed(*[Fraction(total(drivers))] * 5), drivers)


@pytest.mark.parametrize("seed", range(20))
def test_steps_add_up_to_the_change_between_the_two_ends_to_the_last_decimal(seed: int) -> None:
    chance = Random(seed)
    sides = [random_side(chance) for _ in range(4)]
    steps, two_points = chained(sides, lambda number: everything), reduction(sides[0], sides[-1], everything)
    assert list(steps.terms) == list(ORDER)
    assert sum(steps.terms.values()) == rounded(two_points.reported, 6)
    assert steps.terms != two_points.terms


def test_the_sum_of_two_steps_by_hand() -> None:
    """Output 100, 200, 100; intensity 1, 1, 1/2: the ends see intensity alone, each of the steps does too, of more or less."""
    sides = [year(100, 1), year(200, 1), year(100, 0.5)]
    steps, ends = chained(sides, lambda number: everything), reduction(sides[0], sides[2], everything)
    assert float(ends.terms["energy_intensity"]) == pytest.approx(-50)
    # L(50, 200) ln(1/2) = (150 / ln 4) ln(1/2) = -75 of the second step; +100 and -75 of output in the two steps
    assert float(steps.terms["energy_intensity"]) == pytest.approx(-75)
    assert float(steps.terms["activity"]) == pytest.approx(25)
    assert steps.turns(ends) == ()


def test_whether_it_comes_to_the_claim_can_turn() -> None:
    """The same with 90 in the end: 55 are claimed; L(45, 100) ln 2 = 47.7 between the ends, L(45, 200) ln 2 = 72.0 in steps."""
    sides = [year(100, 1), year(200, 1), year(90, 0.5)]
    steps, ends = chained(sides, lambda number: everything), reduction(sides[0], sides[2], everything)
    assert float(ends.real) == pytest.approx(47.74, abs=0.01)
    assert float(steps.real) == pytest.approx(72.02, abs=0.01)
    assert steps.turns(ends) == ("reaches",)


def test_a_sign_that_turns_is_said() -> None:
    """Two products; the first falls while it is small, the second rises while it is large; between them the mix swings."""

    def mix(first: tuple[float, float], second: tuple[float, float]) -> Side:
        drivers = Year(
            1,
            {
                "a": Process(first[0], first[1], {"coal": Use(1, 1)}),
                "b": Process(second[0], second[1], {"coal": Use(1, 1)}),
            },
        )
        return Side(Recomputed(*[Fraction(total(drivers))] * 5), drivers)

    # a is 10 in both ends and 1000 between; its intensity falls to 9/10 while it is 1000. b stands still in output and rises
    sides = [mix((10, 1), (100, 1)), mix((1000, 1), (100, 1)), mix((1000, 0.9), (100, 1)), mix((10, 0.9), (100, 1.05))]
    ends, steps = reduction(sides[0], sides[3], everything), chained(sides, lambda number: everything)
    assert ends.real < 0 < steps.real
    assert "sign" in steps.turns(ends)


def test_steps_that_do_not_meet_are_refused() -> None:
    one, other = reduction(year(100, 1), year(90, 1), everything), reduction(year(80, 1), year(70, 1), everything)
    with pytest.raises(WrongUsage, match="broken_chain"):
        chain([one, other])
    with pytest.raises(WrongUsage, match="broken_chain"):
        chain([])
