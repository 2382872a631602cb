"""The pattern of the notice of the Ministry of Ecology and Environment of 2022-03-14, named as such (TZ-PAP-08; F-1 to F-3).

Twelve monthly reports for each of two plants, made of one batch: dates and report numbers altered, some carbon values too. No
single mark is proof, and each has an honest case (a laboratory of the plant's own numbers its reports one by one and
keeps its rhythm); several kinds of marks in one series of monthly reports are the pattern.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from verify.checks.listing import on_rows
from verify.checks.papers import Paper, monthly, papers, same, steps
from verify.checks.papers_batches import batches
from verify.checks.papers_copied import copies
from verify.checks.papers_default import at_default
from verify.checks.papers_files import edited
from verify.checks.papers_numbers import against_dates, duplicates
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope
from verify.checks.world import World

_DAYS = ("sampled", "received", "tested", "issued")


@check("TZ-PAP-08", needs={"evidence", "activity"})
def not_the_notice_of_2022(world: World, params: Params) -> Rows:
    """No series of monthly laboratory reports bears several of the marks that the notice describes.

    `params.reports`: monthly reports that make a series; `params.marks`: kinds of marks that make the pattern. Undone: the
    values of the series are not taken and the defaults stand.
    """
    reports, marks = (int(world.number(params[key])) for key in ("reports", "marks"))
    series = {key: many for key, many in monthly(papers(world, params["kinds"])).items() if len(many) >= reports}
    if not series:
        raise NotApplicable("no_monthly_reports")
    copied = {test.paper for _, _, one in copies(world, params) for test in (*one.tests, *one.others)}
    found: list[Found] = []
    for (member, thing), many in series.items():
        for year in sorted({one.month[:4] for one in many}):
            held = [one for one in many if one.month[:4] == year]
            seen = list(dict.fromkeys(_marks(world, params, held, copied))) if len(held) >= reports else []
            if len(seen) >= marks:
                arguments = {
                    "of": thing, "count": str(len(held)), "marks": ", ".join(seen), "marks_count": str(len(seen)),
                    "evidence_ids": ", ".join(one.id for one in held),
                }  # fmt: skip
                effect = at_default(world, year, {one.id for one in held}, member, thing)
                found += on_rows(
                    Found(member, year, arguments, effect), "evidence", (one.row["row_id"] for one in held)
                )
    return Rows(found, Scope.count(sum(len(many) for many in series.values())))


def _marks(world: World, params: Params, held: Sequence[Paper], copied: set[str]) -> Iterator[str]:
    if next(batches(held, int(world.number(params["months"]))), None):
        yield "batch"
    if _regular(held, int(world.number(params["reports"]))):
        yield "rhythm"
    numbered = [one for one in held if one.number]
    if (
        any(duplicates(numbered))
        or any(against_dates(numbered))
        or len(numbered) < len(held)
        or _in_one_go(world, numbered)
    ):
        yield "numbers"
    if sum(one.id in copied for one in held) > 1:
        yield "values"
    slack = timedelta(days=int(world.number(params["slack"])))
    marked = ((one, world.submission.paper_marks.get(one.row["file"])) for one in held)
    if any(marks is not None and edited(one, marks, params["editors"], slack) for one, marks in marked):
        yield "edited"
    digests = [one.row["sha256"] for one in held if one.row["sha256"]]
    if len(set(digests)) < len({one.row["file"] for one in held if one.row["sha256"]}):
        yield "files"


def _regular(held: Sequence[Paper], reports: int) -> bool:
    """Whether all reports took the same number of days from step to step, or were sampled at one and the same distance."""
    dated = [one for one in held if all(one.row[day] is not None for day in _DAYS)]
    rhythms = {tuple(steps([one.row[day] for day in _DAYS])) for one in dated}
    if len(dated) >= reports and len(rhythms) == 1 and any(next(iter(rhythms))):
        return True
    sampled = sorted({one.row["sampled"] for one in held if one.row["sampled"] is not None})
    return len(sampled) >= reports and len(set(steps(sampled))) == 1


def _in_one_go(world: World, held: Sequence[Paper]) -> bool:
    """Whether reports of different months bear neighbouring numbers although the laboratory works for others as well."""
    own = {same(row["name"]) for row in world.spells()}
    serials = [(one, one.serial()) for one in held if same(one.row["issuer"]) not in own]
    return len(serials) > 1 and all(
        low is not None and high is not None and low[0] == high[0] and high[1] - low[1] == 1
        for (_, low), (_, high) in pairwise(serials)
    )
