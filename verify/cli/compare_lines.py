"""Comparisons on a terminal: the answer first, then each ruler with its figures, ranges and what limits them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from verify.cli.columns import WIDEST, aligned, wrapped
from verify.cli.options import mark
from verify.report.comparison import Teller
from verify.report.reader import NONE
from verify.words import Language

_WIDEST_NAME = 46
Row = Mapping[str, Any]


def comparison_lines(document: Row, language: Language) -> Iterator[str]:
    """One submission under many rulers."""
    teller = Teller(document, language)
    computed = [one for one in teller.document["boundaries"] if not one["untold"]]
    yield ""
    yield click.style(teller.park(teller.document["park"]), bold=True)
    yield teller.t("subtitle", year=teller.document["year"], rulers=len(teller.rulers()), boundaries=len(computed))
    yield ""
    for sentence in teller.answer():
        yield from wrapped(sentence, WIDEST)
    yield ""
    for row in teller.rulers():
        yield click.style(teller.ruler(row["ruler"]), bold=True) + f"  [{row['ruler']['id']}]"
        yield from aligned([_figure(teller, row, measure) for measure in row["measures"]], most=_WIDEST_NAME)
        yield from _choices(teller, row)
        for told in teller.marks(row):
            yield from _hung("  ! ", told)
        yield ""
    for one in teller.document["boundaries"]:
        told = teller.t("untold", count=len(one["untold"])) if one["untold"] else teller.t("computed_yes")
        name = teller.t("head", title=teller.t(f"boundary.{one['id']}"), more=one["members"])
        yield teller.t("line", label=name, text=told)


def order_lines(document: Row, language: Language) -> Iterator[str]:
    """Two submissions beside each other."""
    teller = Teller(document, language)
    yield ""
    yield from (teller.letter(side) for side in (0, 1))
    if teller.document["parks"][0]["year"] != teller.document["parks"][1]["year"]:
        yield teller.t("years_differ")
    yield ""
    first, *rest = teller.order_answer()
    yield click.style(first, bold=True)
    for line in rest:
        yield from wrapped(line, WIDEST)
    yield ""
    rulers = teller.rulers()
    rows = [["", teller.t("first"), teller.t("second"), ""]]
    for row in rulers:
        values = [teller.value({"unit": row["unit"], "own": own}, own["value"]) for own in row["own"]]
        rows.append([f"  {teller.measure(row, row)}", *values, teller.order(row)])
    head, *figures = aligned(rows, right=(1, 2), most=_WIDEST_NAME)
    yield head
    for row, figure in zip(rulers, figures, strict=True):
        yield click.style(teller.ruler(row["ruler"]), bold=True)
        yield figure
        for note in teller.order_notes(row):
            yield from _hung("  · ", note)


def impact_lines(document: Row, language: Language) -> Iterator[str]:
    """What another ruler does to many parks."""
    teller = Teller(document, language)
    told = teller.document
    yield ""
    before, after = teller.ruler(told["from"]), teller.ruler(told["to"])
    yield click.style(teller.t("impact_title", before=before, after=after), bold=True)
    if told["units"][0] != told["units"][1]:
        first, second = (teller.reader.unit(one) for one in told["units"])
        yield from wrapped(teller.t("units_differ", first=first, second=second), WIDEST)
    yield ""
    rows = [["", *(teller.t(word) for word in ("before", "after", "moved", "verdict"))]]
    rows += [_park(teller, one) for one in told["parks"]]
    total = told["sum"]
    summed = [teller.t("sum", count=total["recomputed"]), *_tonnes(teller, total), ""]
    yield from aligned([*rows, summed], right=(1, 2, 3), most=_WIDEST_NAME)
    yield ""
    counts = [
        teller.t("move_count", move=teller.t(f"move.{word}"), count=count)
        for word, count in total["verdicts"].items()
        if count != "0"
    ]
    yield teller.t("verdicts_moved", counts=teller.listed(counts))


def _figure(teller: Teller, ruler: Row, measure: Row) -> list[str]:
    own = " ".join(one for one in (teller.own(measure), teller.limit(measure)) if one)
    found = measure["range"]
    spread = NONE if found["low"] == found["high"] else teller.range(measure, found)
    return [
        f"  {teller.measure(ruler, measure)}",
        own,
        spread,
        _stands(teller, found),
        _verdict(teller, ruler, measure),
    ]


def _hung(sign: str, text: str) -> Iterator[str]:
    """A long line under its sign."""
    first, *rest = wrapped(text, WIDEST - len(sign))
    yield sign + first
    yield from (" " * len(sign) + line for line in rest)


def _verdict(teller: Teller, ruler: Row, measure: Row) -> str:
    if measure["verdict"] is None:
        return ""
    word = f"{mark(measure['verdict'], of='verdict')} {teller.verdict(measure['verdict'])}"
    numbers = measure["own"].get("by_numbers")
    if ruler["ruler"]["status"] == "complete" or numbers in {None, measure["verdict"]}:
        return word
    return teller.t("head", title=word, more=teller.t("by_numbers", verdict=teller.verdict(numbers)))


def _stands(teller: Teller, found: Row) -> str:
    return teller.t(f"standing.{found['standing']}")


def _choices(teller: Teller, ruler: Row) -> Iterator[str]:
    """What, chosen alone, moves the leading figure, and what turns its verdict."""
    measure = ruler["measures"][0]
    for name, found in measure["by_point"].items():
        told = teller.t(
            "point_line",
            point=teller.point(ruler, name),
            own=teller.own_reading(ruler, name),
            range=teller.range(measure, found),
            standing=_stands(teller, found),
        )
        yield from _hung("  · ", told)
    for kind in ("boundary", "base_year"):
        for one in ruler["measures"]:
            found = one["alone"][kind]
            if found["low"] != found["high"]:
                label = teller.t("head", title=teller.measure(ruler, one), more=teller.t(f"dimension.{kind}"))
                text = teller.t("separator").join((teller.range(one, found), _stands(teller, found)))
                yield from _hung("  · ", teller.t("line", label=label, text=text))
    for flip in measure["flips"]:
        told = teller.t(
            "flip_line",
            what=teller.point(ruler, flip["what"]),
            chosen=teller.reading(ruler, flip["what"], flip["chosen"]),
            value=teller.value(measure, flip["value"]),
            verdict=teller.verdict(flip["verdict"]),
        )
        yield from _hung("  ↔ ", told)


def _park(teller: Teller, park: Row) -> list[str]:
    verdict = teller.t(f"move.{park['verdict']}")
    if park["verdict"] != "no_indicator":
        words = [teller.verdict(one[0]["verdict"]) for one in park["indicators"]]
        turned = teller.t("from_to", before=words[0], after=words[1])
        verdict = teller.t("head", title=verdict, more=turned)
    if park["moved"] is None:
        verdict = teller.t("separator").join((verdict, teller.t("not_recomputed")))
    return [f"{teller.park(park)} {park['year']}", *_tonnes(teller, park), verdict]


def _tonnes(teller: Teller, row: Row) -> list[str]:
    units = teller.document["units"]
    totals = [teller.reader.with_unit(value, unit) for value, unit in zip(row["total"], units, strict=True)]
    return [*totals, teller.reader.with_unit(row["moved"], units[1], sign=True)]
