"""Numbers inside a table expression: how many decimals and digits each can have, so that nothing is ever rounded.

A product whose decimals do not fit into decimal(38, 18) is refused when it is compiled; one whose digits do not fit
stops the engine, on DuckDB by itself, on Spark in ANSI mode. Neither wraps, neither turns to a double.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from verify.formula.errors import FormulaError, unknown

if TYPE_CHECKING:
    import ibis.expr.types as ir

PLACES = 18
AMOUNT = "decimal(38, 18)"
_TERM = "decimal(37, 18)"  # Spark gives a sum one digit more than its terms, and cuts decimals when that is 39
_WIDTH = 38
_DIGITS = _WIDTH - PLACES


class Part(NamedTuple):
    """An expression: a number with at most `decimals` and `digits` before the point, or a truth value (-1, -1)."""

    expression: Any
    decimals: int = -1
    digits: int = -1

    @property
    def kind(self) -> str:
        return "number" if self.decimals >= 0 else "boolean"


def must_be(kind: str, part: Part) -> None:
    """Raises FormulaError where a column turns out to be of the other kind."""
    if part.kind != kind:
        raise FormulaError(f"table_must_be_{kind}")


def column(table: ir.Table, name: str) -> Part:
    """A column as a number or a truth value; text, dates and floats are refused."""
    if name not in table.columns:
        raise unknown("no_column", None, name, table.columns)
    found = table[name]
    kind = found.type()
    if kind.is_boolean():
        return Part(found)
    if kind.is_integer():
        return Part(found.cast("decimal(19, 0)"), 0, 19)
    if not kind.is_decimal() or kind.scale is None or kind.scale > PLACES:
        raise FormulaError("column_type", name=name, type=str(kind))
    return Part(found, kind.scale, kind.precision - kind.scale)


def constant(text: str) -> Part:
    """A constant in the narrowest decimal that holds it."""
    import ibis

    whole, _, fraction = text.partition(".")
    kind = f"decimal({len(whole) + len(fraction)}, {len(fraction)})"
    return Part(ibis.literal(Decimal(text), type=kind), len(fraction), len(whole))


def product(left: Part, right: Part) -> Part:
    """left x right, exact: the decimals add up, and the operands are narrowed so that their widths make 37.

    Spark types a product as p1 + p2 + 1 and drops decimals where that is above 38. ibis multiplies two decimals only if
    the one with more decimals is the wider one, so the other gets at most 18 of the 37 (a quantity has 18).
    """
    decimals = left.decimals + right.decimals
    if decimals > PLACES:
        raise FormulaError("decimals", left=left.decimals, right=right.decimals, limit=PLACES)
    fine, coarse = (left, right) if left.decimals >= right.decimals else (right, left)
    most = (_WIDTH - 1) // 2 - coarse.decimals
    few, many = _room(min(coarse.digits, most), fine.digits, _WIDTH - 1 - decimals)
    width = max(few + coarse.decimals, 1)
    exact = _narrow(fine, _WIDTH - 1 - width) * _narrow(coarse, width)
    return Part(exact.cast(AMOUNT), decimals, min(few + many, _DIGITS))


def total(left: Part, right: Part, minus: bool) -> Part:
    """left + right, or left - right, exact."""
    one, two = left.expression.cast(_TERM), right.expression.cast(_TERM)
    exact = (one - two if minus else one + two).cast(AMOUNT)
    return Part(exact, max(left.decimals, right.decimals), min(max(left.digits, right.digits) + 1, _DIGITS))


def _room(one: int, two: int, room: int) -> tuple[int, int]:
    """The digits two operands may have together; what is too much is taken from the wider one."""
    if one + two <= room:
        return one, two
    narrow = min(one, two, room // 2)
    return (room - narrow, narrow) if one >= two else (narrow, room - narrow)


def _narrow(part: Part, width: int) -> Any:
    return part.expression.cast(f"decimal({width}, {part.decimals})")
