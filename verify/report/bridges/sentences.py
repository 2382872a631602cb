"""The fixed sentences of the bridges: generated from facts, never improvised. The wording is in templates/messages/bridge.yaml.

First what the claim comes to, then whatever a reader must not miss: another direction inside the same fence, an intensity that
fell while tonnes did not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import exact
from verify.report.bridges.words import amount, decimal, indicator, share, tonnes, words
from verify.report.reader import Reader

Section = Mapping[str, Any]


@dataclass(frozen=True)
class Sentence:
    """`strong`: it contradicts what the claim suggests."""

    text: str
    strong: bool = False


def of_reduction(reader: Reader, reduction: Section, ratio: Section | None) -> list[Sentence]:
    """What the claim comes to, the direction inside the same fence, and an intensity that says otherwise."""
    gaps = _gaps(reader, reduction)
    found = [Sentence(_claim(reader, reduction, gaps)), _direction(reader, reduction, gaps)]
    inside = exact(reduction["like_for_like"])
    if ratio is not None and inside >= 0 and exact(ratio["after"]) < exact(ratio["before"]):
        key = "intensity_down" if inside else "intensity_down_same"
        of_ratio = {name: amount(reader, ratio[name], ratio["unit"]) for name in ("before", "after")}
        found.append(
            Sentence(words(reader, key, **gaps, **of_ratio, indicator=indicator(reader, ratio["unit"])), strong=True)
        )
    return found


def whose(reduction: Section) -> str:
    """Whether the totals of both years are the park's own figures: a part of the keys of the catalogue."""
    return "filed" if reduction["filed"] else "own"


def _gaps(reader: Reader, reduction: Section) -> dict[str, str]:
    """Whatever a sentence may name; amounts without a sign, for the sentence says which way."""
    before, after, real, inside = (exact(reduction[name]) for name in ("before", "after", "real", "like_for_like"))
    gaps = {
        "from": reduction["from"],
        "to": reduction["to"],
        "amount": tonnes(reader, abs(after - before)),
        "real": tonnes(reader, real),
        "rise": tonnes(reader, -real),
        "inside": tonnes(reader, abs(inside)),
    }
    own = whose(reduction)
    return gaps | {part: words(reader, f"{part}.{own}", **gaps) for part in ("of", "a", "no", "figure")}


def _claim(reader: Reader, reduction: Section, gaps: Mapping[str, str]) -> str:
    before, after, real = (exact(reduction[name]) for name in ("before", "after", "real"))
    if after >= before:
        first = words(reader, "risen" if after > before else "unchanged", **gaps)
        second = words(reader, "yet_real" if real > 0 else "yet_against" if real < 0 else "yet_none", **gaps)
        return first + ("" if reader.language == "zh" else " ") + second
    if real <= 0:
        return words(reader, "against" if real else "none", **gaps)
    if reduction["share"] is None:
        return words(reader, "no_share", **gaps)
    return words(reader, "more" if real > before - after else "part", **gaps, share=share(reader, reduction["share"]))


def _direction(reader: Reader, reduction: Section, gaps: Mapping[str, str]) -> Sentence:
    claimed = exact(reduction["after"]) - exact(reduction["before"])
    inside = exact(reduction["like_for_like"])
    if claimed * inside < 0:
        return Sentence(words(reader, "opposite_rose" if inside > 0 else "opposite_fell", **gaps), strong=True)
    key = "like_rose" if inside > 0 else "like_fell" if inside < 0 else "like_same"
    return Sentence(words(reader, key, **gaps), strong=not inside and claimed < 0)


def of_ratio(reader: Reader, ratio: Section) -> Sentence:
    """From what to what, and how much of it above and below the line."""
    unit = ratio["unit"]
    change = exact(ratio["after"]) - exact(ratio["before"])
    sums = {side: sum((exact(term["value"]) for term in ratio[side]), Fraction(0)) for side in ("above", "below")}
    return Sentence(
        words(
            reader,
            "ratio_says",
            **{"from": ratio["from"], "to": ratio["to"]},
            indicator=indicator(reader, unit),
            before=amount(reader, ratio["before"], unit),
            after=amount(reader, ratio["after"], unit),
            change=amount(reader, decimal(change), unit, sign=True),
            **{side: amount(reader, decimal(value), unit, sign=True) for side, value in sums.items()},
        )
    )


def of_level(reader: Reader, level: Section) -> Sentence:
    """From strict to claimed, and how much of it is proven."""
    unit = level["unit"]
    strict, proven, claimed = (exact(level[name]) for name in ("strict", "proven", "claimed"))
    gaps = {name: amount(reader, level[name], unit) for name in ("strict", "claimed")}
    gaps["proven"] = amount(reader, decimal(strict - proven), unit)
    gaps["unproven"] = amount(reader, decimal(proven - claimed), unit)
    return Sentence(words(reader, "level_says", indicator=indicator(reader, unit), **gaps))
