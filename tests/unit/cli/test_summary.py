"""The summary of a report on a terminal: aligned, in words, with nothing that a reader has to guess."""

from __future__ import annotations

from typing import Any

import pytest

from verify.cli.columns import width
from verify.cli.summary import lines
from verify.report.visible import all_visible, visible


@pytest.mark.parametrize("language", ["zh", "en"])
def test_limits_stand_below_each_other(not_met: dict[str, Any], language: Any) -> None:
    shown = [line for line in lines(not_met, language) if "≥" in line or "≤" in line]
    assert len(shown) == 7
    starts = {width(line[: min(at for sign in "≤≥" if (at := line.find(sign)) >= 0)]) for line in shown}
    assert len(starts - {max(starts)}) <= 1  # a title wider than its column may stand out, no other


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_figures_are_those_of_the_report(not_met: dict[str, Any], language: Any) -> None:
    text = "\n".join(lines(not_met, language))
    total = next(one for one in not_met["facts"]["items"] if one["item"] == "total.tco2" and one["year"] == "2027")
    assert f"{float(total['claimed']):,.2f}" in text
    assert not_met["facts"]["ruler"]["sha256"] in text


def test_checks_that_could_not_run_stand_in_one_line_for_each_reason(not_met: dict[str, Any]) -> None:
    facts = {**not_met["facts"]}
    reason = {"key": "checks.table_not_handed_in", "arguments": {"tables": "claims, generators"}}
    codes = ["TZ-CLM-01", "TZ-CLM-02"]
    facts["not_checked"] = [{"key": "opinion.check_not_run", "arguments": {"code": code}} for code in codes]
    facts["runs"] = [{**run, "reason": reason} if run["code"] in codes else run for run in facts["runs"]]
    text = [line for line in lines({**not_met, "facts": facts}, "zh") if "未能运行" in line]
    assert len(text) == 1
    assert "TZ-CLM-01, TZ-CLM-02" in text[0]
    assert "generators" not in text[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12\x000", "12\\x000"), ("\x1b[2J", "\\x1b[2J"), ("a\u202eb", "a\\u202eb"), ("能源 tCO₂", "能源 tCO₂"),
        ("a\u00a0b", "a\u00a0b"), ("two\nlines", "two\\nlines"),
    ],
)  # fmt: skip
def test_no_sign_of_a_cell_steers_a_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert all_visible({"a": [text, None, True]}) == {"a": [shown, None, True]}
