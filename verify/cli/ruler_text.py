"""A resolved ruler as lines of text, in the reader's language, each with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from verify.ruler import Ruler
from verify.words import Language, say


def ruler_lines(ruler: Ruler, lang: Language) -> Iterator[str]:
    """Everything that decides, one line each: boundary, base year, indicators, open points, line rules, values."""
    text = ruler.text
    yield click.style(f"{text.title[lang]}  {ruler.id}@sha256:{ruler.sha256}", bold=True)
    yield text.authority[lang]
    yield from _section(
        say("cli.rule_boundary", lang),
        [(text.boundary.text[lang], text.boundary.cite), (text.baseline.text[lang], text.baseline.cite)],
        ruler,
    )
    yield from _section(say("cli.rule_indicators", lang), _indicators(ruler, lang), ruler)
    yield from _section(say("cli.rule_parameters", lang), _parameters(ruler, lang), ruler)
    yield from _section(
        say("cli.rule_items", lang),
        [(f"{item.title[lang]}  {name} = {item.formula}", item.cite) for name, item in text.method.items.items()],
        ruler,
    )
    yield from _section(
        say("cli.rule_lines", lang),
        [(f"{line.title[lang]}  [{line.id}]", line.cite) for line in text.method.lines],
        ruler,
    )
    yield from _section(
        say("cli.rule_checks", lang),
        [(f"{code}  {entry.severity}  {entry.alias}", entry.cite) for code, entry in text.checks.items()],
        ruler,
    )
    yield from _section(say("cli.rule_claims", lang), [(rule.text[lang], rule.cite) for rule in text.claims], ruler)
    yield ""
    yield click.style(say("cli.rule_values", lang), bold=True)
    for name in sorted(ruler.values):
        value = ruler.values[name]
        for entry in value.entries:
            window = f" {entry.since}–{entry.until}" if entry.since or entry.until else ""
            yield f"  {value.title.get(lang, name)}  {name} = {entry.printed} {value.unit}{window}  {_cited(entry.cite, ruler)}  {entry.confidence}"


def _indicators(ruler: Ruler, lang: Language) -> list[tuple[str, Any]]:
    found = []
    for indicator in ruler.text.indicators.values():
        limits = [(one.title[lang], one.limit, one.cite) for one in indicator.classes] or [
            ("", indicator.limit, indicator.cite)
        ]
        for size, limit, cite in limits:
            entry = ruler.find(limit, ruler.text.baseline.year or "9999") if limit else None
            bound = (
                f"{indicator.comparison} {entry[1].printed} {entry[0].unit}"
                if entry
                else say("report.verdict.no_limit", lang)
            )
            found.append((f"{indicator.title[lang]}  {size}  {bound}", cite))
    return found


def _parameters(ruler: Ruler, lang: Language) -> list[tuple[str, Any]]:
    return [
        (
            f"{one.title[lang]}  [{name}]  {one.open[lang]}  "
            + " / ".join(reading.title[lang] for reading in one.readings),
            one.cite,
        )
        for name, one in ruler.text.parameters.items()
    ]


def _section(title: str, rows: list[tuple[str, Any]], ruler: Ruler) -> Iterator[str]:
    yield ""
    yield click.style(title, bold=True)
    for text, cite in rows:
        yield f"  {text}  {_cited(cite.model_dump(mode='json') if cite is not None else {}, ruler)}"


def _cited(cite: dict[str, Any], ruler: Ruler) -> str:
    document = ruler.documents.get(cite.get("document", ""))
    number = (document.number or document.title.zh) if document else cite.get("document", "")
    annex = f"附件{cite['annex']}" if cite.get("annex") else ""
    return "（" + " ".join(part for part in (number, annex, cite.get("clause") or "") if part) + "）" if number else ""
