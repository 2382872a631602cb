"""The pages of comparisons: made of the document alone, the same bytes each time, nothing of a park obeyed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser

from tests.golden.demonstration import rulers, write_park
from verify.canonical import canonical_bytes, digest
from verify.report.comparison import comparison_files, render_comparison, render_order
from verify.road.comparison import compare, compare_two
from verify.words import LANGUAGES, Language

NASTY = "<script>alert(1)</script>\u202e園"


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("parks")
    nasty = {"names": {"zh": NASTY, "en": NASTY}}
    return write_park(folder / "one"), write_park(folder / "other", identifier="other", head=nasty)


@pytest.fixture(scope="module")
def one(parks: tuple[Path, Path]) -> dict[str, Any]:
    return compare(parks[0], rulers=rulers())


@pytest.fixture(scope="module")
def two(parks: tuple[Path, Path]) -> dict[str, Any]:
    return compare_two(*parks, rulers=rulers())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_four_results_stand_on_the_page(one: dict[str, Any], language: Language) -> None:
    page = render_comparison(one, language)
    tree = parser.fromstring(page.encode("utf-8"))
    cells = [row.text_content() for row in tree.xpath("//table[@class='rulers']/tbody/tr")]
    words = {"zh": ("达到目标值", "未达到目标值"), "en": ("Met", "Not met")}[language]
    for ruler, value, verdict in (
        ("910", "1.1100", words[1]),
        ("average" if language == "en" else "全国平均", "0.7075", words[1]),
        ("Yunnan" if language == "en" else "云南", "0.1777", words[0]),
        ("offsets" if language == "en" else "抵消", "0.0000", words[0]),
    ):
        row = next(cell for cell in cells if ruler in cell)
        assert value in row
        assert verdict in row
    assert len(tree.xpath("//article[@class='under']")) == 4
    assert len(tree.xpath("//table[contains(@class, 'bands')]/tbody/tr")) == 4
    assert digest(one) in page
    assert not tree.xpath("//script")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_a_function_of_the_document(one: dict[str, Any], two: dict[str, Any], language: Language) -> None:
    for document, render in ((one, render_comparison), (two, render_order)):
        again = json.loads(canonical_bytes(document))  # as it is read from compare.json, keys in another order
        assert render(document, language) == render(again, language)
    assert set(comparison_files(two)) == {"compare.json", "compare.zh.html", "compare.en.html"}
    assert comparison_files(two)["compare.zh.html"].decode("utf-8") == render_order(two, "zh")


def test_a_name_is_shown_and_not_obeyed(two: dict[str, Any]) -> None:
    page = render_order(two, "zh")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page
    assert "\u202e" not in page
