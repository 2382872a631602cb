"""The electric stores of a park hour by hour: charged from clean power left over, giving back what they inherited of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.checks.hourly import Hours
from verify.checks.world import World
from verify.matching import Matched, inherited
from verify.matching.series import total

if TYPE_CHECKING:
    from verify.matching.series import Mask, Series


@dataclass(frozen=True)
class Flow:
    """All stores together: clean discharge and clean charge by hour, and the sums of the year in Wh.

    `beyond`: discharge that no charge explains; `stores`: how many have both meters read and an efficiency.
    """

    clean: Series
    clean_charge: Series
    charged: int
    discharged: int
    beyond: int
    stores: int


def through(
    world: World, series: Mapping[str, Hours], straight: Matched, known: Mask, params: Mapping[str, Any]
) -> Flow:
    """What the stores do with the excess of `straight`, one after the other by id. A store without an efficiency gives nothing clean."""
    import numpy as np

    nothing = np.zeros_like(straight.load)
    clean, taken, left = nothing, nothing, straight.excess
    charged = discharged = beyond = stores = 0
    for row in world.rows("storages"):
        told = row["carrier"] in params["stored"] and row["meter_in"] in series and row["meter_out"] in series
        if not told or not row["efficiency"]:
            continue
        charge, discharge = (np.where(known, series[row[side]].wh, 0) for side in ("meter_in", "meter_out"))
        of_it = np.minimum(charge, left)
        found = inherited(charge, of_it, discharge, Fraction(row["efficiency"]))
        clean, taken, left = clean + found.clean, taken + of_it, left - of_it
        charged, discharged = charged + total(charge), discharged + total(discharge)
        beyond, stores = beyond + total(found.beyond), stores + 1
    return Flow(clean, taken, charged, discharged, beyond, stores)
