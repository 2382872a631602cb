"""The words of a finding: typed arguments, names of ids, missing words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.report.example import not_met
from verify.errors import OurFault
from verify.report import findings_text
from verify.report.reader import Reader

FILE = """
title: {zh: 题, en: title}
says: {zh: "%s", en: "%s"}
why: {zh: 因, en: why}
mend: {zh: 改, en: mend}
arguments: {quantity: MWh, filed_factor: tCO2/MWh, share: share, months: count, carrier: text, flow: text, unit: text, made: number, factor: number, term: text}
"""


def _says(
    templates: Path,
    template: str,
    arguments: dict[str, Any],
    effect: dict[str, str] | None = None,
    language: str = "zh",
) -> str:
    code = "TZ-TST-001"
    (templates / "findings" / f"{code}.yaml").write_text(FILE % (template, template), encoding="utf-8")
    finding = {
        "code": code,
        "severity": "error",
        "subject": "91320000MA2000001J",
        "period": "2027",
        "effect": effect,
        "arguments": arguments,
        "rows": "1",
        "row_ids": [],
        "places_shown": "0",
    }
    try:
        return findings_text.says(finding, Reader(not_met(), language)).replace("\N{NO-BREAK SPACE}", " ")  # type: ignore[arg-type]
    finally:
        findings_text._load.cache_clear()
        (templates / "findings" / f"{code}.yaml").unlink()


def test_a_number_comes_with_its_unit(templates: Path) -> None:
    said = _says(
        templates,
        "{quantity} 按 {filed_factor}，{share}，{months} 个月",
        {"quantity": "10000.000000", "filed_factor": "0.530600", "share": "0.363", "months": "3"},
    )
    assert said == "10,000 MWh 按 0.5306 tCO₂/MWh，36.30%，3 个月"


def test_ids_become_names(templates: Path) -> None:
    arguments = {"carrier": "natural_gas", "flow": "transformation_in", "term": "el", "unit": "10^4Nm3"}
    assert (
        _says(templates, "{subject}：{carrier} {flow} {term} {unit}", arguments)
        == "热电联产公司：天然气 加工转换投入 电力净受入 万 Nm³"
    )
    assert (
        _says(templates, "{carrier} {flow} {unit}", arguments, language="en")
        == "natural gas transformation input 10⁴ Nm³"
    )


def test_an_unknown_id_is_shown_as_it_is_and_nothing_as_a_dash(templates: Path) -> None:
    assert _says(templates, "{carrier} {flow}", {"carrier": "plasma", "flow": ""}) == "plasma –"
    assert _says(templates, "{carrier}", {}) == "–"


def test_a_plain_number_is_shown_as_its_unit_is_and_a_factor_as_it_is(templates: Path) -> None:
    assert (
        _says(templates, "{made} {unit} × {factor}", {"made": "372851.460043", "unit": "tce", "factor": "0.832512"})
        == "372,851.46 tce × 0.832512"
    )


def test_effect(templates: Path) -> None:
    assert (
        _says(templates, "少计 {effect}", {}, {"value": "3019.000000", "unit": "tCO2", "year": "2027"})
        == "少计 3,019.00 tCO₂"
    )
    assert _says(templates, "影响：{effect}", {}) == "影响：尚未定量"


def test_a_code_without_words_is_our_fault() -> None:
    with pytest.raises(OurFault, match="finding_without_words"):
        findings_text.words_of("TZ-ZZZ-99")


def test_words_that_ask_for_what_is_not_there_are_our_fault(templates: Path) -> None:
    with pytest.raises(OurFault, match="finding_words_incomplete"):
        _says(templates, "{nobody_knows}", {})


def test_a_language_that_is_missing_is_our_fault(templates: Path) -> None:
    path = templates / "findings" / "TZ-TST-998.yaml"
    path.write_text(
        "title: {zh: 题}\nsays: {zh: 一, en: b}\nwhy: {zh: 一, en: b}\nmend: {zh: 一, en: b}\n", encoding="utf-8"
    )
    with pytest.raises(OurFault, match="title"):
        findings_text.words_of("TZ-TST-998")


def test_the_same_reading_id_under_two_points_keeps_two_names() -> None:
    reader = Reader(not_met(), "zh")
    assert reader.reading("losses", "included") == "计入"
    assert reader.reading("electricity.direct_share_denominator", "received_only") == "仅园外供入与自发光伏"
    assert reader.reading("losses", "nowhere") == "nowhere"


def test_a_fault_of_the_data_says_what_was_typed_where_the_places_hold_it() -> None:
    report = not_met()
    fault = next(row for row in report["facts"]["findings"] if row["code"] == "TZ-SUB-07")
    assert findings_text.says(fault, Reader(report, "zh")) == "能源活动 表“数量”列读到“12O0”，不是数字。"
    assert "Column Quantity of Energy activity: read “12O0”" in findings_text.says(fault, Reader(report, "en"))
    for place in report["places"].values():
        place.pop("raw", None)
    assert "读到“–”" in findings_text.says(fault, Reader(report, "zh"))
