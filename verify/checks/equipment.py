"""Equipment that makes power or heat and nothing that carries carbon: its input burns, whatever its rows are called.

Used by TZ-ACC-09; equipment is known by what it gives, else by its kind (table `sources`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.checks.undone import facts, fuels
from verify.checks.world import World
from verify.engine import Table

PLACE = ("enterprise_id", "source_id", "year")
_YIELDS = ("transformation_out", "recovered")


def typed_by_equipment(world: World, rows: Table, params: Mapping[str, Any]) -> Table:
    """Those of `rows` (facts of fuels) that feed a carbon balance at such equipment, with `makes`: 火力发电 or 供热."""
    booked = rows.filter(
        (rows.flow == "transformation_in") & rows.activity_type.isin(params["balance"]) & (rows.source_id != "")
    )
    return booked.join(_equipment(world, params), list(PLACE))


def _equipment(world: World, params: Mapping[str, Any]) -> Table:
    """(enterprise, source, year) and what it makes, by its output and else by its kind; makers of fuels left out."""
    import ibis

    activity = facts(world, "activity")
    out = activity.filter(activity.flow.isin(_YIELDS))
    burning = out.filter(~out.carrier.isin(fuels()) & out.activity_type.isin(params["burning"]))
    made = burning.group_by(list(PLACE)).aggregate(makes=burning.activity_type.min())
    years = activity.select(*PLACE).distinct()
    sources = world.table("sources")
    kinds = (
        sources.filter(sources.kind.isin(list(params["kinds"]))).select("enterprise_id", "source_id", "kind").distinct()
    )
    by_kind = years.join(kinds, ["enterprise_id", "source_id"])
    typed = by_kind.mutate(makes=ibis.cases(*((by_kind.kind == kind, word) for kind, word in params["kinds"].items())))
    known = made.union(typed.anti_join(made, list(PLACE)).select(*made.columns))
    return known.anti_join(out.filter(out.carrier.isin(fuels())), list(PLACE))
