"""Reminders: what is due when, in calendar or working days. No status and no finding follows from them.

A working day is one that is no Saturday and no Sunday. Public holidays and the days worked in their place are announced
each year and are not known here, so a real limit may lie a few days later (or, for a worked weekend, earlier).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from verify.engagement.case import OBSERVATION, OPEN, Case
from verify.engagement.conduct import conduct


@dataclass(frozen=True)
class Reminder:
    """One limit that runs: its name, what it is about ('' or a finding), since when, until when, whether it is over."""

    limit: str
    about: str
    since: date
    due: date
    overdue: bool
    confidence: str


def due(since: date, days: int, *, working: bool) -> date:
    """The last day of a limit of `days` after `since`, which is not counted itself."""
    if not working:
        return since + timedelta(days=days)
    at, left = since, days
    while left:
        at += timedelta(days=1)
        left -= at.isoweekday() not in conduct().weekend
    return at


def reminders(case: Case, today: date) -> tuple[Reminder, ...]:
    """Every limit that runs today or is over with nothing done, the earliest first."""
    found = [
        Reminder(limit, about, since, last, today > last, entry.confidence)
        for limit, about, since in _running(case)
        for entry in [conduct().limits[limit]]
        for last in [due(since, entry.days, working=entry.working)]
    ]
    return tuple(sorted(found, key=lambda one: (one.due, one.limit, one.about)))


def _running(case: Case) -> Iterator[tuple[str, str, date]]:
    """Limit, what it is about, since when."""
    starts = {
        "opened": [("", case.opened.at)] if case.concluded is None else [],
        "raised": [
            (one.id, one.raised.at) for one in case.findings.values() if one.kind != OBSERVATION and one.state == OPEN
        ],
        "notified": [("", at)] if (at := _notified(case)) and not case.objections else [],
        "objected": [(str(number), one.made.at) for number, one in enumerate(case.objections, 1) if one.reply is None],
    }
    for name, entry in conduct().limits.items():
        for about, at in starts[entry.starts]:
            yield name, about, date.fromisoformat(at[:10])


def _notified(case: Case) -> str:
    """When the unit was told, '' where it was not: the step after the conclusion."""
    steps = list(conduct().steps.values())
    told = next(steps[at + 1].id for at, one in enumerate(steps) if one.by)
    return case.steps[told].at if told in case.steps else ""
