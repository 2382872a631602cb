"""TZ-FAC-01 to TZ-FAC-06: a filed number is named, and what it moves is worked out by hand beside each test."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import flow, gas, papers, power
from tests.unit.checks.world import Row, findings, found, ran, world

CODES = tuple(f"TZ-FAC-0{number}" for number in range(1, 7))
TIANJIN = {"province": "天津市", "grid_zone": "华北"}


def raised(tables: dict[str, list[Row]], park: dict[str, str] | None = None) -> dict[str, list[Any]]:
    """The findings of the family on a park of Tianjin (or where it is said to lie), by code."""
    here = world(tables, park=TIANJIN if park is None else park)
    return {code: list_ for code in CODES if (list_ := findings(code, here))}


def grid(factor: str, year: str, **more: Any) -> Row:
    """1,000 MWh of grid power at a filed factor."""
    return power("E", "purchased", "1000", "grid", factor=factor, period=f"{year}-01", **more)


# Must show 5: 1,000 MWh (or 1,000 t, 1,000 thousand m³) each. Tonnes: q × (number due − number filed).
@pytest.mark.parametrize(
    ("code", "row", "is_value", "effect", "unit"),
    [
        # 0.5366 (2022) and 0.5568 (2021) swapped: 1000 × (0.8325 − 0.5568), 1000 × (0.8325 − 0.5366)
        ("TZ-FAC-01", grid("0.5568", "2022"), "electricity_national.average@2021", "275.7", "tCO2"),
        ("TZ-FAC-01", grid("0.5366", "2021"), "electricity_national.average@2022", "295.9", "tCO2"),
        # Yunnan in Tianjin: 1000 × (0.8325 − 0.1333)
        ("TZ-FAC-02", grid("0.1333", "2023"), "electricity_provincial.yunnan@2023", "699.2", "tCO2"),
        # the footprint factor of 2023: 1000 × (0.8325 − 0.6205)
        ("TZ-FAC-03", grid("0.6205", "2023"), "electricity_national.life_cycle_footprint@2023", "212", "tCO2"),
        # g for kg: 1000 × (0.8325 − 832.5), and t/kWh for kg/kWh: 1000 × (0.8325 − 0.0008325)
        ("TZ-FAC-04", grid("832.5", "2023"), "annex4.el.grid_other", "-831667.5", "tCO2"),
        ("TZ-FAC-04", grid("0.0008325", "2023"), "annex4.el.grid_other", "831.6675", "tCO2"),
        # gas ten times too low: 100 × (389.31 − 38.931) × 0.0153 × 0.99 × 44/12 = 100 × 19.459699281
        ("TZ-FAC-05", gas("E", "final_use", "1000", ncv="38.931"), "gbt32151_34_2024.natural_gas.ncv", "1945.969928", "tCO2"),
        # lignite burned at the heat value of raw coal: 1000 × (11.9 − 20.934) × 0.028 × 0.96 × 44/12
        ("TZ-FAC-06", flow("E", "lignite", "final_use", "1000", "t", ncv="20.934"), "standard_coal.raw_coal#heat", "-890.39104", "tCO2"),
        # bought at it, so that only T moves: 1000 × (11.9 − 20.934) / 29.307
        ("TZ-FAC-06", flow("E", "lignite", "purchased", "1000", "t", ncv="20.934"), "standard_coal.raw_coal#heat", "-308.254001", "tce"),
    ],
)  # fmt: skip
def test_the_traps(code: str, row: Row, is_value: str, effect: str, unit: str) -> None:
    named = raised({"activity": [row]})
    assert set(named) == {code}
    [one] = named[code]
    assert one.arguments["is_value"] == is_value
    assert (one.effect, one.effect_unit) == (Decimal(effect), unit)
    assert one.row_ids == ("activity:0",)


def test_an_average_of_the_right_year_and_place_is_of_the_wrong_kind() -> None:
    for filed, value in (
        ("0.5306", "electricity_national.average@2023"),
        ("0.6796", "electricity_provincial.tianjin@2023"),
        ("0.6361", "electricity_regional.north@2023"),  # the zone of the park
        ("0.6096", "electricity_national.excl_market_traded_nonfossil@2023"),
    ):
        [one] = raised({"activity": [grid(filed, "2023")]})["TZ-FAC-03"]
        assert one.arguments["is_value"] == value
        assert one.effect == 1000 * (Decimal("0.8325") - Decimal(filed))


def test_a_fossil_factor_of_another_year_is_found_although_annex_4_fixes_one() -> None:
    [one] = raised({"activity": [grid("0.8426", "2023")]})["TZ-FAC-01"]
    assert (one.arguments["is_value"], one.effect) == ("electricity_national.fossil@2021", Decimal("-10.1"))


def test_a_year_without_a_number_of_its_own_takes_the_newest() -> None:
    assert (
        set(raised({"activity": [grid("0.8273", "2027")]})) == set()
    )  # the newest fossil factor; ACC-01 says it is not due
    assert set(raised({"activity": [grid("0.8426", "2027")]})) == {"TZ-FAC-01"}


def test_equal_numbers_get_the_name_that_is_least_wrong() -> None:
    """0.4044 is Hubei 2023 and Guangxi 2022: in a park of Guangxi with data of 2022 it is that."""
    guangxi = {"province": "广西", "grid_zone": "南方"}
    [one] = raised({"activity": [grid("0.4044", "2022")]}, guangxi)["TZ-FAC-03"]
    assert one.arguments["is_value"] == "electricity_provincial.guangxi@2022"
    [other] = raised({"activity": [grid("0.4044", "2023")]}, {"province": "湖北"})["TZ-FAC-03"]
    assert other.arguments["is_value"] == "electricity_provincial.hubei@2023"


def test_where_nobody_knows_the_province_no_place_is_wrong() -> None:
    assert set(raised({"activity": [grid("0.1333", "2023")]}, {"province": ""})) == {"TZ-FAC-03"}


def test_defaults_of_two_sets_are_mixed() -> None:
    """23.204 GJ/t is the older set: 1000 × (19.570 − 23.204) × 0.0261 × 0.93 × 44/12."""
    [one] = raised({"activity": [flow("E", "bituminous_coal", "final_use", "1000", "t", ncv="23.204")]})["TZ-FAC-03"]
    assert one.arguments["is_value"] == "ndrc_other_industry_2013_2015.bituminous_coal.ncv"
    assert one.effect == Decimal("-323.429634")


def test_a_slip_is_seen_whatever_the_evidence_and_whatever_the_digits() -> None:
    """35.61 MJ/m³ of a laboratory in a column of GJ/10^4 m³: 100 × (356.1 − 35.61) × 0.0153 × 0.99 × 44/12."""
    row = gas("E", "final_use", "1000", ncv="35.61", evidence_id="E-laboratory_report")
    [one] = raised({"activity": [row], "evidence": papers("laboratory_report")})["TZ-FAC-05"]
    assert (one.effect, one.arguments["power"]) == (Decimal("1779.969411"), "1")


def test_carbon_content_in_kilogrammes() -> None:
    """0.153 tC/GJ instead of 0.0153: 100 × 389.31 × (0.0153 − 0.153) × 0.99 × 44/12."""
    [one] = raised({"activity": [gas("E", "final_use", "1000", carbon_content="0.153")]})["TZ-FAC-05"]
    assert (one.effect, one.arguments["power"]) == (Decimal("-19459.699281"), "-1")


def made(product: str, factor: str, **more: str) -> Row:
    return {
        "period": "2027", "enterprise_id": "E", "source_id": "kiln", "product": product, "flow": "made", "quantity": "1000",
        "unit": "t", "factor": factor, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "product", "factor", "is_value", "effect"),
    [
        ("TZ-FAC-03", "clinker_portland", "0.535", "process.clinker_portland.clinker_set_b", "-7.6"),  # 1000 × (0.5274 − 0.535)
        ("TZ-FAC-03", "clinker_portland", "0.5", "process.clinker.software_default", "27.4"),
        ("TZ-FAC-06", "clinker_portland", "0.683", "process.lime.provincial_inventory", "-155.6"),
        ("TZ-FAC-04", "clinker_portland", "527.4", "process.clinker_portland.clinker_set_a", "-526872.6"),
        ("TZ-FAC-05", "lime", "0.0683", "process.lime.provincial_inventory", "614.7"),
    ],
)  # fmt: skip
def test_product_factors(code: str, product: str, factor: str, is_value: str, effect: str) -> None:
    named = raised({"activity": [grid("0.8325", "2027")], "production": [made(product, factor)]})
    assert set(named) == {code}
    [one] = named[code]
    assert (one.arguments["is_value"], one.effect) == (is_value, Decimal(effect))


def filed(item: str, value: str, unit: str, **more: str) -> Row:
    return {"year": "2027", "item": item, "value": value, "unit": unit, **more}


def test_a_filed_term_that_names_another_number() -> None:
    """1,000,000 MWh at 0.6205: 1,000,000 × (0.8325 − 0.6205)."""
    activity = [power("E", "purchased", "1000000", "grid")]
    reported = [filed("term.el.tco2", "620500", "tCO2", factor_used="0.6205")]
    [one] = raised({"activity": activity, "reported": reported})["TZ-FAC-03"]
    assert (one.effect, one.row_ids, one.subject) == (Decimal(212000), ("reported:0",), "P")


@pytest.mark.parametrize(("item", "other"), [("term.el.tco2", "0"), ("total.tco2", "2162.188809")])
def test_a_filed_figure_implies_the_number_that_made_it(item: str, other: str) -> None:
    """The total holds 1,000 × 10^3 m³ of gas too, 2,162.188809 t; Yunnan behind 1,000,007 MWh is 133,300.9331 t."""
    activity = [power("E", "purchased", "1000007", "grid"), gas("E", "final_use", "1000")]
    value = str((Decimal("133300.9331") + Decimal(other)).quantize(Decimal("0.01")))
    [one] = raised({"activity": activity, "reported": [filed(item, value, "tCO2")]})["TZ-FAC-02"]
    assert (one.arguments["is_value"], one.effect) == ("electricity_provincial.yunnan@2023", Decimal("699204.8944"))


def test_a_figure_that_is_filed_too_roughly_explains_nothing() -> None:
    reported = [filed("total.tco2", "130000", "tCO2")]
    assert raised({"activity": [power("E", "purchased", "1000000", "grid")], "reported": reported}) == {}


def test_energy_filed_with_lignite_as_raw_coal() -> None:
    """100,000 t × 0.7143 = 71,430 tce; at 11.9/29.307 it is 40,604.633705 tce."""
    activity = [flow("E", "lignite", "purchased", "100000", "t"), flow("E", "lignite", "final_use", "100000", "t")]
    [one] = raised({"activity": activity, "reported": [filed("energy.tce", "71430.00", "tce")]})["TZ-FAC-06"]
    assert (one.arguments["is_value"], one.arguments["due"]) == ("standard_coal.raw_coal", "0.406046337053")
    assert (one.effect, one.effect_unit) == (Decimal("-30825.366295"), "tce")


@pytest.mark.parametrize(
    "row",
    [
        grid("0.8325", "2022"),
        power("E", "purchased", "1000", "grid"),
        power("E", "purchased", "1000", "certificate", factor="0.5366"),  # a zero that has to be earned has no rival
        power("E", "purchased", "1000", "grid", factor="0.4567"),  # printed nowhere
        gas("E", "final_use", "1000", ncv="389.31"),
        gas("E", "final_use", "1000", ncv="355.87"),  # the other coefficient in use for the same carrier
        gas("E", "final_use", "1000", ncv="361.2"),
        flow("E", "coke", "final_use", "1000", "t", ncv="28.469"),  # 0.9714 × 29.307
        flow("E", "lignite", "final_use", "1000", "t", ncv="14.2"),
        flow("E", "lignite", "final_use", "1000", "t", ncv="19.57", evidence_id="E-laboratory_report"),  # measured, however odd
        flow("E", "bituminous_coal", "final_use", "1000", "t", ncv="20.9"),  # three digits prove nothing
        flow("E", "heat", "purchased", "1000", "GJ", supply="fossil_heat", factor="0.06"),
    ],
)  # fmt: skip
def test_what_is_right_or_printed_nowhere_raises_nothing(row: Row) -> None:
    assert raised({"activity": [row], "evidence": papers("laboratory_report")}) == {}


def test_a_check_that_found_nothing_has_looked() -> None:
    here = world({"activity": [power("E", "purchased", "1000", "grid")]})
    assert found("TZ-FAC-01", here) == []
    assert ran("TZ-FAC-01", here).scope.tested == 1


def test_months_of_one_number_are_one_finding() -> None:
    rows = [grid("0.1333", "2023"), power("E", "purchased", "500", "grid", factor="0.1333", period="2023-02")]
    [one] = raised({"activity": rows})["TZ-FAC-02"]
    assert (one.rows, one.effect, one.arguments["quantity"]) == (2, Decimal("1048.8"), "1500")


def test_buying_and_burning_are_told_apart() -> None:
    """100 × 19.459699281 t of CO2, and 1000 × (38.931 − 3.8931) / 29.307 tce."""
    rows = [gas("E", "purchased", "1000", ncv="38.931"), gas("E", "final_use", "1000", ncv="38.931")]
    named = raised({"activity": rows})["TZ-FAC-05"]
    assert {(one.effect_unit, one.effect) for one in named} == {
        ("tCO2", Decimal("1945.969928")),
        ("tce", Decimal("1195.547139")),
    }
