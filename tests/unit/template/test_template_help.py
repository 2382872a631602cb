"""What the workbook does for the one who fills it: drop-downs of words that count, units of the carrier, marks, formats."""

from __future__ import annotations

import re
from typing import Any

import openpyxl
import pytest

from verify.submission.coerce.quantities import Measure, measure
from verify.submission.coerce.words import enum
from verify.submission.contract import carriers, contracts, vocabulary
from verify.submission.naming import folded
from verify.submission.template import write_workbook
from verify.submission.template.guide_sheets import sheet_name, table_sheet_name
from verify.submission.template.lists import dimensions_of_word, vocabulary_of
from verify.submission.template.table_sheets import number_format
from verify.submission.template.tongues import Tongue

TONGUES: list[Tongue] = ["zh", "en", "both"]


@pytest.fixture(scope="module", params=TONGUES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Tongue, Any]:
    path = tmp_path_factory.mktemp("template") / "park.xlsx"
    write_workbook(path, language=request.param)
    return request.param, openpyxl.load_workbook(path)


def area(book: Any, name: str) -> list[list[str]]:
    """The cells behind a defined name, row by row."""
    found = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", book.defined_names[name].attr_text)
    assert found is not None
    sheet, left, top, right, bottom = found.groups()
    return [[cell.value for cell in row] for row in book[sheet][f"{left}{top}:{right}{bottom}"]]


def choices(book: Any, table: str, tongue: Tongue) -> dict[str, Any]:
    """The validation of each column of a table's sheet."""
    contract = contracts()[table]
    sheet = book[table_sheet_name(contract, tongue)]
    found = {}
    for validation in sheet.data_validations.dataValidation:
        first = str(validation.sqref).partition(":")[0]
        found[list(contract.columns)[openpyxl.utils.cell.coordinate_to_tuple(first)[1] - 1]] = validation
        assert first.endswith("2")
    return found


def test_every_listed_column_offers_exactly_the_words_of_its_vocabulary(made: tuple[Tongue, Any]) -> None:
    tongue, book = made
    offered = 0
    for table, contract in contracts().items():
        validations = choices(book, table, tongue)
        for name, column in contract.columns.items():
            listed = vocabulary_of(column)
            if listed is None:
                continue
            assert validations[name].formula1 == f"words_{listed}"
            words = [row[0] for row in area(book, f"words_{listed}")]
            assert [enum(listed, word) for word in words] == list(vocabulary(listed))
            assert validations[name].errorStyle in (None, "warning")  # nobody is stopped
            assert bool(validations[name].showErrorMessage) is (column.type in ("enum", "boolean"))
            offered += 1
    assert offered > 40


def test_the_units_follow_the_carrier_of_the_row(made: tuple[Tongue, Any]) -> None:
    """The formula looks the carrier of the row up and names a list; every unit in it is one that the coercion takes."""
    tongue, book = made
    formula = choices(book, "activity", tongue)["unit"].formula1
    at = 3 if tongue == "both" else 2
    assert formula == f'INDIRECT(IFERROR(VLOOKUP($F2,words_carriers_table,{at},FALSE),"units_any"))'
    assert list(contracts()["activity"].columns)[5] == "carrier"
    table = {row[0]: row[at - 1] for row in area(book, "words_carriers_table")}
    for carrier in carriers().values():
        units = [row[0] for row in area(book, table[carrier.en if tongue == "en" else carrier.zh])]
        assert len(units) == len(set(units)) >= 5
        for unit in units:
            assert isinstance(measure(unit, dimensions_of_word(carrier)), Measure), (carrier.en, unit)
    assert "万立方米" in [row[0] for row in area(book, "units_gas_volume")] or tongue == "en"


def test_ids_are_offered_from_the_sheet_that_holds_them(made: tuple[Tongue, Any]) -> None:
    tongue, book = made
    members = table_sheet_name(contracts()["enterprises"], tongue)
    formula = choices(book, "activity", tongue)["enterprise_id"].formula1
    quoted = f"'{members}'" if not members.isascii() or " " in members else members
    assert formula.replace("'", "").startswith(f"OFFSET({quoted}!$A$2,".replace("'", ""))
    assert choices(book, "activity", tongue)["enterprise_id"].showErrorMessage is not True


def test_what_is_required_is_marked_without_colour(made: tuple[Tongue, Any]) -> None:
    tongue, book = made
    for contract in contracts().values():
        sheet = book[table_sheet_name(contract, tongue)]
        for cell, column in zip(sheet[1], contract.columns.values(), strict=True):
            first = cell.value.splitlines()[0]
            sometimes = bool(column.required_when or column.required_with) and not column.required
            assert first.endswith(" *") is column.required
            assert first.endswith(" (*)") is sometimes
            assert cell.comment is not None
            assert (column.doc.en if tongue == "en" else column.doc.zh) in cell.comment.text
        assert sheet.freeze_panes == "B2"


def test_what_excel_would_change_is_text() -> None:
    columns = contracts()["activity"].columns
    assert {
        name: number_format(columns[name]) for name in ("period", "enterprise_id", "flow", "from", "quantity", "ncv")
    } == {
        "period": "@",  # 2027-03 would become a date
        "enterprise_id": "@",  # 0012 would become 12
        "flow": "@",
        "from": "yyyy-mm-dd",
        "quantity": "#,##0.00####",
        "ncv": "General",
    }
    assert number_format(contracts()["certificates"].columns["first"]) == "@"  # the sixteenth digit would become 0


def test_the_formats_stand_on_whole_columns(made: tuple[Tongue, Any]) -> None:
    tongue, book = made
    sheet = book[table_sheet_name(contracts()["activity"], tongue)]
    for at, column in enumerate(contracts()["activity"].columns.values(), start=1):
        assert sheet.column_dimensions[openpyxl.utils.get_column_letter(at)].number_format == number_format(column)


def test_names_of_sheets_fit_a_workbook(made: tuple[Tongue, Any]) -> None:
    _, book = made
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)


def test_the_dictionary_explains_every_column(made: tuple[Tongue, Any]) -> None:
    tongue, book = made
    sheet = book[sheet_name("sheet_dictionary", tongue)]
    told = [(row[0].value, row[2].value) for row in sheet.iter_rows(min_row=2)]
    assert [name for _, name in told] == [name for contract in contracts().values() for name in contract.columns]
    assert all(row[7].value for row in sheet.iter_rows(min_row=2))


def test_a_heading_of_the_template_means_its_column_only() -> None:
    """The Chinese half and the English half of every bilingual heading name one and the same column."""
    for contract in contracts().values():
        zh = [folded(column.title.zh) for column in contract.columns.values()]
        en = [folded(column.title.en) for column in contract.columns.values()]
        assert len(set(zh)) == len(zh)
        assert len(set(en)) == len(en)


def test_the_catalogue_of_steps_is_whole() -> None:
    """A sharp sign or a colon that YAML cuts at would end a sentence early."""
    from verify.submission.template.guide_sheets import steps

    for kind in ("workbook", "folder"):
        for line in steps(kind, "zh"):
            assert line.endswith("。"), line
        for line in steps(kind, "en"):
            assert line.endswith("."), line
