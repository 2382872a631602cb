"""The published figures again, straight from the workbook's XML: the other way in, against which the adapter is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from zipfile import ZipFile

from tests.acceptance.ghgrp import DATA, SHEET, TOTAL

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HEADINGS = "4"
_COLUMNS = "ABCDEFGHIJKLMN"  # id to total; the gas columns behind them are the adapter's business


@dataclass(frozen=True)
class Published:
    """A row of the sheet: id, name, where, and the total in tCO2e."""

    id: str
    name: str
    state: str
    county: str
    total: Decimal


@cache
def published(year: str) -> tuple[Published, ...]:
    """Every direct emitter of a year."""
    with ZipFile(DATA / f"ghgp_data_{year}.xlsx") as book:
        words = _shared(book)
        rows = _rows(book, _sheet(book), words)
        headings: dict[str, str] = {}
        found = []
        for number, cells in rows:
            if number == _HEADINGS:
                headings = {text.strip(): column for column, text in cells.items()}
            elif headings and cells.get(headings["Facility Id"]):
                at = {name: cells.get(column, "") for name, column in headings.items()}
                place = at["State"], at["County"].upper().replace(" COUNTY", "").strip()
                found.append(
                    Published(str(int(float(at["Facility Id"]))), at["Facility Name"], *place, Decimal(at[TOTAL]))
                )
    return tuple(found)


def _sheet(book: ZipFile) -> str:
    from lxml import etree

    sheets = etree.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    relation = next(one.get(_REL) for one in sheets if one.get("name") == SHEET)
    targets = etree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    return "xl/" + next(one.get("Target") for one in targets if one.get("Id") == relation).removeprefix("/xl/")


def _shared(book: ZipFile) -> list[str]:
    from lxml import etree

    strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in one.iter(f"{_MAIN}t")) for one in strings]


def _rows(book: ZipFile, sheet: str, words: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """(row number, column letter -> text) of every row."""
    from lxml import etree

    with book.open(sheet) as handle:
        for _, row in etree.iterparse(handle, tag=f"{_MAIN}row"):
            cells = {}
            for cell in row[: len(_COLUMNS)]:
                value = cell.find(f"{_MAIN}v")
                if value is not None and value.text is not None:
                    text = words[int(value.text)] if cell.get("t") == "s" else value.text
                    cells[cell.get("r").rstrip("0123456789")] = text
            yield row.get("r"), cells
            row.clear()
