"""Rulers of which only a part is known (issue 4 of 8, E): what they say, what they own not to know, and that they found nothing."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml

from verify import resources, road
from verify.errors import Located
from verify.ruler import Ruler, available, load_ruler
from verify.ruler.divergence import ANSWERS
from verify.words import LANGUAGES, catalogue

COMPLETE = {"cn-national-2025", "ghg-protocol-corporate"}
PARTIAL = {
    "cn-factory-2026", "gbt-32150-enterprise", "hubei-thbas-244-2025", "inner-mongolia-db15t-2948-2023",
    "jiangsu-near-zero-2024", "jiangxi-zero-carbon-2025", "regional-shortcut", "shanghai-tseesa-010-2022",
    "tcec-zero-carbon-park-2025",
}  # fmt: skip
Row = Mapping[str, str]


@cache
def ruler(identifier: str) -> Ruler:
    return load_ruler(identifier)


def submission(folder: Path, tables: Mapping[str, Sequence[Row]], **park: str) -> Path:
    """A park of Tianjin with one member and the year 2023, unless told otherwise."""
    for name, rows in {"enterprises": [{"enterprise_id": "M", "name": "M"}], **tables}.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    head = {
        "id": "P",
        "names": {"zh": "测试园区"},
        "id_scheme": "free",
        "province": "天津",
        "reporting_year": "2023",
        **park,
    }
    (folder / "park.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    return folder


def flow(carrier: str, kind: str, quantity: str, unit: str, year: str = "2023", **more: str) -> Row:
    trade = {"counterparty": "outside"} if kind in {"purchased", "sold"} else {}
    return {
        "period": year, "enterprise_id": "M", "carrier": carrier, "flow": kind, "quantity": quantity, "unit": unit, **trade, **more,
    }  # fmt: skip


PARK = [
    flow("bituminous_coal", "purchased", "1000", "t"),
    flow("bituminous_coal", "final_use", "1000", "t"),
    flow("diesel", "purchased", "100", "t"),
    flow("diesel", "sold", "20", "t"),
    flow("natural_gas", "purchased", "10", "10^4Nm3"),
    flow("natural_gas", "feedstock", "10", "10^4Nm3"),
    flow("electricity", "purchased", "1000", "MWh", supply="grid"),
    flow("electricity", "purchased", "500", "MWh", supply="certificate"),
    flow("electricity", "sold", "200", "MWh", supply="self_fossil"),
    flow("heat", "purchased", "300", "GJ", supply="nonfossil_heat"),
]


def items(report: road.Report) -> dict[str, str | None]:
    """Claimed figures of the reporting year."""
    return {one["item"]: one["claimed"] for one in report.facts["items"] if one["year"] == report.facts["year"]}


def test_all_of_them_are_there() -> None:
    assert {name for name in available() if ruler(name).text.status == "partial"} == PARTIAL
    assert {name for name in available() if ruler(name).text.status == "complete"} >= COMPLETE


@pytest.mark.parametrize("name", sorted(PARTIAL))
def test_a_partial_ruler_says_what_it_does_not_know(name: str) -> None:
    text = ruler(name).text
    assert text.unknown_clauses
    assert text.borrows is not None
    stands = dict(text.divergence.items())
    assert set(stands) == set(ANSWERS)
    assert any(stand.unknown for stand in stands.values())
    assert all(stand.confidence in {"secondary", "unconfirmed"} for stand in stands.values())  # nobody saw a text
    own = [value for key, value in ruler(name).values.items() if key.partition(".")[0] in {"js", "nm", "shortcut"}]
    assert all(entry.confidence == "secondary" for value in own for entry in value.entries)


@pytest.mark.parametrize("name", sorted(PARTIAL))
def test_what_is_not_known_is_not_taken_from_another_ruler_unsaid(name: str) -> None:
    """A base year of its own where none is known would be a guess; so would history, and a boundary under another text's name."""
    text, own = ruler(name).text, ruler(name).own_documents
    assert dict(text.divergence.items())["baseline.year"].unknown
    assert (text.baseline.year, text.baseline.free, text.baseline.history_years) == ("", False, 0)
    assert {text.baseline.cite.document, text.boundary.cite.document} <= set(own)
    assert {indicator.cite.document for indicator in text.indicators.values()} <= set(own)


