"""A ruler as law: every sentence has its clause, no id and no formula stands in the prose, and the annexes are told in their words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.ruler.layer_folders import example
from verify import resources
from verify.report.articles import Law, law, numeral
from verify.report.articles.page import page
from verify.report.articles.plain import running
from verify.ruler import available, load_ruler
from verify.ruler.founding import founding_values
from verify.words import LANGUAGES, Language, say

NATIONAL = "cn-national-2025"
IDS = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b[a-z]+\.[a-z]+\b|[=<>]=|\bsum\(|\bcase\(")
STOPS = {"zh": re.compile("。"), "en": re.compile(r"\. [A-Z“]")}
# Documents whose place nobody could look up: the pack names them and has no text of theirs.
NO_TEXT = (
    "流传数值，未见出处", "山东省公共机构能耗标准", "国家温室气体排放因子数据库", "省级温室气体清单编制指南", "企业核算指南",
    "GB/T 2589—2020 之前的折标系数表", "公告2025年第3号", "2024年电力碳足迹因子", "环办气候函〔2023〕43号", "早年填报用全国电网排放因子",
    "电解铝生产企业温室气体排放核算方法与报告指南（试行）", "铝冶炼行业核算与报告补充数据表", "某公开软件",
    "企业温室气体排放核算与报告指南 水泥行业", "温室气体核算体系：IPCC 全球变暖潜势值（第 2.0 版）", "IPCC 全球变暖潜势值（第 2.0 版）",
)  # fmt: skip
WITH_TEXT = ("发改环资〔2025〕910号", "发改办环资〔2025〕1082号", "真零核查实践规则")


def without_clause(told: Law, language: Language) -> list[str]:
    """Sentences that end without a clause, or hold a full stop before it."""
    nothing = say("articles.no_clause", language)
    return [
        sentence.text
        for _, sentence in told.sentences()
        if not sentence.clause or nothing in sentence.clause or STOPS[language].search(sentence.text)
    ]


@pytest.fixture(scope="module")
def national() -> Law:
    """The national ruler in Chinese."""
    return law(load_ruler(NATIONAL), "zh")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", available())
def test_every_sentence_ends_with_its_clause(name: str, language: Language) -> None:
    told = law(load_ruler(name), language)
    assert without_clause(told, language) == []
    ends = "）。" if language == "zh" else ")."
    for article in told.articles():
        for item in article.items():
            assert re.sub(r" \[[^\]]*\]$", "", running(item, language)).endswith(ends)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", available())
def test_no_id_and_no_formula_stands_in_the_prose(name: str, language: Language) -> None:
    told = law(load_ruler(name), language)
    assert [text for _, one in told.sentences() if IDS.search(text := one.text)] == []
    if language == "en":
        assert [one.text for _, one in told.sentences() if "附件" in one.text] == []


def test_a_rule_without_a_citation_is_seen() -> None:
    ruler = load_ruler(NATIONAL, change=lambda data: data["method"]["items"]["total.tco2"].pop("cite"))
    assert [text for text in without_clause(law(ruler, "zh"), "zh") if text.startswith("“园区碳排放量”")]


def test_only_documents_without_a_text_at_hand_are_cited_without_a_place(national: Law) -> None:
    unchecked = [one for _, one in national.sentences() if not one.checked]
    assert [one for one in unchecked if not any(document in one.clause for document in NO_TEXT)] == []
    whole = [part for one in unchecked for part in one.clause.split("；") if "条款未核对原文" in part]
    assert [part for part in whole if part.startswith(WITH_TEXT)] == []
    operative = {
        chapter.key
        for chapter in national.chapters
        for article in chapter.articles
        for one in article.sentences
        if not one.checked
    }
    assert operative <= {"factors", "points", "values"}


@pytest.mark.parametrize("name", available())
def test_articles_are_numbered_through(name: str) -> None:
    told = law(load_ruler(name), "zh")
    assert [article.number for article in told.articles()] == list(range(1, len(list(told.articles())) + 1))
    assert [chapter.number for chapter in told.chapters] == list(range(1, len(told.chapters) + 1))


# What the annexes of 发改环资〔2025〕910号 say, in their words: (clause, words that one sentence there must hold).
ANNEXES = [
    ("附件 4 二（二）3①", ("绿证绿电交易获取的可再生能源电力", "0 kgCO₂/kWh", "绿证或绿电交易")),
    ("附件 4 二（二）3①", ("直接供应的非化石能源电力", "0 kgCO₂/kWh", "非化石能源直供")),
    ("附件 4 二（二）3①", ("不低于 50 %",)),
    ("附件 4 二（二）3①", ("绿色电力直接供应比例", "原则性要求")),
    ("附件 4 二（二）3②", ("热力碳排放因子缺省值", "0.11 tCO₂/GJ", "实测")),
    ("附件 4 二（二）3②", ("非化石能源热力", "0 tCO₂/GJ")),
    ("附件 4 二（二）2", ("碳氧化率", "100 %")),
    ("附件 4 二（二）2", ("加工转换", "炼油及煤制油、制气", "扣减")),
    ("附件 4 二（一）2", ("用作原料、材料", "不计入")),
    ("附件 4 二（一）", ("国际航空航海", "单独列出")),
    ("附件 4 一", ("一个自然年内园区内能源活动和工业生产过程产生的直接或间接", "二氧化碳排放之和")),
    ("附件 4 三（二）", ("符合质量要求", "商品量和自用量")),
    ("附件 4 三（三）2", ("质量平衡",)),
    ("附件 4 三（一）1", ("硅酸盐水泥熟料",)),
    ("附件 4 三（一）2", ("合成氨",)),
    ("附件 4 三（一）3", ("甲醇",)),
    ("附件 4 三（一）4", ("铁合金",)),
    ("附件 3 指标体系表", ("年综合能源消费量", "小于 20 万吨标准煤", "未规定目标值")),
    ("附件 3 指标体系表", ("小于或者等于 100 万吨标准煤", "不高于 0.2 tCO₂/tce")),
    ("附件 3 指标体系表", ("大于或者等于 100 万吨标准煤", "不高于 0.3 tCO₂/tce")),
    ("附件 3 指标体系表", ("不低于 90 %",)),
    ("附件 3 指标体系表", ("不低于 80 %",)),
    ("附件 3 二1", ("等价值",)),
    ("附件 3 二2", ("单位能耗碳排放", "核心指标", "除以“年综合能源消费量”的商")),
    ("附件 3 二2", ("气体", "仅二氧化碳")),
    ("附件 3 二（余热/余冷/余压综合利用率）", ("加权平均",)),
    ("附件 3 一", ("达不到核心指标要求的园区，原则上不得申请验收",)),
    ("附件 3 一", ("客观条件不具备", "说明原因")),
    ("附件 2 三", ("2025 年",)),
    ("附件 1 一", ("建设主体",)),
    ("附件 1 二", ("园中园", "四至边界")),
    ("附件 1 三", ("能耗与碳排放管理基础",)),
    ("附件 1 四", ("重大安全、环境事故",)),
    ("附件 1 一", ("《中国开发区审核公告目录》",)),
    ("附件 1 四", ("3 年内未发生",)),
    ("附件 3 一", ("必须达到的目标", "首要条件")),
    ("附件 4 二（一）1", ("无烟煤、炼焦烟煤、一般烟煤、褐煤",)),
    ("附件 4 二（一）2", ("回收能是指",)),
    ("附件 4 二（二）3①", ("优先通过绿色电力直接供应满足",)),
    ("附件 4 二（三）1", ("计量数据",)),
    ("附件 4 二（三）2", ("国家温室气体排放因子数据库排放因子",)),
    ("附件 4 三（一）", ("对于以上未提及", "也应对其碳排放进行核算")),
    ("附件 4 三（三）2", ("须说明具体依据和参考系数",)),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "words"), ANNEXES)
def test_the_annexes_stand_in_their_words(national: Law, clause: str, words: tuple[str, ...]) -> None:
    told = [one for _, one in national.sentences() if all(word in one.text for word in words)]
    assert told, words
    assert [one for one in told if re.search(rf"{re.escape(clause)}(?:$|、|；)", one.clause)], [
        one.clause for one in told
    ]


def test_all_other_power_takes_the_fossil_factor(national: Law) -> None:
    told = {one.id: one for _, one in national.sentences()}
    other, direct = told["el.in_other"], told["el.in_direct"]
    assert "其他电力" in other.text
    assert "“全国化石能源电力排放因子”（0.8325 kgCO₂/kWh），计入“电力净受入”" in other.text
    assert other.clause == "发改环资〔2025〕910号 附件 4 二（二）3①"
    assert "供给类别" not in other.text  # whatever the rules before it leave
    assert "（0 kgCO₂/kWh）" in direct.text
    order = [one.id for _, one in national.sentences()]
    assert order.index("el.in_direct") < order.index("el.in_certificate") < order.index("el.in_other")


def test_the_label_follows_acceptance(national: Law) -> None:
    told = [one for _, one in national.sentences() if one.at[0] == "claims" and "“国家级零碳园区”" in one.text]
    assert ["纳入国家级零碳园区建设名单" in one.text for one in told] == [True]
    assert told[0].clause == "发改办环资〔2025〕1082号 三"


def test_what_is_not_known_comes_first() -> None:
    partial = [ruler for ruler in map(load_ruler, available()) if ruler.text.status == "partial"]
    for ruler in partial:
        first = next(iter(law(ruler, "zh").articles()))
        assert first.title == say("articles.title.unknown", "zh")
        assert len(first.sentences) > len(ruler.text.unknown_clauses)  # and that it founds no opinion


@pytest.mark.parametrize("name", available())
def test_every_number_that_founds_a_result_is_printed(name: str) -> None:
    ruler = load_ruler(name)
    told = [one.text.replace(",", "") for _, one in law(ruler, "en").sentences() if one.at[0] == "values"]
    carriers = resources.rules() / "tables" / "carriers.yaml"
    words = re.findall(r"^  (\w+): \{zh", carriers.read_text(encoding="utf-8"), re.MULTILINE)
    missing = [
        value
        for value in founding_values(ruler, words)
        for entry in next(one for one in ruler.values.values() if one.id == value).entries
        if not any(entry.printed in text for text in told)
    ]
    assert missing == []


def test_a_layer_says_what_it_tightened_and_where(tmp_path: Path) -> None:
    layer = load_ruler(example(tmp_path, "province-tighter"))
    told = law(layer, "zh")
    chapter = told.chapters[-1]
    assert chapter.key == "tightened"
    said = {one.id: one for article in chapter.articles for one in article.sentences}
    assert len(said) == len(layer.overrides)
    limit = said["indicators.direct_share.limit"]
    assert "由 50 % 收紧为 60 %" in limit.text
    assert limit.clause == "例发改〔2026〕1号 第七条；发改环资〔2025〕910号 附件 4 二（二）3①"
    own = next(article for article in told.articles() if any("不低于 60 %" in one.text for one in article.sentences))
    assert f"第{numeral(own.number, 'zh')}条" in limit.text
    founded = {one.at: one.clause for _, one in told.sentences()}
    assert founded["indicators", "direct_share", "limit"] == "例发改〔2026〕1号 第七条"
    assert (
        founded["indicators", "direct_share"] == "发改环资〔2025〕910号 附件 4 二（二）3①"
    )  # its definition is not the layer's
    assert founded["baseline", "history_years"] == "例发改〔2026〕1号 第四条"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_layer_names_its_own_text_and_cites_it_wherever_its_number_stands(language: Language, tmp_path: Path) -> None:
    layer = load_ruler(example(tmp_path, "province-tighter"))
    assert layer.own_documents == ("example-2026",)
    document = layer.documents["example-2026"]
    told = [one for _, one in law(layer, language).sentences()]
    first = next(one for one in told if one.at == ("authority",))
    assert document.title[language] in first.text
    assert layer.text.authority[language] in first.text
    assert first.clause.startswith(document.number)
    assert "910" not in first.text + first.clause
    target = next(one for one in told if one.at == ("divergence", "target.kind"))
    assert "0.15" in target.text
    assert document.number in target.clause
    assert "910" in target.clause  # 0.3 is still the number of the ruler below


def test_a_change_is_told_with_its_article_its_item_and_its_name(tmp_path: Path) -> None:
    told = law(load_ruler(example(tmp_path, "province-tighter")), "zh")
    said = {one.id: one.text for one in told.chapters[-1].articles[0].sentences}
    place, article, index = next(
        (one, article, index)
        for article in told.articles()
        for index, item in enumerate(article.items(), 1)
        for one in item
        if one.at == ("checks", "TZ-IND-01")
    )
    assert place.id.startswith("TZ-IND-01")
    where = f"第{numeral(article.number, 'zh')}条（{numeral(index, 'zh')}）“核心指标适用的能耗规模档发生变化”"
    assert said["checks.TZ-IND-01.severity"] == f"{where}：由“警告”收紧为“错误”（越高越严）"


@pytest.mark.parametrize("name", [name for name in available() if load_ruler(name).text.borrows is not None])
def test_a_borrower_names_its_own_text(name: str) -> None:
    ruler = load_ruler(name)
    first = next(one for _, one in law(ruler, "zh").sentences() if one.at == ("authority",))
    assert [one for one in ruler.own_documents if ruler.documents[one].title["zh"] not in first.text] == []
    assert not first.checked
    assert "全文" not in first.clause


def test_what_the_annexes_do_not_say_is_not_cited_to_them(national: Law) -> None:
    """Which carbon a product factor holds, and how many per cent are material, no annex and no ISO standard prints."""
    carbon = [one for _, one in national.sentences() if one.at[0] == "processes" and one.aspect == "carbon"]
    assert len(carbon) == 13
    assert {one.clause for one in carbon} == {"真零核查实践规则（非法规） 第 12 条"}
    value = next(one for _, one in national.sentences() if one.at == ("values", "practice.materiality"))
    assert "ISO" not in value.clause
    readings = [one for _, one in national.sentences() if one.id in {"included", "excluded", "counted_beside"}]
    assert readings
    assert [one.text for one in readings if "未与原文核对" in one.text] == []  # the annexes are at hand


def test_every_rule_of_our_own_practice_is_written_down() -> None:
    rules = set(re.findall(r"^## (\d+)$", Path("docs/guides/practice.md").read_text(encoding="utf-8"), re.MULTILINE))
    cited = {
        number
        for name in available()
        for _, one in law(load_ruler(name), "zh").sentences()
        for number in re.findall(r"真零核查实践规则（非法规） 第 (\d+) 条", one.clause)
    }
    assert cited <= rules
    assert "1" in cited


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (100, "一百"), (103, "一百零三"), (110, "一百一十"), (999, "九百九十九"), (1002, "一千零二")],
)  # fmt: skip
def test_chinese_numerals(number: int, words: str) -> None:
    assert numeral(number, "zh") == words
    assert numeral(number, "en") == str(number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone(language: Language) -> None:
    ruler = load_ruler(NATIONAL, change=_hostile)
    told = law(ruler, language)
    text = page(told, language)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', text) == []
    assert "default-src 'none'" in text
    for article in told.articles():
        assert f'id="a{article.number}"' in text
    assert text.count("<cite>") == len(list(told.sentences()))
    assert page(told, language) == text


def _hostile(data: dict[str, object]) -> None:
    data["title"] = {"zh": "<script>一</script>", "en": "<script>one</script>"}


def test_the_national_ruler_says_which_annexes_it_is_made_of_and_how_they_were_seen(national: Law) -> None:
    first = next(one for _, one in national.sentences() if one.at == ("authority",))
    assert first.clause == "发改环资〔2025〕910号 附件 1、附件 2、附件 3、附件 4"
    [notice] = [one for one in national.documents if "[ndrc-910]" in one]
    assert "未与发布机关的文件逐字核对" in notice
    [list_of_parks] = [one for one in national.documents if "[ndrc-1082]" in one]
    assert "转载" in list_of_parks


def test_the_documents_are_listed_with_their_dates(national: Law) -> None:
    assert [one for one in national.documents if "[ndrc-910]" in one and "2025-06-30" in one]
