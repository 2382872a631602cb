"""Bridges under the corporate ruler: an acquisition restates the base, growth does not; market less location is a contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from ghg_world import Row, activity, item, world
from test_ghg_recalculation import PARK, YEARS, A, B, C

from verify.bridge.found import Reduction
from verify.checks import World
from verify.road.bridges import bridges
from verify.road.bridges.fences import fences
from verify.road.bridges.pair import Pair
from verify.ruler import load_ruler

TONNES = {"A": A, "B": B, "C": C}
PAPER = {"evidence_id": "E-o", "kind": "production_record"}


def reduction(here: World) -> Reduction:
    """The reduction bridge."""
    found = bridges(here).reduction
    assert found is not None
    return found


def moved(here: World) -> dict[str, float]:
    """The terms that are not 0."""
    return {term: float(tonnes) for term, tonnes in reduction(here).bridge.terms.items() if abs(tonnes) > 1e-5}


def restated(here: World) -> tuple[Fraction, Fraction]:
    """Both years inside the common boundary by the reference method."""
    rules = here.ruler.text.bridge
    assert rules is not None
    built = Pair(here, rules, fences(here, rules)).built("union", "as_filed")
    return built.before.recomputed.com_ref, built.after.recomputed.com_ref


def company(names: str, c_since: str = "", years: Mapping[str, Sequence[str]] | None = None) -> dict[str, list[Row]]:
    """Members with their tonnes of process CO2 and as many tonnes of product."""
    rows: dict[str, list[Row]] = {"emissions": [], "production": [], "evidence": [PAPER]}
    for name in names:
        for year, tonnes in zip(YEARS, TONNES[name], strict=True):
            if year in (years or {}).get(name, YEARS):
                head = {
                    "period": year,
                    "enterprise_id": name,
                    "quantity": str(tonnes),
                    "unit": "t",
                    "evidence_id": "E-o",
                }
                rows["emissions"].append({**head, "gas": "CO2"})
                rows["production"].append({**head, "product": f"good_{name.lower()}", "flow": "made"})
    since = {"C": {"from": c_since, "reason": "acquired"}} if c_since else {}
    rows["enterprises"] = [{"enterprise_id": name, "name": name, **since.get(name, {})} for name in names]
    return rows


def test_an_acquisition_restates_the_base_to_65() -> None:
    """ghgp_acquisition: 50 was filed for the base year, 80 for the third; with C in every year the base is 65, so 15 of the 30
    are the base that was not restated and 15 are growth."""
    filed = [
        {"year": year, "item": "total.tco2", "value": value, "unit": "tCO2e"}
        for year, value in (("2021", "50"), ("2023", "80"))
    ]
    with world({**company("ABC"), "reported": filed}, **PARK) as here:
        assert restated(here) == (65, 80)
        found = reduction(here)
        assert (found.bridge.before, found.bridge.after, found.bridge.like_for_like) == (50, 80, 15)
        assert moved(here)["misstatement"] == 15
        assert moved(here)["activity"] + moved(here).get("structure", 0) == pytest.approx(15)
        assert found.bridge.real == 0
        assert found.chained is not None
        assert sum(found.chained.terms.values()) == 30


def test_organic_growth_does_not() -> None:
    with world(company("AB"), **PARK) as here:
        assert restated(here) == (50, 60)
        assert moved(here) == pytest.approx({"activity": 10})


def test_who_did_not_exist_in_the_base_year_adds_nothing_to_it() -> None:
    rows = company("ABC", "2023-01-01", {"C": ["2023"]})
    with world(rows, **PARK) as here:
        assert restated(here) == (50, 80)
        assert "boundary" not in moved(here)


def power(year: str, mwh: str, supply: str, flow: str = "purchased") -> Row:
    """Power of M in a year."""
    return {**activity("electricity", flow, mwh, "MWh", supply=supply), "period": year}


def bought(*rows: Row) -> dict[str, list[Row]]:
    """1,000 MWh used for as much of a product in both years, bought as `rows` say."""
    used = [power(year, "1000", "", "final_use") | {"activity_type": "终端消费"} for year in ("2021", "2023")]
    made = [
        {"period": year, "enterprise_id": "M", "product": "steel", "flow": "made", "quantity": "500", "unit": "t"}
        for year in ("2021", "2023")
    ]
    return {"activity": [*rows, *used], "production": made}


@pytest.mark.parametrize("reading", ["location_based", "market_based"])
def test_certificates_are_a_contract_under_the_market_and_nothing_by_location(reading: str) -> None:
    """The same power in both years, covered by certificates in the second."""
    rows = bought(power("2021", "1000", "grid"), power("2023", "1000", "certificate"))
    with world(rows, base_year="2021", reporting_year="2023", parameters={"scope2_method": reading}) as here:
        location = [item(here, "scope2_location.tco2e", year) for year in ("2021", "2023")]
        market = [item(here, "scope2_market.tco2e", year) for year in ("2021", "2023")]
        expected = float((market[1] - location[1]) - (market[0] - location[0])) if reading == "market_based" else 0
        found = moved(here)
        assert found.get("contracts", 0) == pytest.approx(expected, abs=1e-5)
        assert reading == "location_based" or expected < 0
        assert found.get("fuel_switch", 0) == found.get("energy_intensity", 0) == 0
        assert reduction(here).bridge.real == 0
        change = item(here, "total.tco2") - item(here, "total.tco2", "2021")
        assert sum(found.values()) == pytest.approx(float(change), abs=1e-5)


@pytest.mark.parametrize("reading", ["location_based", "market_based"])
def test_power_that_is_passed_on_is_not_used(reading: str) -> None:
    """200 MWh more are bought and sold on: nothing in the plants changed."""
    resold = {**power("2023", "200", "grid", "sold"), "evidence_id": "E-b"}
    rows = bought(power("2021", "1000", "grid"), power("2023", "1200", "grid"), resold)
    rows["evidence"] = [{"evidence_id": "E-b", "kind": "power_bill"}]
    with world(rows, base_year="2021", reporting_year="2023", parameters={"scope2_method": reading}) as here:
        found = moved(here)
        assert "energy_intensity" not in found
        assert "export_credits" not in found
        change = item(here, "total.tco2") - item(here, "total.tco2", "2021")
        assert sum(found.values()) == pytest.approx(float(change), abs=1e-5)


def test_a_rule_that_the_method_does_not_have_is_refused() -> None:
    from verify.errors import Located

    with pytest.raises(Located, match="bridge_without_line"):
        load_ruler("ghg-protocol-corporate", change=lambda data: data["bridge"]["own"].append("onsite.windmill"))
    with pytest.raises(Located, match="bridge_without_term"):
        load_ruler("ghg-protocol-corporate", change=lambda data: data["bridge"]["process"].append("scope9"))


def test_partial_rulers_borrow_the_bridge() -> None:
    for name in ("gbt-32150-enterprise", "hubei-thbas-244-2025"):
        borrower = load_ruler(name)
        assert borrower.text.borrows is not None
        assert "bridge" in borrower.text.borrows.parts
        lender = load_ruler(borrower.text.borrows.ruler.partition("@")[0])
        assert borrower.text.bridge == lender.text.bridge
    with world(company("AB"), **PARK) as here:
        found = bridges(replace(here, ruler=load_ruler("gbt-32150-enterprise"))).reduction
        assert found is not None
        assert found.bridge.reported == 10
