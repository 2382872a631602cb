"""A whole report under a ruler without indicators: the total is the headline, open points carry totals, no check crashes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from ghg_world import activity, emission, write

from verify import road
from verify.report.html import render_html
from verify.report.reader import Reader
from verify.road import Journey


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    paper = {"evidence_id": "E1"}
    rows = [
        activity("electricity", "purchased", "1000", "MWh", supply="grid", **paper),
        activity("electricity", "purchased", "400", "MWh", supply="certificate", **paper),
        activity("electricity", "final_use", "1400", "MWh", **paper),
        activity("diesel", "purchased", "10", "t", **paper),
        activity("diesel", "final_use", "6", "t", **paper),
    ]
    gases = [emission("CH4", "10", **paper), emission("NF3", "0.01", **paper)]
    gases += [emission("HFC", "50", "tCO2e", gwp_set="AR5", **paper)]
    filed = [{"year": "2023", "item": "scope2_market.tco2e", "value": "609.6", "unit": "tCO2e"}]
    tables = {"activity": rows, "emissions": gases, "evidence": [{**paper, "kind": "power_bill"}], "reported": filed}
    folder: Path = tmp_path_factory.mktemp("ghg") / "submission"
    folder.mkdir()
    with road.travel(write(folder, tables, province="江苏", base_year="2023"), role="verification") as here:
        yield here


def test_no_check_crashed(journey: Journey) -> None:
    assert [(run.code, run.crash) for run in journey.runs if run.crash] == []
    assert {run.code for run in journey.runs if run.outcome == "found"} >= {"TZ-BAL-02", "TZ-GHG-01", "TZ-GHG-02"}


def test_a_use_left_out_shows_on_the_two_sides_of_the_carrier(journey: Journey) -> None:
    """4 t of diesel were bought and no use is filed: scope 1 would lose them silently."""
    found = [one for one in journey.findings if one.code == "TZ-BAL-02"]
    assert [one.arguments["carrier"] for one in found] == ["diesel"]


def test_the_total_is_the_headline(journey: Journey) -> None:
    assert journey.facts["headline"]["item"] == "total.tco2"
    assert journey.facts["indicators"] == []


def test_the_scopes_stand_beside_the_total(journey: Journey) -> None:
    items = {row["item"]: Fraction(row["claimed"]) for row in journey.facts["items"]}
    assert items["total.tco2"] == items["scope1.tco2e"] + items["scope2_location.tco2e"]
    assert items["scope2_market.tco2e"] == Fraction("609.6")
    assert {row["item"]: row["difference"] for row in journey.facts["reported"]} == {"scope2_market.tco2e": "0.000000"}
    assert "energy.tce" not in items


def test_what_stands_beside_is_in_no_sum_and_its_factor_is_listed(journey: Journey) -> None:
    terms = {row["term"]: Fraction(row["tco2"]) for row in journey.facts["terms"]}
    assert "scope2_market" not in terms
    total = next(Fraction(row["claimed"]) for row in journey.facts["items"] if row["item"] == "total.tco2")
    assert sum(terms.values()) == total
    units = {row["id"].partition("(")[0]: row["unit"] for row in journey.facts["factors"]}
    assert units["without_market_traded"] == "tCO2/MWh"
    assert units["gwp"] == "tCO2e/t"


def test_readings_carry_the_total_and_none_where_a_gas_has_no_value(journey: Journey) -> None:
    points = {
        row["id"]: {one["reading"]: one["value"] for one in row["readings"]} for row in journey.facts["parameters"]
    }
    sets = points["gwp_set"]
    assert sets["SAR"] is None  # no NF3 in that report: a sum without it would be no total
    methane, fluoride = Fraction(10), Fraction("0.01")
    moved = Fraction(sets["AR4"]) - Fraction(sets["AR6"])
    assert moved == methane * (25 - Fraction("27.9")) + fluoride * (17200 - 17400)
    assert set(points["consolidation"].values()) == {None}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_names_every_item_and_renders(journey: Journey, language: str) -> None:
    plain = {"facts": journey.facts, "places": {}}
    reader = Reader(plain, language)  # type: ignore[arg-type]
    for row in journey.facts["items"]:
        if row["item"].startswith("scope"):
            assert reader.item(row["item"]) != row["item"]
    page = render_html(plain, language)  # type: ignore[arg-type]
    assert reader.title(journey.facts["ruler"]["title"]) in page


def test_the_facts_keep_the_published_schema(journey: Journey) -> None:
    import json

    import jsonschema

    schema = json.loads((Path(__file__).resolve().parents[3] / "docs/formats/report.schema.json").read_text("utf-8"))
    jsonschema.validate({"facts": journey.facts, "places": {}}, schema)
