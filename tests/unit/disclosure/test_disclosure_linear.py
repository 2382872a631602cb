"""Linear algebra modulo a prime, beside the same over fractions."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from tests.unit.disclosure.attacker import echelon
from verify.disclosure.linear import PRIME, combined, independent, reduced, row_of, total_of, vanishing


def rows(seed: int) -> list[dict[str, Fraction]]:
    """Sparse rows, a few of which follow from others."""
    random = Random(seed)
    found = [
        {name: Fraction(random.randint(-9, 9) or 1, random.randint(1, 7)) for name in random.sample("uvwxyz", 3)}
        for _ in range(4)
    ]
    mixed = {name: 2 * found[0].get(name, 0) - found[1].get(name, 0) / Fraction(3) for name in "uvwxyz"}
    return [*found[:2], {name: Fraction(value) for name, value in mixed.items() if value}, *found[2:], found[0]]


def test_the_prime_is_one() -> None:
    """Lucas and Lehmer: 2^127 - 1 is prime when the 126th term of s -> s^2 - 2 from 4 is 0 modulo it."""
    term = 4
    for _ in range(125):
        term = (term * term - 2) % PRIME
    assert term == 0


def test_ranks_are_those_of_fractions() -> None:
    for seed in range(40):
        some = rows(seed)
        assert len(independent(map(row_of, some))) == len(echelon(some)), seed
        assert len(independent(map(row_of, some[2:]), list(map(row_of, some[:2])))) == len(echelon(some)) - len(
            echelon(some[:2])
        )


def test_every_way_to_nothing_is_found_and_gives_nothing() -> None:
    for seed in range(40):
        some = list(map(row_of, rows(seed)))
        ways = vanishing(some)
        assert len(ways) == len(some) - len(independent(some))
        assert all(total_of(some, way) == {} for way in ways)
        assert total_of(some, combined(ways, [1] * len(ways))) == {}


def test_the_reduced_form_spans_the_same_and_has_ones_at_its_pivots() -> None:
    basis, pivots = reduced([[2, 4, 0], [1, 2, 5], [3, 6, 5]])
    assert sorted(zip(basis, pivots, strict=True)) == [([0, 0, 1], 2), ([1, 2, 0], 0)]
