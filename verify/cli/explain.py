"""``truezero explain``: a figure down to clause and cell, or the page of a finding code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from verify.canonical import decimal_text
from verify.cli.options import language_option, progress
from verify.errors import WrongUsage
from verify.words import Language, say

_SHOWN = 5


@click.command()
@click.argument("what")
@click.argument("submission", type=click.Path(path_type=Path), required=False)
@click.option("--ruler", default="", help="Ruler id; default: the one park.yaml names. 标尺")
@click.option("--year", default="", help="Year of the figure. 年份")
@language_option
def explain(what: str, submission: Path | None, ruler: str, year: str, lang: Language) -> int:
    """Explain WHAT: a finding code (TZ-ACC-01), or a figure of SUBMISSION (indicator.unit_energy_co2, total.tco2)."""
    if what.upper().startswith("TZ-"):
        from verify.cli.findings import findings

        findings.callback(what.upper(), ruler or "cn-national-2025", None, lang)  # type: ignore[misc]
        return 0
    if submission is None:
        raise WrongUsage("cli.explain_needs_submission", what=what)
    from verify import road

    with (
        progress(lang, quiet=False) as tell,
        road.travel(submission, role="verification", ruler=ruler, year=year, progress=tell) as journey,
    ):
        try:
            trace = road.explain(journey, what)
        except KeyError:
            names = sorted(
                [
                    *journey.world.ruler.text.method.items,
                    *(f"indicator.{name}" for name in journey.world.ruler.text.indicators),
                ]
            )
            raise WrongUsage("cli.no_item", item=what, available=", ".join(names)) from None
        rows = sorted({line.row_id for one in _sums(trace) for line in one.lines[:_SHOWN]})
        places = journey.world.submission.places.find(rows)
    for line in _tell(trace, places, lang, set(), 0):
        click.echo(line)
    return 0


def _sums(trace: Any) -> Iterator[Any]:
    yield from trace.sums
    for one in trace.parts:
        yield from _sums(one)


def _tell(trace: Any, places: Mapping[str, Any], lang: Language, told: set[str], depth: int) -> Iterator[str]:
    pad = "  " * depth
    yield f"{pad}{click.style(trace.id, bold=True)} = {_number(trace.value)} {trace.unit}   {trace.title[lang]}"
    if trace.id in told:
        yield f"{pad}  {say('cli.explained_above', lang)}"
        return
    told.add(trace.id)
    yield f"{pad}  {say('cli.formula', lang)} {trace.formula}"
    if trace.cite:
        yield f"{pad}  {say('cli.clause', lang)} {_cite(trace.cite)}"
    for identifier, printed, cite in trace.values:
        yield f"{pad}  {identifier} = {printed}   {_cite(cite)}"
    for one in trace.sums:
        yield f"{pad}  {one.text} = {_number(one.value)}   {say('cli.lines', lang, count=one.count)}"
        for line in one.lines[:_SHOWN]:
            yield f"{pad}    {line.quantity} {line.unit} × {line.factor} = {line.amount}   [{line.rule}] {_cite(line.cite)}"
            for item in line.inputs:
                yield f"{pad}      {item.name} = {item.printed}   {item.origin}   {_cite(item.cite)} {item.confidence}"
            place = places.get(line.row_id)
            where = (
                f"{place['file']}{' [' + place['sheet'] + ']' if place.get('sheet') else ''} {say('cli.line', lang, line=place['line'])}"
                if place
                else ""
            )
            yield f"{pad}      ← {line.row_id}   {where}"
        if one.count > _SHOWN:
            yield f"{pad}    {say('cli.shown_of', lang, shown=_SHOWN, count=one.count)}"
    for one in trace.parts:
        yield from _tell(one, places, lang, told, depth + 1)


def _number(value: Any) -> str:
    if isinstance(value, Fraction):
        try:
            return decimal_text(value)
        except ValueError:
            return decimal_text(value, 12) + "…"
    return str(value)


def _cite(cite: Mapping[str, Any]) -> str:
    parts = [str(cite.get(key) or "") for key in ("document", "annex", "clause", "page")]
    return " ".join(part for part in parts if part)
