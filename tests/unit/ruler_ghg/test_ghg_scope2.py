"""Scope 2 twice: location-based at the grid average of the province and year, market-based by contract; heat once.

Factors typed from the notices: Jiangsu 2023 0.5827, 2022 0.5978; national average 2023 0.5306; without market-traded
non-fossil power 2023 0.6096 kgCO2/kWh; heat 0.11 tCO2/GJ.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from ghg_world import activity, item, world

from verify.checks import World
from verify.opinion.judgement import incomplete_terms

JIANGSU, JIANGSU_2022 = Fraction("0.5827"), Fraction("0.5978")
NATION, RESIDUAL = Fraction("0.5306"), Fraction("0.6096")
POWER = [
    activity("electricity", "purchased", "1000", "MWh", supply="grid"),
    activity("electricity", "purchased", "400", "MWh", supply="certificate"),
    activity("electricity", "purchased", "200", "MWh", supply="direct_nonfossil"),
]


@pytest.fixture(scope="module")
def jiangsu() -> Iterator[World]:
    sold_on = activity("electricity", "sold", "50", "MWh", supply="grid")
    own_sold = activity("electricity", "sold", "30", "MWh", supply="self_fossil")
    inside = {"counterparty": "N", "supply": "grid"}
    rows = [*POWER, sold_on, own_sold, activity("electricity", "purchased", "7", "MWh", **inside)]
    members = [{"enterprise_id": one, "name": one} for one in ("M", "N")]
    with world({"enterprises": members, "activity": rows}, province="江苏省") as here:
        yield here


def test_location_based_ignores_contracts(jiangsu: World) -> None:
    assert item(jiangsu, "scope2_location.tco2e") == (1600 - 50) * JIANGSU


def test_market_based_counts_contracts_at_zero_and_the_rest_at_the_residual(jiangsu: World) -> None:
    assert item(jiangsu, "scope2_market.tco2e") == (1000 - 50) * RESIDUAL
    assert item(jiangsu, "scope2_market.tco2e", scope2__residual_mix="grid_average") == (1000 - 50) * JIANGSU


def test_the_total_takes_the_chosen_method_and_both_stay_readable(jiangsu: World) -> None:
    location, market = (1600 - 50) * JIANGSU, (1000 - 50) * RESIDUAL
    assert item(jiangsu, "total.tco2") == location
    assert item(jiangsu, "total.tco2", scope2_method="market_based") == market
    assert item(jiangsu, "scope2_location.tco2e", scope2_method="market_based") == location


def test_own_power_sold_earns_no_credit(jiangsu: World) -> None:
    assert not [cell for cell in jiangsu.cells(flow="sold", supply="self_fossil") if cell["tco2"]]


def test_a_direct_line_may_take_the_factor_of_its_source(jiangsu: World) -> None:
    assert item(jiangsu, "scope2_location.tco2e", scope2__direct_line="source_specific") == (1400 - 50) * JIANGSU


def test_contractual_zeros_without_proof_are_claims_of_the_market_based_total(jiangsu: World) -> None:
    figures = jiangsu.figures["2023"]
    market = {**jiangsu.chosen, "scope2_method": "market_based"}
    assert figures.item("total.tco2", market, "proven") == 1600 * RESIDUAL  # the unproven sale earns nothing either


@pytest.mark.parametrize(
    ("name", "year", "factor"),
    [
        ("Jiangsu", "2022", JIANGSU_2022),
        ("江苏", "2023", JIANGSU),
        ("西藏自治区", "2023", NATION),
        ("", "2023", NATION),
    ],
)
def test_the_province_by_any_name_and_the_nation_where_it_has_none(name: str, year: str, factor: Fraction) -> None:
    rows = [{**activity("electricity", "purchased", "100", "MWh", supply="grid"), "period": year}]
    with world({"activity": rows}, province=name, reporting_year=year) as here:
        assert item(here, "scope2_location.tco2e") == 100 * factor


def test_a_year_without_a_factor_is_a_gap_and_takes_no_older_one() -> None:
    rows = [{**row, "period": "2024"} for row in POWER[:1]] + [activity("diesel", "final_use", "1", "t")]
    rows[1] = {**rows[1], "period": "2024"}
    with world({"activity": rows}, province="江苏", reporting_year="2024") as here:
        assert set(incomplete_terms(here)) == {"scope2_location", "scope2_market"}
        assert item(here, "scope2_location.tco2e") == 0
        assert {gap["missing"] for gap in here.ledger.gaps} == {"factor"}


def test_heat_at_the_default_and_measured_only_with_the_suppliers_papers() -> None:
    papers = [{"evidence_id": "E1", "kind": "supplier_statement"}]
    low = {"supply": "fossil_heat", "factor": "0.08"}
    rows = [
        activity("heat", "purchased", "100", "GJ", **low, evidence_id="E1"),
        activity("heat", "purchased", "1000", "GJ", **low),
        activity("heat", "purchased", "10", "GJ", supply="nonfossil_heat"),
        activity("heat", "sold", "500", "GJ"),
    ]
    with world({"activity": rows, "evidence": papers}) as here:
        assert item(here, "term.scope2_heat.tco2") == 100 * Fraction("0.08") + 1000 * Fraction("0.11")
        proven = here.figures["2023"].item("term.scope2_heat.tco2", here.chosen, "proven")
        assert proven == 100 * Fraction("0.08") + 1010 * Fraction("0.11")
        assert (
            item(here, "scope2_location.tco2e")
            == item(here, "scope2_market.tco2e")
            == item(here, "term.scope2_heat.tco2")
        )
