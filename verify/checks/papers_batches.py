"""One batch handed in as the tests of several months (TZ-PAP-04; F-1, F-3: "several months with the same receipt date")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from verify.checks.listing import on_rows
from verify.checks.papers import Paper, monthly, papers
from verify.checks.papers_default import at_default
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope
from verify.checks.world import World


class Batch(NamedTuple):
    """Reports of different months with one day of sampling, receipt or test."""

    column: str
    day: date
    papers: tuple[Paper, ...]


@check("TZ-PAP-04", needs={"evidence"})
def a_sample_a_month(world: World, params: Params) -> Rows:
    """Monthly reports rest on monthly samples: no sample is of two months, no batch is received or tested for many at once.

    `params.kinds`: of reports; `params.months`: months of one receipt or test from which they are one batch (a quarter's
    samples sent in together are fewer). Undone: the values of these reports are not taken and the defaults stand.
    """
    series = {key: many for key, many in monthly(papers(world, params["kinds"])).items() if len(many) > 1}
    if not series:
        raise NotApplicable("no_monthly_reports")
    found: list[Found] = []
    for (member, thing), many in series.items():
        for one in batches(many, int(world.number(params["months"]))):
            months = sorted({paper.month for paper in one.papers})
            arguments = {
                "of": thing, "step": one.column, "day": str(one.day), "months": ", ".join(months),
                "count": str(len(months)),
            }  # fmt: skip
            year = months[-1][:4]
            effect = at_default(world, year, {paper.id for paper in one.papers}, member, thing)
            found += on_rows(
                Found(member, year, arguments, effect), "evidence", (paper.row["row_id"] for paper in one.papers)
            )
    return Rows(found, Scope.count(sum(len(many) for many in series.values())))


def batches(many: Sequence[Paper], months: int) -> Iterator[Batch]:
    """The widest batches of a series; one that shares several days is told by the first of them."""
    told: set[frozenset[str]] = set()
    for column, fewest in (("sampled", 2), ("received", months), ("tested", months)):
        days: dict[date, list[Paper]] = defaultdict(list)
        for one in many:
            if one.row[column] is not None:
                days[one.row[column]].append(one)
        for day, held in sorted(days.items()):
            ids = frozenset(one.id for one in held)
            if len({one.month for one in held}) >= fewest and not any(ids <= known for known in told):
                told.add(ids)
                yield Batch(column, day, tuple(held))
