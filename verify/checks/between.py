"""Months that stand in neither list (TZ-SCP-12, GW-04): between two spells of a member, or of what became of it.

decomposition.md 3.1: the month of a move counts whole, on the side where it raises the claim year.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verify.checks.listing import on_rows
from verify.checks.members import inside, spells
from verify.checks.members import tonnes as member_tonnes
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.world import World

_MONTHS = tuple(f"{month:02d}" for month in range(1, 13))


@check("TZ-SCP-12")
def no_month_between(world: World, params: Params) -> Rows:
    """Annex 4, 一: a member that moved, or was taken over, is on the list in every month of the reporting year.

    `params.events`: standstills on paper that explain a month; `params.no_reason`: words of a spell that do not explain why
    somebody who came back was away, although a paper stands beside them. Undone: the months missing at the mean of the months that
    the member was inside, in that year or else in its last year.
    """
    papers = world.evidence_kinds()
    still = [
        (row["enterprise_id"], str(row["from"])[:7], str(row["to"] or row["from"])[:7])
        for row in world.rows("events")
        if row["kind"] in params["events"] and row["evidence_id"] in papers
    ]
    found: list[Found] = []
    away = {
        (row["enterprise_id"], str(row["to"])[:7])
        for row in world.spells()
        if row["to"] and row["evidence_id"] in papers and row["reason"] and row["reason"] not in params["no_reason"]
    }
    steps = list(_steps(world))
    open_ = [one for one in steps if one[0] != one[1] or (one[0], one[2]) not in away]
    for before, after, until, since in open_:
        months = [
            one
            for one in (f"{world.year}-{month}" for month in _MONTHS)
            if until < one < since
            and not any(inside(world, name, one) for name in (before, after))
            and not any(of in {before, after, ""} and first <= one <= last for of, first, last in still)
        ]
        mean = _mean(world, before) if months else Fraction(0)
        if not mean:
            continue
        arguments = {"after": after, "months": ", ".join(months), "mean": text(tonnes(mean))}
        ids = [row["row_id"] for row in world.spells() if row["enterprise_id"] in {before, after}]
        found += on_rows(Found(before, world.year, arguments, tonnes(mean * len(months))), "enterprises", ids)
    if not steps:
        raise NotApplicable("nobody_moved")
    return Rows(found, Scope.count(len(steps)))


def _steps(world: World) -> Iterator[tuple[str, str, str, str]]:
    """(who, as whom afterwards, last month before, first month after): consecutive spells of one id, and lineage."""
    known = spells(world)
    links = {(one, one) for one, held in known.items() if len(held) > 1}
    links |= {(row["predecessor"], row["successor"]) for row in world.rows("lineage")}
    for before, after in sorted(links):
        for ended in sorted({spell.until for spell in known.get(before, ()) if spell.until}):
            later = [spell.since for spell in known.get(after, ()) if spell.since > ended]
            if later:
                yield before, after, ended, min(later)


def _mean(world: World, enterprise: str) -> Fraction:
    """Mean monthly tCO2 of the member in the last year with data up to the reporting year in which it was inside."""
    for year in sorted((one for one in world.years if one <= world.year), reverse=True):
        held = sum(inside(world, enterprise, f"{year}-{month}") for month in _MONTHS)
        amount = member_tonnes(world, enterprise, year) if held else None
        if amount:
            return Fraction(amount) / held
    return Fraction(0)
