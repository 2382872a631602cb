"""Fuel rows whose activity type disagrees with their flow, or with what their equipment makes (national-ruler 6a).

The pairs that agree stand in the ruler: statistics book power and heat plants as 加工转换, annex 4 in E_fuel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from verify.checks.undone import facts, fuels, source_or_member, standing, undone
from verify.checks.world import World
from verify.engine import AMOUNT, Table
from verify.ledger.factor import Situation

_YIELDS = ("transformation_out", "recovered")
_PLACE = ("enterprise_id", "source_id", "year")


def misfiled(world: World, params: Mapping[str, Any]) -> Table | None:
    """Rows that disagree, with the effect of routing them by their type; None where all agree.

    Columns: table, row_id, subject (source, else enterprise), period (year), carrier, unit, activity_type (what the row
    is), filed_as (flow or term as filed), quantity, effect (tCO2).
    """
    rows = standing(world)
    rows = rows.filter(rows.carrier.isin(fuels()))
    parts = [*_wrong_flow(world, rows, params), *_wrong_equipment(world, rows, params)]
    return reduce(lambda one, other: one.union(other), parts) if parts else None


def _wrong_flow(world: World, rows: Table, params: Mapping[str, Any]) -> Iterator[Table]:
    """Rows of a type in a flow that the type does not have."""
    import ibis

    filed = world.engine.rows(rows.select("activity_type", "flow").distinct())
    strange = {
        row["activity_type"]
        for row in filed
        if row["flow"] not in params["admissible"].get(row["activity_type"], [row["flow"]])
    }
    for word in sorted(strange):

        def in_its_flow(situation: Situation, due: str = params["due"][word]) -> Situation:
            return replace(situation, texts={**situation.texts, "flow": due})

        wrong = rows.filter((rows.activity_type == word) & ~rows.flow.isin(params["admissible"][word]))
        yield _named(undone(world, wrong, in_its_flow), ibis.literal(word))


def _wrong_equipment(world: World, rows: Table, params: Mapping[str, Any]) -> Iterator[Table]:
    """Input booked into the carbon balance at equipment that makes power or heat and nothing that carries carbon."""
    import ibis

    booked = rows.filter(
        (rows.flow == "transformation_in") & rows.activity_type.isin(params["balance"]) & (rows.source_id != "")
    )
    typed = booked.join(_equipment(world, params), list(_PLACE))
    for word in sorted(row["makes"] for row in world.engine.rows(typed.select("makes").distinct())):

        def as_it_is(situation: Situation, word: str = word) -> Situation:
            return replace(situation, texts={**situation.texts, "activity_type": word})

        of_word = typed.filter(typed.makes == word)
        yield _named(undone(world, of_word, as_it_is), ibis.literal(word), ibis.literal(params["balance_term"]))


def _equipment(world: World, params: Mapping[str, Any]) -> Table:
    """(enterprise, source, year) and what it makes (火力发电, 供热), by its output and else by its kind; makers of fuels left out."""
    import ibis

    activity = facts(world, "activity")
    out = activity.filter(activity.flow.isin(_YIELDS))
    burning = out.filter(~out.carrier.isin(fuels()) & out.activity_type.isin(params["burning"]))
    made = burning.group_by(list(_PLACE)).aggregate(makes=burning.activity_type.min())
    years = activity.select(*_PLACE).distinct()
    sources = world.table("sources")
    kinds = (
        sources.filter(sources.kind.isin(list(params["kinds"]))).select("enterprise_id", "source_id", "kind").distinct()
    )
    by_kind = years.join(kinds, ["enterprise_id", "source_id"])
    typed = by_kind.mutate(makes=ibis.cases(*((by_kind.kind == kind, word) for kind, word in params["kinds"].items())))
    known = made.union(typed.anti_join(made, list(_PLACE)).select(*made.columns))
    return known.anti_join(out.filter(out.carrier.isin(fuels())), list(_PLACE))


def _named(rows: Table, word: Table, filed_as: Table | None = None) -> Table:
    """The columns of `misfiled`; `filed_as` is the flow unless given."""
    import ibis

    return rows.select(
        "row_id", "carrier", "unit", "effect",
        table=ibis.literal("activity"),
        subject=source_or_member(rows),
        period=rows.year,
        quantity=rows.quantity.cast(AMOUNT),
        activity_type=word,
        filed_as=rows.flow if filed_as is None else filed_as,
    )  # fmt: skip
