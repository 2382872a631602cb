"""Who is in one of two years only, why, and whether the fence itself moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from verify.checks.members import inside, members, spells
from verify.checks.world import World

ENTERED, LEFT, BOUNDARY = "entered", "left", "boundary"
_LAST_DAY = (12, 31)


@dataclass(frozen=True)
class Change:
    """One member of only one of the two years. `first_year` and `last_year`: inside and with rows, up to the reporting year.

    `continued`: by a proven lineage it is in the other year under another id, so nobody came or went.
    """

    enterprise_id: str
    change: str
    reason: str
    explained: bool
    first_year: str
    last_year: str
    row_ids: tuple[str, ...]
    continued: bool = False


def changes(
    world: World, no_reason: Mapping[str, list[str]], proofs: Mapping[str, list[str]] | None = None
) -> list[Change]:
    """Members of base year or reporting year only, by id. `no_reason`: reasons that do not explain a change, by change.

    `proofs`: by reason of leaving the kinds of paper that prove it; a reason that is not in it is proven by any paper on file.
    """
    base, claim = members(world, world.base_year), members(world, world.year)
    kinds = world.evidence_kinds()
    papers = set(kinds)
    found = []
    for enterprise in sorted(base ^ claim):
        change = LEFT if enterprise in base else ENTERED
        rows = _spells(world, enterprise, change)
        reason = rows[-1]["reason"] if rows else ""
        proven = any(
            row["evidence_id"] in papers
            and row["reason"]
            and row["reason"] not in no_reason.get(change, ())
            and (change == ENTERED or kinds[row["evidence_id"]] in (proofs or {}).get(row["reason"], kinds.values()))
            for row in rows[-1:]
        )
        continued = _inherited(world, enterprise, change, papers)
        lived = [year for year in _years(world) if inside(world, enterprise, year)]
        years = [year for year in lived if world.cells(year, enterprise_id=enterprise)] or lived
        found.append(
            Change(
                enterprise,
                change,
                reason,
                proven or continued,
                years[0],
                years[-1],
                tuple(row["row_id"] for row in rows[-1:]),
                continued,
            )
        )
    return found


def fence_moved(world: World) -> bool:
    """Whether the boundary in force at the end of the two years differs and no paper on file stands behind the later one."""
    before, now = (in_force(world, year) for year in (world.base_year, world.year))
    if before is None or now is None or shape(before) == shape(now):
        return False
    return now.evidence_id not in world.evidence_kinds()


def _spells(world: World, enterprise: str, change: str) -> list[dict[str, Any]]:
    """The spells of a member in order of their end (who left) or of their beginning (who entered)."""
    column, missing = ("to", date.max) if change == LEFT else ("from", date.min)
    rows = [row for row in world.spells() if row["enterprise_id"] == enterprise]
    rows.sort(key=lambda row: row[column] or missing)
    return rows if change == LEFT else rows[::-1]


def _inherited(world: World, enterprise: str, change: str, papers: set[str]) -> bool:
    """Whether a proven lineage continues the member under another id that is in the other year: nobody came or went."""
    mine, other = ("predecessor", "successor") if change == LEFT else ("successor", "predecessor")
    year = world.year if change == LEFT else world.base_year
    return any(
        row[mine] == enterprise and row["evidence_id"] in papers and inside(world, row[other], year)
        for row in world.rows("lineage")
    )


def _years(world: World) -> list[str]:
    """Every year from the first to the reporting year in which somebody may be a member."""
    first = min([world.base_year, world.year, *world.years])
    begun = min((spell.since[:4] for many in spells(world).values() for spell in many if spell.since), default=first)
    return [str(year) for year in range(int(min(first, begun)), int(world.year) + 1)]


def in_force(world: World, year: str) -> Any:
    """The boundary of park.yaml in force at the end of a year; None where there is none."""
    day = date(int(year), *_LAST_DAY)
    return next(
        (one for one in world.submission.park.boundaries if (one.from_ or date.min) <= day <= (one.to or date.max)),
        None,
    )


def shape(boundary: Any) -> dict[str, Any]:
    """The boundary without its dates and papers."""
    return {"geojson": plain(boundary.geojson), "file": boundary.file, "text": boundary.text}


def plain(value: Any) -> Any:
    """GeoJSON with its numbers as text, for the canonical form takes no floats."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, str) else str(value)
