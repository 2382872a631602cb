"""The papers of a submission: what each stands behind, which months it covers, and the series of monthly laboratory reports."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from verify.checks.world import World

_MONTH = 7  # characters of YYYY-MM
_BEHIND = {"activity": "carrier", "production": "product", "process_balances": "material"}  # table -> what was tested
_SAID = re.compile(r"(20\d\d)\s?(?:年|[-./])\s?(1[0-2]|0?[1-9])(?!\d)(?:\s?[-~至—–]\s?(1[0-2]|0?[1-9])\s?月)?")
_SAID_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年")
_SERIAL = re.compile(r"(.*?)(\d{1,18})$", re.DOTALL)


@dataclass(frozen=True)
class Paper:
    """One row of the evidence table. `periods`: of the rows that name it, else of its own words; `about`: (member, thing)."""

    row: Mapping[str, Any]
    periods: tuple[str, ...]
    about: frozenset[tuple[str, str]]

    @property
    def id(self) -> str:
        """The evidence id."""
        return str(self.row["evidence_id"])

    @property
    def month(self) -> str:
        """The one month that it covers; '' where it covers another time."""
        return self.periods[0] if len(self.periods) == 1 and len(self.periods[0]) == _MONTH else ""

    @property
    def number(self) -> str:
        """The report number as it compares: NFKC, upper case, no blanks."""
        return same(self.row["report_number"])

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two rows one report: issuer, number and day of issue; the row itself where it has no number."""
        return (same(self.row["issuer"]), self.number, str(self.row["issued"] or "")) if self.number else (self.id,)

    def serial(self) -> tuple[str, int] | None:
        """What precedes the running number, and the running number; None where it ends in no digit."""
        found = _SERIAL.fullmatch(self.number)
        return (found[1], int(found[2])) if found else None

    def span(self) -> tuple[date, date] | None:
        """The first and the last day that it covers."""
        return (first_day(self.periods[0]), last_day(self.periods[-1])) if self.periods else None


def same(word: str) -> str:
    """A word as it compares: NFKC, upper case, no blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)).upper()


def papers(world: World, kinds: Iterable[str] | None = None) -> list[Paper]:
    """The papers, or those of some kinds, in order of their ids."""
    if "papers" not in world.cache:
        behind = _behind(world)
        world.cache["papers"] = [
            Paper(row, *behind.get(row["evidence_id"], (_said(row["covers"]), frozenset())))
            for row in sorted(world.rows("evidence"), key=lambda row: str(row["evidence_id"]))
        ]
    wanted = None if kinds is None else set(kinds)
    return [one for one in world.cache["papers"] if wanted is None or one.row["kind"] in wanted]


def monthly(found: Iterable[Paper]) -> dict[tuple[str, str], list[Paper]]:
    """Papers of one month each, by member and thing tested, one per month and report, in order of months."""
    series: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for one in found:
        for about in sorted(one.about) if one.month else ():
            series[about].append(one)
    return {key: sorted(many, key=lambda one: (one.month, one.id)) for key, many in sorted(series.items())}


def steps(days: Sequence[date]) -> list[int]:
    """Days between neighbours."""
    return [(later - earlier).days for earlier, later in pairwise(days)]


def first_day(period: str) -> date:
    """The first day of ``YYYY`` or ``YYYY-MM``."""
    return date(int(period[:4]), int(period[5:7] or 1), 1)


def last_day(period: str) -> date:
    """The last day of ``YYYY`` or ``YYYY-MM``."""
    year, month = int(period[:4]), int(period[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])


def _behind(world: World) -> dict[str, tuple[tuple[str, ...], frozenset[tuple[str, str]]]]:
    """By paper: the periods of the rows that name it, and what they are about."""
    periods: dict[str, set[str]] = defaultdict(set)
    about: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, thing in _BEHIND.items():
        if not world.handed_in(name):
            continue
        rows = world.table(name).filter(lambda t: t.evidence_id != "")
        rows = rows.select("evidence_id", "enterprise_id", "period", thing=rows[thing]).distinct()
        for row in world.engine.rows(rows):
            periods[row["evidence_id"]].add(row["period"])
            about[row["evidence_id"]].add((row["enterprise_id"], row["thing"]))
    return {one: (tuple(sorted(periods[one])), frozenset(about[one])) for one in periods}


def _said(words: str) -> tuple[str, ...]:
    """The months, else the years, that the words name."""
    plain = unicodedata.normalize("NFKC", words)
    months = {
        f"{found[1]}-{month:02d}"
        for found in _SAID.finditer(plain)
        for month in range(int(found[2]), int(found[3] or found[2]) + 1)
    }
    return tuple(sorted(months or {found[1] for found in _SAID_YEAR.finditer(plain)}))
