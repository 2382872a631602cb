"""The public part of a journey: `verify.disclosure` over the report and the cells of the reporting year."""

from __future__ import annotations

from verify.disclosure import Disclosed, Rule, public_part
from verify.disclosure.tables import Cell
from verify.road.run import Journey, Report


def disclosed(journey: Journey, report: Report, rule: Rule) -> tuple[Disclosed, list[Cell]]:
    """The public report, and the rows of its ``data/cells.csv``. The journey must still be open."""
    world = journey.world
    cells = world.figures[world.year].held(world.chosen)
    return public_part(report.facts, report.places, cells, world.ruler.plain(), rule)
