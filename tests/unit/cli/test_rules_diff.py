"""`rules diff`: planted differences are named with both clauses, and measured on a submission by arithmetic of its own."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import Said, said
from tests.golden.demonstration import write_park
from tests.unit.ruler.layer_folders import example, national, replaced
from tests.unit.submission.handing import folder
from verify.report.articles import law
from verify.report.articles.contrast import Contrast
from verify.report.vocabulary import ids_of
from verify.ruler import available, load_ruler
from verify.ruler.differences import differences
from verify.words import catalogue

NATIONAL = "cn-national-2025"
PARK = "id: T-1\nid_scheme: free\nbase_year: '2025'\nreporting_year: '2027'\n"
MWH, COEFFICIENT = 1000, Fraction("0.30")  # grid power bought, and the reading that the national ruler shows
TOTAL = MWH * Fraction("0.8325")
ENERGY = MWH * COEFFICIENT
AVERAGE = "0.5306"  # the national average of 2023: no factor of the park method
OWN_VALUE = (
    '\n  annex4.el.grid_other: {unit: kgCO2/kWh, value: "0.5306", kind: fixed_by_text, confidence: secondary, title: {zh: 全国电力平均因子, en: national average}, '
    'cite: {document: truezero-practice, clause: "5"}}'
)


@pytest.fixture
def park(tmp_path: Path) -> Path:
    """One enterprise that buys 1000 MWh from the grid and uses them."""
    cells = {"enterprise_id": "A", "period": "2027", "carrier": "electricity", "quantity": str(MWH), "unit": "MWh"}
    blank = {"flow": "", "activity_type": "", "supply": "", "counterparty": ""}
    rows = [
        {**cells, **blank, "flow": "purchased", "supply": "grid", "counterparty": "outside"},
        {**cells, **blank, "flow": "final_use", "activity_type": "终端消费"},
    ]
    members = [{"enterprise_id": "A", "name": "甲厂", "industry_code": "2614", "from": "2025-01-01", "to": ""}]
    return folder(tmp_path / "park", {"enterprises": members, "activity": rows}, park=PARK)


def own(tmp_path: Path, *replacements: tuple[str, str, str]) -> Path:
    """A ruler of one's own: the national one under another name, with some texts replaced."""
    there = national(tmp_path / "own")
    replaced(there / "ruler.yaml", f"id: {NATIONAL}", "id: own-ruler")
    for file, old, new in replacements:
        replaced(there / file, old, new)
    return there


def document(*words: str | Path) -> dict[str, Any]:
    """The JSON of a comparison."""
    one = said("rules", "diff", *words, "--json")
    assert (one.code, one.err) == (0, "")
    return json.loads(one.out)  # type: ignore[no-any-return]


