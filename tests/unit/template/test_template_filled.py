"""The same submission as workbook, CSV in three encodings, Parquet: the same canonical tables, value by value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_park import PARK, ROWS

from verify.engine import Engine
from verify.submission import read
from verify.submission.template import write_csv_folder, write_parquet_folder, write_workbook

FORMS: dict[str, Callable[[Path], Path]] = {}


def form(name: str) -> Callable[[Callable[[Path], None]], None]:
    """Register a way of writing the small park."""

    def register(write: Callable[[Path], None]) -> None:
        FORMS[name] = lambda folder: (write(folder / name), folder / name)[1]

    return register


for tongue in ("zh", "en", "both"):
    form(f"{tongue}.xlsx")(lambda path, tongue=tongue: write_workbook(path, language=tongue, rows=ROWS, park=PARK))
for encoding in ("utf-8", "utf-8-sig", "gb18030"):
    form(encoding)(
        lambda path, encoding=encoding: write_csv_folder(path, language="zh", rows=ROWS, park=PARK, encoding=encoding)
    )
form("csv-both")(lambda path: write_csv_folder(path, rows=ROWS, park=PARK))
form("parquet")(lambda path: write_parquet_folder(path, rows=ROWS, park=PARK))


def tables(path: Path, workdir: Path) -> tuple[dict[str, list[dict[str, Any]]], Any]:
    """Every canonical table in order of its row ids, and the submission."""
    engine = Engine(threads=1)
    found = read(path, engine=engine, workdir=workdir)
    return {
        name: sorted(engine.rows(table), key=lambda row: row["row_id"]) for name, table in found.tables.items()
    }, found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("expected")
    return tables(FORMS["utf-8"](folder), folder / "work")[0]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_tables(name: str, tmp_path: Path, expected: dict[str, list[dict[str, Any]]]) -> None:
    found, submission = tables(FORMS[name](tmp_path), tmp_path / "work")
    assert submission.finding_counts == {}
    assert found == expected


def test_the_values_are_those_that_were_written(expected: dict[str, list[dict[str, Any]]]) -> None:
    """12.345678 万m³ are 123.45678 10³Nm³; 1234567890123.456 kWh (16 digits, text in a workbook) are 1234567890.123456 MWh."""
    rows = expected["activity"]
    assert sorted(str(row["quantity"]) for row in rows) == ["0.000000", "123.456780", "123.456780", "1234567890.123456"]
    assert {row["enterprise_id"] for row in rows} == {"0012", "E2"}
    assert {row["period"] for row in rows} == {"2027-03", "2027"}
    names = [row["name"] for row in expected["enterprises"]]
    assert names == ["=SUM(甲,乙)有限公司", "第二_x0041_公司"]
    assert expected["certificates"][0]["last"] == 900000000000000099
    assert str(expected["readings"][0]["at"]) == "2027-03-01 00:15:00"
