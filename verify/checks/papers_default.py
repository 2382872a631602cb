"""What the rows behind some papers would count for if their measured values were not taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from verify.checks.rows import NotApplicable, tonnes
from verify.checks.undone import counted, undone
from verify.checks.world import World
from verify.ledger.factor import Situation

MEASURED = ("ncv", "carbon_content")


def defaults_of(world: World, year: str, row_ids: Iterable[str] | None = None) -> dict[str, Decimal]:
    """By row of activity of a year: tCO2 with the default heat value and carbon content minus tCO2 as counted."""
    ids = None if row_ids is None else sorted(set(row_ids))
    if ids == []:
        return {}
    try:
        rows = counted(world)
    except NotApplicable:
        return {}
    rows = rows.filter(lambda t: (t.year == year) & (t.term != ""))
    if ids is not None:
        rows = rows.filter(lambda t: t.row_id.isin(ids))
    listed = world.engine.rows(undone(world, rows, _unmeasured).select("row_id", "effect"))
    return {row["row_id"]: row["effect"] or Decimal(0) for row in listed}


def at_default(
    world: World, year: str, paper_ids: Iterable[str], member: str = "", carrier: str = ""
) -> Decimal | None:
    """tCO2 of a year by which the defaults exceed the values of some papers; None where no counted row names them."""
    papers = sorted(set(paper_ids) - {""})  # a row without a paper names none
    if not papers:
        return None
    named = world.table("activity").filter(lambda t: t.evidence_id.isin(papers))
    for column, word in (("enterprise_id", member), ("carrier", carrier)):
        if word:
            named = named.filter(named[column] == word)
    ids = [row["row_id"] for row in world.engine.rows(named.select("row_id"))]
    found = defaults_of(world, year, ids)
    return tonnes(sum((Fraction(one) for one in found.values()), Fraction(0))) if found else None


def _unmeasured(situation: Situation) -> Situation:
    return replace(situation, measured={key: value for key, value in situation.measured.items() if key not in MEASURED})
