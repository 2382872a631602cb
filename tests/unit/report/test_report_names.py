"""Ids that stand in findings under another word than their vocabulary has a name in both languages, and reach the sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.report.example import not_met
from verify.report import findings_text
from verify.report.reader import Reader
from verify.report.vocabulary import name_of
from verify.submission.contract import vocabulary


@pytest.mark.parametrize(
    ("argument", "of"),
    [
        ("technology", "generator_technology"),
        ("filed_set", "gwp_set"),
        ("ruler_set", "gwp_set"),
        ("gwp_set", "gwp_set"),
        ("filed_as", "flow"),
        ("kind", "park_kind"),
        ("reason", "spell_reason"),
        ("supply", "supply"),
        ("activity_type", "activity_type"),
        ("authority", "authority"),
        ("gas", "gas"),
    ],
)
def test_every_id_of_an_argument_has_its_name(argument: str, of: str) -> None:
    for id_, word in vocabulary(of).items():
        assert (name_of(argument, id_, "zh"), name_of(argument, id_, "en")) == (word.zh, word.en)


def said(code: str, language: str, **arguments: str) -> str:
    finding: dict[str, Any] = {
        "code": code, "subject": "X", "period": "2027", "effect": None, "arguments": arguments, "row_ids": [],
    }  # fmt: skip
    return findings_text.says(finding, Reader(not_met(), language))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "arguments", "zh", "en"),
    [
        ("TZ-GRN-03", {"technology": "nuclear", "supply": "certificate"}, "核电", "nuclear"),
        ("TZ-GHG-02", {"filed_set": "AR4", "ruler_set": "AR6"}, "IPCC 第六次评估报告", "IPCC sixth assessment"),
        ("TZ-ACC-09", {"filed_as": "transformation"}, "能源加工转换（碳平衡）", "energy transformation (carbon balance)"),
        ("TZ-CAR-01", {"reason": "out_exceeds_in"}, "输出碳量大于输入碳量", "more carbon out than in"),
        ("TZ-CAR-01", {"reason": "defaults_on_one_side"}, "只有一侧采用缺省值", "defaults on one side only"),
        ("TZ-SCP-01", {"change": "left", "reason": "closed"}, "关停", "closed"),
        ("TZ-SCP-01", {"change": "left", "reason": "搬去邻市"}, "搬去邻市", "搬去邻市"),
        ("TZ-SUB-29", {"table": "activity", "column": "ncv", "rule": "minimum"}, "下限", "lower bound"),
    ],
)  # fmt: skip
def test_the_sentence_names_it(code: str, arguments: dict[str, str], zh: str, en: str) -> None:
    assert zh in said(code, "zh", **arguments)
    assert en in said(code, "en", **arguments)
