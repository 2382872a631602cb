"""Bad input on the real command line: a clear message in both languages, the right exit code, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance import bad_files
from tests.acceptance.accept_bad_input import read
from tests.acceptance.bad_cases import REFUSED, Case
from tests.acceptance.command import block, complete_or_absent, no_trace_of_us, said, typed

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize(
    ("case", "language"),
    [  # one language of each case here, both in make accept
        pytest.param(case, language, marks=() if at % 2 == half else pytest.mark.accept, id=f"{case.name}-{language}")
        for at, case in enumerate(REFUSED)
        for half, language in enumerate(LANGUAGES)
    ],
)
def test_it_is_refused_with_what_where_and_what_to_do(case: Case, language: str, tmp_path: Path) -> None:
    one = said(*case.line(tmp_path), "--lang", language)
    assert one.code == case.code, one.all
    assert [part for part in case.says(language) if part not in one.err] == [], one.err
    assert one.out == ""
    no_trace_of_us(one)
    written = tmp_path / "out"
    assert not written.is_dir()
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_run_says_every_fault_with_its_cell(language: str, tmp_path: Path) -> None:
    path = bad_files.many_faults(tmp_path)
    one = said("verify", path, "-o", tmp_path / "out", "--all", "--lang", language)
    assert one.code == 1
    assert one.err == ""
    line = {"zh": "第 {} 行“{}”列读到“{}”", "en": "line {}, column {} reads “{}”"}[language]
    for code, file, where, column, raw in [
        ("TZ-SUB-07", "activity.csv", 2, "quantity", "12O0"),
        ("TZ-SUB-10", "activity.csv", 3, "unit", "桶"),
        ("TZ-SUB-08", "activity.csv", 4, "period", "2025-13"),
        ("TZ-SUB-12", "activity.csv", 5, "quantity", "-3"),
        ("TZ-SUB-18", "enterprises.csv", 4, "from", "2026-01-01"),
    ]:
        told = block(one.out, code)
        assert f"→ {file}" in told, code
        assert line.format(where, column, raw) in told, told
        assert ("改正：" if language == "zh" else "To mend: ") in told
    no_trace_of_us(one)
    assert complete_or_absent(tmp_path / "out")


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "不是有效的统一社会信用代码"), ("en", "credit code")],
)
def test_a_wrong_check_character(language: str, words: str, tmp_path: Path) -> None:
    one = said("check", bad_files.wrong_check_character(tmp_path), "--all", "--lang", language)
    assert one.code == 1
    told = block(one.out, "TZ-SUB-19")
    assert [part for part in (words, "91140800MA8C0D016A", "→ enterprises.csv") if part not in told] == []
    no_trace_of_us(one)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_sheet_and_a_missing_column(language: str, tmp_path: Path) -> None:
    one = said("check", bad_files.foreign_workbook(tmp_path), "--all", "--lang", language)
    assert one.code == 1
    sheet = {"zh": "workbook.xlsx，工作表“{}”", "en": "workbook.xlsx, sheet {}"}[language]
    assert sheet.format("会议纪要") in block(one.out, "TZ-SUB-01")
    missing = block(one.out, "TZ-SUB-03")
    assert {"zh": "“数量”列", "en": "Quantity"}[language] in missing
    assert sheet.format("activity") in missing
    no_trace_of_us(one)


@pytest.mark.parametrize(
    ("kind", "code", "zh", "en"),
    [
        ("nul", "TZ-SUB-07", "12\\x000.5", "12\\x000.5"),
        ("escape", "TZ-SUB-07", "\\x1b[2J120.5", "\\x1b[2J120.5"),
        ("utf16_unmarked", "TZ-SUB-30", "零字节", "zero bytes"),
        ("mixed", "TZ-SUB-30", "混有 UTF-8 和 GB18030", "mixes UTF-8 and GB18030"),
        ("cut_parquet", "TZ-SUB-30", "无法继续读取", "cannot be read from here on"),
        ("open_quote", "TZ-SUB-30", "无法继续读取", "cannot be read from here on"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_spoiled_file_is_named_and_nothing_is_guessed(
    kind: str, code: str, zh: str, en: str, language: str, tmp_path: Path
) -> None:
    one = said("verify", bad_files.damaged(tmp_path, kind), "-o", tmp_path / "out", "--lang", language)
    assert one.code == 1
    told = block(one.out, code)
    assert (zh if language == "zh" else en) in told
    assert ("→ enterprises.csv" if kind == "mixed" else "→ activity.") in told
    assert not {sign for sign in one.all if sign < " " and sign != "\n"}  # nothing steers the terminal
    assert {"zh": "无法表示意见", "en": "Opinion: disclaimer"}[language] in one.out
    no_trace_of_us(one)
    assert complete_or_absent(tmp_path / "out")


def test_utf16_with_its_mark_is_read_like_any_other(tmp_path: Path) -> None:
    plain = said("check", bad_files.park(tmp_path), "--json")
    marked = said("check", bad_files.utf16_park(tmp_path), "--json")
    assert marked.code == plain.code
    assert marked.out.partition('"places"')[0] == plain.out.partition('"places"')[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_process_of_its_own_says_the_same(language: str, tmp_path: Path) -> None:
    for case in (REFUSED[0], *(case for case in REFUSED if case.name in {"unknown keys", "forbidden call"})):
        at = tmp_path / case.name.replace(" ", "_")
        at.mkdir()
        words = [*case.line(at), "--lang", language]
        assert typed(*words) == said(*words)


@pytest.mark.parametrize("name", ["readings.csv", "activity.csv"])
def test_a_large_file_is_read_in_less_than_a_gibibyte(name: str) -> None:
    """8 MB here; 2 GiB in `make accept ONLY=1.7`."""
    assert read(name, 8_000_000)["rows"]
