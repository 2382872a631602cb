"""Meters month by month as a reader sees them: how much was read, and where what was found about a meter lies.

In: ``facts["meters"]`` (docs/formats/report.schema.json), left out where no readings are handed in. Not here: how the shares come
about (verify.checks.meter_coverage) and the wording (templates/messages/meter.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.canonical import exact
from verify.report import findings_text
from verify.report.reader import Reader
from verify.words import say

HEIGHT = 20  # of a row of months, in pixels


@dataclass(frozen=True)
class Month:
    """One cell: `state` is owed, part, none or all; `top` is where what was read begins, in pixels; `sign` the first code."""

    state: str
    top: str
    sign: str
    more: bool


@dataclass(frozen=True)
class Line:
    """One meter: its months and the codes found about it."""

    row: Mapping[str, Any]
    months: list[Month]
    codes: list[str]


@dataclass(frozen=True)
class Told:
    """What the page prints. `legend`: (code, sign, title) of what was found; `links`: codes that the findings tell."""

    facts: Mapping[str, Any]
    sentences: list[str]
    lines: list[Line]
    legend: list[tuple[str, str, str]]
    links: frozenset[str]


def has_meters(reader: Reader) -> bool:
    """Whether the page has the section."""
    section = reader.facts.get("meters")
    return reader.held("meters") or (section is not None and section["meters"] is not None)


def words(reader: Reader, key: str, **gaps: object) -> str:
    """A message of the catalogue of meters."""
    return say(f"meter.{key}", reader.language, **gaps)


def sign(code: str) -> str:
    """What stands for a code in a cell: its number."""
    return code.rpartition("-")[2]


def told(reader: Reader) -> Told | None:
    """The meters of the report; None where it has none."""
    section = reader.facts.get("meters")
    if section is None or section["meters"] is None:
        return None
    return Told(
        section,
        _sentences(reader, section),
        [_line(row) for row in section["timelines"]],
        [(row["code"], sign(row["code"]), findings_text.title(row["code"], reader)) for row in section["found"]],
        frozenset(row["code"] for row in reader.facts["findings"]),
    )


def _sentences(reader: Reader, section: Mapping[str, Any]) -> list[str]:
    gaps = {name: reader.with_unit(section[name], "count") for name in ("meters", "read")}
    share = reader.with_unit(section["share"], "1")
    found = [words(reader, "says", year=reader.facts["year"], share=share, **gaps)]
    if section["timelines"] and section["rows"] != section["places_shown"]:
        left = str(int(section["rows"]) - int(section["places_shown"]))
        found.append(words(reader, "says_left", shown=section["places_shown"], left=left))
    return found


def _line(row: Mapping[str, Any]) -> Line:
    signs: dict[int, list[str]] = {}
    for mark in row["marks"]:
        for month in mark["months"]:
            signs.setdefault(int(month), []).append(sign(mark["code"]))
    months = [_month(share, signs.get(number, [])) for number, share in enumerate(row["months"], 1)]
    return Line(row, months, [mark["code"] for mark in row["marks"]])


def _month(share: str | None, signs: list[str]) -> Month:
    first, more = (signs[0] if signs else ""), len(signs) > 1
    if share is None:
        return Month("unowed", "0", first, more)
    read = exact(share)
    state = "all" if read == 1 else "none" if not read else "part"
    filled = min(max(round(read * HEIGHT), 1), HEIGHT - 2) if state == "part" else round(read * HEIGHT)
    return Month(state, str(HEIGHT - filled), first, more)