# Fields of which rulers.md knows nothing (a dash): the ruler may not answer them.
DASHES = {
    "cn-factory-2026": {"baseline.year", "electricity.factor_rule", "electricity.tce_rule"},
    "jiangxi-zero-carbon-2025": {"baseline.year"},
    "jiangsu-near-zero-2024": {"boundary.kind", "gases", "baseline.year", "offsets.allowed"},
    "inner-mongolia-db15t-2948-2023": {"gases", "baseline.year", "electricity.factor_rule", "offsets.allowed"},
    "shanghai-tseesa-010-2022": {"baseline.year", "electricity.factor_rule"},
    "hubei-thbas-244-2025": {"gases", "baseline.year", "electricity.factor_rule"},
    "tcec-zero-carbon-park-2025": {"gases", "baseline.year", "offsets.allowed"},
    "regional-shortcut": {"baseline.year", "offsets.allowed"},
    "gbt-32150-enterprise": {"baseline.year"},
}


@pytest.mark.parametrize("name", sorted(PARTIAL))
def test_a_dash_of_the_pack_is_not_filled(name: str) -> None:
    stands = dict(ruler(name).text.divergence.items())
    assert [question for question in DASHES[name] if not stands[question].unknown] == []


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_a_complete_ruler_answers_all_thirteen(name: str) -> None:
    stands = dict(ruler(name).text.divergence.items())
    assert len(stands) == 13
    assert all(stand.answer and stand.cite for stand in stands.values())


def test_every_answer_has_its_words() -> None:
    known = catalogue("divergence")
    keys = {f"{question}.{answer}" for question, answers in ANSWERS.items() for answer in answers}
    assert {key for key in known if not key.startswith("question.")} == {*keys, "unknown"}
    assert {key for key in known if key.startswith("question.")} == {f"question.{question}" for question in ANSWERS}
    assert all(set(words) == set(LANGUAGES) for words in known.values())


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("    answer: zero_or_fossil\n", "    unknown: true\n", "ruler.unknown_in_complete"),
        ("    answer: zero_or_fossil\n", "    answer: whatever_is_kind\n", "ruler.not_one_of"),
        ("    answer: zero_or_fossil\n", "", "ruler.missing_key"),
        ("  electricity.tce_rule:\n", "  electricity.tce_rules:\n", "ruler.missing_key"),
        ("values: annex4.el.direct_share_minimum", "values: annex4.el.no_such", "ruler.no_value"),
    ],
)
def test_a_question_left_open_does_not_load(old: str, new: str, key: str, tmp_path: Path) -> None:
    folder = tmp_path / "cn-national-2025"
    shutil.copytree(resources.rules() / "cn-national-2025", folder)
    text = (folder / "ruler.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "ruler.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Located) as refused:
        load_ruler(folder)
    problem = next(one for one in refused.value.problems if one.key == key)
    assert problem.file.endswith("ruler.yaml")
    assert problem.line > 1


@pytest.mark.parametrize("name", sorted(PARTIAL))
def test_no_opinion_and_no_met_under_half_a_ruler(name: str, tmp_path: Path) -> None:
    report = road.verify(submission(tmp_path, {"activity": PARK}), ruler=name)
    assert report.crashes == ()
    assert report.facts["ruler"]["status"] == "partial"
    assert report.facts["headline"]["opinion"] == "disclaimer"
    assert "opinion.ruler_partial" in {one["key"] for one in report.facts["opinion"]["reasons"]}
    assert "met" not in {one["verdict"] for one in report.facts["indicators"]}
    assert items(report)["total.tco2"] is not None


def test_the_shortcut_by_hand(tmp_path: Path) -> None:
    """What crosses the fence, in tce by family; feedstock and certificates make no difference, 200 MWh sent out do."""
    report = road.check(submission(tmp_path, {"activity": PARK}), ruler="regional-shortcut")
    coal = 1000 * Fraction("19.570") / Fraction("29.307") * Fraction("2.66")
    oil = 80 * Fraction("1.4571") * Fraction("1.73")
    gas = 100 * Fraction("1.3300") * Fraction("1.56")  # 10^3 Nm3
    power = (1000 + 500 - 200) * Fraction("0.6796")  # Tianjin 2023
    total = coal + oil + gas + power + 300 * Fraction("0.11")
    assert abs(Fraction(str(items(report)["total.tco2"])) - total) < Fraction(1, 10**5)


def test_enterprises_take_the_national_average_of_the_year(tmp_path: Path) -> None:
    rows = [
        flow("electricity", "purchased", "1000", "MWh", supply="certificate"),
        flow("heat", "purchased", "100", "GJ"),
    ]
    report = road.check(submission(tmp_path, {"activity": rows}), ruler="gbt-32150-enterprise")
    assert Fraction(str(items(report)["total.tco2"])) == 1000 * Fraction("0.5306") + 100 * Fraction("0.11")


