"""SARIF 2.1.0 (OASIS): what a consumer relies on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.report.example import VARIANTS, not_met
from verify.report.sarif import fingerprint, render_sarif, uri
from verify.words import LANGUAGES


def run(report: dict[str, Any], language: str = "zh") -> dict[str, Any]:
    return dict(render_sarif(report, language)["runs"][0])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_shape(name: str, language: str) -> None:
    log = render_sarif(VARIANTS[name](), language)  # type: ignore[arg-type]
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    one = log["runs"][0]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        for location in result["locations"]:
            assert location["logicalLocations"][0]["name"]


def test_levels_keep_the_severity() -> None:
    pairs = {(row["properties"]["severity"], row["level"]) for row in run(not_met())["results"]}
    assert pairs == {("error", "error"), ("warning", "warning"), ("question", "note"), ("note", "note")}


def test_a_finding_points_at_file_and_line() -> None:
    result = next(row for row in run(not_met())["results"] if row["ruleId"] == "TZ-SUB-07")
    first = result["locations"][0]
    assert first["physicalLocation"] == {
        "artifactLocation": {"uri": "2027%E5%B9%B4%E5%BA%A6%E7%94%B3%E6%8A%A5%E8%A1%A8.xlsx"},
        "region": {"startLine": 47},
    }
    assert first["logicalLocations"][0]["name"].startswith("activity:2027-03|")
    assert first["properties"] == {"columns": ["数量"]}
    assert first["message"]["text"] == "2027年度申报表.xlsx，工作表“能源活动”，第 47 行"


def test_without_places_the_row_still_has_its_logical_location() -> None:
    report = not_met()
    report["places"] = {}
    locations = [location for row in run(report)["results"] for location in row["locations"]]
    assert all("physicalLocation" not in location for location in locations)
    assert all(location["logicalLocations"] for location in locations)
    assert run(report)["artifacts"] == []


def test_what_could_not_run_is_a_notification_and_no_result() -> None:
    one = run(not_met())
    invocation = one["invocations"][0]
    notes = invocation["toolExecutionNotifications"]
    assert [note["associatedRule"]["id"] for note in notes] == ["TZ-BAL-01", "TZ-BAL-04"]
    assert all(
        one["tool"]["driver"]["rules"][note["associatedRule"]["index"]]["id"] == note["associatedRule"]["id"]
        for note in notes
    )
    assert "没有按供电种类分设的计量" in notes[0]["message"]["text"]
    assert invocation["executionSuccessful"] is True
    assert not {"TZ-BAL-01", "TZ-BAL-04"} & {row["ruleId"] for row in one["results"]}


def test_a_crash_of_a_check_is_not_a_success() -> None:
    report = not_met()
    report["facts"]["runs"][5]["reason"] = {"key": "example.crashed", "arguments": {}}
    invocation = run(report)["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert [note["level"] for note in invocation["toolExecutionNotifications"]] == ["error", "warning"]


def test_fingerprints_are_unique_and_know_no_amount_and_no_place() -> None:
    report = not_met()
    prints = [row["partialFingerprints"]["truezeroFinding/v1"] for row in run(report)["results"]]
    assert len(set(prints)) == len(prints)
    moved = not_met()
    for place in moved["places"].values():
        place["line"] += 1
    for row in moved["facts"]["findings"]:
        row["effect"] = None
        row["row_ids"].reverse()
    assert [fingerprint(row) for row in moved["facts"]["findings"]] == prints
    other = report["facts"]["findings"][0] | {"period": "2026"}
    assert fingerprint(other) not in prints


def test_rules_speak_the_language_and_carry_the_clause() -> None:
    for language, title in (
        ("zh", "电力或热力净受入排放为负"),
        ("en", "Net emissions of electricity or heat below zero"),
    ):
        one = run(not_met(), language)
        rule = next(rule for rule in one["tool"]["driver"]["rules"] if rule["id"] == "TZ-ACC-07")
        assert rule["shortDescription"]["text"] == title
        assert rule["properties"]["alias"] == "CK-N16"
        assert rule["properties"]["cite"].startswith("发改环资〔2025〕910号")
        assert one["language"] == {"zh": "zh-CN", "en": "en"}[language]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("a b.csv", "a%20b.csv"),
        ("zip/表.csv", "zip/%E8%A1%A8.csv"),
        ("a\\b.csv", "a/b.csv"),
        ("a#1%.csv", "a%231%25.csv"),
    ],
)
def test_file_names_become_references(file: str, expected: str) -> None:
    assert uri(file) == expected
