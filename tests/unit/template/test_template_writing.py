"""Files appear whole or not at all, nothing is overwritten, and odd values come back as they were typed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from verify.errors import WrongUsage
from verify.submission.template import packing, write_csv_folder, write_workbook
from verify.submission.workbook import read_workbook
from verify.words import say


def test_a_filled_workbook_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "park.xlsx"
    target.write_bytes(b"a year of work")
    with pytest.raises(WrongUsage) as refused:
        write_workbook(target)
    assert refused.value.key == "workbook.target_exists"
    assert "park.xlsx" in say(refused.value.key, "zh", **refused.value.arguments)
    assert target.read_bytes() == b"a year of work"
    write_workbook(target, replace=True)
    assert target.read_bytes()[:2] == b"PK"


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_csv_folder(tmp_path / "empty", tables=["enterprises"])
    assert sorted(path.name for path in (tmp_path / "empty").iterdir()) == ["README.md", "enterprises.csv", "park.yaml"]
    with pytest.raises(WrongUsage):
        write_csv_folder(tmp_path / "empty")


@pytest.mark.parametrize("write", [write_workbook, write_csv_folder])
def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Any) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "target", tables=["enterprises"])
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_an_unknown_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as refused:
        write_workbook(tmp_path / "park.xlsx", tables=["activities"])
    assert refused.value.arguments["table"] == "activities"
    assert not (tmp_path / "park.xlsx").exists()


@pytest.mark.parametrize(
    "typed",
    [
        "1,234.5",
        "12.3 万吨",
        "１２",
        "=A1",
        "+1",
        "#REF!",
        "1e5",
        "007",
        "-",
        "1.2345678901234567",
        "0.10",
        "\x07bell",
        "a_x000D_b",
        " padded ",
    ],
)
def test_what_is_no_plain_number_stays_as_it_was_typed(tmp_path: Path, typed: str) -> None:
    write_workbook(
        tmp_path / "park.xlsx",
        language="zh",
        tables=["activity"],
        rows={"activity": [{"quantity": typed, "stat_form": typed}]},
    )
    sheet = next(
        sheet for sheet in read_workbook(tmp_path / "park.xlsx", "park.xlsx") if sheet.table_hint == "能源活动"
    )
    (batch,) = sheet.batches
    assert batch.columns["统计表号"] == [typed]
    assert batch.columns["数量 *"] == ["0.1" if typed == "0.10" else typed]
    assert not batch.notes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2027-03-31", "2027-03-31"),
        ("2027-02-30", "2027-02-30"),
        ("2027/3/31", "2027/3/31"),
        ("1899-12-31", "1899-12-31"),
    ],
)
def test_dates_are_dates_where_they_can_be(tmp_path: Path, typed: str, read: str) -> None:
    write_workbook(tmp_path / "park.xlsx", language="zh", tables=["activity"], rows={"activity": [{"from": typed}]})
    sheet = next(
        sheet for sheet in read_workbook(tmp_path / "park.xlsx", "park.xlsx") if sheet.table_hint == "能源活动"
    )
    (batch,) = sheet.batches
    assert batch.columns["起始日"] == [read]
