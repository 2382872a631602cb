"""Dates that cannot belong to the time that a paper covers (TZ-PAP-01; manipulation-patterns 2, laboratory; F-2).

The order sampled, received, tested, issued within one row is tested at the door (TZ-SUB-26).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from verify.checks.papers import Paper, papers
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope
from verify.checks.world import World


@check("TZ-PAP-01", needs={"evidence"})
def dates_of_their_time(world: World, params: Params) -> Rows:
    """A sample is of the period that its report covers; a bill or form of a period is not issued long before its end.

    `params.sampled`: kinds with a sample, and `params.slack` days on either side (a monthly composite is made up after its
    month); `params.whole`: kinds that state a whole period, and `params.early` days by which they may precede its end. A
    later issue is no fault: papers are written, and asked for, after the year.
    """
    slack, early = (timedelta(days=int(world.number(params[key]))) for key in ("slack", "early"))
    looked = [one for one in papers(world, {*params["sampled"], *params["whole"]}) if one.periods]
    found: list[Found] = []
    tested = 0
    for one in looked:
        dated = one.row["sampled"] if one.row["kind"] in params["sampled"] else one.row["issued"]
        tested += dated is not None
        for fault, day in _faults(one, params, slack, early):
            first, last = one.periods[0], one.periods[-1]
            arguments = {
                "report_number": one.row["report_number"], "fault": fault, "day": str(day),
                "covered": first if first == last else f"{first} – {last}",
            }  # fmt: skip
            found.append(Found(one.id, last[:4], arguments, table="evidence", row_id=one.row["row_id"]))
    if not tested:
        raise NotApplicable("no_dated_papers")
    return Rows(found, Scope.count(tested, len(looked)))


def _faults(one: Paper, params: Params, slack: timedelta, early: timedelta) -> Iterator[tuple[str, date]]:
    span = one.span()
    if span is None:
        return
    sampled, issued = one.row["sampled"], one.row["issued"]
    if one.row["kind"] in params["sampled"] and sampled is not None:
        if sampled < span[0] - slack:
            yield "sampled_before", sampled
        elif sampled > span[1] + slack:
            yield "sampled_after", sampled
    if one.row["kind"] in params["whole"] and issued is not None and issued < span[1] - early:
        yield "issued_early", issued