def test_a_year_without_a_factor_takes_the_newest_and_says_so(tmp_path: Path) -> None:
    rows = [flow("electricity", "purchased", "1000", "MWh", year="2027", supply="grid")]
    folder = submission(tmp_path, {"activity": rows}, reporting_year="2027")
    report = road.check(folder, ruler="gbt-32150-enterprise")
    assert Fraction(str(items(report)["total.tco2"])) == 1000 * Fraction("0.5306")
    [factor] = report.facts["factors"]
    assert factor["confidence"] == "unconfirmed"
    assert [(one["key"], one["arguments"]) for one in factor["why"]] == [
        ("report.why.newest", {"year": "2027", "used": "2023"})
    ]
    corporate = road.check(folder, ruler="ghg-protocol-corporate")  # the complete ruler invents nothing
    assert corporate.facts["opinion"]["reasons"][0]["key"] == "opinion.core_term_incomplete"


def test_the_reference_values_of_jiangsu(tmp_path: Path) -> None:
    """CO2 and energy per value added by hand: power at 0.1229, T 4 of the pack's values among the limits."""
    tables = {
        "activity": [
            flow("electricity", "purchased", "1000", "MWh", supply="grid"),
            flow("electricity", "purchased", "3000", "MWh", supply="certificate"),
            flow("electricity", "final_use", "4000", "MWh", activity_type="终端消费"),
            flow("natural_gas", "purchased", "10", "10^4Nm3"),
            flow("natural_gas", "final_use", "10", "10^4Nm3", activity_type="终端消费"),
        ],
        "economy": [{"period": "2023", "enterprise_id": "M", "item": "工业增加值", "value": "2000", "unit": "万元"}],
    }
    report = road.check(submission(tmp_path, tables), ruler="jiangsu-near-zero-2024")
    found = {one["id"]: one for one in report.facts["indicators"]}
    energy = 4000 * Fraction("0.1229") + 100 * Fraction("1.33")
    co2 = 1000 * Fraction("0.8325") + 10 * Fraction("389.31") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)
    assert abs(Fraction(found["energy_per_value_added"]["value"]) - energy / 2000) < Fraction(1, 10**9)
    assert abs(Fraction(found["co2_per_value_added"]["value"]) - co2 / 2000) < Fraction(1, 10**9)
    assert Fraction(found["renewable_power_share"]["value"]) == Fraction(3, 4)
    assert abs(Fraction(found["electrification"]["value"]) - 4000 * Fraction("0.1229") / energy) < Fraction(1, 10**9)
    limits = {name: one["limit"] for name, one in found.items()}
    assert limits == {
        "energy_per_value_added": "0.35", "co2_per_value_added": "0.6", "non_fossil_share": "0.2", "renewable_power_share": "0.3",
        "electrification": "0.5", "solid_waste": "0.96", "water_reuse": "0.85", "waste_heat": "0.95",
    }  # fmt: skip


def test_readings_are_those_of_the_ruler_that_the_park_names(tmp_path: Path) -> None:
    own = {"ruler": "cn-national-2025", "parameters": {"electricity.tce_coefficient": "0.298"}}
    folder = submission(tmp_path, {"activity": PARK}, **own)  # type: ignore[arg-type]
    assert road.check(folder).facts["headline"]["opinion"] != ""
    report = road.check(folder, ruler="shanghai-tseesa-010-2022")  # has no such open point
    assert report.facts["headline"]["opinion"] == "disclaimer"
    wrong = submission(tmp_path, {"activity": PARK}, **{**own, "parameters": {"electricity.tce": "0.298"}})  # type: ignore[arg-type]
    with pytest.raises(Located):
        road.check(wrong)


def test_a_total_filed_under_another_ruler_is_no_misstatement(tmp_path: Path) -> None:
    reported = [{"year": "2023", "item": "total.tco2", "value": "1", "unit": "tCO2"}]
    folder = submission(tmp_path, {"activity": PARK, "reported": reported}, ruler="cn-national-2025")
    told = {
        name: {one["key"] for one in road.check(folder, ruler=name).facts["opinion"]["reasons"]}
        for name in ("", "tcec-zero-carbon-park-2025")
    }
    assert "opinion.pervasive_misstatement" in told[""]
    assert (
        told["tcec-zero-carbon-park-2025"] & {"opinion.pervasive_misstatement", "opinion.material_misstatement"}
        == set()
    )
