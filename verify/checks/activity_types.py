"""Rows whose activity type disagrees with their flow, or with what their equipment makes (national-ruler 6a).

The pairs that agree stand in the ruler: statistics book power and heat plants as 加工转换, annex 4 in E_fuel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from verify.checks.equipment import typed_by_equipment
from verify.checks.type_pairs import KEYS, Pairs, filed_pairs, orphans
from verify.checks.undone import Change, fuels, source_or_member, standing, undone, undone_energy
from verify.checks.world import World
from verify.engine import AMOUNT, Table
from verify.ledger.factor import Situation


def misfiled(world: World, params: Mapping[str, Any]) -> Table | None:
    """Rows that disagree, with the effect of undoing it; None where all agree.

    Columns: table, row_id, subject (source, else enterprise), period (year), carrier, unit, activity_type (what the row
    is), filed_as (flow or term as filed), quantity, effect (tCO2), effect_tce (what E does not feel, T may).
    """
    rows = standing(world)
    burned = rows.filter(rows.carrier.isin(fuels()))
    parts = [
        *_wrong_pairs(world, rows, params),
        *_nothing_put_in(world, burned, params),
        *_wrong_equipment(world, burned, params),
    ]
    return reduce(lambda one, other: one.union(other), parts) if parts else None


def _wrong_pairs(world: World, rows: Table, params: Mapping[str, Any]) -> Iterator[Table]:
    """Rows of a type in a flow that the type does not have."""
    wrong = Pairs(world, params, filed_pairs(world)).wrong()
    for flow, word in sorted({(one.flow, one.activity_type) for one in wrong}):
        keys = [one.key for one in wrong if (one.flow, one.activity_type) == (flow, word)]
        here = rows.join(_listed(world, KEYS, keys), list(KEYS))
        yield _named(world, here, _as(flow=flow, activity_type=word), here.activity_type, here.flow)


def _nothing_put_in(world: World, rows: Table, params: Mapping[str, Any]) -> Iterator[Table]:
    """Fuel used inside a carbon balance that has no input: heating gas of nothing, in truth the input itself."""
    keys = orphans(world, rows, params)
    if keys:
        here = rows.filter(rows.flow.isin(params["inside_balance"]))
        columns = ("enterprise_id", "activity_type", "period")
        here = here.join(_listed(world, columns, keys), list(columns))
        yield _named(world, here, _as(flow="transformation_in"), here.activity_type, here.flow)


def _wrong_equipment(world: World, rows: Table, params: Mapping[str, Any]) -> Iterator[Table]:
    """Input booked into the carbon balance at equipment that makes power or heat and nothing that carries carbon."""
    import ibis

    typed = typed_by_equipment(world, rows, params)
    for word in sorted(row["makes"] for row in world.engine.rows(typed.select("makes").distinct())):
        here = typed.filter(typed.makes == word)
        yield _named(world, here, _as(activity_type=word), ibis.literal(word), ibis.literal(params["balance_term"]))


def _as(**texts: str) -> Change:
    """The change of a situation to other words."""

    def change(situation: Situation) -> Situation:
        return replace(situation, texts={**situation.texts, **texts})

    return change


def _listed(world: World, columns: tuple[str, ...], keys: Sequence[tuple[str, ...]]) -> Table:
    import pyarrow as pa

    schema = pa.schema([(column, pa.string()) for column in columns])
    return world.engine.table(
        "misfiled", pa.table({column: [key[at] for key in keys] for at, column in enumerate(columns)}, schema=schema)
    )


def _named(world: World, rows: Table, change: Change, word: Table, filed_as: Table) -> Table:
    """The columns of `misfiled`, with the effects of `change`."""
    import ibis

    rows = rows.mutate(is_type=word, is_filed_as=filed_as)
    rows = undone_energy(world, undone(world, rows, change).drop("due"), change)
    return rows.select(
        "row_id", "carrier", "unit", "effect", "effect_tce",
        table=ibis.literal("activity"),
        subject=source_or_member(rows),
        period=rows.year,
        quantity=rows.quantity.cast(AMOUNT),
        activity_type=rows.is_type,
        filed_as=rows.is_filed_as,
    )  # fmt: skip
