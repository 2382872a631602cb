"""`rules` and `findings`: every ruler in both languages, each entry with its clause; own rulers by their folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.acceptance import bad_files
from tests.acceptance.command import said
from verify.report.pages import codes
from verify.ruler import available, load_ruler

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", available())
def test_a_ruler_is_shown_whole(name: str, language: str) -> None:
    one = said("rules", "show", name, "--lang", language)
    ruler = load_ruler(name)
    assert (one.code, one.err) == (0, "")
    assert ruler.sha256 in one.out
    for identifier in [*ruler.text.parameters, *ruler.text.method.items, *ruler.text.checks, *ruler.values]:
        assert identifier in one.out, identifier
    letters = _letters(one.out)
    parts = [part for clause in ruler.text.unknown_clauses for part in re.split(r"。|\. ", clause[language])]
    assert [part for part in parts if _letters(part) not in letters] == []
    assert "None" not in one.out
    if language == "en":
        assert "附件" not in one.out.replace("〔", "")


def _letters(text: str) -> str:
    """A text without its typography."""
    return re.sub(r"\W", "", text.replace("₂", "2")).lower()


def test_the_list_names_every_ruler_with_its_digest() -> None:
    one = said("rules", "list", "--lang", "zh")
    assert [line.split()[0] for line in one.out.splitlines()] == available()
    assert all(load_ruler(name).sha256[:16] in one.out for name in available())


def test_lint_and_resolve_take_an_id_or_a_folder(tmp_path: Path) -> None:
    own = bad_files.ruler(tmp_path / "lacking", "ruler.yaml", "status: complete", "status: partial")
    refused = said("rules", "lint", own, "--lang", "en")
    assert (refused.code, "RL-16" in refused.out) == (1, True)
    unknown = "status: partial\nunknown_clauses:\n  - {zh: 某条未知, en: a clause is not known}"
    own = bad_files.ruler(tmp_path, "ruler.yaml", "status: complete", unknown)
    assert said("rules", "lint", own, "--lang", "en").code == 0
    changed, plain = (said("rules", "resolve", one).out for one in (own, "cn-national-2025"))
    assert changed.partition("@")[0] == plain.partition("@")[0] == "cn-national-2025"
    assert changed != plain


def test_a_park_is_checked_with_a_ruler_of_its_own(tmp_path: Path) -> None:
    own = bad_files.ruler(tmp_path, "ruler.yaml", "status: complete", "status: partial")
    one = said("check", bad_files.park(tmp_path), "--ruler", own, "--lang", "zh")
    assert "标尺仅部分条款已知，不能据以发表意见" in one.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_listed_with_its_severity(language: str) -> None:
    one = said("findings", "--lang", language)
    lines = one.out.splitlines()
    assert [line.split()[1] for line in lines[: len(codes())]] == list(codes())
    assert {line.split()[2] for line in lines[: len(codes())]} <= (
        {"错误", "警告", "待澄清", "提示"} if language == "zh" else {"error", "warning", "question", "note"}
    )


def test_pages_are_written_where_they_may(tmp_path: Path) -> None:
    assert said("findings", "--write", tmp_path / "pages", "--lang", "en").code == 0
    assert len(list((tmp_path / "pages").glob("TZ-*.md"))) == len(codes())
    (tmp_path / "file").write_bytes(b"mine")
    one = said("findings", "--write", tmp_path / "file", "--lang", "zh")
    assert (one.code, one.out) == (2, "")
