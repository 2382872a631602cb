"""A value of the contract as what a cell of a workbook holds, chosen so that the reader gives the same value back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from verify.submission.contract import Column, vocabulary
from verify.submission.template.tongues import Tongue, offered

Value = str | int | Decimal | date | datetime | bool | None
Row = Mapping[str, Value]
CellValue = str | Decimal | date | datetime | None

_DIGITS = 15  # significant digits that a workbook keeps of a number
_PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")
_NUMERIC = frozenset({"quantity", "decimal", "share", "percent", "integer"})


def as_text(column: Column, value: Value, tongue: Tongue) -> str:
    """The value as a person writes it into a CSV file; the id of a vocabulary word as its word. Blank is ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        value = "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, Decimal):
        return format(value, "f")
    return worded(column, str(value), tongue)


def worded(column: Column, value: str, tongue: Tongue) -> str:
    """The word of a vocabulary in the language of the template, where `value` is its id; else `value`."""
    name = "boolean" if column.type == "boolean" else column.vocabulary
    word = vocabulary(name).get(value) if name else None
    return value if word is None else offered(word, tongue)


def as_cell(column: Column, value: Value, tongue: Tongue) -> CellValue:
    """The value as a cell: a number, a date, a moment or a text.

    A number with more digits than a workbook keeps, and whatever is not plainly what its column wants, stays text.
    """
    text = as_text(column, value, tongue)
    if not text:
        return None
    if column.type in _NUMERIC and _PLAIN.fullmatch(text):
        number = Decimal(text)
        return number if len(number.normalize().as_tuple().digits) <= _DIGITS and len(text) < 40 else text
    try:
        if column.type == "date" and _DAY.fullmatch(text):
            return date.fromisoformat(text) if text >= "1900-03-01" else text
        if column.type == "datetime" and _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text) if text >= "1900-03-01" else text
    except ValueError:  # 2027-02-30: handed on as it was typed
        return text
    return text
