"""Figures: items and indicators of a ruler, exact, under any assignment of the open points.

Every filtered sum runs once over the cells of a year and is kept apart by the readings its lines hold under, so that
a thousand assignments cost a thousand small additions and no query. A figure that rests on no line of a basis is 0;
division by zero is undefined with its reason (verify.formula).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from verify.formula import Tree, Undefined, Value, evaluate, names, sums, text_of
from verify.ledger.basis import Assignment, consistent, held, read_reading
from verify.ruler import Ruler

ValueKind = Literal["claimed", "proven", "strict"]
KINDS: tuple[ValueKind, ...] = ("claimed", "proven", "strict")
_AMOUNT = {"claimed": "tco2", "proven": "proven_tco2", "strict": "strict_tco2"}


Parts = dict[tuple[str, ...], dict[tuple[str, ...], Fraction]]  # open points -> their readings -> amount


def parted(amounts: Iterable[tuple[str, Decimal | Fraction | None]]) -> Parts:
    """(reading, amount) of many lines, added up by reading; found again without looking at every reading."""
    found: Parts = {}
    for reading, amount in amounts:
        if amount is not None:
            conditions = read_reading(reading)
            points = tuple(sorted(conditions))
            totals = found.setdefault(points, {})
            readings = tuple(conditions[point] for point in points)
            totals[readings] = totals.get(readings, Fraction(0)) + Fraction(amount)
    return found


def added(parts: Parts, assignment: Assignment) -> Fraction:
    """The amounts that hold under an assignment, together."""
    return sum(
        (
            totals.get(tuple(held(assignment, point) for point in points), Fraction(0))
            for points, totals in parts.items()
        ),
        Fraction(0),
    )


def looks_at(node: Tree, cell: Mapping[str, Any]) -> bool:
    """Whether a filtered sum takes a cell, under some reading."""
    return all(cell.get(column) in words for column, words in node["only"].items()) and not any(
        cell.get(column) in words for column, words in node["except"].items()
    )


def amount_column(node: Tree, kind: ValueKind) -> str:
    """The column of the cells that a sum adds up: tonnes are claimed, proven or strict."""
    return _AMOUNT[kind] if node["column"] == "tco2" else str(node["column"])


class Figures:
    """Figures of one submission, boundary and year. `cells` are those of the ledger and of the resource tables."""

    def __init__(self, ruler: Ruler, cells: Iterable[Mapping[str, Any]], boundary: str, year: str) -> None:
        self.ruler = ruler
        self.year = year
        self.boundary = boundary
        self.cells = [c for c in cells if c["year"] == year and c.get("boundary", boundary) == boundary]
        self._sums: dict[tuple[str, str], Parts] = {}
        self._known: dict[tuple[str, str, tuple[tuple[str, str], ...]], Value] = {}
        self._rests: dict[str, frozenset[str]] = {}
        self._matching: dict[str, list[Mapping[str, Any]]] = {}
        self._readings: dict[str, frozenset[str]] = {}

    def item(self, identifier: str, assignment: Assignment, kind: ValueKind = "claimed") -> Value:
        """The value of an item (``total.tco2``, ``indicator.<id>`` …) under an assignment."""
        relevant = tuple(sorted((key, assignment[key]) for key in self.rests_on(identifier) if key in assignment))
        key = (identifier, kind, relevant)
        if key not in self._known:
            self._known[key] = self.evaluate(self.formula(identifier, assignment), assignment, kind)
        return self._known[key]

    def evaluate(self, formula: str, assignment: Assignment, kind: ValueKind = "claimed") -> Value:
        """A formula of the ruler over this year's lines."""
        return evaluate(
            self.ruler.tree(formula),
            lambda name: self.name(name, assignment, kind),
            lambda node: self.sum(node, assignment, kind),
        )

    def name(self, name: str, assignment: Assignment, kind: ValueKind = "claimed") -> Value:
        """What a name of a formula stands for: a value of the law or another item."""
        if name.startswith("value."):
            found = self.ruler.find(name.removeprefix("value."), self.year)
            return found[1].value if found else Undefined("missing_name", {"name": name})
        if name in self.ruler.text.method.items or name.startswith("indicator."):
            return self.item(name, assignment, kind)
        return Undefined("missing_name", {"name": name})

    def sum(self, node: Tree, assignment: Assignment, kind: ValueKind = "claimed") -> Value:
        """A filtered sum over the lines that hold under the assignment."""
        column = amount_column(node, kind)
        key = (text_of(node), column)
        if key not in self._sums:
            self._sums[key] = self._partition(node, column)
        return added(self._sums[key], assignment)

    def rests_on(self, identifier: str) -> frozenset[str]:
        """The open points (and changed values) that can move an item on these data."""
        if identifier not in self._rests:
            self._rests[identifier] = frozenset(self._parameters(identifier, set()))
        return self._rests[identifier]

    def indicator_value(self, identifier: str, assignment: Assignment, kind: ValueKind = "claimed") -> Value:
        """Numerator over denominator of an indicator."""
        indicator = self.ruler.text.indicators[identifier]
        top = self.item(indicator.numerator, assignment, kind)
        base = self.item(indicator.denominator, assignment, kind)
        for value in (top, base):
            if not isinstance(value, Fraction):
                return value
        assert isinstance(top, Fraction)
        assert isinstance(base, Fraction)
        return top / base if base else Undefined("division_by_zero", {"divisor": indicator.denominator})

    def formula(self, identifier: str, assignment: Assignment) -> str:
        """The formula text of an item as it applies under an assignment."""
        item = self.ruler.text.method.items[identifier]
        for parameter, readings in item.when.items():
            formula = readings.get(assignment.get(parameter, ""))
            if formula is not None:
                return formula
        return item.formula

    def _partition(self, node: Tree, column: str) -> Parts:
        return parted((cell.get("reading", ""), cell.get(column)) for cell in self.matching(node))

    def held(self, assignment: Assignment) -> list[Mapping[str, Any]]:
        """The cells that hold under the assignment."""
        return [cell for cell in self.cells if consistent(read_reading(cell.get("reading", "")), assignment)]

    def matching(self, node: Tree) -> list[Mapping[str, Any]]:
        """The cells that a sum looks at, under every reading."""
        key = text_of(node)
        if key not in self._matching:
            self._matching[key] = self._filtered(node["only"], node["except"])
        return self._matching[key]

    def _filtered(self, only: Mapping[str, Sequence[str]], out: Mapping[str, Sequence[str]]) -> list[Mapping[str, Any]]:
        found = self.cells
        for column, words in only.items():
            found = [cell for cell in found if cell.get(column) in words]
        for column, words in out.items():
            found = [cell for cell in found if cell.get(column) not in words]
        return found

    def _parameters(self, identifier: str, seen: set[str]) -> Iterable[str]:
        if identifier in seen:
            return
        seen.add(identifier)
        if identifier.startswith("indicator."):
            indicator = self.ruler.text.indicators[identifier.removeprefix("indicator.")]
            for part in (indicator.numerator, indicator.denominator):
                yield from self._parameters(part, seen)
            return
        item = self.ruler.text.method.items.get(identifier)
        if item is None:
            return
        formulas = [item.formula]
        for parameter, readings in item.when.items():
            yield parameter
            formulas += readings.values()
        for formula in formulas:
            yield from self.formula_rests_on(formula, seen)

    def formula_rests_on(self, formula: str, seen: set[str] | None = None) -> Iterable[str]:
        """The open points that a formula of the ruler rests on, through its sums and names."""
        tree = self.ruler.tree(formula)
        for node in sums(tree):
            yield from self._readings_of(node)
        for name in names(tree):
            yield from self._parameters(name, seen if seen is not None else set())

    def _readings_of(self, node: Tree) -> frozenset[str]:
        """The open points that the lines of a sum depend on."""
        key = text_of(node)
        if key not in self._readings:
            texts = {cell.get("reading", "") for cell in self.matching(node)}
            self._readings[key] = frozenset(point for text in texts for point in read_reading(text))
        return self._readings[key]
