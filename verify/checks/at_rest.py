"""Plants that ended for everybody to see: a day of retirement, an event or a measure, each with its paper on file."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from verify.checks.world import World

Unit = tuple[str, str]  # enterprise and source


def retired_units(world: World) -> set[Unit]:
    """Sources retired between the two years by a paper on file."""
    papers = world.evidence_kinds()
    return {
        (row["enterprise_id"], row["source_id"])
        for row in world.rows("sources")
        if row["retired"] is not None and row["evidence_id"] in papers and _between(world, row["retired"])
    }


def shown_to_end(world: World, units: Collection[Unit], events: Collection[str]) -> bool:
    """Whether each of the units has a paper that says why it makes less: retired, an event of these kinds, or a measure."""
    retired, papers = retired_units(world), world.evidence_kinds()
    told = [row for row in world.rows("events") if row["kind"] in events and row["evidence_id"] in papers]
    told += [row for row in world.rows("measures") if row["evidence_id"] in papers and row["enterprise_id"]]
    return bool(units) and all(unit in retired or any(_about(row, unit) for row in told) for unit in units)


def _about(row: dict[str, Any], unit: Unit) -> bool:
    return (
        row["enterprise_id"] in {"", unit[0]}
        and row["source_id"] in {"", unit[1]}
        and (row["enterprise_id"] != "" or row["source_id"] != "")
    )


def _between(world: World, day: object) -> bool:
    return world.base_year <= str(day)[:4] <= world.year
