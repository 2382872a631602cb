"""The common boundaries of two years, and what lies inside each (decomposition 3.1).

Union: every member of either year; who left stands in the claim year as in the base year unless its closure is proven, who
entered stands in the base year with its own rows of that year, if it filed any. Intersection: the members of both years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from verify.bridge.amounts import Amount, amounts
from verify.bridge.park import Inside
from verify.checks.members import members
from verify.checks.world import FILED, World
from verify.ledger import METHOD, REFERENCE, REPORTED, Boundary, Changes, Ledger, Spell, account
from verify.ledger.basis import read_reading
from verify.road.world import province
from verify.ruler.bridging import BridgeRules

UNION, INTERSECTION = "union", "intersection"
_OUTSIDE = ("", "outside")


@dataclass(frozen=True)
class Fences:
    """What lies inside the filed boundary and inside each common one; `moved`: the members of one year only."""

    filed: Inside
    common: Mapping[str, Inside]
    moved: frozenset[str]


def fences(world: World, rules: BridgeRules) -> Fences:
    """The fences of base year and reporting year. Accounts again only where somebody came or went."""
    names = _lineage(world)
    before, after = (
        frozenset(names.get(one, one) for one in members(world, year)) for year in (world.base_year, world.year)
    )
    rows = _production(world, names)
    filed = _inside(world, world.ledger, FILED, rows, names)
    moved = before ^ after
    if not moved:
        return Fences(filed, {UNION: filed, INTERSECTION: filed}, moved)
    everybody = {name: names.get(name, name) for year in (world.base_year, world.year) for name in members(world, year)}
    kept = {
        UNION: list(everybody),
        INTERSECTION: [name for name, one in everybody.items() if one in before & after],
    }
    ledger = account(
        world.engine,
        world.ruler,
        world.submission.tables,
        world.vocabulary,
        [Boundary(name, tuple(Spell(one, "", "") for one in sorted(some))) for name, some in kept.items()],
        Changes(),
        {"province": province(world.submission.park.province)},
    )
    common = {
        name: _inside(world, ledger, name, [row for row in rows if row["enterprise_id"] in some_of], names)
        for name, some in kept.items()
        for some_of in [{names.get(one, one) for one in some}]
    }
    carried = (before - after) - _ended(world, rules, names)
    common[UNION] = _with_leavers(common[UNION], carried, world)
    return Fences(filed, common, moved)


def _inside(
    world: World, ledger: Ledger, boundary: str, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> Inside:
    years = (world.base_year, world.year)
    held: dict[str, list[Amount]] = {}
    for method in (REFERENCE, REPORTED):
        assignment = {**world.chosen, METHOD: method}
        if method == REPORTED and not _filed_factors(ledger):
            held[method] = held[REFERENCE]
            continue
        lines = amounts(world.engine, ledger, assignment, boundary, years)
        held[method] = [_renamed(one, names) for one in lines]
    before, after, filed_before, filed_after = (
        [one for one in held[method] if one.year == year] for method in (REFERENCE, REPORTED) for year in years
    )
    return Inside(before, after, filed_before, filed_after, rows)


def _filed_factors(ledger: Ledger) -> bool:
    """Whether a line counts otherwise by the park's own method."""
    return any(METHOD in read_reading(cell["reading"]) for cell in ledger.cells)


def _renamed(one: Amount, names: Mapping[str, str]) -> Amount:
    enterprise, source = one.unit
    return replace(one, unit=(names[enterprise], source)) if enterprise in names else one


def _production(world: World, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows of production with their year, and whether the partner is a member."""
    member = {row["enterprise_id"] for row in world.spells()}
    columns = ("period", "enterprise_id", "source_id", "product", "flow", "counterparty", "unit")
    table = world.table("production")
    rows = world.engine.rows(
        table.group_by(list(columns)).aggregate(quantity=table.quantity.sum().cast("decimal(38, 6)"))
    )
    return [
        {
            **row,
            "year": row["period"][:4],
            "enterprise_id": names.get(row["enterprise_id"], row["enterprise_id"]),
            "inside": row["counterparty"] in member,
        }
        for row in rows
    ]


def _with_leavers(inside: Inside, carried: frozenset[str], world: World) -> Inside:
    """The union with leavers in the claim year as in the base year."""

    def after(then: Sequence[Amount], now: Sequence[Amount]) -> list[Amount]:
        stayed = [one for one in now if one.unit[0] not in carried]
        return stayed + [replace(one, year=world.year) for one in then if one.unit[0] in carried]

    rows = [row for row in inside.production if not (row["year"] == world.year and row["enterprise_id"] in carried)]
    rows += [
        {**row, "year": world.year}
        for row in inside.production
        if row["year"] == world.base_year and row["enterprise_id"] in carried
    ]
    return Inside(
        inside.before,
        after(inside.before, inside.after),
        inside.filed_before,
        after(inside.filed_before, inside.filed_after),
        rows,
    )


def _ended(world: World, rules: BridgeRules, names: Mapping[str, str]) -> frozenset[str]:
    """Leavers whose closure is proven: the reason and a document on file."""
    papers = world.evidence_kinds()
    return frozenset(
        names.get(row["enterprise_id"], row["enterprise_id"])
        for row in world.spells()
        if row["to"] and row["reason"] in rules.closed and row["evidence_id"] in papers
    )


def _lineage(world: World) -> dict[str, str]:
    """The first id of each member that goes on under another one, where a document says so."""
    papers = world.evidence_kinds()
    first: dict[str, str] = {}

    def found(one: str) -> str:
        while one in first:
            one = first[one]
        return one

    for row in world.rows("lineage"):
        older, newer = found(row["predecessor"]), found(row["successor"])
        if row["evidence_id"] in papers and older != newer:
            first[newer] = older
    return {one: found(one) for one in first}
