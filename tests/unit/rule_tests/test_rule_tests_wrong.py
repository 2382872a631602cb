"""An expectation that is not so is reported where it stands, with what was expected and what came out; its twin passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.command import said
from tests.unit.rule_tests.small_ruler import NATIONAL, book, place
from verify.road.rule_tests import rule_tests

FIGURES = "figures: {total.tco2: 1000 * 0.8325}"
ROW = "el.in_other, 832.5]"
WRONG = [
    # (as it is, as it is expected wrongly), what is expected wrongly, expected, got, where
    (ROW, "el.in_grid, 832.5]", "carbon", "el.in_grid", "el.in_other", "[electricity"),
    (ROW, "el.in_other, 832.6]", "tco2", "832.6", "832.5", "[electricity"),
    (FIGURES, "figures: {total.tco2: 1000 * 0.8326}", "total.tco2", "1000 * 0.8326", "832.5", "total.tco2"),
    (FIGURES, 'figures: {total.tco2: "-"}', "total.tco2", "-", "832.5", "total.tco2"),
    (FIGURES, "proven: {total.tco2: 832.4}", "total.tco2", "832.4", "832.5", "total.tco2"),
    (FIGURES, "strict: {total.tco2: 832.4}", "total.tco2", "832.4", "832.5", "total.tco2"),
    (FIGURES, "indicators: {unit_energy_co2: {value: 2.7}}", "value", "2.7", "2.775", "value: 2.7"),
    (FIGURES, "indicators: {unit_energy_co2: {size: 20-100}}", "size", "20-100", "below_20", "size:"),
    (FIGURES, "indicators: {unit_energy_co2: {verdict: met}}", "verdict", "met", "no_limit", "verdict:"),
    (FIGURES, "indicators: {unit_energy_co2: {limit: 0.2}}", "limit", "0.2", "-", "limit:"),
    (FIGURES, "indicators: {unit_energy_co2: {rests_on: [losses]}}", "rests_on", "losses", "electricity.tce_coefficient", "rests_on:"),
    (FIGURES, "indicators: {unit_energy_co2: {flips: [losses=left_out]}}", "flips", "losses=left_out", "-", "flips:"),
    (FIGURES, "incomplete: [fuel]", "incomplete", "fuel", "-", "incomplete"),
    (FIGURES, "findings: {TZ-ACC-01: {outcome: found}}", "TZ-ACC-01", "found", "passed", "TZ-ACC-01"),
    ("tCO2/tce, 0.2", "tCO2/tce, 0.21", "annex3.limit.class_20_100 2025", "0.21", "0.2", "[annex3"),
    ("tCO2/tce, 0.2", 'tCO2/tce, "-"', "annex3.limit.class_20_100 2025", "-", "0.2", "[annex3"),
    ("[annex3.limit.class_20_100", '["@title.zh"', "@title.zh 2025", "0.2", "-", '["@title'),
    ("value: unmodified", "value: adverse", "opinion", "adverse", "unmodified", "value: adverse"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "what", "expected", "got", "where"), WRONG)
def test_reported_where_it_is_expected(
    old: str, new: str, what: str, expected: str, got: str, where: str, tmp_path: Path
) -> None:
    (failed,) = [one for one in rule_tests(book(tmp_path, old, new)) if not one.passed]
    (problem,) = failed.problems
    assert (problem.key, problem.file) == ("rule_tests.differs", f"{NATIONAL}/tests/power.yaml")
    assert (problem.line, problem.column) == place(where, old, new)
    assert problem.arguments == {"what": what, "expected": expected, "got": got}


def test_near_is_a_millionth_and_rounded_is_half_a_digit(tmp_path: Path) -> None:
    """Arithmetic by hand may miss a rounded factor by a millionth; ``~`` admits half of the last digit that is printed."""

    def passes(folder: Path, text: str) -> bool:
        return all(one.passed for one in rule_tests(book(folder, FIGURES, f"figures: {{total.tco2: {text}}}")))

    judged = {
        text: passes(tmp_path / str(n), text) for n, text in enumerate(("832.5000009", "832.500002", "~833", "~832.4"))
    }
    assert judged == {"832.5000009": True, "832.500002": False, "~833": True, "~832.4": False}


def test_a_year_with_two_numbers_is_no_number(tmp_path: Path) -> None:
    """Windows that overlap: a year is no choice, though the first entry is the expected one."""
    folder = book(tmp_path, "[annex3.limit.class_20_100, tCO2/tce, 0.2]", "[twice, kg, 5]")
    text = (folder / "ruler.yaml").read_text(encoding="utf-8")
    entries = 'entries: [{value: "5", from: 2024-01-01, until: 2025-12-31}, {value: "6", from: 2025-01-01}]'
    own = f'  twice: {{unit: kg, {entries}, title: {{zh: 甲, en: one}}, confidence: derived, cite: {{document: ndrc-910, annex: "3"}}}}'
    (folder / "ruler.yaml").write_text(text.replace("\nvalues:\n", f"\nvalues:\n{own}\n", 1), encoding="utf-8")
    (failed,) = [one for one in rule_tests(folder) if not one.passed]
    (problem,) = failed.problems
    assert problem.arguments == {"what": "twice 2025", "expected": "5", "got": "5 / 6"}


LANGUAGE = {
    "zh": ("预期 1，实为 832.5", "3 项测试中有 1 项未通过", "3 项测试全部通过", "以上 1 处问题须先改正"),
    "en": ("expected 1, got 832.5", "1 of 3 tests failed", "all 3 tests passed", "mend the problems above first (1)"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGE)
def test_the_command_in_both_languages(language: str, tmp_path: Path) -> None:
    differs, failed, passed, refused = LANGUAGE[language]
    sound, wrong, mistyped = (
        book(tmp_path / name, *change)
        for name, change in {
            "sound": (),
            "wrong": ("1000 * 0.8325}", "1}"),
            "mistyped": ("1000 * 0.8325}", "1 *}"),
        }.items()
    )
    one = said("rules", "test", sound, "--lang", language)
    assert (one.code, one.err) == (0, "")
    assert passed in one.out
    assert one.out.count("✓") == 3
    one = said("rules", "test", wrong, "--quiet", "--lang", language)
    assert (one.code, one.err, one.out.count("✓")) == (1, "", 0)
    assert f"{NATIONAL}/tests/power.yaml:12:15: " in one.out
    assert differs in one.out
    assert failed in one.out
    one = said("rules", "test", mistyped, "--lang", language)
    assert (one.code, one.out) == (2, "")
    assert f"{NATIONAL}/tests/power.yaml:12:15: " in one.err
    assert refused in one.err


@pytest.mark.parametrize(("language", "words"), [("zh", "没有规则测试"), ("en", "no rule tests")])
def test_a_ruler_without_tests_says_so(language: str, words: str, tmp_path: Path) -> None:
    folder = book(tmp_path)
    (folder / "tests" / "power.yaml").unlink()
    one = said("rules", "test", folder, "--lang", language)
    assert (one.code, words in one.out) == (0, True)
