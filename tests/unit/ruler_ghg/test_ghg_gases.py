"""Emissions handed in by gas, weighted with the GWPs of a named report; equivalents taken over; biogenic CO2 outside.

Expected GWPs are typed here from the reports' tables: SAR TS Table 4, TAR Table 6.7, AR4 Table 2.14, AR5 Table 8.A.1,
AR6 Table 7.SM.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from ghg_world import emission, item, world

from verify.checks import World
from verify.ledger.basis import consistent, read_reading
from verify.opinion.judgement import incomplete_terms

GWP = {
    "CO2": {"SAR": 1, "TAR": 1, "AR4": 1, "AR5": 1, "AR6": 1},
    "CH4": {"SAR": 21, "TAR": 23, "AR4": 25, "AR5": 28, "AR6": Fraction("27.9")},
    "N2O": {"SAR": 310, "TAR": 296, "AR4": 298, "AR5": 265, "AR6": 273},
    "SF6": {"SAR": 23900, "TAR": 22200, "AR4": 22800, "AR5": 23500, "AR6": 25200},
    "HFC-134a": {"SAR": 1300, "TAR": 1300, "AR4": 1430, "AR5": 1300, "AR6": 1530},
    "PFC-14": {"SAR": 6500, "TAR": 5700, "AR4": 7390, "AR5": 6630, "AR6": 7380},
    "NF3": {"TAR": 10800, "AR4": 17200, "AR5": 16100, "AR6": 17400},
}
TONNES = {
    "CO2": "1000",
    "CH4": "12.5",
    "N2O": "3.25",
    "SF6": "0.01",
    "HFC-134a": "0.2",
    "PFC-14": "0.03",
    "NF3": "0.004",
}
SEVEN = ("gas.CO2", "gas.CH4", "gas.N2O", "gas.HFC", "gas.PFC", "gas.SF6", "gas.NF3")


@pytest.fixture(scope="module")
def gases() -> Iterator[World]:
    rows = [emission(gas, tonnes) for gas, tonnes in TONNES.items()]
    rows += [emission("HFC", "800", "tCO2e", gwp_set="AR4", method="mixture"), emission("CO2_biogenic", "70")]
    rows += [emission("CO2", "5", "tCO2", method="stack")]
    with world({"emissions": rows}) as here:
        yield here


@pytest.mark.parametrize("report", ["SAR", "TAR", "AR4", "AR5", "AR6"])
def test_each_report_weighs_by_hand(gases: World, report: str) -> None:
    by_hand = sum(Fraction(TONNES[gas]) * table[report] for gas, table in GWP.items() if report in table) + 5
    assert item(gases, "term.gases.tco2", gwp_set=report) == by_hand
    assert item(gases, "scope1.tco2e", gwp_set=report) == by_hand + 800


def test_the_most_recent_report_is_the_default(gases: World) -> None:
    assert gases.chosen["gwp_set"] == "AR6"
    assert item(gases, "gas.CH4.tco2e") == Fraction("12.5") * Fraction("27.9")
    assert item(gases, "gas.CH4.t") == Fraction("12.5")


def test_an_equivalent_is_taken_over_and_never_weighted_again(gases: World) -> None:
    for report in ("SAR", "AR4", "AR6"):
        assert item(gases, "term.taken_over.tco2", gwp_set=report) == 800
    lines = gases.cells(rule="emissions.taken_over")
    assert [(cell["carrier"], cell["factor"], cell["lines"], cell["reading"]) for cell in lines] == [("HFC", 1, 1, "")]


def test_the_seven_gases_and_nothing_else_make_scope_1(gases: World) -> None:
    assert sum(item(gases, f"{name}.tco2e") for name in SEVEN) == item(gases, "scope1.tco2e")
    assert item(gases, "gas.HFC.tco2e") == Fraction("0.2") * 1530 + 800
    assert item(gases, "gas.other.tco2e") == 0


def test_biogenic_co2_is_listed_outside_the_scopes_and_is_a_claim(gases: World) -> None:
    assert item(gases, "term.biogenic.tco2") == 70
    claimed = item(gases, "total.tco2")
    assert claimed == item(gases, "scope1.tco2e")
    assert gases.figures["2023"].item("total.tco2", gases.chosen, "strict") == claimed + 70


def test_a_report_without_the_gas_leaves_a_gap_under_its_reading_only(gases: World) -> None:
    gaps = [(gap["item"], gap["reading"]) for gap in gases.ledger.gaps]
    assert gaps == [("NF3", "gwp_set=SAR")]
    assert not incomplete_terms(gases)
    assert consistent(read_reading(gaps[0][1]), {**gases.chosen, "gwp_set": "SAR"})


def test_under_that_reading_the_term_is_incomplete() -> None:
    with world({"emissions": [emission("NF3", "1"), emission("CO2", "1")]}, parameters={"gwp_set": "SAR"}) as here:
        assert incomplete_terms(here) == {"gases": {"emissions:2023|M|||NF3||#1"}}


@pytest.mark.parametrize(("gas", "unit"), [("CF4 by another name", "t"), ("CH4", "tCO2")])
def test_what_cannot_be_weighted_is_a_gap_and_no_zero(gas: str, unit: str) -> None:
    with world({"emissions": [emission(gas, "9", unit), emission("CO2", "1")]}) as here:
        assert set(incomplete_terms(here)) == {"gases"}
        assert item(here, "scope1.tco2e") == 1
