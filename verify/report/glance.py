"""The first screen: what was asked, the answer, and how many things stand beside it that a reader must know of.

A cap, a waiver, an open point and an unrun check are never found only further down (DESIGN 13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report.reader import Reader

SEVERITIES = ("error", "warning", "question", "note")
ABSENT = "none"


@dataclass(frozen=True)
class Count:
    """One number of the first screen, what it counts, a line beside it, and the section that holds the things counted.

    `number` is None where the public report keeps the things counted back.
    """

    number: int | None
    label: str
    beside: str
    section: str
    look: str


def headline_row(reader: Reader) -> Mapping[str, Any] | None:
    """The indicator of the headline; None where the headline is no indicator."""
    item = reader.facts["headline"]["item"]
    return next((row for row in reader.facts["indicators"] if row["item"] == item), None)


def verdict_look(row: Mapping[str, Any]) -> str:
    """The verdict as a word of the catalogue: the four verdicts, `excluded` or `undefined`."""
    if row["verdict"] is not None:
        return str(row["verdict"])
    return "excluded" if row["excluded"] else "undefined"


def item_value(reader: Reader, item: str, which: str = "claimed") -> str | None:
    """One value of `items` in the reporting year."""
    year = reader.facts["year"]
    row = next((row for row in reader.facts["items"] if row["item"] == item and row["year"] == year), None)
    return None if row is None else row[which]


def incomplete(reader: Reader, item: str) -> bool:
    """Whether rows of the item could not be read or were left out in the reporting year."""
    year = reader.facts["year"]
    return any(row["incomplete"] for row in reader.facts["items"] if row["item"] == item and row["year"] == year)


def counts(reader: Reader) -> list[Count]:
    """The numbers of the first screen, in reading order."""
    facts = reader.facts
    by_severity = {name: [row for row in facts["findings"] if row["severity"] == name] for name in SEVERITIES}
    found = [
        _count(reader, "findings", len(rows), reader.t(f"severity.{name}"), "", "findings", name)
        for name, rows in by_severity.items()
    ]
    found = [_partly(reader, one, "findings.statistics") if one.look == "question" else one for one in found]
    unrun = [row for row in facts["runs"] if row["outcome"] == "could_not_run"]
    waived = [row for row in facts["runs"] if row["outcome"] == "waived"]
    turning = {flip["parameter"] for row in facts["indicators"] for flip in row["flips"]}
    moving = {point for row in facts["indicators"] for point in row["rests_on"]} & {
        row["id"] for row in facts["parameters"]
    }
    if not facts["indicators"]:  # the readings then carry the total
        moving = {row["id"] for row in facts["parameters"] if len({one["value"] for one in row["readings"]}) > 1}
    unproven = [row for row in facts["zero_register"] if not row["proven"] and row["year"] == facts["year"]]
    excluded = sum(int(row["excluded"]) + int(row["blocking"]) for row in facts["dispositions"]["tables"])
    told = bool(facts["parameters"]) and (bool(facts["indicators"]) or not reader.held("parameters.value"))
    return [
        *found,
        _count(
            reader,
            "parameters",
            len(facts["parameters"]),
            reader.t("count_open"),
            reader.t("count_open_turning", moving=len(moving), turning=len(turning)) if told else "",
            "open-points",
            "open",
        ),
        _unproven(reader, unproven),
        _partly(
            reader,
            _count(reader, "runs", len(unrun), reader.t("count_unrun"), _worst(reader, unrun), "unchecked", "open"),
            "runs.statistics",
        ),
        _partly(
            reader,
            _count(reader, "runs", len(waived), reader.t("count_waived"), "", "unchecked", "open"),
            "runs.statistics",
        ),
        _count(reader, "dispositions", excluded, reader.t("count_excluded"), "", "rows", "open"),
        _last(reader),
    ]


def _count(reader: Reader, path: str, number: int, label: str, beside: str, section: str, look: str) -> Count:
    if reader.held(path):
        return Count(None, label, reader.t("count_withheld"), section, look)
    return Count(number, label, beside, section, look)


def _partly(reader: Reader, count: Count, path: str) -> Count:
    """A count some of whose rows `path` keeps back: what is left is told where there is some, and is never a zero."""
    if count.number == 0 and reader.held(path):
        return Count(None, count.label, reader.t("count_withheld"), count.section, count.look)
    return count


def _unproven(reader: Reader, lines: list[Mapping[str, Any]]) -> Count:
    """Zeros without evidence; their tonnes are public even where the register is not, as proven less claimed."""
    label, level = reader.t("count_unproven"), reader.facts["level"]
    if not reader.held("zero_register"):
        return Count(len(lines), label, _tonnes(reader, lines), "zeros", "open")
    if level["proven"] is None or level["claimed"] is None:
        return Count(None, label, reader.t("count_withheld"), "zeros", "open")
    tonnes = decimal_text(exact(level["proven"]) - exact(level["claimed"]), 6)
    beside = reader.t("count_unproven_withheld", tonnes=reader.with_unit(tonnes, reader.mass_unit))
    return Count(None, label, beside, "zeros", "open")


def _last(reader: Reader) -> Count:
    """Lists that are cut; where rows are kept back no list says anything, and what is kept back is counted instead."""
    if reader.withheld.public:
        return Count(len(reader.withheld.rows), reader.t("count_kinds_withheld"), "", "withheld", "open")
    capped = [row for row in reader.facts["findings"] if row["rows"] != row["places_shown"]]
    return Count(len(capped), reader.t("count_capped"), "", "findings", "open")


def _tonnes(reader: Reader, lines: list[Mapping[str, Any]]) -> str:
    total = sum((exact(row["below_default_tco2"]) for row in lines), Fraction(0))
    return reader.with_unit(decimal_text(total, 6), reader.mass_unit) if lines else ""


def _worst(reader: Reader, runs: list[Mapping[str, Any]]) -> str:
    """The largest single effect an unrun check could have had; effects overlap, so nothing is added."""
    worst = max((exact(row["worst_tco2"]) for row in runs if row["worst_tco2"] is not None), default=Fraction(0))
    return (
        reader.t("count_unrun_worst", worst=reader.with_unit(decimal_text(worst, 6), reader.mass_unit)) if worst else ""
    )
