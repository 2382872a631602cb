"""A published table (``data/*.csv``) in one form: UTF-8, a header, line feeds, rows sorted; and read back strictly."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from verify.bundle.refused import Refused
from verify.canonical import decimal_text

Row = Mapping[str, str]
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_SPECIAL = re.compile('[,"\r\n]')
_QUOTE = '"'
_LONGEST = 60


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """The CSV of `rows`: the named columns, sorted by their texts. None is blank; a number is plain, exact decimal text.

    Raises TypeError for a float, ValueError for a number without a finite decimal.
    """
    lines = [list(columns), *sorted([_text(row.get(column)) for column in columns] for row in rows)]
    return "".join(_line(line) for line in lines).encode("utf-8")


def read_table(data: bytes, name: str = "") -> list[dict[str, str]]:
    """The rows of such a table, every cell a text. Raises `Refused` (Z9) unless `write_table` gives the same bytes again."""
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise Refused("not_canonical", "Z9", member=name) from None
    if not lines or len(set(lines[0])) != len(lines[0]) or any(len(line) != len(lines[0]) for line in lines):
        raise Refused("not_canonical", "Z9", member=name)
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    if write_table(lines[0], rows) != data:
        raise Refused("not_canonical", "Z9", member=name)
    return rows


def number(text: str) -> Fraction:
    """The number of a cell. Raises ValueError for anything but plain decimal text of at most 60 signs."""
    if len(text) > _LONGEST or not _DECIMAL.fullmatch(text):
        raise ValueError("not plain decimal text")
    return Fraction(text)


def _line(fields: list[str]) -> str:
    """RFC 4180 with line feeds; quoted only where it must be (Pythons differ on a carriage return)."""
    quoted = [f'"{one.replace(_QUOTE, _QUOTE * 2)}"' if _SPECIAL.search(one) else one for one in fields]
    return (",".join(quoted) or '""') + "\n"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal | Fraction):
        return decimal_text(value)
    raise TypeError(f"{type(value).__name__} has no form in a published table")
