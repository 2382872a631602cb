"""A store of any carrier: what it gives inherits the clean share of what it took, times its efficiency; it makes nothing new.

The store is one well-stirred tank without a memory of what it held at the start: that is not clean, for nobody showed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.matching.series import together, total

if TYPE_CHECKING:
    from verify.matching.series import Series


_FINE = 2**40  # parts of a unit that the tank remembers: what rounding loses in a year stays below a unit


@dataclass(frozen=True)
class Stored:
    """Clean part of the discharge by hour, rounded down to whole units. `beyond`: discharge that no charge before it explains.

    `held` and `clean_held`: what the charges left in the store at the end, in delivered units, rounded down.
    """

    clean: Series
    beyond: Series
    held: int
    clean_held: int


def inherited(charge: Any, clean_charge: Any, discharge: Any, efficiency: Fraction) -> Stored:
    """The clean part of each hour's discharge. `clean_charge` <= `charge`, hour by hour; `efficiency` in (0, 1].

    Charge of an hour counts before its discharge. Clean discharge over all hours <= efficiency x clean charge.
    Raises ValueError for an efficiency outside (0, 1] and for more clean charge than charge.
    """
    import numpy as np

    taken, clean, given = together(charge, clean_charge, discharge)
    if not 0 < efficiency <= 1:
        raise ValueError("an efficiency is above zero and not above one")
    if (clean > taken).any():
        raise ValueError("no more clean charge than charge")
    up, down = efficiency.numerator * _FINE, efficiency.denominator * _FINE  # the tank in units / down: whole numbers
    held = held_clean = 0
    cleans, beyonds = np.zeros_like(given), np.zeros_like(given)
    for hour, (c, k, d) in enumerate(zip(taken.tolist(), clean.tolist(), given.tolist(), strict=True)):
        held, held_clean = held + c * up, held_clean + k * up
        out = min(d * down, held)
        cleans[hour] = out * held_clean // held // down if held else 0
        held_clean -= min(held_clean, -(-out * held_clean // held)) if held else 0  # rounded against the claim
        held -= out
        beyonds[hour] = d - out // down
    assert total(cleans) * down <= total(clean) * up
    return Stored(cleans, beyonds, held // down, held_clean // down)
