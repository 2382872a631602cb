"""One hour's generation over several users, and one hour's match over several plants: never more than there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.matching.series import energy, part, together

if TYPE_CHECKING:
    from verify.matching.series import Series


@dataclass(frozen=True)
class Owned:
    """Who got what: `users` and `plants` give matched Wh by name and hour; both add up to the same."""

    users: Mapping[str, Series]
    plants: Mapping[str, Series]


def pro_rata(amount: Any, weights: Mapping[str, Any]) -> dict[str, Series]:
    """`amount` of every hour over `weights` in proportion, nobody above the own weight: min(amount, Sum of weights) in all.

    What whole Wh leave over goes to the names in order, one Wh each: exact, and the same whoever computes it.
    """
    import numpy as np

    names = sorted(weights)
    given, *held = together(amount, *(weights[name] for name in names))
    whole = sum(held, np.zeros_like(given))
    shared = np.minimum(given, whole)
    found = {name: part(shared, one, whole) for name, one in zip(names, held, strict=True)}
    left = shared - sum(found.values(), np.zeros_like(given))
    for name, one in zip(names, held, strict=True):
        more = ((left > 0) & (found[name] < one)).astype(np.int64)
        found[name] += more
        left -= more
    return found


def by_share(amount: Any, shares: Mapping[str, Fraction], loads: Mapping[str, Any]) -> dict[str, Series]:
    """`amount` by contract: each user at most the own share of every hour, and at most the own load; the rest is excess.

    Raises ValueError where the shares are more than one: the same hour would be given twice.
    """
    import numpy as np

    if sum(shares.values(), Fraction(0)) > 1 or any(one < 0 for one in shares.values()):
        raise ValueError("the shares of one plant are not below zero and not above one together")
    given = energy(amount)
    found = {}
    for name, share in sorted(shares.items()):
        due, load = part(given, share.numerator, share.denominator), energy(loads[name])
        found[name] = np.minimum(due, load)
    return found


def pooled(loads: Mapping[str, Any], plants: Mapping[str, Any], own: Mapping[str, str] | None = None) -> Owned:
    """A park: a plant of one user (`own`: plant -> user) serves that user first, the rest is one pool over all remaining loads.

    The sum over users is min(Sum of loads, Sum of plants) in every hour.
    """
    import numpy as np

    series = together(*(loads[name] for name in sorted(loads)), *(plants[name] for name in sorted(plants)))
    left = dict(zip(sorted(loads), series[: len(loads)], strict=True))
    free = dict(zip(sorted(plants), series[len(loads) :], strict=True))
    hours = series[0].size if series else 0
    users = {name: np.zeros(hours, dtype=np.int64) for name in left}
    given = {name: np.zeros(hours, dtype=np.int64) for name in free}
    for user in sorted(set((own or {}).values()) & left.keys()):
        mine = {name: free[name] for name, owner in (own or {}).items() if owner == user and name in free}
        _serve(pro_rata(left[user], mine), given, free)
        served = sum((given[name] for name in mine), np.zeros(hours, dtype=np.int64))
        users[user] += served
        left[user] = left[user] - served
    pool = np.minimum(_sum(free.values(), hours), _sum(left.values(), hours))
    for name, got in pro_rata(pool, left).items():
        users[name] += got
    _serve(pro_rata(pool, free), given, free)
    return Owned(users, given)


def _serve(amounts: Mapping[str, Series], given: dict[str, Series], free: dict[str, Series]) -> None:
    for name, amount in amounts.items():
        given[name] = given[name] + amount
        free[name] = free[name] - amount


def _sum(series: Sequence[Series] | Any, hours: int) -> Series:
    import numpy as np

    return sum(series, np.zeros(hours, dtype=np.int64))
