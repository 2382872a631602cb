"""Clean power against use hour by hour, as a reader sees it: sentences first, then scores, the map of hours and the curve.

In: ``facts["matching"]`` (docs/formats/report.schema.json). Not here: the arithmetic (verify.matching), the drawing
(templates/report/charts) and the wording (templates/messages/match.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report.charts.curve import Curve, curve
from verify.report.charts.heat import Heat, heat
from verify.report.reader import Reader
from verify.words import say

Section = Mapping[str, Any]
SIGNS = "nabcf-"  # those that are drawn; an hour without load stays blank


@dataclass(frozen=True)
class Told:
    """What the page prints. `counts`: hours by sign; `heat` and `curve` are None where the facts keep them back or have none."""

    facts: Section
    sentences: list[str]
    heat: Heat | None
    counts: dict[str, int]
    curve: Curve | None


def has_matching(reader: Reader) -> bool:
    """Whether the page has the section: an older report has none, and a park without readings sees nothing of it."""
    section = reader.facts.get("matching")
    return reader.held("matching") or (section is not None and bool(section["scores"]))


def words(reader: Reader, key: str, **gaps: object) -> str:
    """A message of the catalogue of matching."""
    return say(f"match.{key}", reader.language, **gaps)


def told(reader: Reader) -> Told | None:
    """The match of the report; None where it has none."""
    section = reader.facts.get("matching")
    if section is None or not section["scores"]:
        return None
    days: Sequence[str] = section["days"]
    drawn = heat(days, SIGNS, _first_days(int(reader.facts["year"]), len(days))) if days else None
    counts = {sign: sum(day.count(sign) for day in days) for sign in SIGNS}
    return Told(section, _sentences(reader, section), drawn, counts, curve(section["duration"]))


def _first_days(year: int, days: int) -> list[int]:
    """The column of the first day of every month."""
    start = date(year, 1, 1)
    return [at for month in range(1, 13) if (at := (date(year, month, 1) - start).days) < days]


def _sentences(reader: Reader, section: Section) -> list[str]:
    shares = {row["resolution"]: row["share"] for row in section["scores"]}
    if shares["hourly"] is None:
        return [words(reader, "no_load")]
    gaps = {name: reader.with_unit(share, "1") for name, share in shares.items()}
    found = [words(reader, "says", year=reader.facts["year"], **gaps)]
    if _printed(reader, section["most"]) != _printed(reader, shares["hourly"]):
        found.append(words(reader, "says_most", most=reader.with_unit(section["most"], "1")))
    claimed = section["claimed"]
    if claimed is not None and exact(claimed["quantity"]):
        amounts = {name: reader.with_unit(claimed[name], "MWh") for name in ("quantity", "unmatched")}
        tonnes = reader.with_unit(claimed["at_default"], reader.mass_unit)
        found.append(words(reader, "says_claimed", **amounts, at_default=tonnes))
    if section["hours_read"] != section["hours"]:
        found.append(words(reader, "says_hours", read=section["hours_read"], hours=section["hours"]))
    if section["much_excess"]:
        found.append(words(reader, "says_excess"))
    return found


def _printed(reader: Reader, share: str | None) -> str:
    return reader.with_unit(None if share is None else decimal_text(exact(share), 12), "1")
