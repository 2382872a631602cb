"""An engagement on the terminal, and as JSON: where it stands, what is due, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from verify.cli.columns import aligned
from verify.engagement.case import CLOSED, ESTIMATED, Case
from verify.engagement.conclusion import REMARK, Conclusion, Reason, judge
from verify.engagement.conduct import UNCONFIRMED, conduct
from verify.engagement.deadlines import Reminder, reminders
from verify.engagement.register import Register
from verify.report.visible import visible
from verify.words import Language, say

_MARK = {"not_yet": "◐", "not_passed": "✕", REMARK: "·"}


def stands(case: Case, register: Register, at: str, lang: Language) -> Iterator[str]:
    """The whole status."""
    found = judge(case)
    rows = [
        ("number", case.number),
        ("body", case.body),
        ("park", f"{case.park} {case.year}"),
        ("steps", _steps(case, lang)),
        ("findings", _findings(case, lang)),
        ("conclusion", _outcome(case, found, lang)),
    ]
    yield from aligned([[say(f"engage.row_{name}", lang), visible(value)] for name, value in rows])
    yield from reasons(found, lang)
    due = reminders(case, date.fromisoformat(at[:10]))
    yield from (reminder(one, lang) for one in due)
    if any(conduct().limits[one.limit].working for one in due):
        yield say("engage.holidays", lang)
    yield say("engage.head", lang, head=register.head, count=len(register.events))


def concluded(found: Conclusion, lang: Language) -> Iterator[str]:
    """The conclusion and every reason."""
    yield say("engage.concluded_as", lang, outcome=say(f"engage.outcome_{found.outcome}", lang))
    yield from reasons(found, lang)


def reasons(found: Conclusion, lang: Language) -> Iterator[str]:
    """Every reason in words."""
    return (f"{_MARK[one.weight]} {visible(_reason(one, lang))}" for one in found.reasons)


def reminder(one: Reminder, lang: Language) -> str:
    """A limit in words; an unconfirmed one says so."""
    about = say("engage.reminder_about", lang, about=one.about) if one.about else ""
    line = say(
        "engage.overdue" if one.overdue else "engage.reminder",
        lang,
        due=one.due.isoformat(),
        title=conduct().limits[one.limit].title[lang],
        about=about,
    )
    return say("engage.reminder_unconfirmed", lang, line=line) if one.confidence == UNCONFIRMED else line


def as_document(case: Case, register: Register, at: str) -> dict[str, Any]:
    """The status as JSON (docs/formats/engagement.md)."""
    found = judge(case)
    return {
        "body": case.body,
        "concluded": None
        if case.concluded is None
        else {
            "at": case.concluded.at,
            "by": case.concluded.by,
            "current": case.current(),
            "outcome": case.concluded.outcome,
        },
        "findings": [
            {"clause": one.clause, "id": one.id, "kind": one.kind, "state": one.state} for one in case.findings.values()
        ],
        "head": register.head,
        "number": case.number,
        "outcome": found.outcome,
        "park": case.park,
        "people": [{"name": name, "role": role} for role, name in case.people],
        "reasons": [{"arguments": one.arguments, "key": one.key, "weight": one.weight} for one in found.reasons],
        "reminders": [
            {
                "about": one.about,
                "confidence": one.confidence,
                "due": one.due.isoformat(),
                "limit": one.limit,
                "overdue": one.overdue,
            }
            for one in reminders(case, date.fromisoformat(at[:10]))
        ],
        "steps": sorted(case.steps),
        "year": case.year,
    }


def _reason(one: Reason, lang: Language) -> str:
    arguments = dict(one.arguments)
    if "role" in arguments:
        arguments["role"] = conduct().roles[arguments["role"]].title[lang]
    if "step" in arguments:
        arguments["step"] = f"{arguments['step']} {conduct().steps[arguments['step']].title[lang]}"
    return say(f"engage.reason_{one.key}", lang, **arguments)


def _steps(case: Case, lang: Language) -> str:
    steps = conduct().steps
    left = [one for one in steps.values() if one.id not in case.steps]
    if not left:
        return say("engage.steps_all", lang, done=len(steps), all=len(steps))
    shown = f"{left[0].id} {left[0].title[lang]}"
    return say("engage.steps_of", lang, done=len(case.steps), all=len(steps), next=shown)


def _findings(case: Case, lang: Language) -> str:
    told = []
    for kind, entry in conduct().kinds.items():
        mine = [one for one in case.findings.values() if one.kind == kind]
        left = sum(one.state not in {CLOSED, ESTIMATED} for one in mine)
        if mine:
            told.append(say("engage.counted", lang, kind=entry.title[lang], count=len(mine), open=left))
    return say("engage.list_join", lang).join(told) or say("engage.no_findings", lang)


def _outcome(case: Case, found: Conclusion, lang: Language) -> str:
    word = say(f"engage.outcome_{found.outcome}", lang)
    if case.concluded is None:
        return word
    if not case.current():
        return say("engage.outcome_stale", lang, outcome=word)
    issued = say(f"engage.outcome_{case.concluded.outcome}", lang)
    return say("engage.outcome_issued", lang, outcome=issued, by=case.concluded.by, date=case.concluded.at[:10])
