"""The fixed sentences of verification-procedure 1.9, letter by letter, and the words that no face may say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.unit.report.example import VARIANTS, disclaimer, met, no_limit, not_met, self_check
from verify.report import faces
from verify.report.document import Report
from verify.report.reader import Reader
from verify.report.sentences import conclusion
from verify.words import LANGUAGES, Language

ALWAYS = "本报告不代表国家级零碳园区验收结论。本核查不涉及非二氧化碳温室气体、范围三及碳抵消。"
NBSP = "\N{NO-BREAK SPACE}"


def said(report: dict[str, Any], language: Language = "zh") -> list[str]:
    return [sentence.replace(NBSP, " ") for sentence in conclusion(Reader(report, language))]


def test_met() -> None:
    assert said(met()) == [
        (
            "经核查，南湖电子信息产业园在核查范围、本报告所列口径及基准年（2025年）条件下，2027年度单位能耗碳排放为 0.1662 tCO₂/tce，"
            "不高于 0.2 tCO₂/tce 的目标要求；核查组认为排放量与综合能源消费量的核算在有限保证水平上不存在实质性错报。"
        ),
        ALWAYS,
    ]


def test_met_with_another_opinion_gives_its_reasons_instead() -> None:
    report = met()
    report["facts"]["opinion"] = {
        "value": "modified",
        "assurance": "limited",
        "reasons": [{"key": "example.reason_unproven", "arguments": {"tco2": "166500.000000"}}],
    }
    first, second, always = said(report)
    assert first.endswith("不高于 0.2 tCO₂/tce 的目标要求。")
    assert second == "核查结论类型为保留意见：按零计入的 166,500.00 吨没有证据支持。"
    assert always == ALWAYS
    assert "不存在实质性错报" not in first + second


def test_not_met_and_undetermined() -> None:
    first, second, third, always = said(not_met())
    assert first == (
        "经核查，东江循环经济产业园在核查范围、本报告所列口径及基准年（2025年）条件下，2027年度单位能耗碳排放为 0.8579 tCO₂/tce，"
        "高于 0.2 tCO₂/tce 的目标要求。"
    )
    assert second == (
        "经核查，东江循环经济产业园在核查范围、本报告所列口径及基准年（2025年）条件下，2027年度直接供应比例按“全部用电量，含厂用电和损失”"
        "口径为 49.47%，按“不含厂用电和损失”口径为 50.98%，两者结论相反；该口径在发改环资〔2025〕910号中未予明确，"
        "本机构不就是否达到发表结论，请主管部门明确。"
    )
    assert third.startswith("核查结论类型为保留意见：错误 TZ-ACC-05 未改正，影响 910.02 吨；")
    assert always == ALWAYS


def test_no_limit() -> None:
    first, second, _ = said(no_limit())
    assert first == (
        "2027年度综合能源消费量为 148,146.55 吨标准煤，低于 20 万吨标准煤，发改环资〔2025〕910号 附件 3 未规定目标值，"
        "本报告不作是否达到的结论。"
    )
    assert second == "核查组认为排放量与综合能源消费量的核算在有限保证水平上不存在实质性错报。"


def test_disclaimer_says_what_is_missing_and_no_verdict() -> None:
    first, second, always = said(disclaimer())
    assert first == "因用作燃料资料缺失，涉及排放量约占 86.04%，核查组无法获取充分、适当的证据。"
    assert second == "核查结论类型为无法表示意见：用作燃料不完整。"
    assert always == ALWAYS


def test_share_of_a_disclaimer_by_hand() -> None:
    # 270546.123760 of the gross 270546.123760 + 10920.145500 + 8325 + 11000 + 13660 = 314451.269260
    assert round(270546.123760 / 314451.269260 * 100, 2) == 86.04


def test_a_park_that_checks_itself_does_not_sound_like_a_verifier() -> None:
    text = "".join(said(self_check()))
    assert text.startswith("经园区自查，")
    assert not {"核查组", "本机构", "本核查", "保证水平"} & {
        word for word in ("核查组", "本机构", "本核查", "保证水平") if word in text
    }


def _undetermined(**changes: Any) -> str:
    report = met()
    report["facts"]["headline"]["verdict"] = "undetermined"
    report["facts"]["indicators"][0] |= {"verdict": "undetermined", **changes}
    return said(report)[0]


def test_why_it_is_undetermined_is_told_apart() -> None:
    assert "未证实的零值和抵扣按缺省值计为 0.9000 tCO₂/tce，两者结论相反" in _undetermined(proven_value="0.9")
    assert "在各项未定口径的组合下为 0.1500 tCO₂/tce 至 0.2100 tCO₂/tce" in _undetermined(low="0.15", high="0.21")
    assert "依据的因子未与原文核对" in _undetermined()


def test_a_verdict_of_at_least() -> None:
    report = met()
    report["facts"]["indicators"] = [report["facts"]["indicators"][1] | {"verdict": "not_met", "limit": "0.7"}]
    report["facts"]["headline"] |= {"item": "indicator.direct_share", "verdict": "not_met"}
    assert "直接供应比例为 60.00%，低于 70% 的目标要求。" in said(report)[0]


# what no face may say (verification-procedure 1.9), outside names, claims and titles of documents
FORBIDDEN = re.compile(
    r"零碳(?!园区)|碳中和|达标|造假|舞弊|欺诈|欺骗|弄虚作假|作弊|虚报|伪造|故意|蓄意|恶意"
    r"|zero[- ]carbon(?! park)|carbon[- ]neutral|net[- ]zero|fraud|cheat|forge|falsif|fabricat|deceiv|deceit|deliberate|mislead",
    re.IGNORECASE,
)


def _quoted(report: dict[str, Any]) -> list[str]:
    """The words in a report that are somebody else's: names, claims, titles of documents and rulers."""
    facts = report["facts"]
    words = [
        *facts["park"]["names"].values(),
        *facts["ruler"]["title"].values(),
        *(claim["text"] for claim in facts["claims"]),
    ]
    words += [title for row in facts["documents"] for title in row["title"].values()]
    return sorted(words, key=len, reverse=True)


@pytest.mark.parametrize("name", VARIANTS)
def test_no_face_says_a_forbidden_word(name: str) -> None:
    report = VARIANTS[name]()
    made = {
        file: data.decode()
        for language in LANGUAGES
        for file, data in faces(Report(**report), [language]).items()
        if file != "report.json"
    }
    for file, text in made.items():
        for words in _quoted(report):
            text = text.replace(words, "")
        assert FORBIDDEN.findall(text) == [], file


@pytest.mark.parametrize(
    "word", ["已实现零碳", "碳中和", "指标达标", "数据造假", "a fraud", "net-zero", "carbon neutral"]
)
def test_the_scan_finds_what_it_looks_for(word: str) -> None:
    assert FORBIDDEN.search(word)
