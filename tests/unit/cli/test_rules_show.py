"""`rules show`: the ruler as law on the screen and as one page, in both languages, for rulers of one's own too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.acceptance import bad_files
from tests.acceptance.command import said
from verify.ruler import load_ruler

NATIONAL = "cn-national-2025"


def test_the_chinese_reads_as_articles() -> None:
    one = said("rules", "show", NATIONAL, "--lang", "zh")
    assert (one.code, one.err) == (0, "")
    assert "第一章　总则" in one.out
    assert "第一条　依据和制定机关" in one.out
    items = [line for line in one.out.splitlines() if re.match(r"  （[一二三四五六七八九十百]+）", line)]
    assert len(items) > 500
    assert [line for line in items if not re.search(r"）。(?: \[[^\]]+\])?$", line)] == []


def test_the_english_reads_as_articles() -> None:
    one = said("rules", "show", NATIONAL, "--lang", "en")
    assert (one.code, one.err) == (0, "")
    assert "Article 1. Text and authority" in one.out
    items = [line for line in one.out.splitlines() if re.match(r"  \(\d+\) ", line)]
    assert [line for line in items if not re.search(r"\)\.(?: \[[^\]]+\])?$", line)] == []
    assert "0.8325 kgCO₂/kWh" in one.out


def test_a_page_is_written_to_a_new_file_only(tmp_path: Path) -> None:
    target = tmp_path / "national.html"
    one = said("rules", "show", NATIONAL, "--format", "html", "-o", target, "--lang", "zh")
    assert (one.code, one.out) == (0, "")
    text = target.read_text(encoding="utf-8")
    assert text.lstrip().startswith("<!DOCTYPE html>")
    assert load_ruler(NATIONAL).sha256 in text
    again = said("rules", "show", NATIONAL, "--format", "html", "-o", target, "--lang", "zh")
    assert again.code == 2
    assert target.read_text(encoding="utf-8") == text


def test_a_page_goes_to_the_screen_without_a_file() -> None:
    one = said("rules", "show", NATIONAL, "--format", "html", "--lang", "en")
    assert one.code == 0
    assert one.out.count("<article") > 50


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_ruler_of_ones_own_is_shown_and_steers_no_terminal(tmp_path: Path, language: str) -> None:
    own = bad_files.ruler(
        tmp_path,
        "ruler.yaml",
        'zh: 国家发展改革委、工业和信息化部、国家能源局, en: "NDRC, MIIT and NEA"',
        'zh: "一\\e[2J", en: "one\\e[2J"',
    )
    one = said("rules", "show", own, "--lang", language)
    assert one.code == 0
    assert "\x1b[2J" not in one.out
    assert "\\x1b[2J" in one.out


def test_an_unknown_ruler_is_refused_by_name() -> None:
    one = said("rules", "show", "cn-national-2052", "--lang", "en")
    assert one.code == 2
    assert NATIONAL in one.err
