"""The bridges of a report, ready to be printed. A bridge that the facts do not have is None; why, stands in `absent`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report.bridges import pictures, sentences, uncertainty
from verify.report.bridges.sentences import Sentence
from verify.report.bridges.words import indicator, member, named, place, tonnes, words
from verify.report.charts.waterfall import Waterfall
from verify.report.reader import Reader

Section = Mapping[str, Any]
KINDS = ("reduction", "ratio", "level")
_PLAIN = ("one_step",)  # base year and reporting year lie side by side: nothing is missing
PLANTS = ("energy_intensity", "fuel_switch", "process")  # their falls are real abatement, their rises count against it


@dataclass(frozen=True)
class Line:
    """One line of the table under the picture; numbers as the facts have them, None for a dash. `look`: that of its group."""

    label: str
    net: str
    falls: str | None
    rises: str | None
    chained: str | None
    look: str = ""


@dataclass(frozen=True)
class Basis:
    """Real abatement and the change inside the same fence under one classification or one boundary."""

    label: str
    real: str
    like: str | None
    decides: bool


@dataclass(frozen=True)
class Cause:
    """One single cause: who, where in the plant, of which term, how many tonnes."""

    who: str
    where: str
    term: str
    tonnes: str


@dataclass(frozen=True)
class Reduction:
    """The reduction bridge. `chain_says`: where the yearly steps answer otherwise; `range_says`: how real abatement moves with classification and boundary; `causes_left` as the facts
    have it; `coarse`: '' where every process has an output."""

    facts: Section
    sentences: list[Sentence]
    picture: Waterfall
    lines: list[Line]
    whole: Line
    chained: bool
    chain_says: list[Sentence]
    range_says: list[Sentence]
    bases: list[Basis]
    causes: list[Cause]
    coarse: str


@dataclass(frozen=True)
class Plain:
    """A ratio or a level bridge."""

    facts: Section
    indicator: str
    sentence: Sentence
    picture: Waterfall


@dataclass(frozen=True)
class Bridges:
    """What the page prints; `incomplete`: that the split rests on terms that lack a row, '' where none does; `unsure`: sentences
    of the annex; `absent` says in a sentence each why a bridge is not there."""

    reduction: Reduction | None
    ratio: Plain | None
    level: Plain | None
    incomplete: str
    unsure: list[Sentence]
    absent: dict[str, str]


def has_bridges(reader: Reader) -> bool:
    """Whether the page has a section of bridges: an older report has none, a public one may keep it back."""
    return "bridges" in reader.facts or reader.held("bridges")


def bridges(reader: Reader) -> Bridges:
    """The bridges of the report; all None where it has none."""
    section = reader.facts.get("bridges") or {}
    reduction, ratio, level = (section.get(kind) for kind in KINDS)
    return Bridges(
        reduction and _reduction(reader, reduction, ratio),
        ratio and _plain(reader, ratio, sentences.of_ratio(reader, ratio), pictures.of_ratio(reader, ratio)),
        level and _plain(reader, level, sentences.of_level(reader, level), pictures.of_level(reader, level)),
        _incomplete(reader, section),
        uncertainty.said(reader, section.get("uncertainty")),
        {row["bridge"]: _absent(reader, row) for row in section.get("absent") or () if row["reason"] not in _PLAIN},
    )


def _incomplete(reader: Reader, section: Section) -> str:
    terms = [reader.name("term", one) for one in section.get("incomplete") or ()]
    return words(reader, "incomplete", terms=reader.listed(terms)) if terms else ""


def _absent(reader: Reader, row: Section) -> str:
    name = named(reader, "name", row["bridge"])
    return words(reader, "absent", bridge=name, reason=named(reader, "reason", row["reason"]))


def _plain(reader: Reader, facts: Section, sentence: Sentence, picture: Waterfall) -> Plain:
    return Plain(facts, indicator(reader, facts["unit"]), sentence, picture)


def _reduction(reader: Reader, facts: Section, ratio: Section | None) -> Reduction:
    return Reduction(
        facts,
        sentences.of_reduction(reader, facts, ratio),
        pictures.of_reduction(reader, facts),
        _lines(reader, facts),
        _whole(reader, facts),
        bool(facts["chained"]),
        _chain(reader, facts),
        _range(reader, facts),
        _bases(reader, facts),
        [_cause(reader, row) for row in facts["causes"]],
        _coarse(reader, facts),
    )


def _coarse(reader: Reader, facts: Section) -> str:
    if facts["coarse"] is None or not exact(facts["coarse"]):
        return ""
    said = words(reader, "coarse", tonnes=tonnes(reader, exact(facts["coarse"])))
    held = facts.get("coarse_bounds")
    if not held or exact(held["real_low"]) == exact(held["real_high"]):
        return said
    low, high = (tonnes(reader, exact(held[name])) for name in ("real_low", "real_high"))
    return said + ("" if reader.language == "zh" else " ") + words(reader, "coarse_bounds", low=low, high=high)


def _lines(reader: Reader, facts: Section) -> list[Line]:
    """Every term that moved, also one whose falls and rises cancel."""
    chained = {row["term"]: row["tco2"] for row in facts["chained"] or ()}
    return [
        Line(
            named(reader, "term", row["term"]),
            row["tco2"],
            row["fall"],
            row["rise"],
            chained.get(row["term"]),
            group,
        )
        for group, rows in pictures.grouped(facts["terms"])
        for row in rows
        if any(exact(row[name]) for name in ("tco2", "fall", "rise")) or exact(chained.get(row["term"], "0"))
    ]


def _chain(reader: Reader, facts: Section) -> list[Sentence]:
    """One sentence where the yearly steps turn the answer of the two ends."""
    turns = facts.get("chained_turns") or ()
    if not turns or not facts["chained"]:
        return []
    steps = -sum((exact(row["tco2"]) for row in facts["chained"] if row["term"] in PLANTS), Fraction(0))
    gaps = {"ends": tonnes(reader, exact(facts["real"])), "steps": tonnes(reader, steps)}
    return [Sentence(words(reader, f"chained_turns.{turns[0]}", **gaps), strong=True)]


def _range(reader: Reader, facts: Section) -> list[Sentence]:
    """What the classifications do to real abatement, and whether anything turns its sign."""
    of_classes = [exact(row["real"]) for row in facts["by_classification"]]
    found = []
    if of_classes and min(of_classes) == max(of_classes):
        found.append(Sentence(words(reader, "range_one", real=tonnes(reader, of_classes[0]))))
    elif of_classes:
        low, high = (tonnes(reader, one) for one in (min(of_classes), max(of_classes)))
        decides = named(reader, "classification", facts["decides"])
        found.append(Sentence(words(reader, "range_classes", low=low, high=high, decides=decides)))
    everything = [*of_classes, *(exact(row["real"]) for row in facts["by_boundary"])]
    if len({one > 0 for one in everything}) > 1:
        found.append(Sentence(words(reader, "range_turns"), strong=True))
    return found


def _bases(reader: Reader, facts: Section) -> list[Basis]:
    classes = [
        Basis(named(reader, "classification", one), row["real"], None, one == facts["decides"])
        for row in facts["by_classification"]
        for one in [row["classification"]]
    ]
    boundaries = [
        Basis(named(reader, "boundary", one), row["real"], row["like_for_like"], one == facts["common"])
        for row in facts["by_boundary"]
        for one in [row["common"]]
    ]
    return [*classes, *boundaries]


def _cause(reader: Reader, row: Section) -> Cause:
    where = place(reader, row["enterprise_id"], row["process"], row["part"])
    return Cause(member(reader, row["enterprise_id"]), where, named(reader, "term", row["term"]), row["tco2"])


def _whole(reader: Reader, facts: Section) -> Line:
    """The sums of the columns over all terms."""

    def summed(rows: list[Section], name: str) -> str:
        return decimal_text(sum((exact(row[name]) for row in rows), Fraction(0)), 6)

    sums = [summed(facts["terms"], name) for name in ("tco2", "fall", "rise")]
    chained = summed(facts["chained"], "tco2") if facts["chained"] else None
    return Line(
        words(reader, "whole_change", figure=words(reader, f"figure.{sentences.whose(facts)}")),
        sums[0],
        sums[1],
        sums[2],
        chained,
    )
