"""What follows from an engagement: passed, not passed, or no conclusion yet; with every reason, not only the first.

A fault of the verification itself (somebody has not declared, is in conflict, a step or the review is missing, a question is
open) allows no conclusion. An open non-conformity does: not passed. One that was estimated conservatively is stated beside
a conclusion that may be passed (verification-procedure 1.1, 1.10). What rests on an unconfirmed text only remarks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from verify.engagement.case import CLOSED, ESTIMATED, NOT_PASSED, NOT_YET, PASSED, YES, Case, known_as
from verify.engagement.conduct import UNCONFIRMED, conduct

REMARK = "remark"


@dataclass(frozen=True)
class Reason:
    """Why: a key of the catalogue `engage` with its arguments; `weight` is not_yet, not_passed or remark."""

    key: str
    arguments: dict[str, str]
    weight: str


@dataclass(frozen=True)
class Conclusion:
    """The outcome and everything that speaks for or against it."""

    outcome: str
    reasons: tuple[Reason, ...]


def judge(case: Case) -> Conclusion:
    """What follows from the engagement as it stands."""
    reasons = (*_independence(case), *_work(case), *_findings(case))
    weights = {one.weight for one in reasons}
    outcome = NOT_YET if NOT_YET in weights else NOT_PASSED if NOT_PASSED in weights else PASSED
    return Conclusion(outcome, reasons)


def _independence(case: Case) -> Iterator[Reason]:
    bans = conduct().bans
    everybody = (case.body, *case.everybody(), *(one.by for one in case.left if known_as(one.by) in case.acted))
    for name in dict.fromkeys(everybody):
        said = case.declared.get(known_as(name))
        if said is None:
            yield Reason("undeclared", {"name": name}, NOT_YET)
            continue
        for ban, one in said.items():
            if one.answer == YES:
                weight = REMARK if bans[ban].confidence == UNCONFIRMED else NOT_YET
                yield Reason("conflict", {"name": name, "ban": ban, "words": one.words}, weight)
    for name, ban, words in case.withdrawn:
        yield Reason("withdrawn", {"name": name, "ban": ban, "words": words}, REMARK)


def _work(case: Case) -> Iterator[Reason]:
    rules = conduct()
    for role, entry in rules.roles.items():
        if entry.one and not any(case.names(role)):
            yield Reason("nobody", {"role": role}, NOT_YET)
    for step in rules.steps.values():
        if step.by:  # the conclusion itself; what comes after it cannot be asked for
            break
        if step.id not in case.steps:
            yield Reason("step_missing", {"step": step.id}, NOT_YET)
    if case.review is None:
        yield Reason("no_review", {}, NOT_YET)
    elif case.review[1] < case.changed:
        yield Reason("old_review", {}, NOT_YET)
    if case.review is not None and case.in_team(case.review[0].by):  # joined after the review
        yield Reason("reviewer_in_team", {"name": case.review[0].by}, NOT_YET)


def _findings(case: Case) -> Iterator[Reason]:
    for one in case.findings.values():
        if one.state == ESTIMATED and one.estimate is not None:
            told: dict[str, Any] = {"finding": one.id, "tco2": one.estimate.tco2, "year": one.estimate.year}
            yield Reason("estimated", told, REMARK)
        elif one.state != CLOSED and (follows := conduct().kinds[one.kind].open) in {NOT_PASSED, NOT_YET}:
            yield Reason(f"open_{one.kind}", {"finding": one.id}, follows)
