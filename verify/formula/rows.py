"""Formulas over plain rows (dictionaries): the names of a line formula, the filtered sums of a figure formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.formula.errors import FormulaError, unknown
from verify.formula.evaluator import Sums
from verify.formula.semantics import Tree, Undefined, Value
from verify.formula.text import text_of


def of_row(row: Mapping[str, Any]) -> Callable[[str], Value]:
    """The columns of one row as names: an empty cell is undefined (``missing_value``), a text is ``type``."""

    def name_of(name: str) -> Value:
        if name not in row:
            return Undefined("missing_name", {"name": name})
        value = row[name]
        if value is None:
            return Undefined("missing_value", {"name": name})
        if isinstance(value, str):
            return Undefined("type", {"expected": "number", "text": name})
        return value if isinstance(value, bool) else _number(name, value)

    return name_of


def sum_rows(node: Tree, rows: Iterable[Mapping[str, Any]]) -> Value:
    """The filtered sum over rows, exact. Over no rows 0; over an empty cell undefined (``null_in_sum``).

    A row counts when each `only` column holds one of its values and no `except` column does; an empty cell there is
    the text ''. Raises FormulaError where a row lacks a column or holds another type.
    """
    column = node["column"]
    total, empty = Fraction(0), False
    for row in rows:
        if _kept(row, node):
            value = _cell(row, column)
            if value is None:
                empty = True
            else:
                total += _number(column, value)
    return Undefined("null_in_sum", {"column": column}) if empty else total


def given_sums(nodes: Iterable[Tree], values: Iterable[Value]) -> Sums:
    """The `sums` argument of `evaluate` from values worked out before (by `read_sums`, say)."""
    known = {text_of(node): value for node, value in zip(nodes, values, strict=True)}

    def sum_of(node: Tree) -> Value:
        text = text_of(node)
        return known[text] if text in known else Undefined("missing_sum", {"text": text})

    return sum_of


def read_sums(nodes: list[Tree], row: Mapping[str, Any] | None) -> list[Value]:
    """The values of `nodes` from one row of `compile_sums`; None (no such group) is the sum over no rows."""
    if row is None:
        return [Fraction(0) for _ in nodes]
    found = [row[f"s{position}"] for position in range(len(nodes))]
    return [
        Undefined("null_in_sum", {"column": node["column"]}) if value is None else Fraction(value)
        for node, value in zip(nodes, found, strict=True)
    ]


def _kept(row: Mapping[str, Any], node: Tree) -> bool:
    return all(_word(row, name) in values for name, values in node["only"].items()) and not any(
        _word(row, name) in values for name, values in node["except"].items()
    )


def _word(row: Mapping[str, Any], name: str) -> str:
    value = _cell(row, name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FormulaError("column_type", name=name, type=type(value).__name__)
    return value


def _cell(row: Mapping[str, Any], name: str) -> Any:
    if name not in row:
        raise unknown("no_column", None, name, row)
    return row[name]


def _number(name: str, value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise FormulaError("column_type", name=name, type=type(value).__name__)
    return Fraction(value)
