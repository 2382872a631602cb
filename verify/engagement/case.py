"""What an engagement is at one moment: values only, made by the fold over its register."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from verify.engagement.conduct import Words, conduct

OPEN, ANSWERED, CLOSED, ESTIMATED = "open", "answered", "closed", "estimated"
NON_CONFORMITY, CLARIFICATION, OBSERVATION = "non_conformity", "clarification", "observation"
PASSED, NOT_PASSED, NOT_YET = "passed", "not_passed", "not_yet"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Noted:
    """That somebody did something, in words."""

    at: str
    by: str
    text: str = ""


@dataclass(frozen=True)
class Paper:
    """A file that was shown: its name and SHA-256; the file itself is not kept here."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Answer:
    """What the verified unit says to a finding: cause, correction, papers."""

    at: str
    by: str
    cause: str
    correction: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Estimate:
    """A conservative estimate of what was not corrected: tonnes (decimal text) of one year, and on what it rests."""

    at: str
    by: str
    tco2: str
    year: str
    basis: str


@dataclass(frozen=True)
class Finding:
    """One line of the list. `origin` holds code, subject, period, rows and effect of an imported finding, `key` what makes it
    the same one; both are empty for a finding of a person."""

    id: str
    kind: str
    clause: str
    text: Words
    raised: Noted
    state: str = OPEN
    origin: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    answers: tuple[Answer, ...] = ()
    closed: Noted | None = None
    escalated: Noted | None = None
    estimate: Estimate | None = None


@dataclass(frozen=True)
class Said:
    """What somebody answers to one ban: yes or no, with words where they are needed."""

    answer: str
    words: str


@dataclass(frozen=True)
class Objection:
    """An objection of the unit and the reply to it, None while there is none."""

    made: Noted
    reply: Noted | None = None


@dataclass(frozen=True)
class Concluded:
    """A conclusion that was issued; `event` is its place in the register, counted from 1."""

    at: str
    by: str
    outcome: str
    event: int


@dataclass(frozen=True)
class Case:
    """The engagement. `people`: (role, name) of those who are in it; `changed`: place of the last event about findings."""

    number: str
    body: str
    park: str
    year: str
    opened: Noted
    people: tuple[tuple[str, str], ...]
    left: tuple[Noted, ...] = ()
    acted: frozenset[str] = frozenset()
    declared: Mapping[str, Mapping[str, Said]] = field(default_factory=dict)
    withdrawn: tuple[tuple[str, str, str], ...] = ()
    steps: Mapping[str, Noted] = field(default_factory=dict)
    reports: tuple[str, ...] = ()
    findings: Mapping[str, Finding] = field(default_factory=dict)
    changed: int = 0
    review: tuple[Noted, int] | None = None
    concluded: Concluded | None = None
    objections: tuple[Objection, ...] = ()
    events: int = 0
    at: str = ""

    def names(self, role: str) -> Iterator[str]:
        """Who holds a role."""
        return (name for one, name in self.people if one == role)

    def everybody(self) -> tuple[str, ...]:
        """The people of the body that are in it, each once."""
        return tuple(dict.fromkeys(name for _, name in self.people))

    def is_one_of_us(self, name: str) -> bool:
        """Whether somebody is in it, or was."""
        return any(same(name, one) for one in (self.body, *self.everybody(), *(gone.by for gone in self.left)))

    def in_team(self, name: str) -> bool:
        """Whether somebody is lead or member."""
        return any(conduct().roles[role].team and same(name, one) for role, one in self.people)

    def holds(self, role: str, name: str) -> bool:
        """Whether somebody holds a role."""
        return any(same(name, one) for one in self.names(role))

    def current(self) -> bool:
        """Whether the last conclusion still says what the findings are."""
        return self.concluded is not None and self.concluded.event > self.changed


def same(one: str, other: str) -> bool:
    """Whether two ways of writing are one name: width, case and spaces aside (王 芳 is 王芳)."""
    return known_as(one) == known_as(other)


def known_as(name: str) -> str:
    """A name without width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
