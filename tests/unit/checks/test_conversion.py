"""TZ-BAL-06: what comes out of a conversion was put in, and what was put in comes out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.handed import A, B, Row, coal_like, flow, gas, handed, power
from tests.unit.checks.parks import px, tables
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import NotApplicable

COAL = coal_like(A, "transformation_in", "1000", ncv="29.307", activity_type="火力发电")  # 1,000 tce
STEAM = flow(A, "heat", "transformation_out", "20000", "GJ", activity_type="供热")  # 682.4 tce


def made(mwh: str, **more: str) -> Row:
    """Power out of coal; 0.1229 tce/MWh."""
    return power(A, "transformation_out", mwh, "self_fossil", **{"activity_type": "火力发电", **more})


def heat_into_power(period: str = "2027", **more: str) -> Row:
    """500 GJ of waste heat, 17.06 tce."""
    return flow(
        A, "waste_heat", "transformation_in", "500", "GJ", **{"activity_type": "余热发电", "period": period, **more}
    )


def power_of_heat(period: str = "2027", mwh: str = "30") -> Row:
    """30 MWh of it, 3.687 tce."""
    return made(mwh, activity_type="余热发电", period=period, source_id="cooler")


def test_more_out_than_in() -> None:
    [one] = findings("TZ-BAL-06", handed({"activity": [COAL, made("3000"), STEAM]}))
    assert (one.effect, one.effect_unit) == (Decimal("51.1"), "tce")  # 368.7 + 682.4 − 1,000
    assert one.arguments == {"activity_type": "火力发电", "input": "1000", "output": "1051.1"}
    assert (one.subject, one.period, one.rows) == (A, "2027", 3)


def test_power_and_heat_share_their_fuel_as_they_like() -> None:
    """All coal booked to power, and the steam beside it: 991.1 of 1,000 tce come out."""
    assert found("TZ-BAL-06", handed({"activity": [COAL, made("2500"), STEAM]})) == []


@pytest.mark.parametrize(
    ("rows", "effect"),
    [
        ([COAL], "-1000"),
        ([made("3000")], "368.7"),
        ([COAL, made("3000", enterprise_id=B)], "-1000"),
        ([{**COAL, "activity_type": "炼焦"}], "-1000"),
    ],
)
def test_one_side_alone(rows: list[Row], effect: str) -> None:
    assert Decimal(effect) in {one.effect for one in findings("TZ-BAL-06", handed({"activity": rows}))}


@pytest.mark.parametrize(
    "rows",
    [
        [{**COAL, "activity_type": "制气"}],  # hydrogen stands among the products
        [power_of_heat()],  # waste heat need not be booked: it was in the fuel
        [
            power(A, "transformation_in", "1000", activity_type="供热"),
            {**STEAM, "quantity": "10000"},
        ],  # a heat pump, 341 of 123 tce
        [heat_into_power(), power_of_heat()],
    ],
)
def test_sides_that_need_no_other(rows: list[Row]) -> None:
    assert found("TZ-BAL-06", handed({"activity": rows})) == []


def boiler(carrier: Row, gigajoules: str) -> list[Row]:
    """A boiler: 1,000 × 10^3 Nm3 of gas are 1,330 tce, 1,000 t of the coal 1,000 tce; 1 GJ is 0.03412 tce."""
    return [{**carrier, "activity_type": "供热"}, {**STEAM, "quantity": gigajoules}]


GAS = gas(A, "transformation_in", "1000", activity_type="供热")


@pytest.mark.parametrize(
    ("rows", "found_"),
    [
        (boiler(GAS, "42000"), False),  # 1,433 of 1,330 tce, 107.8 %: vapour that condenses, gross heat value 111 %
        (boiler(GAS, "44000"), True),  # 112.9 %: more than the gas holds
        (boiler(COAL, "30000"), True),  # 102.4 % of coal
        ([{**GAS, "activity_type": "火力发电"}, made("11000")], True),  # 101.7 %: no heat, so nothing that condensed
    ],
)
def test_a_condensing_boiler_may_give_more_than_the_net_heat_value(rows: list[Row], found_: bool) -> None:
    assert bool(findings("TZ-BAL-06", handed({"activity": rows}))) is found_


MONTHS = [f"2027-{month:02d}" for month in range(1, 13)]


def test_a_month_without_its_other_side() -> None:
    rows = [row for month in MONTHS for row in (heat_into_power(month), power_of_heat(month))]
    assert found("TZ-BAL-06", handed({"activity": rows})) == []
    [one] = findings("TZ-BAL-06", handed({"activity": [row for row in rows if row != power_of_heat("2027-06")]}))
    assert (one.effect, one.period) == (Decimal("-17.06"), "2027-06")
    [other] = findings("TZ-BAL-06", handed({"activity": [row for row in rows if row != heat_into_power("2027-06")]}))
    assert (other.effect, other.arguments["input"]) == (Decimal("3.687"), "0")


def test_a_month_on_standby_needs_no_output() -> None:
    """A tenth of the usual input keeps the boiler warm."""
    rows = [row for month in MONTHS[1:] for row in (heat_into_power(month), power_of_heat(month))]
    assert found("TZ-BAL-06", handed({"activity": [*rows, {**heat_into_power("2027-01"), "quantity": "50"}]})) == []


def test_months_on_one_side_and_a_year_on_the_other_are_one_year() -> None:
    rows = [*(heat_into_power(month) for month in MONTHS), power_of_heat("2027", "360")]
    assert found("TZ-BAL-06", handed({"activity": rows})) == []


def test_energy_of_unknown_heat_value_is_left_undecided() -> None:
    refuse = flow(A, "waste_fuel", "transformation_in", "1000", "t", activity_type="火力发电")
    rows = ran("TZ-BAL-06", handed({"activity": [refuse, made("300")]}))
    assert (rows.found, rows.undecided) == ([], [f"{A} 2027"])


def test_a_park_without_conversion() -> None:
    with pytest.raises(NotApplicable, match="no_conversion"):
        ran("TZ-BAL-06", handed({"activity": [power(A, "purchased", "10"), power(A, "final_use", "10")]}))


def test_reformed_gas_called_fuel_of_a_power_plant() -> None:
    """PX-2 without its balance: 500 × 13.3 tce go into power at a member that makes none."""
    rows = tables("PX-2")
    smr = next(row for row in rows["activity"] if row["source_id"] == "smr" and row["flow"] == "transformation_in")
    smr["activity_type"] = "火力发电"
    [one] = findings("TZ-BAL-06", handed(rows))
    assert one.effect == Decimal(-6650)


def test_px2_converts_what_it_puts_in() -> None:
    assert found("TZ-BAL-06", px("PX-2")) == []
