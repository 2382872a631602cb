"""Why a figure is what it is, on a terminal: formula, clause, sums, and the largest rows with factor, source and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import click

from verify.canonical import decimal_text, exact
from verify.formula import Undefined
from verify.ledger.explain import ItemTrace, LineTrace, SumTrace
from verify.ledger.reasons import reason
from verify.report import vocabulary
from verify.report.citing import cited
from verify.report.reader import Reader
from verify.ruler import Ruler
from verify.submission.contract import Column, contracts
from verify.submission.contract import vocabulary as words_of
from verify.units import Units
from verify.words import Language, say

_PLACES = 6  # decimals shown; what has more is marked ≈
_SIGNS = {"<=": "≤", ">=": "≥"}


class Teller:
    """Tells traces in one language. `report` is {facts, places} of the same run: it names members and holds places."""

    def __init__(self, ruler: Ruler, report: Mapping[str, Any], language: Language) -> None:
        self._ruler = ruler
        self._facts = report["facts"]
        self._reader = Reader(report, language)
        self._language: Language = language
        self._chosen = {point["id"]: point["chosen"] for point in self._facts["parameters"]}
        self._told: set[str] = set()
        self._units = {value.id: value.unit for value in ruler.values.values()}

    def lines(self, trace: ItemTrace, depth: int = 0) -> Iterator[str]:
        """The figure and everything that it names; what was told before is pointed to."""
        pad = "  " * depth
        head = f"{click.style(trace.title[self._language], bold=True)}  {trace.id}"
        if trace.id in self._told:
            yield f"{pad}{head} {self._equals(trace.value, trace.unit)} {self._say('explained_above')}"
            return
        self._told.add(trace.id)
        yield f"{pad}{head} {self._equals(trace.value, trace.unit)}"
        pad += "  "
        yield from (pad + line for line in self._target(trace.id))
        yield f"{pad}{self._say('formula')} {trace.formula}"
        if source := cited(trace.cite, self._ruler.documents, self._language):
            yield f"{pad}{self._say('clause')} {source}"
        for identifier, printed, cite in trace.values:
            yield pad + self._given(identifier, identifier, printed, cite, "")
        for one in trace.sums:
            yield from (pad + line for line in self._sum(one, trace.unit))
        for part in trace.parts:
            yield from self.lines(part, depth + 1)

    def _target(self, identifier: str) -> Iterator[str]:
        one = next((row for row in self._facts["indicators"] if f"indicator.{row['id']}" == identifier), None)
        if one is None:
            return
        limit = self._reader.t("verdict.no_limit")
        if one["limit"]:
            sign = _SIGNS.get(one["comparison"], one["comparison"])
            limit = f"{sign} {self._reader.printed(one['limit'], one['unit'])}"
        verdict = self._reader.t(f"verdict.{one['verdict'] or 'undefined'}")
        yield self._say("target", limit=limit, verdict=verdict)

    def _sum(self, one: SumTrace, unit: str) -> Iterator[str]:
        yield f"{one.text} {self._equals(one.value, unit)}{self._say('lines', count=one.count)}"
        before: tuple[Any, ...] = ()
        for line in one.lines:
            factor = (line.rule, line.factor, line.inputs)
            if factor != before:
                yield from (f"  {text}" for text in self._factor(line, unit))
            before = factor
            yield from (f"    {text}" for text in self._row(line, unit))
        if one.count > len(one.lines) > 0:
            yield f"  {self._say('largest', shown=len(one.lines), count=one.count)}"

    def _factor(self, line: LineTrace, unit: str) -> Iterator[str]:
        """The rule under which the rows below count, and where each number of their factor comes from."""
        rule = next(one for one in self._ruler.text.method.lines if one.id == line.rule)
        source = cited(line.cite, self._ruler.documents, self._language)
        yield f"{click.style(rule.title[self._language], underline=True)} [{rule.id}]  {source}".rstrip()
        table = line.row_id.partition(":")[0]
        for one in line.inputs:
            kind, _, column = one.origin.partition(".")
            given = self._of_row(table, column, one.printed, line.unit) if kind == "row" else ""
            yield "  " + (given or self._given(one.name, one.origin, one.printed, one.cite, one.confidence))
            if not given:
                why = reason(self._ruler, one, self._facts["year"], self._chosen)
                yield f"    {self._reader.why(f'report.why.{why.key}', why.arguments)}"

    def _row(self, line: LineTrace, unit: str) -> Iterator[str]:
        factor = f"{_number(line.factor)} {self._reader.unit(unit)}/{self._reader.unit(line.unit)}"
        quantity = f"{_number(line.quantity)} {self._reader.unit(line.unit)}"
        yield f"{quantity} × {factor} {self._equals(exact(line.amount), unit)}"
        place = self._reader.place(line.row_id)
        yield f"  ← {place['text']}  {self._business(line.row_id)}"

    def _of_row(self, table: str, column: str, printed: str, unit: str) -> str:
        """An input that the row itself brings, under the heading of its column."""
        title = vocabulary.column_name(table, column, self._language) or column
        by_dimension = self._ruler.text.method.row_units.get(column, {}) if table == "activity" else {}
        own = Units.standard().find(unit)
        shown = by_dimension.get(own.dimension, "") if own is not None else ""
        return f"{title} = {_number(printed)} {self._reader.unit(shown)}".rstrip() + self._say("from_row")

    def _given(self, name: str, origin: str, printed: str, cite: Mapping[str, Any], confidence: str) -> str:
        """An input that the law brings: its title, number, unit, and the document that prints it."""
        kind, _, rest = origin.partition(".")
        value = self._ruler.values.get(origin)
        parameter = self._ruler.text.parameters.get(rest) if kind == "parameter" else None
        title = (
            value.title.get(self._language, name) if value else parameter.title[self._language] if parameter else name
        )
        unit = self._units.get(origin, "")
        shown = f"{_number(printed)} {self._reader.unit(unit)}" if unit not in {"", "1"} else _number(printed)
        words = [cited(cite, self._ruler.documents, self._language)]
        words += [self._reader.t(f"confidence.{confidence}")] if confidence else []
        return f"{title} = {shown}  {origin}  {'  '.join(word for word in words if word)}".rstrip()

    def _business(self, row_id: str) -> str:
        """What the row says of itself: its business key in words, without the blanks."""
        table, _, rest = row_id.partition(":")
        contract = contracts().get(table)
        parts = rest.rpartition("#")[0].split("|")
        if contract is None or len(parts) != len(contract.key):
            return row_id
        return " ".join(
            self._word(contract.columns[name], name, part)
            for name, part in zip(contract.key, parts, strict=True)
            if part
        )

    def _word(self, column: Column, name: str, part: str) -> str:
        word = words_of(column.vocabulary).get(part) if column.vocabulary else None
        return str(getattr(word, self._language)) if word is not None else self._reader.name(name, part)

    def _equals(self, value: object, unit: str) -> str:
        if isinstance(value, Undefined):
            reason = say(f"formula.undefined_{value.reason}", self._language, **dict(value.arguments))
            return f"= {self._reader.t('verdict.undefined')}: {reason}"
        assert isinstance(value, (Fraction, int))
        number = Fraction(value)
        rounded = decimal_text(number, _PLACES)
        sign = "=" if exact(rounded) == number else "≈"
        shown = _number(rounded)
        return f"{sign} {shown}" if unit in {"", "1", "number"} else f"{sign} {shown} {self._reader.unit(unit)}"

    def _say(self, key: str, **arguments: object) -> str:
        return say(f"cli.{key}", self._language, **arguments)


def rows_of(trace: ItemTrace) -> set[str]:
    """The rows that a trace shows."""
    found = {line.row_id for one in trace.sums for line in one.lines}
    return found.union(*(rows_of(part) for part in trace.parts))


def _number(text: str) -> str:
    """Decimal text or ``n/d`` with thousands parted and no trailing zeros; 44/12 stays what the law prints."""
    try:
        number = Fraction(text)
    except ValueError:
        return text
    try:
        plain = decimal_text(number)
    except ValueError:
        return text
    if len(plain.partition(".")[2]) > _PLACES * 2:
        plain = decimal_text(number, _PLACES * 2)
    whole, _, rest = plain.partition(".")
    rest = rest.rstrip("0")
    sign = "−" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}" + (f".{rest}" if rest else "")
