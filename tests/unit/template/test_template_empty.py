"""An empty template: read back it is every table with every column and not one row; equal input gives equal bytes."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from verify.ruler.marks import parse_marked
from verify.submission.contract import contracts
from verify.submission.naming import column_named, table_named
from verify.submission.park import Park, park_from, park_from_rows
from verify.submission.readers import entries, is_park, raw_sheets
from verify.submission.template import write_csv_folder, write_workbook
from verify.submission.template.tongues import Tongue
from verify.submission.workbook import read_workbook

TONGUES: list[Tongue] = ["zh", "en", "both"]


@pytest.mark.parametrize("tongue", TONGUES)
def test_an_empty_workbook_reads_as_every_table_without_a_row(tmp_path: Path, tongue: Tongue) -> None:
    target = tmp_path / "park.xlsx"
    write_workbook(target, language=tongue)
    tables = {}
    for sheet in read_workbook(target, "park.xlsx"):
        (batch,) = sheet.batches
        assert not sheet.notes
        assert not batch.notes
        if sheet.table_hint == "park":
            assert {"key", "value"} <= set(batch.columns)
            continue
        table = table_named(sheet.table_hint)
        assert table is not None
        assert batch.lines == []
        tables[table] = [column_named(contracts()[table], heading) for heading in batch.columns]
    assert tables == {table: list(contract.columns) for table, contract in contracts().items()}


@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_empty_folder_reads_as_every_table_without_a_row(tmp_path: Path, tongue: Tongue, encoding: str) -> None:
    write_csv_folder(tmp_path / "park", language=tongue, encoding=encoding)  # type: ignore[arg-type]
    files = entries(tmp_path / "park")
    tables = {}
    for entry in files:
        for sheet in (None if is_park(entry) else raw_sheets(entry)) or ():
            (batch,) = sheet.batches
            table = table_named(sheet.table_hint)
            assert table is not None
            assert batch.lines == []
            tables[table] = {column_named(contracts()[table], heading) for heading in batch.columns}
    assert tables == {table: set(contract.columns) for table, contract in contracts().items()}
    assert {entry.name for entry in files if entry.suffix != ".csv"} == {"park.yaml", "README.md"}


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_empty_park_is_a_park_once_it_has_an_id(tmp_path: Path, tongue: Tongue) -> None:
    write_csv_folder(tmp_path / "park", language=tongue)
    text = (tmp_path / "park" / "park.yaml").read_text(encoding="utf-8")
    filled = text.replace("id:", "id: PX-1", 1).replace("ruler:", "ruler: cn-national-2025", 1)
    park = park_from(parse_marked(filled, "park.yaml"))
    assert park == Park(id="PX-1", ruler="cn-national-2025")
    everything = "\n".join(line.removeprefix("# ") if line.startswith("# ") else line for line in filled.splitlines())
    for blank, answer in (
        ("<id>:", "export_credit: literal"),
        ("- indicator:", "- indicator: N-G4"),
        ("- kind:", "- kind: no_offsets"),
    ):
        everything = everything.replace(blank, answer, 1)
    listed = park_from(parse_marked(everything, "park.yaml"))
    assert len(listed.boundaries) == len(listed.excluded_indicators + listed.declarations) / 2 == 1
    assert listed.parameters == {"export_credit": "literal"}


def test_the_park_sheet_read_back_empty_says_nothing(tmp_path: Path) -> None:
    write_workbook(tmp_path / "park.xlsx", tables=["enterprises"])
    sheet = next(sheet for sheet in read_workbook(tmp_path / "park.xlsx", "park.xlsx") if sheet.table_hint == "park")
    (batch,) = sheet.batches
    rows = list(zip(batch.lines, batch.columns["key"], batch.columns["value"], strict=True))
    assert all(value is None for _, _, value in rows)
    filled = [(line, str(key), "PX-1" if key == "id" else "") for line, key, _ in rows]
    assert park_from_rows("park.xlsx", filled) == Park(id="PX-1")


def test_only_the_named_tables_get_a_sheet(tmp_path: Path) -> None:
    import openpyxl

    write_workbook(tmp_path / "park.xlsx", language="zh", tables=["enterprises", "activity"])
    names = openpyxl.load_workbook(tmp_path / "park.xlsx").sheetnames
    assert names == ["说明", "园区", "入园主体", "能源活动", "数据字典", "单位表", "词表"]


def test_equal_input_gives_equal_bytes_in_another_process_too(tmp_path: Path) -> None:
    write_workbook(tmp_path / "one.xlsx")
    code = "import sys, pathlib; from verify.submission.template import write_workbook; write_workbook(pathlib.Path(sys.argv[1]))"
    root = Path(__file__).resolve().parents[3]
    environment = {"PYTHONPATH": str(root), "PYTHONHASHSEED": "12345", "TZ": "Asia/Shanghai"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "two.xlsx")], check=True, env=environment)
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()}
    assert len(digests) == 1
