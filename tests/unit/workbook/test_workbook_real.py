"""Workbooks that nobody made for us: read without a crash, and value by value equal to what calamine reads."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from verify.submission.workbook.archive import Archive, Limits
from verify.submission.workbook.cells import Cell
from verify.submission.workbook.package import opened
from verify.submission.workbook.rows import Layout, merged_ranges, sheet_rows

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
UK = DATA / "uk_conversion_factors"
GHGRP = DATA / "ghgrp_us_2010_2014"
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real workbooks lie in ../shared/data, which is not here"),
]


def agree(ours: Cell, theirs: object) -> bool:
    """The same value, as far as calamine keeps it: it gives dates for themselves and numbers as doubles."""
    text = ours.text or ""
    if isinstance(theirs, bool):
        return text == str(theirs).upper()
    if isinstance(theirs, int | float):
        plain = Decimal(text[:-1]).scaleb(-2) if text.endswith("%") else Decimal(text)
        return float(plain) == pytest.approx(float(theirs), rel=1e-14, abs=0)
    if isinstance(theirs, str):
        return text == theirs or bool(ours.kind)
    return text.startswith(str(theirs)[:7])  # a date: at least year and month


@pytest.mark.parametrize(
    "path", [UK / "conversion-factors-2024.xlsx", UK / "flat-file-2025.xlsx", GHGRP / "ghgp_data_2010.xlsx"]
)
def test_every_cell_of_a_real_workbook_is_what_calamine_reads(path: Path) -> None:
    archive = Archive(path, path.name, Limits())
    package = opened(archive, path.name)
    book = CalamineWorkbook.from_path(path)
    compared = 0
    for sheet in package.sheets:
        expected = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        rows = {row.line: row.cells for row in sheet_rows(archive, path.name, package, sheet, Layout())}
        for line, values in enumerate(expected, start=1):
            for column, value in enumerate(values, start=1):
                ours = rows.get(line, {}).get(column, Cell(None))
                assert agree(ours, value), (sheet.name, line, column, ours, value)
                compared += value != ""
    assert compared > 5000


def test_merged_hidden_and_computed_cells_of_the_uk_workbook() -> None:
    """Counted in the parts by hand: 86 merged ranges in the index, one hidden row in the electricity factors for cars."""
    path = UK / "conversion-factors-2024.xlsx"
    archive = Archive(path, path.name, Limits())
    package = opened(archive, path.name)
    sheets = {sheet.name: sheet for sheet in package.sheets}
    assert package.fresh  # computed by hand, but computed at the save
    assert len(merged_ranges(archive, path.name, sheets["Index"])) == 86
    rows = list(sheet_rows(archive, path.name, package, sheets["UK electricity for EVs"], Layout()))
    assert sum(row.hidden for row in rows) == 1
    assert not [cell for row in rows for cell in row.cells.values() if cell.kind == "stale_formula"]


def test_the_heading_row_of_the_ghgrp_workbook_is_its_fourth() -> None:
    from readings_of import read

    direct = read(GHGRP / "ghgp_data_2010.xlsx")[0]
    assert direct.letters["Facility Id"] == "A"
    assert direct.lines[0] == 5
