"""The filtered sums of a ruler's formulas, from the published cells of one year.

``data/cells.csv`` of a bundle tells the values of whole sums (columns `sum`, `claimed`, `proven`, `strict`; ADR 0018): a sum
has the value of the row that bears its text, and none where there is no such row. Whoever holds the accounting cells
themselves, with the columns that the formulas filter on, gives those, and they are added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.bundle.cells import Row, number
from verify.canonical import QUANTITY_PLACES
from verify.formula import Tree, Undefined, Value, text_of

SUM = "sum"
_AMOUNT = {"claimed": "tco2", "proven": "proven_tco2", "strict": "strict_tco2"}


class CellSums:
    """Sums over `cells`, rows of one year. Raises ValueError where two rows tell the same sum."""

    def __init__(self, cells: Sequence[Row]) -> None:
        self._cells = cells
        self._columns = frozenset(cells[0]) if cells else frozenset()
        self._told = {row[SUM]: row for row in cells} if SUM in self._columns else None
        if self._told is not None and len(self._told) != len(cells):
            raise ValueError("two rows tell the same sum")
        self._known: dict[tuple[str, str], Value] = {}

    def value(self, node: Tree, kind: str) -> Value:
        """The value of a sum, `missing_sum` where the cells do not tell it. Raises ValueError for a cell that is no number."""
        key = (text_of(node), kind)
        if key not in self._known:
            self._known[key] = self._worked_out(node, *key)
        return self._known[key]

    def half(self, node: Tree, kind: str) -> Fraction:
        """How far off the value may be: half of the last decimal of one that was rounded to six, 0 of any other."""
        stated = "" if self._told is None else self._told[text_of(node)][kind]
        return half(stated) if len(stated.partition(".")[2]) == QUANTITY_PLACES else Fraction(0)

    def _worked_out(self, node: Tree, text: str, kind: str) -> Value:
        if self._told is not None:
            row = self._told.get(text)
            return number(row[kind]) if row is not None and row[kind] else Undefined("missing_sum", {"text": text})
        column = _AMOUNT[kind] if node["column"] == "tco2" else node["column"]
        if not {column, *node["only"], *node["except"]} <= self._columns:  # the table does not tell
            return Undefined("missing_sum", {"text": text})
        kept = (cell for cell in self._cells if _kept(cell, node))
        return sum((number(cell[column]) for cell in kept if cell.get(column)), Fraction(0))


def half(published: str) -> Fraction:
    """Half of the last decimal of a published number."""
    return Fraction(1, 2 * 10 ** len(published.partition(".")[2]))


def _kept(cell: Row, node: Tree) -> bool:
    return all(cell.get(name, "") in words for name, words in node["only"].items()) and not any(
        cell.get(name, "") in words for name, words in node["except"].items()
    )
