"""The list of findings: raised, answered, closed, escalated, estimated. Nothing is taken off it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from verify.canonical import digest
from verify.engagement.case import (
    ANSWERED,
    CLARIFICATION,
    CLOSED,
    ESTIMATED,
    NON_CONFORMITY,
    OPEN,
    Answer,
    Case,
    Estimate,
    Finding,
    Noted,
)
from verify.engagement.conduct import conduct
from verify.engagement.given import by_team, noted, papers, tonnes, words
from verify.engagement.register import Event
from verify.errors import WrongUsage

_YEAR = re.compile(r"\d{4}")


def identity(origin: Mapping[str, Any]) -> str:
    """What makes an imported finding the same one: code, subject, period, rows and which of several on these rows; not its
    tonnes, which move with others."""
    return digest([origin[name] for name in ("code", "subject", "period", "row_ids", "alike")])


def next_id(case: Case, more: int = 0) -> str:
    """The number of the next finding."""
    return f"F{len(case.findings) + 1 + more:03d}"


def _import(case: Case, event: Event) -> Case:
    by_team(case, event)
    if event.data["park"] != case.park or event.data["year"] != case.year:
        raise WrongUsage(
            "engage.other_park", park=str(event.data["park"]), year=str(event.data["year"]), of=case.park, at=case.year
        )
    return replace(case, reports=(*case.reports, words(event.data, "facts_sha256")))


def _raise(case: Case, event: Event) -> Case:
    by_team(case, event)
    data = event.data
    kind, number, origin = str(data["kind"]), words(data, "finding"), dict(data.get("origin", {}))
    if kind not in conduct().kinds:
        raise WrongUsage("engage.no_kind", kind=kind)
    if number != next_id(case):
        raise WrongUsage("engage.number", finding=number, next=next_id(case))
    text = {language: words(data["text"], language) for language in ("zh", "en")}
    key = identity(origin) if origin else ""
    if key and any(one.key == key for one in case.findings.values()):
        raise WrongUsage("engage.raised_twice", code=str(origin["code"]))
    raised = Finding(number, kind, str(data["clause"]), text, Noted(event.at, event.by), origin=origin, key=key)
    return _put(case, raised)


def _answer(case: Case, event: Event) -> Case:
    if case.is_one_of_us(event.by):
        raise WrongUsage("engage.own_answer", name=event.by)
    one = _one(case, event)
    _not_closed(one)
    shown = papers(event.data)
    if conduct().kinds[one.kind].evidence and not shown:
        raise WrongUsage("engage.no_evidence", finding=one.id)
    answer = Answer(event.at, event.by, str(event.data.get("cause", "")), words(event.data, "correction"), shown)
    return _put(case, replace(one, state=ANSWERED, answers=(*one.answers, answer)))


def _close(case: Case, event: Event) -> Case:
    by_team(case, event)
    one = _one(case, event)
    _not_closed(one)
    if one.state != ANSWERED and (conduct().kinds[one.kind].answer or one.state != OPEN):
        raise WrongUsage("engage.unanswered_finding", finding=one.id)
    if conduct().kinds[one.kind].evidence and not one.answers[-1].papers:  # escalated after an answer without papers
        raise WrongUsage("engage.no_evidence", finding=one.id)
    return _put(case, replace(one, state=CLOSED, closed=noted(event)))


def _escalate(case: Case, event: Event) -> Case:
    by_team(case, event)
    one = _one(case, event)
    _not_closed(one)
    if one.kind != CLARIFICATION:
        raise WrongUsage("engage.not_clarification", finding=one.id)
    return _put(case, replace(one, kind=NON_CONFORMITY, escalated=noted(event)))


def _estimate(case: Case, event: Event) -> Case:
    by_team(case, event)
    one = _one(case, event)
    _not_closed(one)
    if one.kind != NON_CONFORMITY:
        raise WrongUsage("engage.not_non_conformity", finding=one.id)
    year = words(event.data, "year")
    if not _YEAR.fullmatch(year):
        raise WrongUsage("engage.year", value=year)
    made = Estimate(event.at, event.by, tonnes(event.data.get("tco2")), year, words(event.data, "text"))
    return _put(case, replace(one, state=ESTIMATED, estimate=made))


def _put(case: Case, one: Finding) -> Case:
    return replace(case, findings={**case.findings, one.id: one}, changed=case.events + 1)


def _one(case: Case, event: Event) -> Finding:
    wanted = str(event.data["finding"])
    if wanted not in case.findings:
        raise WrongUsage("engage.no_finding", finding=wanted)
    return case.findings[wanted]


def _not_closed(one: Finding) -> None:
    if one.state == CLOSED:
        raise WrongUsage("engage.closed", finding=one.id)


RULES: dict[str, Callable[[Case, Event], Case]] = {
    "import": _import,
    "raise": _raise,
    "answer": _answer,
    "close": _close,
    "escalate": _escalate,
    "estimate": _estimate,
}
