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
from verify.checks.undone import fuels, source_or_member, standing, undone, undone_energy
from verify.checks.world import World
from verify.engine import AMOUNT, Table
from verify.ledger.factor import Situation

_IN_TRUTH = ("true_flow", "true_type")  # what a row is once the disagreement is undone


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
    return _named(world, reduce(lambda one, other: one.union(other), parts)) if parts else None


def _wrong_pairs(world: World, rows: Table, params: Mapping[str, Any]) -> Iterator[Table]:
    """Rows of a type in a flow that the type does not have."""
    wrong = Pairs(world, params, filed_pairs(world)).wrong()
    if wrong:
        listed = [(*one.key, one.flow, one.activity_type) for one in wrong]
        here = rows.join(_listed(world, (*KEYS, *_IN_TRUTH), listed), list(KEYS))
        yield _marked(here, here.true_flow, here.true_type, here.activity_type, here.flow)


def _nothing_put_in(world: World, rows: Table, params: Mapping[str, Any]) -> Iterator[Table]:
    """Fuel used inside a carbon balance that has no input: heating gas of nothing, in truth the input itself."""
    import ibis

    keys = orphans(world, rows, params)
    if keys:
        here = rows.filter(rows.flow.isin(params["inside_balance"]))
        columns = ("enterprise_id", "activity_type", "period")
        here = here.join(_listed(world, columns, keys), list(columns))
        yield _marked(here, ibis.literal("transformation_in"), here.activity_type, here.activity_type, here.flow)


def _wrong_equipment(world: World, rows: Table, params: Mapping[str, Any]) -> Iterator[Table]:
    """Input booked into the carbon balance at equipment that makes power or heat and nothing that carries carbon."""
    import ibis

    here = typed_by_equipment(world, rows, params)
    if world.engine.rows(here.select("row_id").limit(1)):
        yield _marked(here, here.flow, here.makes, here.makes, ibis.literal(params["balance_term"])).drop("makes")


def _marked(rows: Table, true_flow: Table, true_type: Table, is_type: Table, is_filed_as: Table) -> Table:
    """`rows` with what they are in truth, and the words of the finding."""
    return rows.mutate(true_flow=true_flow, true_type=true_type, is_type=is_type, is_filed_as=is_filed_as)


def _true(situation: Situation, flow: str, activity_type: str) -> Situation:
    return replace(situation, texts={**situation.texts, "flow": flow, "activity_type": activity_type})


def _listed(world: World, columns: tuple[str, ...], keys: Sequence[tuple[str, ...]]) -> Table:
    import pyarrow as pa

    schema = pa.schema([(column, pa.string()) for column in columns])
    return world.engine.table(
        "misfiled", pa.table({column: [key[at] for key in keys] for at, column in enumerate(columns)}, schema=schema)
    )


def _named(world: World, rows: Table) -> Table:
    """The columns of `misfiled`, with the effects of what rows are in truth."""
    import ibis

    rows = world.engine.keep("misfiled", rows)
    rows = undone_energy(world, undone(world, rows, _true, _IN_TRUTH).drop("due"), _true, _IN_TRUTH)
    return rows.select(
        "row_id", "carrier", "unit", "effect", "effect_tce",
        table=ibis.literal("activity"),
        subject=source_or_member(rows),
        period=rows.year,
        quantity=rows.quantity.cast(AMOUNT),
        activity_type=rows.is_type,
        filed_as=rows.is_filed_as,
    )  # fmt: skip
