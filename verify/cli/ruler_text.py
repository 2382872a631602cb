"""A resolved ruler as lines of text, in the reader's language, each with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from verify.canonical import decimal_text
from verify.cli.citing import cited
from verify.cli.columns import aligned
from verify.ruler import Ruler
from verify.ruler.values import unit_scale
from verify.words import Language, catalogue, say

_SIGNS = {"<=": "≤", ">=": "≥"}


def ruler_lines(ruler: Ruler, lang: Language) -> Iterator[str]:
    """Everything that decides: boundary, base year, indicators, open points, figures, line rules, checks, values.

    What the ruler leaves out or could not check against its text stands first: it limits all the rest.
    """
    text = ruler.text
    yield click.style(text.title[lang], bold=True)
    yield f"{ruler.id}@sha256:{ruler.sha256}"
    yield text.authority[lang]
    yield from _section("unknown_clauses", ([one[lang]] for one in text.unknown_clauses), lang)
    bounds = [(text.boundary.text[lang], text.boundary.cite), (text.baseline.text[lang], text.baseline.cite)]
    yield from _section("boundary", ([_with(body, cite, ruler, lang)] for body, cite in bounds), lang)
    yield from _section("indicators", _indicators(ruler, lang), lang)
    yield from _section("parameters", _parameters(ruler, lang), lang)
    items = text.method.items.items()
    yield from _section(
        "items",
        ([item.title[lang], f"{name} = {item.formula}", _cite(item.cite, ruler, lang)] for name, item in items),
        lang,
    )
    lines = text.method.lines
    yield from _section("lines", ([one.title[lang], one.id, _cite(one.cite, ruler, lang)] for one in lines), lang)
    checks = ((code, one, say(f"pages.severity.{one.severity}", lang)) for code, one in text.checks.items())
    yield from _section(
        "checks", ([code, word, one.alias or "", _cite(one.cite, ruler, lang)] for code, one, word in checks), lang
    )
    yield from _section("claims", ([_with(one.text[lang], one.cite, ruler, lang)] for one in text.claims), lang)
    yield from _section("values", _values(ruler, lang), lang)


def _indicators(ruler: Ruler, lang: Language) -> Iterator[list[str]]:
    for indicator in ruler.text.indicators.values():
        limits = [(one.title[lang], one.limit, one.cite) for one in indicator.classes]
        for size, limit, cite in limits or [("", indicator.limit, indicator.cite)]:
            entry = ruler.find(limit, ruler.text.baseline.year or "9999") if limit else None
            bound = say("report.verdict.no_limit", lang)
            if entry is not None:
                sign = _SIGNS.get(indicator.comparison, indicator.comparison)
                bound = f"{sign} {_number(entry[1].printed, entry[0].unit, lang)}"
            yield [indicator.title[lang], size, bound, _cite(cite, ruler, lang)]


def _parameters(ruler: Ruler, lang: Language) -> Iterator[list[str]]:
    for name, one in ruler.text.parameters.items():
        readings = say("report.list_separator", lang).join(
            f"{reading.title[lang]} [{reading.id}]" for reading in one.readings
        )
        yield [f"{click.style(one.title[lang], bold=True)}  [{name}]"]
        yield [f"  {_with(one.open[lang], one.cite, ruler, lang)}"]
        yield [f"  {say('cli.readings', lang, readings=readings)}"]


def _values(ruler: Ruler, lang: Language) -> Iterator[list[str]]:
    """Every printed number; where the law leaves a choice, each candidate; where it prints a range, its ends."""
    for name in sorted(ruler.values):
        value = ruler.values[name]
        title = value.title.get(lang, name)
        for entry in (*value.entries, *value.candidates):
            window = f"{entry.since}–{entry.until}" if entry.since or entry.until else ""
            if entry in value.candidates:
                window = say("cli.candidate", lang)
            source = cited(entry.cite, ruler.documents, lang)
            confidence = say(f"report.confidence.{entry.confidence}", lang)
            yield [title, _number(entry.printed, value.unit, lang), window, confidence, source, name]
        if value.low is not None and value.high is not None:
            ends = (decimal_text(end / unit_scale(value.unit), 6) for end in (value.low, value.high))
            shown = "–".join(end.rstrip("0").rstrip(".") for end in ends)
            yield [title, _number(shown, value.unit, lang), say("cli.range", lang), "", "", name]
        elif not value.entries and not value.candidates:
            yield [title, say("cli.not_printed", lang), "", "", "", name]


def _number(printed: str, unit: str, lang: Language) -> str:
    """A printed number with its unit; a bare ratio has none."""
    if unit == "1":
        return printed
    words = catalogue("unit_names").get(unit)
    return f"{printed} {unit if words is None else words[lang]}"


def _section(title: str, rows: Iterable[list[str]], lang: Language) -> Iterator[str]:
    """A heading and its rows; rows of one cell are lines of their own."""
    found = list(rows)
    if not found:
        return
    yield ""
    yield click.style(say(f"cli.rule_{title}", lang), bold=True)
    yield from (f"  {line}" for line in aligned(found))


def _with(text: str, cite: Any, ruler: Ruler, lang: Language) -> str:
    source = _cite(cite, ruler, lang)
    return say("cli.with_source", lang, text=text, source=source) if source else text


def _cite(cite: Any, ruler: Ruler, lang: Language) -> str:
    return "" if cite is None else cited(cite.model_dump(mode="json"), ruler.documents, lang)
