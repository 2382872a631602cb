"""Sums, products and quotients of many amounts are those of Fraction, to the last bit (verify.bridge.exact)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

from verify.bridge.exact import add, at_most, fraction, product, quotient, summed


def _some(chance: Random) -> Fraction:
    return Fraction(chance.randint(-(10**18), 10**18), chance.choice([1, 3, 7, 10**3, 10**6, 2**53, 999_983]))


def test_a_sum_is_that_of_the_fractions() -> None:
    chance = Random(1)
    amounts = [_some(chance) for _ in range(300)]
    assert summed(amounts) == sum(amounts, Fraction(0))
    assert summed([]) == 0
    held: dict[str, Fraction] = {}
    for one in amounts:
        add(held, "a", one)
    assert held == {"a": sum(amounts, Fraction(0))}


def test_products_and_quotients_are_rounded_once() -> None:
    """A float times a float is rounded three times and is another number in some of these."""
    chance = Random(2)
    pairs = [(_some(chance), _some(chance)) for _ in range(300)]
    assert [product(*pair) for pair in pairs] == [float(one * other) for one, other in pairs]
    assert [quotient(*pair) for pair in pairs] == [float(one / other) for one, other in pairs]
    assert any(float(one) * float(other) != product(one, other) for one, other in pairs)


def test_what_is_compared_with_the_bound_is_compared_with_the_fraction() -> None:
    chance = Random(3)
    for _ in range(300):
        bound = _some(chance)
        near = float(bound)
        assert (near <= at_most(bound)) == (Fraction(near) <= bound)


def test_a_missing_amount_is_nothing() -> None:
    assert fraction(None) == 0
    assert fraction(Decimal("-0.25")) == Fraction(-1, 4)
