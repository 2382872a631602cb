"""The drop-downs and limits of a column. None of them stops a person: other spellings and later ids are allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from verify.submission.contract import Column, Contract
from verify.submission.template.guide_sheets import table_sheet_name
from verify.submission.template.lists import ANY, fixed_dimensions, governing, units_name, vocabulary_of
from verify.submission.template.tongues import Tongue, told

LAST_ROW = 20_000  # rows of a sheet that carry drop-downs
_FIRST_DAY = "29221"  # 1980-01-01 as a serial number
_NUMBERS = frozenset({"quantity", "decimal", "percent"})
_TABLE_OF = {"carrier": "words_carriers_table", "product": "words_products_table"}


def dropdowns(contract: Contract, name: str, tables: Sequence[Contract], tongue: Tongue) -> Iterator[Any]:
    """The data validations of one column, ready to be added to its sheet."""
    column = contract.columns[name]
    formula, strict = _choice(contract, name, tables, tongue)
    if formula:
        yield _validation(contract, name, tongue, type="list", formula1=formula, strict=strict, error="not_in_list")
    elif column.type in _NUMBERS and column.minimum is not None:
        between = column.maximum is not None
        yield _validation(
            contract,
            name,
            tongue,
            type="decimal",
            operator="between" if between else "greaterThanOrEqual",
            formula1=column.minimum,
            formula2=column.maximum,
            strict=True,
            error="not_a_number",
        )
    elif column.type == "date":
        yield _validation(
            contract,
            name,
            tongue,
            type="date",
            operator="greaterThanOrEqual",
            formula1=_FIRST_DAY,
            strict=True,
            error="not_a_date",
        )


def _choice(contract: Contract, name: str, tables: Sequence[Contract], tongue: Tongue) -> tuple[str, bool]:
    """The formula of the list that a cell offers ('' for none), and whether another word is asked about."""
    column = contract.columns[name]
    if column.type == "unit":
        return _units(contract, name, tongue), True
    listed = vocabulary_of(column)
    if listed is not None:
        return f"words_{listed}", column.type in ("enum", "boolean")
    return _ids(contract, column, tables, tongue), False


def _units(contract: Contract, name: str, tongue: Tongue) -> str:
    """The units of the dimension; where a carrier or a product decides it, those of the one in the same row."""
    fixed = fixed_dimensions(contract, name)
    if fixed is not None:
        return units_name(fixed)
    kind = governing(contract, name) or "carrier"
    letter = _letter(contract, kind)
    at = 3 if tongue == "both" else 2
    return f'INDIRECT(IFERROR(VLOOKUP(${letter}2,{_TABLE_OF[kind]},{at},FALSE),"{units_name(ANY)}"))'


def _ids(contract: Contract, column: Column, tables: Sequence[Contract], tongue: Tongue) -> str:
    """The ids that stand in the sheet a column refers to."""
    from openpyxl.utils import quote_sheetname

    table, _, key = (column.references or "").partition(".")
    other = next((one for one in tables if one.table == table), None)
    if other is None or other.table == contract.table:
        return ""
    start = f"{quote_sheetname(table_sheet_name(other, tongue))}!${_letter(other, key)}$2"
    last = start.replace("$2", f"${LAST_ROW}").rpartition("!")[2]
    return f"OFFSET({start},0,0,MAX(1,COUNTA({start}:{last})),1)"


def _letter(contract: Contract, name: str) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(list(contract.columns).index(name) + 1))


def _validation(contract: Contract, name: str, tongue: Tongue, *, strict: bool, error: str, **shape: Any) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    validation = DataValidation(allow_blank=True, showErrorMessage=strict, **shape)
    if strict:
        validation.errorStyle = "warning"  # asks, and lets the person go on: aliases and the other language count too
        validation.errorTitle = told("ask_title", tongue)[:32]
        validation.error = told(f"ask_{error}", tongue, "\n")[:225]
    letter = _letter(contract, name)
    validation.add(f"{letter}2:{letter}{LAST_ROW}")
    return validation
