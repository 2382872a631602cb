"""Emissions handed in as CO2 equivalent: taken over, and weighted by whose set (TZ-GHG-01, TZ-GHG-02)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.members import inside
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.world import World

_EQUIVALENT = "tCO2e"
_KEYS = ("enterprise_id", "source_id", "year", "gas", "gwp_set")


@check("TZ-GHG-01")
def equivalents_taken_over(world: World, params: Params) -> Rows:
    """Required gases amendment of 2013: a mixture filed in CO2 equivalent cannot be weighted again; it is taken over and listed."""
    return _rows(world, [(rows, {"gwp_set": rows[0]["gwp_set"]}) for rows in _equivalents(world)])


@check("TZ-GHG-02")
def weighted_by_the_ruler(world: World, params: Params) -> Rows:
    """A figure weighted with another set than the chosen one is not like for like with the rest of the total."""
    chosen = world.chosen.get(params["parameter"])
    if chosen is None:
        raise NotApplicable("no_gwp_set_chosen")
    found = [
        (rows, {"filed_set": rows[0]["gwp_set"], "ruler_set": chosen})
        for rows in _equivalents(world)
        if rows[0]["gwp_set"] != chosen
    ]
    return _rows(world, found)


def _equivalents(world: World) -> Iterator[list[dict[str, Any]]]:
    """Rows in CO2 equivalent of members, by source, year, gas and set."""
    table = world.table("emissions")
    columns = ["row_id", "period", "quantity", *_KEYS]
    rows = world.engine.rows(
        table.filter((table.unit == _EQUIVALENT) & table.quantity.notnull())
        .select(*columns)
        .order_by([*_KEYS, "row_id"])
    )
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        if inside(world, row["enterprise_id"], row["period"]):
            groups.setdefault(tuple(row[key] for key in _KEYS), []).append(row)
    yield from groups.values()


def _rows(world: World, groups: list[tuple[list[dict[str, Any]], dict[str, str]]]) -> Rows:
    equivalents = sum(len(rows) for rows in _equivalents(world))
    if not equivalents:
        raise NotApplicable("no_equivalents")
    found: list[Found] = []
    for rows, arguments in groups:
        quantity = Fraction(sum((row["quantity"] for row in rows), Decimal(0)))
        one = Found(
            subject=rows[0]["source_id"] or rows[0]["enterprise_id"],
            period=rows[0]["year"],
            arguments={"gas": rows[0]["gas"], "quantity": text(quantity), **arguments},
            effect_unit="",
        )
        found += on_rows(one, "emissions", (row["row_id"] for row in rows))
    cells = [cell for year in world.years for cell in world.cells(year, measure="carbon", table="emissions")]
    return Rows(
        found,
        Scope.of([cell for cell in cells if cell["unit"] == _EQUIVALENT], cells) if cells else Scope.count(equivalents),
    )
