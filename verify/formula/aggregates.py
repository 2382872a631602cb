"""The table compiler for filtered sums: one aggregation for all sums of a ruler."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any

from verify.formula.decimals import AMOUNT, column, must_be
from verify.formula.errors import FormulaError, unknown
from verify.formula.semantics import Tree

if TYPE_CHECKING:
    import ibis.expr.types as ir


def compile_sum(node: Tree, table: ir.Table) -> ir.Scalar:
    """A filtered sum as one aggregate, decimal(38, 18): 0 over no rows, NULL where it meets a NULL."""
    import ibis

    kept, summed = _kept(node, table), column(table, node["column"])
    must_be("number", summed)
    empty = summed.expression.isnull()
    nulls = table.count(where=empty if kept is None else kept & empty)
    total = summed.expression.sum(where=kept).cast(AMOUNT).fill_null(ibis.literal(Decimal(0), type=AMOUNT))
    return ibis.cases((nulls > 0, ibis.null(AMOUNT)), else_=total)


def compile_sums(nodes: Sequence[Tree], table: ir.Table, *, by: Sequence[str] = ()) -> ir.Table:
    """All `nodes` in one aggregation: per group of `by` (one row without), columns s0, s1, … and the rows that each
    sum counted, n0, n1, …. A group without any row is absent: `read_sums(nodes, None)`."""
    columns: dict[str, Any] = {}
    for position, node in enumerate(nodes):
        columns[f"s{position}"] = compile_sum(node, table)
        columns[f"n{position}"] = table.count(where=_kept(node, table))
    return table.group_by(list(by)).aggregate(**columns) if by else table.aggregate(**columns)


def _kept(node: Tree, table: ir.Table) -> Any:
    """The rows that count, as a condition; None for all of them."""
    conditions = [_words(table, name).isin(values) for name, values in sorted(node["only"].items())]
    conditions += [~_words(table, name).isin(values) for name, values in sorted(node["except"].items())]
    return reduce(lambda one, two: one & two, conditions) if conditions else None


def _words(table: ir.Table, name: str) -> Any:
    if name not in table.columns:
        raise unknown("no_column", None, name, table.columns)
    if not table[name].type().is_string():
        raise FormulaError("column_type", name=name, type=str(table[name].type()))
    return table[name].fill_null("")