def effects(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What each difference does when it alone is switched."""
    return {one["at"]: one["effect"] for one in found["differences"]}


def test_a_ruler_beside_itself_has_no_difference() -> None:
    one = said("rules", "diff", NATIONAL, NATIONAL, "--lang", "zh")
    assert one.code == 0
    assert "两者内容相同" in one.out
    assert document(NATIONAL, NATIONAL)["differences"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_layer_is_told_as_stricter_with_both_clauses(tmp_path: Path, language: str) -> None:
    one: Said = said("rules", "diff", NATIONAL, example(tmp_path, "province-tighter"), "--lang", language)
    assert one.code == 0
    expected = {
        "zh": ("B 是 A 的下层标尺", "B 更严（", "不低于 50 %（发改环资〔2025〕910号 附件 4 二（二）3①）", "不低于 60 %（例发改〔2026〕1号 第七条）"),
        "en": ("B is a layer of A", "B is stricter (", "at least 50 % (发改环资〔2025〕910号, annex 4, 二（二）3①)", "at least 60 % (例发改〔2026〕1号, 第七条)"),
    }  # fmt: skip
    assert [words for words in expected[language] if words not in one.out] == []
    assert ("B 更宽" if language == "zh" else "B is looser") not in one.out


def test_the_other_way_round_it_is_looser(tmp_path: Path) -> None:
    one = said("rules", "diff", example(tmp_path, "province-tighter"), NATIONAL, "--lang", "zh")
    assert "A 是 B 的下层标尺" in one.out
    assert "B 更宽（" in one.out
    assert "B 更严" not in one.out


def test_strangers_are_called_strangers() -> None:
    one = said("rules", "diff", NATIONAL, "ghg-protocol-corporate", "--lang", "zh")
    assert "两者互不隶属" in one.out
    assert "气体：仅二氧化碳" in one.out
    assert "气体：各种温室气体" in one.out
    assert "只有 A 有（" in one.out


def test_a_value_is_switched_alone(tmp_path: Path, park: Path) -> None:
    other = own(tmp_path, ("ruler.yaml", "\nvalues:", f"\nvalues:{OWN_VALUE}"))
    found = document(NATIONAL, other, park)
    moved = MWH * Fraction(AVERAGE) - TOTAL
    assert Fraction(found["submission"]["a"]["total"]) == TOTAL
    assert Fraction(found["submission"]["b"]["total"]) == MWH * Fraction(AVERAGE)
    assert Fraction(found["submission"]["moved"]["total"]) == moved
    effect = effects(found)["values.annex4.el.grid_other"]
    assert effect["how"] == "value"
    assert Fraction(effect["moved"]) == moved
    assert Fraction(effect["value"]) == Fraction(round(MWH * Fraction(AVERAGE) / ENERGY, 12))
    (one,) = (each for each in found["differences"] if each["at"] == "values.annex4.el.grid_other")
    assert one["stricter"] == ""
    assert "0.8325 kgCO₂/kWh" in one["a"]["zh"][0]["text"]
    assert "0.5306 kgCO₂/kWh" in one["b"]["zh"][0]["text"]
    assert one["a"]["zh"][0]["clause"] == "发改环资〔2025〕910号 附件 4 二（二）3①"


def test_another_default_reading_moves_the_indicator_only(tmp_path: Path, park: Path) -> None:
    found = document(NATIONAL, own(tmp_path, ("parameters.yaml", 'default: "0.30"', 'default: "0.298"')), park)
    effect = effects(found)["parameters.electricity.tce_coefficient"]
    assert effect["how"] == "reading"
    assert Fraction(effect["moved"]) == 0
    expected = TOTAL / (MWH * Fraction("0.298"))
    assert abs(Fraction(effect["value"]) - expected) < Fraction(1, 10**11)


def test_rules_of_lines_are_switched_each_alone(tmp_path: Path) -> None:
    """480 GWh with certificates and 320 without: the ones at 0.8325, or the others not counted; each by itself."""
    other = own(
        tmp_path,
        ("method.yaml", "factor: certificate_renewable\n", "factor: grid_other\n"),
        ("method.yaml", "where: [outside, unknown]}\n      term: el\n      factor: grid_other", "where: [inside]}\n      term: el\n      factor: grid_other"),
    )  # fmt: skip
    found = document(NATIONAL, other, write_park(tmp_path / "park"))
    told = effects(found)
    for line, moved in (("el.in_certificate", 480_000), ("el.in_other", -320_000)):
        effect = told[f"method.lines.{line}"]
        assert effect["how"] == "recount"
        assert Fraction(effect["moved"]) == moved * Fraction("0.8325"), line
    assert Fraction(found["submission"]["moved"]["total"]) == 160_000 * Fraction("0.8325")


def test_a_core_indicator_of_one_side_is_no_matter_of_nothing(park: Path) -> None:
    """The other ruler has no core indicator: that cannot be switched alone, and is not called without effect."""
    told = effects(document(NATIONAL, "hubei-thbas-244-2025", park))
    assert told["indicators.unit_energy_co2"] == {"how": "not_alone"}
    assert told["indicators.solid_waste"] == {"how": "nothing"}


def test_open_points_of_one_side_alone_are_told(park: Path) -> None:
    told = effects(document(NATIONAL, "gbt-32150-enterprise", park))
    assert told["parameters.electricity.tce_coefficient"] == {"how": "not_alone"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "B：所查的用语另有“零碳积分”和“负碳”（发改环资〔2025〕910号 附件 4 一）。"),
        ("en", "B: Words looked for, besides: “零碳积分” and “负碳” (发改环资〔2025〕910号, annex 4, 一)."),
    ],
)
def test_what_checks_look_for_is_told_in_words(tmp_path: Path, language: str, sentence: str) -> None:
    other = own(tmp_path, ("checks.yaml", "words: [抵消, 抵销,", "words: [零碳积分, 负碳, 抵消, 抵销,"))
    told = said("rules", "diff", NATIONAL, other, "--lang", language)
    assert sentence in told.out, told.out
    assert "TZ-ACC-04.params" not in told.out


def test_effects_overlap_and_the_whole_is_a_recomputation(tmp_path: Path, park: Path) -> None:
    """A lower factor, and power that is not counted at all: together they are less than both alone."""
    other = own(
        tmp_path,
        ("ruler.yaml", "\nvalues:", f"\nvalues:{OWN_VALUE}"),
        ("method.yaml", "where: [outside, unknown]}\n      term: el\n      factor: grid_other", "where: [inside]}\n      term: el\n      factor: grid_other"),
    )  # fmt: skip
    found = document(NATIONAL, other, park)
    alone = {at: Fraction(one["moved"]) for at, one in effects(found).items() if "moved" in one}
    assert alone["values.annex4.el.grid_other"] == MWH * Fraction(AVERAGE) - TOTAL
    assert alone["method.lines.el.in_other"] == -TOTAL
    together = Fraction(found["submission"]["moved"]["total"])
    assert together == -TOTAL
    assert sum(alone.values()) < together
    text = said("rules", "diff", NATIONAL, other, park, "--lang", "zh").out
    assert "各项相互重叠，不可相加" in text
    assert "全部改用 B（重新计算）：排放量 −832.50 tCO₂" in text
    assert "单独改用 B：排放量 −301.90 tCO₂" in text


def test_without_a_submission_there_is_no_effect(tmp_path: Path) -> None:
    found = document(NATIONAL, example(tmp_path, "province-tighter"))
    assert found["submission"] is None
    assert all(one["effect"] is None for one in found["differences"])


def test_what_touches_no_figure_says_so(tmp_path: Path, park: Path) -> None:
    found = document(NATIONAL, example(tmp_path, "province-tighter"), park)
    told = effects(found)
    assert told["checks.TZ-IND-01"] == {"how": "nothing"}
    assert told["disclosure.public"] == {"how": "nothing"}
    assert told["indicators.unit_energy_co2"]["how"] == "figure"
    assert Fraction(told["indicators.unit_energy_co2"]["moved"]) == 0
    # below 200,000 tce the national text sets no limit, the layer sets one that 2.775 misses
    assert found["submission"]["a"]["verdict"] == "no_limit"
    assert told["indicators.unit_energy_co2"]["verdict"] == "not_met"
    assert found["submission"]["b"]["verdict"] == "not_met"


def test_the_document_speaks_both_languages_and_ends_every_sentence_with_a_clause() -> None:
    found = document(NATIONAL, "ghg-protocol-corporate")
    assert found["format"] == "truezero-rules-diff/1"
    said_ = [
        one
        for row in found["differences"]
        for side in ("a", "b")
        for language in row[side].values()
        for one in language
    ]
    assert said_
    assert [one for one in said_ if not one["clause"]] == []
    assert all(set(row["title"]) == {"zh", "en"} for row in found["differences"])


def test_our_rulers_leave_no_difference_without_words() -> None:
    """Two sides that say the same sentence would leave the reader with the names of data."""
    rulers = {name: load_ruler(name) for name in available()}
    told = {name: law(ruler, "zh") for name, ruler in rulers.items()}
    bare = []
    for name, other in combinations(rulers, 2):
        contrast = Contrast((rulers[name], told[name]), (rulers[other], told[other]), "zh")
        for one in differences(rulers[name], rulers[other], ids_of("carrier")):
            sides = [[sentence.text for _, sentence in side] for side in contrast.told(one)]
            if one.kind == "both" and sides[0] == sides[1]:
                bare.append((name, other, one.at))
    assert bare == []


def test_every_setting_of_a_check_has_a_name() -> None:
    known = {key.removeprefix("param.") for key in catalogue("rule_diff") if key.startswith("param.")}
    used = {key for name in available() for check in load_ruler(name).text.checks.values() for key in check.params}
    assert used - known == set()


def test_a_year_without_data_is_refused(park: Path) -> None:
    assert said("rules", "diff", NATIONAL, NATIONAL, park, "--year", "2019", "--lang", "en").code == 2
