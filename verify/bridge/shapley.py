"""Shapley's value: what each of several switches adds, whatever the order in which they are thrown. Exact."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial, lcm
from typing import TypeVar

from verify.errors import WrongUsage

Switch = TypeVar("Switch", bound=Hashable)
MOST = 12  # switches: 4,096 values (decomposition 3b); more are grouped by the caller


def shares(switches: Sequence[Switch], value: Callable[[frozenset[Switch]], Fraction]) -> Mapping[Switch, Fraction]:
    """phi_k = sum over S without k of |S|! (n-|S|-1)! / n! (V(S+k) - V(S)); their sum is V(all) - V(none).

    `value` is asked once for each set of switches that are on. Raises WrongUsage for more than `MOST` switches.
    """
    count = len(switches)
    if count > MOST:
        raise WrongUsage("bridge.too_many_switches", count=count, most=MOST)
    sets = [frozenset(chosen) for size in range(count + 1) for chosen in combinations(switches, size)]
    known = {chosen: value(chosen) for chosen in sets}
    whole = lcm(*(amount.denominator for amount in known.values()))  # over it everything is an integer
    found = dict.fromkeys(switches, 0)
    for chosen, amount in known.items():
        size, parts = len(chosen), amount.numerator * (whole // amount.denominator)
        joining = factorial(size) * factorial(count - size - 1) * parts if size < count else 0
        leaving = factorial(size - 1) * factorial(count - size) * parts if size else 0
        for one in switches:
            found[one] += leaving if one in chosen else -joining
    return {one: Fraction(parts, whole * factorial(count)) for one, parts in found.items()}
