"""A submission as one workbook: empty for a park to fill, or filled from rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from verify.errors import WrongUsage
from verify.submission.contract import Contract, contracts
from verify.submission.template.guide_sheets import dictionary, list_sheet, readme
from verify.submission.template.lists import unit_lists, word_lists
from verify.submission.template.packing import workbook_bytes, write_file
from verify.submission.template.park_sheet import park_sheet
from verify.submission.template.table_sheets import table_sheet
from verify.submission.template.tongues import Tongue
from verify.submission.template.values import Row


def write_workbook(
    target: Path,
    *,
    language: Tongue = "both",
    tables: Sequence[str] | None = None,
    rows: Mapping[str, Iterable[Row]] | None = None,
    park: Mapping[str, Any] | None = None,
    replace: bool = False,
) -> None:
    """The workbook of a submission at `target`, which appears whole or not at all; equal input gives equal bytes.

    `tables` names the tables that get a sheet, beside those that have `rows` (by table and column id, the ids of
    vocabulary words becoming words); without either all tables get one. `park` is the content of park.yaml. Raises
    WrongUsage for a table that does not exist and for a `target` that does.
    """
    from openpyxl import Workbook

    wanted = chosen(tables, rows)
    book = Workbook()
    book.remove(book.active)
    book.calculation.fullCalcOnLoad = None  # there is no formula; a park's own must not look stale because of us
    readme(book, wanted, language)
    park_sheet(book, park, language)
    for contract in wanted:
        table_sheet(book, contract, (rows or {}).get(contract.table, ()), language, wanted)
    dictionary(book, wanted, language)
    list_sheet(book, "sheet_units", unit_lists(wanted, language), language)
    list_sheet(book, "sheet_words", word_lists(wanted, language), language)
    write_file(target, workbook_bytes(book), replace=replace)


def chosen(tables: Sequence[str] | None, rows: Mapping[str, object] | None) -> list[Contract]:
    """The contracts of the named tables and of those with rows, in the order of the design; all where neither is given."""
    known = contracts()
    named = {*(tables or ()), *(rows or ())}
    for table in named:
        if table not in known:
            raise WrongUsage("workbook.no_such_table", table=table, known=", ".join(known))
    every = tables is None and rows is None
    return [contract for table, contract in known.items() if every or table in named]
