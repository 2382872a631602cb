"""The common boundaries of two years, and what lies inside each (decomposition 3.1).

Union: every member of either year; who left stands in the claim year as in the base year unless its closure is proven, who
entered stands in the base year with its own rows of that year, if it filed any. Intersection: the members of both years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from verify.bridge.amounts import Amount, Error, amounts
from verify.bridge.errors import Stated
from verify.bridge.park import Inside
from verify.bridge.routed import Trade
from verify.checks.members import members
from verify.checks.world import FILED, World
from verify.ledger import METHOD, REFERENCE, REPORTED, Boundary, Changes, Ledger, Spell, account
from verify.ledger.basis import read_reading
from verify.road.bridges.trades import trades
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


def fences(world: World, rules: BridgeRules, stated: Stated | None = None) -> Fences:
    """The fences of base year and reporting year, with errors where `stated`. Accounts again only where somebody came or went."""
    return many_fences([world], rules, stated)[0]


def many_fences(worlds: Sequence[World], rules: BridgeRules, stated: Stated | None = None) -> list[Fences]:
    """The fences of several pairs of years, each a world with its own two ends over the same ledger: accounted again once."""
    plans = [_plan(world) for world in worlds]
    wanted = sorted({tuple(sorted(some)) for plan in plans if plan.moved for some in plan.kept.values()})
    ids = {
        frozenset(some): f"fence_{number}" for number, some in enumerate(wanted)
    }  # pairs of the same members share one
    ledger = _accounted(worlds[0], ids) if ids else None
    return [_fences(world, rules, plan, ledger, ids, stated) for world, plan in zip(worlds, plans, strict=True)]


@dataclass(frozen=True)
class _Plan:
    """The first id of each member that goes on under another one, who is in one year only, the members inside each fence."""

    names: Mapping[str, str]
    before: frozenset[str]
    after: frozenset[str]
    kept: Mapping[str, frozenset[str]]

    @property
    def moved(self) -> frozenset[str]:
        return self.before ^ self.after


def _plan(world: World) -> _Plan:
    names = _lineage(world)
    both = [members(world, year) for year in (world.base_year, world.year)]
    before, after = (frozenset(names.get(one, one) for one in some) for some in both)
    everybody = frozenset().union(*both)
    stayed = frozenset(name for name in everybody if names.get(name, name) in before & after)
    return _Plan(names, before, after, {UNION: everybody, INTERSECTION: stayed})


def _accounted(world: World, ids: Mapping[frozenset[str], str]) -> Ledger:
    return account(
        world.engine,
        world.ruler,
        world.submission.tables,
        world.vocabulary,
        [Boundary(name, tuple(Spell(one, "", "") for one in sorted(some))) for some, name in ids.items()],
        Changes(),
        {"province": province(world.submission.park.province)},
    )


def _fences(
    world: World,
    rules: BridgeRules,
    plan: _Plan,
    ledger: Ledger | None,
    ids: Mapping[frozenset[str], str],
    stated: Stated | None,
) -> Fences:
    rows, sold = _production(world, plan.names), trades(world, rules, plan.names)
    filed = _inside(world, rules, world.ledger, FILED, (rows, sold), plan.names, None if plan.moved else stated)
    if not plan.moved or ledger is None:
        return Fences(filed, {UNION: filed, INTERSECTION: filed}, plan.moved)
    common = {
        name: _inside(
            world,
            rules,
            ledger,
            ids[some],
            ([row for row in rows if row["enterprise_id"] in some_of], sold),
            plan.names,
        )
        for name, some in plan.kept.items()
        for some_of in [{plan.names.get(one, one) for one in some}]
    }
    carried = (plan.before - plan.after) - _ended(world, rules, plan.names)
    common[UNION] = _with_leavers(common[UNION], carried, world)
    return Fences(filed, common, plan.moved)


def _inside(
    world: World,
    rules: BridgeRules,
    ledger: Ledger,
    boundary: str,
    made: tuple[Sequence[Mapping[str, Any]], Mapping[str, Sequence[Trade]]],
    names: Mapping[str, str],
    stated: Stated | None = None,
) -> Inside:
    """`made`: rows of production and the trades by year, both under first ids."""
    years = (world.base_year, world.year)
    rows, sold = made
    held: dict[str, list[Amount]] = {}
    for method in (REFERENCE, REPORTED):
        assignment = {**world.chosen, METHOD: method}
        if method == REPORTED and not _filed_factors(ledger):
            held[method] = held[REFERENCE]
            continue
        errors = stated.of_rows(world.engine, ledger, assignment, boundary) if stated and method == REFERENCE else None
        lines = _amounts(world, rules, ledger, assignment, boundary, errors)
        held[method] = [_renamed(one, names) for one in lines]
    before, after = ([one for one in held[REFERENCE] if one.year == year] for year in years)
    filed_before, filed_after = (
        (before, after)
        if held[REPORTED] is held[REFERENCE]
        else ([one for one in held[REPORTED] if one.year == year] for year in years)
    )
    then, now = (sold.get(year, ()) for year in years)
    return Inside(before, after, filed_before, filed_after, rows, then, now)


def _amounts(
    world: World,
    rules: BridgeRules,
    ledger: Ledger,
    assignment: Mapping[str, str],
    boundary: str,
    errors: Mapping[tuple[Any, ...], tuple[Error, ...]] | None,
) -> list[Amount]:
    """Both years; a year of the filed boundary that another pair of years has read is not read again."""
    years = (world.base_year, world.year)
    if ledger is not world.ledger:
        return amounts(world.engine, ledger, assignment, boundary, years, rules.utilities, errors)
    known: dict[tuple[str, str], list[Amount]] = world.cache.setdefault("bridge_amounts", {})
    method = assignment[METHOD]
    missing = [year for year in years if errors is not None or (method, year) not in known]
    if missing:
        found = amounts(world.engine, ledger, assignment, boundary, missing, rules.utilities, errors)
        known.update({(method, year): [one for one in found if one.year == year] for year in missing})
    return [one for year in years for one in known[method, year]]


def _filed_factors(ledger: Ledger) -> bool:
    """Whether a line counts otherwise by the park's own method."""
    return any(METHOD in read_reading(cell["reading"]) for cell in ledger.cells)


def _renamed(one: Amount, names: Mapping[str, str]) -> Amount:
    enterprise, source = one.unit
    return replace(one, unit=(names[enterprise], source)) if enterprise in names else one


def _production(world: World, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows of production of both years, and whether the partner is a member; asked once for all pairs of years."""
    if "bridge_production" not in world.cache:
        held: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in _made(world, names):
            held[row["year"]].append(row)
        world.cache["bridge_production"] = held
    made: Mapping[str, list[dict[str, Any]]] = world.cache["bridge_production"]
    return [row for year in (world.base_year, world.year) for row in made.get(year, ())]


def _made(world: World, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every row of production with its year under the first id of its maker."""
    member = {row["enterprise_id"] for row in world.spells()}
    columns = ("year", "enterprise_id", "source_id", "product", "flow", "counterparty", "unit")
    table = world.table("production")
    table = table.mutate(year=table.period[:4])
    rows = world.engine.each(
        table.group_by(list(columns)).aggregate(quantity=table.quantity.sum().cast("decimal(38, 6)"))
    )
    return [
        {
            **row,
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
        inside.trades_before,
        [
            *(one for one in inside.trades_after if not {one.seller, one.buyer} & carried),
            *(one for one in inside.trades_before if {one.seller, one.buyer} & carried),
        ],
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
