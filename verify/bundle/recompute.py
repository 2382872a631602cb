"""The published figures, worked out again from the published cells with the ruler's own formula trees, without a table engine.

The ruler comes as the plain data of its digest (`verify.ruler.Ruler.plain`), so that the signed digest binds the formulas:
whoever calls compares that first. Everything is exact; a figure is compared in the decimals in which it is published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, Literal

from verify.bundle.cells import Row, number
from verify.bundle.refused import Refused
from verify.canonical import decimal_text
from verify.formula import FormulaError, Tree, Undefined, Value, evaluate, read_tree, text_of

State = Literal["verified", "failed", "not_checked"]
Kind = Literal["claimed", "proven", "strict"]
KINDS: tuple[Kind, ...] = ("claimed", "proven", "strict")
_AMOUNT: dict[str, str] = {"claimed": "tco2", "proven": "proven_tco2", "strict": "strict_tco2"}
MERGED = "withheld"  # the row of `terms` that holds those not published one by one (verify.disclosure)
_MOST_GIVEN = 8  # 256 corners; a park has fewer terms
_DEEPEST = 60  # items inside items; no ruler comes near, a hostile one stops here


@dataclass(frozen=True)
class Recomputed:
    """One published figure. `recomputed` is '' where it has no value; `given` names the items that were taken as published,
    because their cells are withheld: each may be off by half its last decimal, and the figure with them. not_checked: the
    figure is given itself, or its formula cannot be worked out here."""

    item: str
    year: str
    kind: Kind
    state: State
    published: str
    recomputed: str
    given: tuple[str, ...] = ()


def recompute(
    ruler: Mapping[str, Any], facts: Mapping[str, Any], cells: Sequence[Row], given: Collection[str] = ()
) -> list[Recomputed]:
    """Every item of the reporting year in `facts` and every indicator with a value, in their order.

    `ruler`: {"text", "trees", …}; `facts`: those of the public report; `cells`: text rows of the chosen assignment; `given`:
    items whose cells are not published. Terms that are published as one sum only (the row ``withheld`` of `terms`) enter a
    claimed figure by that sum, where it does not matter which of them holds it. Raises `Refused` for a ruler or facts of another shape, and a cell that is no number.
    """
    try:
        return _Recomputation(ruler, facts, cells, frozenset(given)).all()
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, FormulaError):
        raise Refused("not_recomputable", "E5") from None


class _Recomputation:
    def __init__(
        self, ruler: Mapping[str, Any], facts: Mapping[str, Any], cells: Sequence[Row], given: frozenset[str]
    ) -> None:
        self.items: Mapping[str, Any] = ruler["text"]["method"]["items"]
        self.indicators: Mapping[str, Any] = ruler["text"]["indicators"]
        self.trees: Mapping[str, Any] = ruler["trees"]
        self.year: str = facts["year"]
        self.chosen = {row["id"]: row["chosen"] for row in facts["parameters"]}
        self.facts = facts
        self.published = {row["item"]: row for row in facts["items"] if row["year"] == self.year}
        self.cells = [cell for cell in cells if cell["year"] == self.year]
        self.columns = frozenset(cells[0]) if cells else frozenset()
        self.given = given
        self.known: dict[tuple[str, Kind], tuple[Value, frozenset[str]]] = {}
        self.sums: dict[tuple[str, str], Fraction] = {}
        self.shifts: dict[str, int] = {}
        self.open: list[str] = []
        self.merged = next((row["tco2"] for row in facts["terms"] if row["term"] == MERGED), None)
        self.unnamed = sorted(item for item in given if item.startswith("term.") and item not in self.published)
        self.holder = self.unnamed[0] if self.unnamed else ""

    def all(self) -> list[Recomputed]:
        """All figures."""
        found = [
            self._judged(row["item"], kind, row[kind])
            for row in self.facts["items"]
            if row["year"] == self.year
            for kind in KINDS
            if row[kind] is not None
        ]
        columns: tuple[tuple[str, Kind], ...] = (("value", "claimed"), ("proven_value", "proven"))
        found += [
            self._judged(f"indicator.{row['id']}", kind, row[column])
            for row in self.facts["indicators"]
            for column, kind in columns
            if row[column] is not None
        ]
        return found

    def _judged(self, item: str, kind: Kind, published: str) -> Recomputed:
        number(published)  # a figure is plain decimal text, or the report is none
        places = len(published.partition(".")[2])
        if item in self.given:
            return Recomputed(item, self.year, kind, "not_checked", published, "", (item,))
        value, rests = self._item(item, kind)
        given = tuple(sorted(rests))
        if rests.intersection(self.unnamed) and not self._whoever_holds(item, kind, value):
            return Recomputed(item, self.year, kind, "not_checked", published, "", given)
        if not isinstance(value, Fraction):
            wrong = isinstance(value, Undefined) and value.reason == "division_by_zero"
            return Recomputed(item, self.year, kind, "failed" if wrong else "not_checked", published, "", given)
        again = decimal_text(value, places)
        same = again == published or (rests and self._within(item, kind, given, published))
        return Recomputed(item, self.year, kind, "verified" if same else "failed", published, again, given)

    def _whoever_holds(self, item: str, kind: Kind, value: Value) -> bool:
        """Whether the sum of the merged terms gives the same figure whichever of them holds all of it."""
        first, values = self.holder, [value]
        for holder in self.unnamed:
            self.holder = holder
            self.known.clear()
            values.append(self._item(item, kind)[0])
        self.holder = first
        self.known.clear()
        return all(one == value for one in values)

    def _within(self, item: str, kind: Kind, given: tuple[str, ...], published: str) -> bool:
        """Whether the published figure lies in what the decimals of the given items admit, over every corner of them."""
        if len(given) > _MOST_GIVEN:
            return False
        values: list[Fraction] = []
        for corner in product((-1, 1), repeat=len(given)):
            self.shifts = dict(zip(given, corner, strict=True))
            self.known.clear()
            value, _ = self._item(item, kind)
            if isinstance(value, Fraction):
                values.append(value)
        self.shifts = {}
        self.known.clear()
        half = _half(published)
        return bool(values) and min(values) - half <= number(published) <= max(values) + half

    def _item(self, item: str, kind: Kind) -> tuple[Value, frozenset[str]]:
        """The value of an item and the given items that it rests on."""
        if item in self.given:
            row = self.published.get(item)
            stated = row[kind] if row is not None else self._merged(item, kind)
            if stated is None:
                return Undefined("missing_name", {"name": item}), frozenset({item})
            shift = 0 if stated == "0" else self.shifts.get(item, 0)  # a bare 0 is exact
            return number(stated) + shift * _half(stated), frozenset({item})
        if (item, kind) not in self.known:
            if item in self.open or len(self.open) >= _DEEPEST:
                raise ValueError(item)  # an item that rests on itself
            self.open.append(item)
            self.known[item, kind] = self._worked_out(item, kind)
            self.open.pop()
        return self.known[item, kind]

    def _merged(self, item: str, kind: Kind) -> str | None:
        """What stands for a term without a figure of its own: the sum of all such terms in one of them, 0 in the others."""
        if self.merged is None or kind != "claimed" or item not in self.unnamed:
            return None
        return str(self.merged) if item == self.holder else "0"

    def _worked_out(self, item: str, kind: Kind) -> tuple[Value, frozenset[str]]:
        if item.startswith("indicator."):
            indicator = self.indicators[item.removeprefix("indicator.")]
            parts = [{"op": "name", "name": indicator[part]} for part in ("numerator", "denominator")]
            tree: Tree = {"op": "divide", "args": parts}
        elif item in self.items:
            tree = self._tree(self.items[item])
        else:
            return Undefined("missing_name", {"name": item}), frozenset()
        rests: set[str] = set()

        def name_of(name: str) -> Value:
            value, below = self._item(name, kind)
            rests.update(below)
            return value

        return evaluate(tree, name_of, lambda node: self._sum(node, kind)), frozenset(rests)

    def _tree(self, item: Mapping[str, Any]) -> Tree:
        """The tree of an item as it applies under the chosen readings."""
        formula = item["formula"]
        for parameter, readings in item["when"].items():
            other = readings.get(self.chosen.get(parameter, ""))
            if other is not None:
                formula = other
                break
        return read_tree(self.trees[formula], "figure")

    def _sum(self, node: Tree, kind: Kind) -> Value:
        column = _AMOUNT[kind] if node["column"] == "tco2" else node["column"]
        if not {column, *node["only"], *node["except"]} <= self.columns:  # the published table does not tell
            return Undefined("missing_sum", {"text": text_of(node)})
        key = (text_of(node), column)
        if key not in self.sums:
            kept = (cell for cell in self.cells if _kept(cell, node))
            self.sums[key] = sum((number(cell[column]) for cell in kept if cell.get(column)), Fraction(0))
        return self.sums[key]


def _half(published: str) -> Fraction:
    """Half of the last decimal of a published figure."""
    return Fraction(1, 2 * 10 ** len(published.partition(".")[2]))


def _kept(cell: Row, node: Tree) -> bool:
    return all(cell.get(name, "") in words for name, words in node["only"].items()) and not any(
        cell.get(name, "") in words for name, words in node["except"].items()
    )
