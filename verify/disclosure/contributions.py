"""What every enterprise adds to every sum of the ruler's formulas, and to every published figure.

An unknown is a part of a cell: one enterprise, one kind of row, one amount. The proven tonnes of a cell are its claimed ones
and a rest, the strict ones those and another, so that a difference that is 0 tells nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from verify.bundle.formulas import Formulas
from verify.bundle.recompute import Kind
from verify.formula import Tree, Undefined, Value, evaluate, slopes, text_of

TONNES = "tco2"
PROVEN, STRICT = "proven_tco2", "strict_tco2"
KIND_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "claimed": (TONNES,),
    "proven": (TONNES, PROVEN),
    "strict": (TONNES, PROVEN, STRICT),
}
# Of one row: the ruler's factors lead from each of these to the others.
LINKED = frozenset({"quantity", "tce", *KIND_COLUMNS["strict"]})
_ROW = ("table", "carrier", "item_class", "flow", "activity_type", "supply", "where", "at_feedstock", "unit")


class Unknown(NamedTuple):
    """`row`: what an outsider could call the row by; `place`: the words that the formulas filter on; `column`: the amount."""

    enterprise: str
    row: tuple[Any, ...]
    place: tuple[Any, ...]
    column: str


Parts = Mapping[Unknown, Fraction]  # what adds how much


class Contributions:
    """`cells`: those that hold under the chosen readings, of the reporting year, with `enterprise_id`."""

    def __init__(self, formulas: Formulas, cells: Sequence[Mapping[str, Any]]) -> None:
        self.formulas = formulas
        self._cells = cells
        self._columns = frozenset(key for cell in cells for key in cell)
        nodes = {text_of(node): node for node in formulas.sums()}
        self._places = sorted({name for node in nodes.values() for name in (*node["only"], *node["except"])})
        self._parts: dict[str, dict[str, dict[Unknown, Fraction]]] = {}
        self._values: dict[tuple[str, str], Value] = {}
        self._slopes: dict[tuple[str, str], Mapping[str, Fraction]] = {}
        self._nodes = nodes

    def known(self, node: Tree) -> bool:
        """Whether the cells have every column that the sum names; else its value is no value."""
        return {node["column"], *node["only"], *node["except"]} <= self._columns

    def of_sum(self, node: Tree, kind: Kind) -> Parts:
        """What adds to a sum."""
        parts = self._of_columns(node)
        columns = KIND_COLUMNS[kind] if node["column"] == TONNES else (node["column"],)
        return {one: amount for column in columns for one, amount in parts.get(column, {}).items()}

    def of_figure(self, item: str, kind: Kind) -> Parts:
        """What moves a published figure, to first order; for a sum or difference of sums, what adds to it."""
        found: dict[Unknown, Fraction] = {}
        for text, slope in self._slope(item, kind).items():
            for one, amount in self.of_sum(self._nodes[text], kind).items():
                found[one] = found.get(one, Fraction(0)) + slope * amount
        return {one: amount for one, amount in found.items() if amount}

    def sum(self, node: Tree, kind: Kind) -> Fraction:
        """The exact value of a sum."""
        return sum(self.of_sum(node, kind).values(), Fraction(0))

    def families(self) -> list[list[Parts]]:
        """The parts into which the ruler's sums divide each amount; of tonnes also what is unproven, which is a difference."""
        amounts: dict[str, dict[Unknown, Fraction]] = {}
        texts: dict[str, list[str]] = {}
        for text, node in self._nodes.items():
            for column, held in self._of_columns(node).items():
                amounts.setdefault(column, {}).update(held)
                texts.setdefault(column, []).append(text)
        steps = [column for column in KIND_COLUMNS["strict"] if column in amounts]
        groups = [steps[first:last] for first in range(len(steps)) for last in range(first + 1, len(steps) + 1)]
        groups += [[column] for column in amounts if column not in steps]
        return [
            self._divided({one: a for c in group for one, a in amounts[c].items()}, texts[group[0]]) for group in groups
        ]

    def _divided(self, amounts: Parts, texts: Sequence[str]) -> list[Parts]:
        found: dict[frozenset[str], dict[Unknown, Fraction]] = {}
        for one, amount in amounts.items():
            row = dict(zip(self._places, one.place, strict=True))
            found.setdefault(frozenset(text for text in texts if _kept(row, self._nodes[text])), {})[one] = amount
        return list(found.values())

    def needs(self, item: str, kind: Kind, given: Iterable[str] = ()) -> dict[str, Tree]:
        """The sums that are looked at when the item is worked out, by text; an item of `given` is not worked out."""
        asked: dict[str, Tree] = {}
        left = set(given) - {item}

        def name_of(name: str) -> Value:
            return self._value(name, kind) if name in left else evaluated(name)

        def sum_of(node: Tree) -> Value:
            asked[text_of(node)] = node
            return self.sum(node, kind)

        def evaluated(name: str) -> Value:
            known = self.formulas.known(name)
            return evaluate(self.formulas.tree(name), name_of, sum_of) if known else _nobody(name)

        evaluated(item)
        return asked

    def _of_columns(self, node: Tree) -> dict[str, dict[Unknown, Fraction]]:
        text = text_of(node)
        if text not in self._parts:
            found: dict[str, dict[Unknown, Fraction]] = {}
            for cell in self._cells:
                if _kept(cell, node):
                    for column, amount in _amounts(cell, node["column"]):
                        one = self._unknown(cell, column)
                        held = found.setdefault(column, {})
                        held[one] = held.get(one, Fraction(0)) + amount
            self._parts[text] = {
                column: {one: amount for one, amount in held.items() if amount} for column, held in found.items()
            }
        return self._parts[text]

    def _unknown(self, cell: Mapping[str, Any], column: str) -> Unknown:
        place = tuple(cell.get(name) for name in self._places)
        return Unknown(str(cell.get("enterprise_id", "")), tuple(cell.get(name) for name in _ROW), place, column)

    def _value(self, item: str, kind: Kind) -> Value:
        if not self.formulas.known(item):
            return _nobody(item)
        if (item, kind) not in self._values:
            self._values[item, kind] = evaluate(
                self.formulas.tree(item), lambda name: self._value(name, kind), lambda node: self.sum(node, kind)
            )
        return self._values[item, kind]

    def _slope(self, item: str, kind: Kind) -> Mapping[str, Fraction]:
        if not self.formulas.known(item):
            return {}
        if (item, kind) not in self._slopes:
            self._slopes[item, kind] = slopes(
                self.formulas.tree(item),
                lambda name: self._value(name, kind),
                lambda node: self.sum(node, kind),
                lambda name: self._slope(name, kind),
            )
        return self._slopes[item, kind]


def by_enterprise(parts: Parts) -> dict[str, Fraction]:
    """The parts of each enterprise together."""
    found: dict[str, Fraction] = {}
    for one, amount in parts.items():
        found[one.enterprise] = found.get(one.enterprise, Fraction(0)) + amount
    return found


def _nobody(name: str) -> Undefined:
    return Undefined("missing_name", {"name": name})


def _amounts(cell: Mapping[str, Any], column: str) -> Iterable[tuple[str, Fraction]]:
    if column != TONNES:
        amount = cell.get(column)
        return [] if amount is None else [(column, Fraction(amount))]
    amounts = [Fraction(cell[one]) if cell.get(one) is not None else Fraction(0) for one in KIND_COLUMNS["strict"]]
    claimed, proven, strict = amounts
    return [(TONNES, claimed), (PROVEN, proven - claimed), (STRICT, strict - proven)]


def _kept(cell: Mapping[str, Any], node: Tree) -> bool:
    """As `verify.ledger.Figures` filters."""
    return all(cell.get(name) in words for name, words in node["only"].items()) and not any(
        cell.get(name) in words for name, words in node["except"].items()
    )
