"""What an event has to bring: words, a time, tonnes, papers; and who may bring it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from verify.engagement.case import Case, Noted, Paper
from verify.engagement.register import Event
from verify.errors import WrongUsage


def noted(event: Event, key: str = "text") -> Noted:
    """Who did it, when, in which words. Raises WrongUsage `engage.wordless` where none are given."""
    return Noted(event.at, event.by, words(event.data, key))


def words(data: Mapping[str, Any], key: str) -> str:
    """A text that has to be given. Raises WrongUsage `engage.wordless`."""
    text = data.get(key)
    if not isinstance(text, str) or not text.strip():
        raise WrongUsage("engage.wordless", what=key)
    return text


def tonnes(text: object) -> str:
    """Tonnes of an estimate: decimal text, not below zero. Raises WrongUsage `engage.tonnes`."""
    try:
        value = Decimal(text) if isinstance(text, str) else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:  # a conservative estimate never lowers the emissions
        raise WrongUsage("engage.tonnes", value=str(text))
    return str(text)


def by_team(case: Case, event: Event) -> None:
    """Raises WrongUsage `engage.not_team` where somebody else than lead or members says so."""
    if not case.in_team(event.by):
        raise WrongUsage("engage.not_team", name=event.by)


def papers(data: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The files that were shown."""
    return tuple(Paper(str(one["name"]), str(one["sha256"])) for one in data.get("papers", ()))
