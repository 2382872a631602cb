"""A fence drawn through the park: sources cut out of it, works on both sides of it (TZ-SCP-07, 08; GW-02)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from verify.checks import ground, structure
from verify.checks.listing import on_rows
from verify.checks.members import inside
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.two_years import need_two_years, of_source
from verify.checks.world import World


@check("TZ-SCP-07", needs={"sources"})
def cut_out(world: World, params: Params) -> Rows:
    """Annex 2, 三: a source that the fence of the base year held is not cut out of the fence of the reporting year.

    Found where its base-year tonnes stay in the base year and it counts nothing now, although nobody retired it. A fence
    redrawn with a paper is no closure of what stays with a member; who left the list itself by a paper of its own did so in
    the open (TZ-SCP-01, 03). Undone: carried at its base-year value.
    """
    need_two_years(world)
    openly = set() if structure.fence_moved(world) else _left_by_paper(world)
    located = [(row, ground.place(row)) for row in world.rows("sources")]
    found: list[Found] = []
    tested = 0
    for row, place in located:
        now = ground.standing(world, place, world.year)
        if now == ground.UNKNOWN:
            continue
        tested += 1
        before = of_source(world, world.base_year, row["enterprise_id"], row["source_id"])
        cut = now != ground.INSIDE and ground.standing(world, place, world.base_year) == ground.INSIDE
        if (
            not cut
            or before <= 0
            or row["enterprise_id"] in openly
            or _retired(world, row)
            or of_source(world, world.year, row["enterprise_id"], row["source_id"])
        ):
            continue
        arguments = {"base_year": world.base_year, "stands": now, "moved": text(before)}
        found += on_rows(Found(row["source_id"], world.year, arguments, tonnes(before)), "sources", [row["row_id"]])
    if not tested:
        raise NotApplicable("nothing_located")
    return Rows(found, Scope.count(tested, len(located)))


@check("TZ-SCP-08", needs={"sources"})
def on_both_sides(world: World, params: Params) -> Rows:
    """Annex 2, 一（一）: of a member on both sides of the fence each side is metered, or shared by a paper (GW-02).

    Asked where a source outside counts nothing, has no meter of its own, and no allocation on paper says who bears what.
    """
    sides: dict[str, dict[bool, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in world.rows("sources"):
        stands = ground.standing(world, ground.place(row), world.year)
        if stands != ground.UNKNOWN and inside(world, row["enterprise_id"], world.year) and not _retired(world, row):
            sides[row["enterprise_id"]][stands == ground.INSIDE].append(row)
    if not sides:
        raise NotApplicable("nothing_located")
    papers = world.evidence_kinds()
    shared = {row["party"] for row in world.rows("allocations") if row["evidence_id"] in papers}
    metered = {(row["enterprise_id"], row["source_id"]) for row in world.rows("meters")}
    found: list[Found] = []
    for enterprise, rows in sorted(sides.items()):
        loose = [
            row
            for row in rows[False]
            if (enterprise, row["source_id"]) not in metered
            and not of_source(world, world.year, enterprise, row["source_id"])
        ]
        if not rows[True] or not loose or enterprise in shared:
            continue
        counted = sum((of_source(world, world.year, enterprise, row["source_id"]) for row in rows[True]), Decimal(0))
        arguments = {"outside": str(len(loose)), "counted": text(counted)}
        found += on_rows(Found(enterprise, world.year, arguments), "sources", (row["row_id"] for row in loose))
    return Rows(found, Scope.count(len(sides)))


def _left_by_paper(world: World) -> set[str]:
    """Members of the base year that left with a reason and its paper."""
    return {one.enterprise_id for one in structure.changes(world, {}) if one.change == structure.LEFT and one.explained}


def _retired(world: World, row: dict[str, Any]) -> bool:
    """Whether the source was retired before the reporting year."""
    return row["retired"] is not None and str(row["retired"])[:4] < world.year
