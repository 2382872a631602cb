"""Every ruler that comes with TrueZero, and the three small ones, on a park (at full size one full of faults): no fault of ours, and clear words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.golden.demonstration import RULERS, SMALL
from verify import resources
from verify.cli.compare_lines import comparison_lines
from verify.report.comparison import render_comparison
from verify.road.comparison import compare
from verify.ruler import available, load_ruler
from verify.words import LANGUAGES, Language


@pytest.fixture(scope="module", params=["honest-undetermined", pytest.param("careless", marks=pytest.mark.accept)])
def found(request: pytest.FixtureRequest) -> dict[str, Any]:
    return compare(resources.parks() / request.param, rulers=[*available(), *(RULERS / name for name in SMALL)])


def test_each_of_them_answers(found: dict[str, Any]) -> None:
    assert [row["ruler"]["id"] for row in found["rulers"]] == [*available(), *SMALL]
    for row in found["rulers"]:
        total = next(one for one in row["measures"] if one["item"] == "total.tco2")
        assert Fraction(total["own"]["value"]) > 0 or row["ruler"]["id"] == "demo-offsets"


def test_the_choice_of_the_park_lies_in_the_range(found: dict[str, Any]) -> None:
    for row in found["rulers"]:
        for one in row["measures"]:
            spread, own = one["range"], one["own"]["value"]
            if own is None:
                assert spread["standing"] == "undefined"
                continue
            low, high, value = (Fraction(number) for number in (spread["low"], spread["high"], own))
            assert low <= value <= high
            ends = (low, high) if one["lower_is_better"] else (high, low)
            standing = "only" if low == high else {ends[0]: "best", ends[1]: "worst"}.get(value, "between")
            assert spread["standing"] == standing, (row["ruler"]["id"], one["item"])


def test_a_partial_ruler_founds_no_verdict_and_says_what_it_does_not_know(found: dict[str, Any]) -> None:
    partial = [row for row in found["rulers"] if row["ruler"]["status"] == "partial"]
    assert {row["ruler"]["id"] for row in partial} == {
        name for name in available() if load_ruler(name).text.status == "partial"
    }
    for row in partial:
        assert "met" not in {one["verdict"] for one in row["measures"]}
        assert row["ruler"]["unknown_clauses"]


@pytest.mark.parametrize(
    ("language", "word", "unknown"), [("zh", "可供比较，不作判定", "未知："), ("en", "founds no verdict", "Not known:")]
)
def test_every_ruler_is_told_in_both_faces(found: dict[str, Any], language: Language, word: str, unknown: str) -> None:
    assert language in LANGUAGES
    page, lines = render_comparison(found, language), "\n".join(comparison_lines(found, language))
    partial = [row for row in found["rulers"] if row["ruler"]["status"] == "partial"]
    for told in (page, lines):
        assert told.count(word) == len(partial)
        assert told.count(unknown) >= len(partial)
    for row in found["rulers"]:
        assert f"[{row['ruler']['id']}]" in lines
        assert f"{row['ruler']['id']}@sha256:" in page
        for clause in row["ruler"]["unknown_clauses"]:
            assert clause[language].split("“")[0][:12] in page
