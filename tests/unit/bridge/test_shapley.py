"""Shapley's value against the average over all orders, which is its definition."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from random import Random

import pytest

from verify.bridge.shapley import MOST, shares
from verify.errors import WrongUsage


def by_orders(switches: list[str], value: dict[frozenset[str], Fraction]) -> dict[str, Fraction]:
    """The definition: the mean of what a switch adds over every order of throwing them."""
    orders = list(permutations(switches))
    found = dict.fromkeys(switches, Fraction(0))
    for order in orders:
        for place, one in enumerate(order):
            before = frozenset(order[:place])
            found[one] += (value[before | {one}] - value[before]) / len(orders)
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_it_is_the_mean_over_all_orders(count: int) -> None:
    chance = Random(count)
    switches = [f"switch {number}" for number in range(count)]
    sets = [frozenset(some) for size in range(count + 1) for some in combinations(switches, size)]
    value = {one: Fraction(chance.randint(-(10**6), 10**6), chance.randint(1, 97)) for one in sets}
    found = shares(switches, value.__getitem__)
    assert found == by_orders(switches, value)
    assert sum(found.values()) == value[frozenset(switches)] - value[frozenset()]


def test_a_switch_that_moves_nothing_gets_nothing_and_equals_share_alike() -> None:
    found = shares(["a", "b", "idle"], lambda on: Fraction(12 if {"a", "b"} <= on else 0))
    assert found == {"a": 6, "b": 6, "idle": 0}


def test_a_set_is_asked_once() -> None:
    asked: list[frozenset[str]] = []
    shares(list("abcdefgh"), lambda on: Fraction(asked.append(on) or len(on)))  # type: ignore[func-returns-value]
    assert len(asked) == len(set(asked)) == 2**8


def test_no_switch_and_too_many() -> None:
    assert shares([], lambda on: Fraction(5)) == {}
    with pytest.raises(WrongUsage, match="too_many_switches"):
        shares(range(MOST + 1), lambda on: Fraction(0))
