"""Findings on a terminal: what is wrong, in which cells, what was read there, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from verify.cli.options import mark
from verify.report.findings_text import part, says, title
from verify.report.reader import Reader
from verify.words import say

_FIRST = 3  # findings shown of each code, and places shown of each finding; `--all` shows the rest


def findings(facts: Mapping[str, Any], reader: Reader, *, everything: bool = False) -> Iterator[str]:
    """Every finding of the report, or the first of each code with the count of the others."""
    found = facts["findings"]
    if not found:
        yield say("cli.no_findings", reader.language)
        yield ""
        return
    severities = [one["severity"] for one in found]
    counts = {name: severities.count(name) for name in ("error", "warning", "question", "note")}
    yield say("cli.findings", reader.language, **counts)
    yield ""
    seen: dict[str, int] = {}
    for one in found:
        seen[one["code"]] = seen.get(one["code"], 0) + 1
        if everything or seen[one["code"]] <= _FIRST:
            yield from finding(one, reader, everything=everything)
    cut = {code: count for code, count in seen.items() if not everything and count > _FIRST}
    if cut:
        yield ""
        more = say("report.list_separator", reader.language).join(
            f"{code} {_FIRST}/{count}" for code, count in cut.items()
        )
        yield say("cli.cut", reader.language, codes=more)
    yield ""


def finding(one: Mapping[str, Any], reader: Reader, *, everything: bool = False) -> Iterator[str]:
    """One finding: its title, its sentence, its places, how to mend it."""
    yield f"{mark(one['severity'])} {click.style(one['code'], bold=True)}  {title(one['code'], reader)}"
    yield f"    {says(one, reader)}"
    yield from (f"    {line}" for line in places(one, reader, everything=everything))
    yield f"    {say('cli.mend', reader.language, text=part(one['code'], 'mend', reader))}"


def places(one: Mapping[str, Any], reader: Reader, *, everything: bool = False) -> Iterator[str]:
    """Where its rows stand and what was read there; the last line says how many are not shown."""
    known = [place for row_id in one["row_ids"] if (place := reader.place(row_id))["known"] and place["text"]]
    shown = known if everything else known[:_FIRST]
    for place in shown:
        columns = "" if place["columns"] == reader.listed([]) else place["columns"]
        gap = "" if reader.language == "zh" else ", "
        yield f"→ {place['text']}{gap if columns else ''}{columns}"
    if shown and int(one["rows"]) > len(shown):
        yield say("cli.more_rows", reader.language, shown=len(shown), count=one["rows"])
