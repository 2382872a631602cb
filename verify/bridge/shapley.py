"""Shapley's value: what each of several switches adds, whatever the order in which they are thrown. Exact."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial
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
    found = dict.fromkeys(switches, Fraction(0))
    for chosen, amount in known.items():
        size = len(chosen)
        joining = Fraction(factorial(size) * factorial(count - size - 1), factorial(count)) if size < count else None
        leaving = Fraction(factorial(size - 1) * factorial(count - size), factorial(count)) if size else None
        for one in switches:
            if one in chosen:
                assert leaving is not None
                found[one] += leaving * amount
            else:
                assert joining is not None
                found[one] -= joining * amount
    return found
