"""The answer on a terminal: verdict, opinion, figures, findings with places, what was not checked. A face of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from verify.cli.options import mark
from verify.report.findings_text import part, says, title
from verify.report.reader import Reader
from verify.road import Report
from verify.words import Language, say

_FIRST = 3  # findings shown of each code; the rest is counted and `--all` shows them
_PLACES = 3


def print_summary(report: Report, language: Language, *, colour: bool, everything: bool = False) -> None:
    """Print the report for a person."""
    for line in lines(report.document(), language, everything=everything):
        click.echo(line, color=None if colour else False)


def lines(plain: Mapping[str, Any], language: Language, *, everything: bool = False) -> list[str]:
    """The summary as lines."""
    reader = Reader(plain, language)
    facts = plain["facts"]
    park = facts["park"]
    names = park["names"]
    shown = [
        "",
        click.style(names.get(language) or next(iter(names.values())), bold=True) + f"  {park['id']}  {facts['year']}",
        f"{say('cli.ruler', language)}  {facts['ruler']['id']}  sha256:{facts['ruler']['sha256'][:16]}…",
        "",
    ]
    shown += [
        _indicator(one, reader, language)
        for one in facts["indicators"]
        if one["value"] is not None or one["kind"] == "core"
    ]
    shown += ["", *_opinion(facts, reader, language), ""]
    shown += _figures(facts, reader, language)
    shown += _findings(facts, reader, language, everything=everything)
    shown += _unchecked(facts, reader, language)
    return shown


def _indicator(one: Mapping[str, Any], reader: Reader, language: Language) -> str:
    verdict = one["verdict"]
    word = say(f"report.verdict.{verdict or 'undefined'}", language)
    value = reader.with_unit(one["value"], one["unit"], limit=one["limit"])
    limit = f"{one['comparison']} {reader.with_unit(one['limit'], one['unit'])}" if one["limit"] else ""
    return f"{mark(verdict or '', of='verdict')} {word:<8} {reader.title(one['title'])}  {value}  {limit}"


def _opinion(facts: Mapping[str, Any], reader: Reader, language: Language) -> list[str]:
    opinion = facts["opinion"]
    heading = f"{say('cli.opinion', language)}  " + click.style(
        say(f"report.opinion.{opinion['value']}", language), bold=True
    )
    return [heading, *(f"  · {reader.reason(reason)}" for reason in opinion["reasons"])]


def _figures(facts: Mapping[str, Any], reader: Reader, language: Language) -> list[str]:
    wanted = [
        one for one in facts["items"] if one["year"] == facts["year"] and one["item"] in {"total.tco2", "energy.tce"}
    ]
    shown = []
    for one in wanted:
        parts = [
            f"{say(f'cli.{kind}', language)} {reader.with_unit(one[kind], one['unit'])}"
            for kind in ("claimed", "proven", "strict")
        ]
        shown.append(
            f"{reader.name('item', one['item'])}  " + "  ".join(parts if one["item"] == "total.tco2" else parts[:1])
        )
    return [*shown, ""]


def _findings(facts: Mapping[str, Any], reader: Reader, language: Language, *, everything: bool) -> list[str]:
    found = facts["findings"]
    if not found:
        return [say("cli.no_findings", language), ""]
    counts = {
        severity: sum(one["severity"] == severity for one in found)
        for severity in ("error", "warning", "question", "note")
    }
    shown = [say("cli.findings", language, **counts), ""]
    seen: dict[str, int] = {}
    for one in found:
        seen[one["code"]] = seen.get(one["code"], 0) + 1
        if not everything and seen[one["code"]] > _FIRST:
            continue
        shown.append(f"{mark(one['severity'])} {click.style(one['code'], bold=True)}  {title(one['code'], reader)}")
        shown.append(f"    {says(one, reader)}")
        shown += [f"    {place}" for place in _places(one, reader, language)]
        shown.append(f"    {say('cli.mend', language)} {part(one['code'], 'mend', reader)}")
    cut = {code: count for code, count in seen.items() if not everything and count > _FIRST}
    shown += ["", *(say("cli.cut", language, code=code, shown=_FIRST, count=count) for code, count in cut.items()), ""]
    return shown


def _places(one: Mapping[str, Any], reader: Reader, language: Language) -> list[str]:
    shown = []
    for row_id in one["row_ids"][:_PLACES]:
        place = reader.places.get(row_id)
        if place is not None:
            sheet = f" [{place['sheet']}]" if place.get("sheet") else ""
            columns = "".join(f" {column}" for column in place.get("columns", ()))
            shown.append(f"→ {place['file']}{sheet} {say('cli.line', language, line=place['line'])}{columns}")
    rows = int(one["rows"])
    if rows > _PLACES and shown:
        shown.append(say("cli.more_rows", language, shown=min(_PLACES, len(one["row_ids"])), count=rows))
    return shown


def _unchecked(facts: Mapping[str, Any], reader: Reader, language: Language) -> list[str]:
    left = [f"  · {reader.reason(one)}" for one in facts["not_checked"]]
    return [say("cli.not_checked", language), *left, ""] if left else []
