"""TZ-PLA-01 and TZ-PLA-02: bounds that carbon and energy set for each other."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.unit.checks.parks import px, tables
from tests.unit.checks.world import Row, findings, found, ran, world
from verify.checks import NotApplicable


def coal(**more: str) -> Row:
    """100 t of bituminous coal burned at 20 GJ/t."""
    return {
        "period": "2027", "enterprise_id": "E", "source_id": "boiler", "carrier": "bituminous_coal", "flow": "final_use",
        "activity_type": "终端消费", "quantity": "100", "unit": "t", "ncv": "20", **more,
    }  # fmt: skip


def test_a_low_carbon_content_leaves_the_band() -> None:
    [one] = findings("TZ-PLA-01", world({"activity": [coal(carbon_content="0.0240")]}))
    # 0.0240 × 0.93 × 44/12 × 29.307; low 0.0261 × 0.93, high 0.02618 × 1 (factors.md 6: 2.61 to 2.81)
    assert one.arguments == {"carrier": "bituminous_coal", "ratio": "2.398485", "low": "2.608352", "high": "2.813277"}
    assert one.effect == Decimal("14.322")  # 100 × 20 × (0.0261 − 0.0240) × 0.93 × 44/12
    assert (one.subject, one.row_ids) == ("E", ("activity:0",))


def test_a_high_one_leaves_it_too() -> None:
    [one] = findings("TZ-PLA-01", world({"activity": [coal(carbon_content="0.0330")]}))
    assert one.effect == Decimal("-47.058")  # 100 × 20 × (0.0261 − 0.0330) × 0.93 × 44/12


def test_its_test_answers_the_question() -> None:
    row = coal(carbon_content="0.0240", evidence_id="L")
    here = world({"activity": [row], "evidence": [{"evidence_id": "L", "kind": "laboratory_report"}]})
    assert found("TZ-PLA-01", here) == []


@pytest.mark.parametrize(
    "row", [coal(), coal(ncv=""), coal(carbon_content="0.0262"), coal(carrier="coke_oven_gas", unit="10^3Nm3", ncv="")]
)
def test_defaults_and_common_fuels_stay_in_their_bands(row: Row) -> None:
    here = world({"activity": [{**row, "ncv": row["ncv"] or None}]})
    assert found("TZ-PLA-01", here) == []
    assert ran("TZ-PLA-01", here).scope.tested == 1


def test_every_default_of_the_fuel_table_stays_in_its_band() -> None:
    from tests.unit.checks.world import standard
    from verify.submission.contract import carriers

    burnable = [name for name in carriers() if standard().find(f"fuel.{name}.ncv", "2027")]
    units = {"mass": "t", "gas_volume": "10^3Nm3"}
    here = world(
        {
            "activity": [
                coal(carrier=one, unit=units[carriers()[one].dimension], source_id=one) | {"ncv": None}
                for one in burnable
            ]
        }
    )
    assert len(burnable) > 20
    assert ran("TZ-PLA-01", here).scope.tested == len(burnable)
    assert {one.arguments["carrier"] for one in found("TZ-PLA-01", here)} == set()


def test_a_carrier_of_no_table_is_named_and_not_judged() -> None:
    rows = ran("TZ-PLA-01", world({"activity": [coal(carrier="coal_gangue", carbon_content="0.02")]}))
    assert (rows.found, rows.undecided) == ([], ["coal_gangue"])


# TZ-PLA-02. PX-2: fuel 270,546.12376 t over 321,492.460043 tce; credits of power and heat −19,325 t.


def filed(*items: tuple[str, str, str]) -> list[Row]:
    """Figures of the filing."""
    return [{"year": "2027", "item": item, "value": value, "unit": unit} for item, value, unit in items]


def test_an_indicator_below_what_the_fuels_give() -> None:
    here = world({**tables("PX-2"), "reported": filed(("indicator.unit_energy_co2", "0.75", "tCO2/tce"))})
    [one] = findings("TZ-PLA-02", here)
    # (270,546.12376 − 8,325 − 11,000) / 321,492.460043 = 0.781422
    assert one.arguments["bound"] == "0.781422"
    assert one.arguments["carrier"] == "bituminous_coal"
    assert one.arguments["part"] == "0.609041"  # 195,802.2 t of coal
    assert one.effect == Decimal("10101.778728")  # 251,221.12376 − 0.75 × 321,492.4600433


@pytest.mark.parametrize("value", ["0.8579", "0.79", "0.78"])
def test_at_or_above_the_floor_or_within_its_rounding(value: str) -> None:
    here = world({**tables("PX-2"), "reported": filed(("indicator.unit_energy_co2", value, "tCO2/tce"))})
    assert found("TZ-PLA-02", here) == []


def test_total_over_energy_where_no_indicator_is_filed() -> None:
    here = world(
        {**tables("PX-2"), "reported": filed(("total.tco2", "200000", "tCO2"), ("energy.tce", "400000.5", "tce"))}
    )
    [one] = findings("TZ-PLA-02", here)
    assert one.arguments["value"] == str(Decimal(round(Fraction(200000, 1) / Fraction("400000.5") * 10**6)) / 10**6)
    assert one.row_ids == ("reported:0", "reported:1")


def test_nothing_filed_is_nothing_tested() -> None:
    with pytest.raises(NotApplicable, match="not_filed"):
        ran("TZ-PLA-02", world({**tables("PX-2"), "reported": []}))


@pytest.mark.parametrize("park", ["PX-1", "PX-2"])
def test_whole_parks_raise_nothing(park: str) -> None:
    assert found("TZ-PLA-01", px(park)) == []
