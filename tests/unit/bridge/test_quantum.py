"""Rounded terms add up to the rounded total, each within a quantum of itself."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from verify.bridge.quantum import adding_up
from verify.errors import OurFault


def test_thirds_by_largest_remainder() -> None:
    third = Fraction(1, 3)
    found = adding_up({"a": third, "b": third, "c": third}, Fraction(1), Fraction(2), places=2)
    assert sorted(found.values()) == [Fraction(33, 100), Fraction(33, 100), Fraction(34, 100)]
    assert found["a"] == Fraction(34, 100)  # equal remainders: by name


def test_a_fall_and_a_term_of_nothing() -> None:
    found = adding_up({"fall": -1.25, "rise": 0.005, "none": 0.0}, Fraction("-1.245"), Fraction(10), places=1)
    assert found == {"fall": Fraction(-12, 10), "rise": 0, "none": 0}


@pytest.mark.parametrize("seed", range(20))
def test_any_terms(seed: int) -> None:
    chance = Random(seed)
    terms = {number: chance.uniform(-1, 1) * 10 ** chance.randint(-8, 7) for number in range(chance.randint(1, 40))}
    total = sum((Fraction(one) for one in terms.values()), Fraction(0))
    total += Fraction(chance.uniform(-1e-9, 1e-9)) * abs(total)  # what floats lose
    size = sum((abs(Fraction(one)) for one in terms.values()), Fraction(0))
    found = adding_up(terms, total, size)
    assert sum(found.values()) == Fraction(round(total * 10**6), 10**6)
    assert all((amount * 10**6).denominator == 1 for amount in found.values())
    room = Fraction(1, 10**6) + Fraction(1e-9) * size
    assert all(abs(found[name] - Fraction(amount)) <= room for name, amount in terms.items())


def test_what_does_not_close_is_our_fault() -> None:
    with pytest.raises(OurFault, match="does_not_close"):
        adding_up({"a": 1.0}, Fraction(2), Fraction(3))
    with pytest.raises(OurFault, match="does_not_close"):
        adding_up({}, Fraction(1), Fraction(1))
