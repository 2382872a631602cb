"""Where no hour is read: the most that the hourly match of a year could be, from what was filed by the month (green-power.md 4).

A bound and never a score: it can show that a claim is too high, and never that it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks import green_proof
from verify.checks.closure import RECEIVED
from verify.checks.match_plants import WH
from verify.checks.matched import rule
from verify.checks.world import World
from verify.matching import Bound, grouped_bound

_USED = ("final_use", "transformation_in", "feedstock")
_MONTH = 7  # characters of 2027-01


def coarse_bound(world: World, year: str) -> Bound | None:
    """Sum over months of the smaller of use and clean power, as filed; None where the ruler has no match or no use is filed.

    Clean by the month: what came over direct lines and what was made inside, less what was sold of it. Power that is clean by
    certificate or contract was made in months that no row tells: all of it may have met the load. Where a row is of no
    single month, the year is one interval.
    """
    params = rule(world)
    if params is None:
        return None
    rows = _rows(world, year)
    used = [row for row in rows if row["measure"] == "energy" and row["side"] == "use" and row["flow"] in _USED]
    clean = [row for row in rows if row["measure"] == "carbon" and not row["factor"]]
    here = [row for row in clean if _by_the_month(row, params)]
    monthly = all(len(row["period"]) == _MONTH for row in [*used, *here])
    load, made = _sums(used, monthly=monthly), _sums(here, monthly=monthly)
    if sum(load.values()) <= 0:
        return None
    months = sorted({*load, *made})
    bound = grouped_bound([load[month] for month in months], [max(made[month], 0) for month in months])
    free = max(sum(_wh(row["quantity"]) for row in clean if not _by_the_month(row, params)), 0)
    return Bound(bound.load, min(bound.load, bound.matched + free))


def share_at_most(world: World, year: str) -> Fraction | None:
    """The bound as a share of the use; None where there is none."""
    found = coarse_bound(world, year)
    return None if found is None else found.share


def _by_the_month(row: Mapping[str, Any], params: Mapping[str, Any]) -> bool:
    """Whether the clean power of a row flowed in its month: over a line, made inside, or sold."""
    return row["flow"] not in RECEIVED or row["supply"] in green_proof.flat(params["kinds"])


def _rows(world: World, year: str) -> list[dict[str, Any]]:
    lines = world.lines().filter(lambda t: (t.year == year) & (t.carrier == "electricity"))
    keys = ("measure", "side", "flow", "supply", "period", "factor")
    sums = lines.group_by(list(keys)).aggregate(quantity=lines.quantity.sum().cast("decimal(38, 6)"))
    return world.engine.rows(sums.order_by(list(keys)))


def _sums(rows: list[dict[str, Any]], *, monthly: bool) -> defaultdict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        found[row["period"] if monthly else ""] += _wh(row["quantity"])
    return found


def _wh(quantity: Decimal) -> int:
    """MWh as filed (six decimals) in whole Wh."""
    return int(quantity * WH)
