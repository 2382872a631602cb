"""A row booked twice under another paper or meter (TZ-BAL-02).

The door drops exact copies. A copy that differs in its paper only is seen by the balance: it is off by exactly that row.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.checks.closure import IN, SIDES
from verify.checks.world import World

_SAME = (
    "period", "enterprise_id", "source_id", "flow", "activity_type", "supply", "counterparty", "quantity", "tce", "side",
)  # fmt: skip


def booked_twice(world: World, carrier: str, year: str, difference: Fraction) -> bool:
    """Whether rows that stand more than once explain a difference (fence − use, tce) to the last digit."""
    lines = world.lines()
    lines = lines.filter((lines.measure == "energy") & (lines.carrier == carrier) & (lines.year == year))
    groups = lines.group_by(list(_SAME)).aggregate(times=lines.count())
    return any(_surplus(row) == difference for row in world.engine.rows(groups.filter(groups.times > 1)))


def _surplus(row: dict[str, Any]) -> Fraction:
    """What the copies of a row add to fence − use."""
    surplus: Fraction = int(row["times"] - 1) * Fraction(row["tce"])
    return surplus if SIDES[row["side"]] == IN else -surplus
