"""Measured values just where they help, defaults elsewhere (TZ-PAP-09; GW-37, F-5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.papers_default import defaults_of
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, tonnes
from verify.checks.world import World

_KEY = ("enterprise_id", "carrier", "year")


@check("TZ-PAP-09", needs={"activity"})
def measured_everywhere_or_nowhere(world: World, params: Params) -> Rows:
    """Within a year a member tests a fuel in every month, in none, or from one month on, wherever it burns it.

    Looked at are years in which some months are measured and others not; found is where every measured one lies below the
    default. `params.flows`: flows that burn. Undone: the defaults stand in the measured months too. The change between
    two years is that of TZ-SCP-04.
    """
    rows = world.table("activity")
    rows = rows.filter(rows.flow.isin(params["flows"]) & (rows.period.length() > 4))
    rows = rows.mutate(measured=rows.ncv.notnull() | rows.carbon_content.notnull())
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    mixed = rows.group_by(list(_KEY)).aggregate(some=rows.measured.any(), each=rows.measured.all())
    mixed = mixed.filter(mixed.some & ~mixed.each).select(*_KEY)
    if not world.engine.rows(rows.filter(rows.measured).limit(1).select("row_id")):
        raise NotApplicable("no_measured_months")
    for row in world.engine.rows(
        rows.semi_join(mixed, list(_KEY)).select(*_KEY, "row_id", "period", "source_id", "measured").order_by("row_id")
    ):
        groups[tuple(row[name] for name in _KEY)].append(row)
    found: list[Found] = []
    for (member, carrier, year), held in sorted(groups.items()):
        if _from_one_month_on(held):
            continue
        months = sorted({row["period"] for row in held if row["measured"]})
        effects = defaults_of(world, year, [row["row_id"] for row in held if row["measured"]])
        if effects and all(effect > 0 for effect in _by_month(held, effects).values()):
            arguments = {
                "carrier": carrier, "months": ", ".join(months), "count": str(len(months)),
                "others": str(len({row["period"] for row in held if not row["measured"]})),
            }  # fmt: skip
            effect = tonnes(sum((Fraction(one) for one in effects.values()), Fraction(0)))
            found += on_rows(Found(member, year, arguments, effect), "activity", sorted(effects))
    counted = world.engine.rows(rows.select(*_KEY).distinct().count().as_table())[0]
    return Rows(found, Scope.count(int(next(iter(counted.values())))))


def _from_one_month_on(held: list[dict[str, Any]]) -> bool:
    """Whether everything is measured from some month on and nothing before."""
    begun = min(row["period"] for row in held if row["measured"])
    return all(row["measured"] == (row["period"] >= begun) for row in held)


def _by_month(held: list[dict[str, Any]], effects: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Effects by month; rows that count for nothing have none."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in held:
        if row["row_id"] in effects:
            found[row["period"]] += effects[row["row_id"]]
    return dict(found)
