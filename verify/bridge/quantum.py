"""Terms of float64 as decimals that add up: rounded down, then the largest remainders up (DESIGN 6)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from math import floor
from typing import TypeVar

from verify.errors import OurFault

Name = TypeVar("Name", bound=Hashable)
PLACES = 6  # of tonnes
CLOSE = 1e-9  # relative to the sum of both totals: as close as a bridge has to close


def adding_up(
    terms: Mapping[Name, float | Fraction], total: Fraction, size: Fraction, places: int = PLACES
) -> dict[Name, Fraction]:
    """`terms` with `places` decimals, whose sum is `total` at as many decimals. A term of 0 stays 0.

    `size` is what closure is measured by, the sum of both totals. Raises OurFault where the terms do not close to `CLOSE` of it.
    """
    exact = {name: Fraction(amount) for name, amount in terms.items()}
    left = total - sum(exact.values(), Fraction(0))
    if abs(left) > Fraction(CLOSE) * max(size, abs(total)):
        raise OurFault("bridge.does_not_close", left=float(left), size=float(size))
    scale = 10**places
    found = {name: floor(amount * scale) for name, amount in exact.items()}
    missing = round(total * scale) - sum(found.values())
    moving = [name for name, amount in exact.items() if amount]
    if missing and not moving:
        raise OurFault("bridge.does_not_close", left=float(left), size=float(size))
    order = sorted(moving, key=lambda name: (found[name] - exact[name] * scale, str(name)))
    for turn in range(abs(missing)):
        name = order[turn % len(order)] if missing > 0 else order[-1 - turn % len(order)]
        found[name] += 1 if missing > 0 else -1
    return {name: Fraction(amount, scale) for name, amount in found.items()}
