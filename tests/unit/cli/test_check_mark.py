"""``truezero check --mark``: where the marked workbook goes, what is said of it, what is refused before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.command import REPORT, said
from tests.acceptance.marked_book import parts
from tests.unit.submission.handing import changed
from verify.submission.template import write_csv_folder, write_workbook

PARK = {"id": "T-1", "id_scheme": "free", "base_year": "2025", "reporting_year": "2027"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with one quantity that is no number."""
    path = tmp_path / "park.xlsx"
    write_workbook(path, rows=changed("activity", 0, quantity="12O0"), park=PARK)
    return path


def test_the_workbook_comes_back_at_the_name_asked_for_and_beside_the_report(book: Path, tmp_path: Path) -> None:
    asked = said("check", book, "--lang", "en", "--mark", tmp_path / "marked.xlsx")
    assert asked.code == 1
    assert "cells marked: " in asked.out
    beside = said("check", book, "--lang", "en", "-o", tmp_path / "report")
    assert beside.code == 1
    assert {one.name for one in (tmp_path / "report").iterdir()} == {*REPORT, "park.marked.xlsx"}
    data = (tmp_path / "marked.xlsx").read_bytes()
    assert data == (tmp_path / "report" / "park.marked.xlsx").read_bytes()
    notes = b"".join(part for name, part in parts(data).items() if name.startswith("xl/comments"))
    assert "read “12O0”, which is no number".encode() in notes
    assert b"To mend: " in notes


def test_a_folder_with_one_workbook_and_a_folder_with_none(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hand"
    folder.mkdir()
    book.rename(folder / book.name)
    assert "已标注" in said("check", folder, "--lang", "zh", "--mark", tmp_path / "a.xlsx").out
    write_csv_folder(tmp_path / "csv", rows=changed("activity", 0, quantity="12O0"), park=PARK)
    refused = said("check", tmp_path / "csv", "--lang", "en", "--mark", tmp_path / "b.xlsx")
    assert refused.code == 2
    assert "holds no workbook" in refused.err


@pytest.mark.parametrize(("name", "words"), [("park.xlsx", "exists"), ("out.xlsm", "keeps the ending .xlsx")])
def test_what_is_refused_before_the_work(book: Path, name: str, words: str) -> None:
    refused = said("check", book, "--lang", "en", "--mark", book.parent / name)
    assert refused.code == 2
    assert words in refused.err
