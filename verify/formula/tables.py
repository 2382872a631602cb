"""The table compiler for line formulas: one ibis expression, the same on DuckDB and on Spark.

NULL is the undefined of a table: the reason is the exact evaluator's to say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any

from verify.formula.decimals import AMOUNT, Part, column, constant, must_be, product, total
from verify.formula.errors import FormulaError
from verify.formula.semantics import OPERATIONS, Tree

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SIZE_LIMIT = 4000


def compile_line(tree: Tree, table: ir.Table) -> ir.Value:
    """A line formula over the columns of `table`: decimal(38, 18), or boolean for a condition.

    Raises FormulaError for a column that is absent or of another type, a product of too many decimals, and for min in
    max in min … so deep that its SQL would grow without end.
    """
    if _size(tree) > _SIZE_LIMIT:
        raise FormulaError("table_size", limit=_SIZE_LIMIT)
    part = _compile(tree, table)
    return part.expression.cast(AMOUNT) if part.kind == "number" else part.expression


def _size(node: Tree) -> int:
    """How often the leaves are written: min and max write each argument twice."""
    below = sum(_size(part) for part in node.get("args", ()))
    return 1 + below * (2 if node["op"] in {"min", "max"} else 1)


def _compile(node: Tree, table: ir.Table) -> Part:
    op = node["op"]
    if op == "constant":
        return constant(node["value"])
    if op == "name":
        return column(table, node["name"])
    if op not in OPERATIONS or not OPERATIONS[op].line:
        raise FormulaError("tree_not_in_line", name=op)
    parts = [_compile(part, table) for part in node["args"]]
    if op == "case":
        return _case(parts)
    for part in parts:
        must_be(OPERATIONS[op].takes, part)
    return _BUILD[op](parts)


def _compare(parts: list[Part], compare: Callable[[Any, Any], Any]) -> Part:
    left, right = (part.expression.cast(AMOUNT) for part in parts)
    return Part(compare(left, right))


def _extreme(parts: list[Part], least: bool) -> Part:
    """`least` and `greatest` pass over NULL; here one NULL makes the whole undefined."""
    import ibis

    values = [part.expression.cast(AMOUNT) for part in parts]
    best = (ibis.least if least else ibis.greatest)(*values)
    absent = reduce(lambda one, two: one | two, [value.isnull() for value in values])
    whole = ibis.cases((absent, ibis.null(AMOUNT)), else_=best)
    return Part(whole, max(part.decimals for part in parts), max(part.digits for part in parts))


def _when(condition: Any, met: Any, otherwise: Any) -> Any:
    """``CASE condition WHEN TRUE … WHEN FALSE … END``: NULL stays NULL, and the condition is written once.

    (``CASE WHEN condition`` takes NULL for false; and ibis writes ``(~x).isnull()`` as NOT (x IS NULL).)
    """
    return condition.cases((True, met), (False, otherwise))


def _junction(parts: list[Part], decides: bool) -> Part:
    """Left to right: NULL before the deciding value is NULL, after it does not matter (SQL alone is symmetric)."""
    import ibis

    rest = parts[-1].expression
    for part in reversed(parts[:-1]):
        decided = ibis.literal(decides)
        rest = _when(part.expression, decided, rest) if decides else _when(part.expression, rest, decided)
    return Part(rest)


def _case(parts: list[Part]) -> Part:
    """A NULL condition makes the whole NULL; of the values only the chosen one counts."""
    conditions, values = parts[:-1:2], [*parts[1:-1:2], parts[-1]]
    for condition in conditions:
        must_be("boolean", condition)
    for value in values:
        must_be(parts[-1].kind, value)
    kind = AMOUNT if parts[-1].kind == "number" else "boolean"
    whole = parts[-1].expression.cast(kind)
    for condition, value in zip(reversed(conditions), reversed(values[:-1]), strict=True):
        whole = _when(condition.expression, value.expression.cast(kind), whole)
    return Part(whole, max(value.decimals for value in values), max(value.digits for value in values))


_BUILD: dict[str, Callable[[list[Part]], Part]] = {
    "or": lambda parts: _junction(parts, decides=True),
    "and": lambda parts: _junction(parts, decides=False),
    "not": lambda parts: Part(_when(parts[0].expression, False, True)),
    "eq": lambda parts: _compare(parts, lambda left, right: left == right),
    "ne": lambda parts: _compare(parts, lambda left, right: left != right),
    "lt": lambda parts: _compare(parts, lambda left, right: left < right),
    "le": lambda parts: _compare(parts, lambda left, right: left <= right),
    "gt": lambda parts: _compare(parts, lambda left, right: left > right),
    "ge": lambda parts: _compare(parts, lambda left, right: left >= right),
    "add": lambda parts: reduce(lambda left, right: total(left, right, minus=False), parts),
    "subtract": lambda parts: total(parts[0], parts[1], minus=True),
    "multiply": lambda parts: reduce(product, parts),
    "negate": lambda parts: parts[0]._replace(expression=-parts[0].expression),
    "min": lambda parts: _extreme(parts, least=True),
    "max": lambda parts: _extreme(parts, least=False),
}
