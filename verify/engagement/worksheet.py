"""The sheet that a verifier fills: one line for every row, month and paper of a plan, and what was found.

Headings are in the language of the verifier; a sheet is read back in either. A line left empty was not looked at.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from verify.errors import WrongUsage
from verify.words import LANGUAGES, Language, catalogue

GIVEN = (
    "part", "row_id", "file", "sheet", "line", "enterprise_id", "source_id", "period", "item", "quantity", "unit", "tco2",
    "evidence_id",
)  # fmt: skip
FILLED = ("found_quantity", "found_tco2", "remark")
COLUMNS = (*GIVEN, *FILLED)
TONNES, MONTHS, PAPERS = "tonnes", "months", "papers"
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one
_LARGEST_EXPONENT = 18  # as in the tables: a quantity is DECIMAL(18, 6)


@dataclass(frozen=True)
class Entry:
    """What was found of one line: the quantity (for a paper 1 where it holds and 0 where not), and the tonnes where the
    factor is another too, as of a zero that its paper does not carry. None: not filled."""

    quantity: Decimal | None = None
    tonnes: Decimal | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody filled the line."""
        return self.quantity is None and self.tonnes is None


def write(document: Mapping[str, Any], language: Language) -> bytes:
    """The empty sheet of a plan, CSV with a byte-order mark so that a spreadsheet reads the Chinese."""
    words = catalogue("sample")
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow([words[f"column_{name}"][language] for name in COLUMNS])
    for part, row in _rows(document):
        cells = {**row, **row.get("place", {}), "part": part}
        sheet.writerow([_safe(str(cells.get(name, ""))) for name in COLUMNS])
    return (_BOM + text.getvalue()).encode()


def read(data: bytes, name: str) -> dict[tuple[str, str], Entry]:
    """What was found, by part and row (or paper).

    Raises WrongUsage `sample.sheet_unreadable`, `sample.sheet_columns`, `sample.sheet_number`, `sample.sheet_twice`.
    """
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise WrongUsage("sample.sheet_unreadable", file=name) from None
    columns = _columns(rows[0] if rows else [], name)
    found: dict[tuple[str, str], Entry] = {}
    for line, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        values = {column: cells[at].strip() for column, at in columns.items() if at < len(cells)}
        key = (values.get("part", ""), _plain(values.get("row_id", "")))
        if key in found:
            raise WrongUsage("sample.sheet_twice", file=name, line=line, row=key[1])
        quantity = _number(values.get("found_quantity", ""), name, line)
        if quantity is not None and quantity < 0:
            raise WrongUsage("sample.sheet_number", file=name, line=line, value=values["found_quantity"])
        found[key] = Entry(quantity, _number(values.get("found_tco2", ""), name, line))
    return found


def _rows(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for row in document["drawn"]:
        yield TONNES, row
    for source in document["months"]:
        for row in source["rows"]:
            yield MONTHS, row
    for paper in document["papers"]:
        yield PAPERS, {"row_id": paper, "evidence_id": paper}


def _columns(headings: list[str], name: str) -> dict[str, int]:
    words = catalogue("sample")
    known = {words[f"column_{one}"][language]: one for one in COLUMNS for language in LANGUAGES}
    found = {known[heading.strip()]: at for at, heading in enumerate(headings) if heading.strip() in known}
    if not {"part", "row_id", "found_quantity"} <= set(found):
        raise WrongUsage("sample.sheet_columns", file=name)
    return found


def _number(text: str, name: str, line: int) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value.adjusted() > _LARGEST_EXPONENT:
        raise WrongUsage("sample.sheet_number", file=name, line=line, value=text)
    return value


def _safe(text: str) -> str:
    """No cell that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) and not _numeric(text) else text


def _plain(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def _numeric(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
