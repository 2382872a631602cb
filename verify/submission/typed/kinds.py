"""How a column of each kind is read and stored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from verify.submission.coerce import dates, decimals, quantities, words
from verify.submission.coerce.faults import UNKNOWN_UNIT, Fault, fault
from verify.submission.contract import Column

if TYPE_CHECKING:
    import pyarrow as pa


def stored_type(column: Column) -> pa.DataType:
    """The arrow type of a canonical column."""
    import pyarrow as pa

    if column.textual:
        return pa.string()
    if column.digits is not None:
        return pa.decimal128(*column.digits)
    plain: dict[str, pa.DataType] = {
        "date": pa.date32(),
        "datetime": pa.timestamp("us"),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
    }
    return plain[column.type]


def reading(column: Column) -> Callable[[Any], Any]:
    """The reading of one cell of a column that stands alone (everything but a quantity beside a unit)."""
    name = column.vocabulary or ""
    if column.type == "id" and name:
        return partial(_id_or_word, name)
    readings: dict[str, Callable[[Any], Any]] = {
        "text": words.text_,
        "id": words.identifier,
        "enum": partial(words.enum, name),
        "open_enum": partial(words.open_enum, name),
        "period": dates.year if column.only_year else dates.period,
        "date": dates.date_,
        "datetime": dates.moment,
        "integer": partial(decimals.integer, column),
        "boolean": words.boolean,
        "unit": _unit,
        "quantity": partial(quantities.fixed, column),
        "decimal": decimals.reader(column),
        "share": decimals.reader(column),
        "percent": decimals.reader(column),
    }
    return readings[column.type]


def _id_or_word(name: str, text: str) -> str:
    """``outside`` for any way to write it, else the id."""
    return words.open_enum(name, text)


def _unit(text: str) -> str | Fault:
    """A unit that stands for itself: kept by its id, not brought to a base."""
    from verify.units import Units

    unit = Units.standard().find(text)
    return fault(UNKNOWN_UNIT, "unknown_unit") if unit is None else unit.id
