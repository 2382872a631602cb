"""The figure formulas of a signed ruler as they apply to one report: the tree of each item and indicator.

The ruler comes as the plain data of its digest (`verify.ruler.Ruler.plain`): a tree is taken from there and read again, so
that one which is none of ours is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verify.formula import Tree, read_tree, sums

INDICATOR = "indicator."


class Formulas:
    """`ruler`: {"text", "trees", …}; `chosen`: parameter id -> the reading under which the report was made.

    Whatever it is asked raises KeyError, TypeError, AttributeError or FormulaError where the ruler is of another shape.
    """

    def __init__(self, ruler: Mapping[str, Any], chosen: Mapping[str, str]) -> None:
        self.items: Mapping[str, Any] = ruler["text"]["method"]["items"]
        self.indicators: Mapping[str, Any] = ruler["text"]["indicators"]
        self.terms: Mapping[str, Any] = ruler["text"]["method"].get("terms", {})
        self._trees: Mapping[str, Any] = ruler["trees"]
        self._chosen = chosen
        self._read: dict[str, Tree] = {}

    @classmethod
    def of_report(cls, ruler: Mapping[str, Any], facts: Mapping[str, Any]) -> Formulas:
        """The formulas of a report: `facts` tell which readings it was made under."""
        return cls(ruler, {row["id"]: row["chosen"] for row in facts["parameters"]})

    def known(self, item: str) -> bool:
        """Whether the ruler has such an item or indicator."""
        return item in self.items or (item.startswith(INDICATOR) and item.removeprefix(INDICATOR) in self.indicators)

    def tree(self, item: str) -> Tree:
        """The tree of an item, or of ``indicator.<id>``: numerator over denominator."""
        if item.startswith(INDICATOR):
            indicator = self.indicators[item.removeprefix(INDICATOR)]
            parts = [{"op": "name", "name": indicator[part]} for part in ("numerator", "denominator")]
            return {"op": "divide", "args": parts}
        return self._formula(self._applied(self.items[item]))

    def sums(self) -> Iterator[Tree]:
        """Every sum of the items as they apply here; one that stands in two items comes twice."""
        for item in self.items:
            yield from sums(self.tree(item))

    def _applied(self, item: Mapping[str, Any]) -> str:
        """The formula of an item under the chosen readings."""
        formula: str = item["formula"]
        for parameter, readings in item["when"].items():
            other: str | None = readings.get(self._chosen.get(parameter, ""))
            if other is not None:
                return other
        return formula

    def _formula(self, formula: str) -> Tree:
        if formula not in self._read:
            self._read[formula] = read_tree(self._trees[formula], "figure")
        return self._read[formula]
