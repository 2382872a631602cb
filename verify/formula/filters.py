"""The filtered sum: `sum(tco2, term="fuel", flow=["final_use", "loss"], not_carrier="biomass")`.

Its node is ``{"op": "sum", "column", "only": {column: [values]}, "except": {column: [values]}}``, values sorted and
each once, so that two ways of writing one filter are one node.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection

from verify.formula.errors import FormulaError, unknown
from verify.formula.semantics import Tree

EXCLUDE = "not_"


def sum_node(
    found: ast.Call, column: int, column_of: Callable[[ast.expr | ast.keyword], int], columns: Collection[str] | None
) -> tuple[Tree, int]:
    """The node of a `sum(…)` call, and what its filters add to the size of the tree."""
    if not found.args or not isinstance(found.args[0], ast.Name):
        raise FormulaError("sum_column", column_of(found.args[0]) if found.args else column)
    if len(found.args) > 1:
        raise FormulaError("sum_filter", column_of(found.args[1]))
    _known(found.args[0].id, column_of(found.args[0]), columns)
    only: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    size = 0
    for keyword in found.keywords:
        at = column_of(keyword)
        if keyword.arg in {None, EXCLUDE}:
            raise FormulaError("sum_filter", at)
        name = str(keyword.arg).removeprefix(EXCLUDE)
        _known(name, at, columns)
        values = _values(keyword.value, column_of)
        side = only if name == keyword.arg else out
        if name in side:  # `ast` alone would let the second one win
            raise FormulaError("sum_repeated", at, name=keyword.arg)
        side[name] = values
        size += 1 + len(values)
    return {"op": "sum", "column": found.args[0].id, "only": only, "except": out}, size


def _values(found: ast.expr, column_of: Callable[[ast.expr | ast.keyword], int]) -> list[str]:
    parts = found.elts if isinstance(found, ast.List) else [found]
    values: set[str] = set()
    for part in parts:
        if not isinstance(part, ast.Constant) or not isinstance(part.value, str):
            raise FormulaError("sum_values", column_of(part))
        values.add(part.value)
    if not values:
        raise FormulaError("sum_values", column_of(found))
    return sorted(values)


def _known(name: str, column: int, columns: Collection[str] | None) -> None:
    if columns is not None and name not in columns:
        raise unknown("unknown_column", column, name, columns)
