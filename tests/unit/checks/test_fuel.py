"""TZ-ACC-08, TZ-ACC-09 and TZ-ACC-12: one heat value, the right term, proven measurements."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.parks import px, tables
from tests.unit.checks.world import Row, findings, found, ran, world

COAL_AT_20 = Decimal("178.002")  # 100 t × 20 GJ/t × 0.0261 × 0.93 × 44/12


def coal(flow: str, quantity: str, ncv: str | None = None, **more: str) -> Row:
    """Bituminous coal of E, t; default heat value 19.570 GJ/t."""
    trade = {"counterparty": "outside"} if flow in {"purchased", "sold"} else {}
    use = {"activity_type": "终端消费"} if flow == "final_use" else {}
    row = {
        "period": "2027",
        "enterprise_id": "E",
        "source_id": "boiler",
        "carrier": "bituminous_coal",
        "flow": flow,
        "quantity": quantity,
        "unit": "t",
    }
    return {**row, **trade, **use, **({"ncv": ncv} if ncv else {}), **more}


def gas(flow: str, quantity: str, **more: str) -> Row:
    """Natural gas of E, 10^3Nm3."""
    return coal(flow, quantity) | {"carrier": "natural_gas", "unit": "10^3Nm3"} | more


# TZ-ACC-08


def test_bought_at_one_heat_value_and_burned_at_another() -> None:
    here = world({"activity": [coal("purchased", "100", "22"), coal("final_use", "100", "20")]})
    [one] = findings("TZ-ACC-08", here)
    assert one.effect == COAL_AT_20 / 10  # at 22 instead of 20 GJ/t
    assert one.arguments == {
        "carrier": "bituminous_coal",
        "ncv_tce": "22",
        "ncv_co2": "20",
        "unit": "GJ/t",
        "deviation": "0.1",
    }
    assert (one.subject, one.row_ids) == ("E", ("activity:1",))


def test_what_a_member_buys_another_burns() -> None:
    inside = [
        coal("sold", "100", "22", counterparty="F"),
        coal("purchased", "100", "22", enterprise_id="F", counterparty="E"),
    ]
    rows = [coal("purchased", "100", "22"), *inside, coal("final_use", "100", "20", enterprise_id="F")]
    [one] = findings("TZ-ACC-08", world({"activity": rows}))
    assert (one.subject, one.effect) == ("F", COAL_AT_20 / 10)


def test_a_heat_value_measured_on_one_side_only() -> None:
    """Coal without heat value counts at 19.570 GJ/t in T; burned at a measured 20 it is 2.15 % apart."""
    [one] = findings("TZ-ACC-08", world({"activity": [coal("purchased", "100"), coal("final_use", "100", "20")]}))
    assert one.effect == Decimal("-3.827043")  # 178.002 × (19.570 / 20 − 1)
    assert one.arguments["ncv_tce"] == "19.57"


@pytest.mark.parametrize(
    "rows",
    [
        [coal("purchased", "100", "22"), coal("final_use", "100", "22")],
        [coal("purchased", "100"), coal("final_use", "100")],
        # mean of what was there: (90 × 22 + 20 × 20 − 10 × 20) / 100 = 21.8 GJ/t
        [
            coal("stock_open", "20", "20"),
            coal("purchased", "90", "22"),
            coal("stock_close", "10", "20"),
            coal("final_use", "100", "21.8"),
        ],
        [gas("purchased", "100"), gas("final_use", "100")],  # 1.3300 kgce/Nm3 is 389.78, 0.12 % from 389.31
    ],
)
def test_one_heat_value_on_both_sides_raises_nothing(rows: list[Row]) -> None:
    here = world({"activity": rows})
    assert found("TZ-ACC-08", here) == []
    assert ran("TZ-ACC-08", here).scope.tested == 1


# TZ-ACC-09


def test_reformed_gas_booked_as_feedstock_loses_its_carbon() -> None:
    """P2-b of the domain pack: 500 × 10^4 Nm3 at 制气, booked as feedstock."""
    handed = tables("PX-2")
    for row in handed["activity"]:
        if row["source_id"] == "smr" and row["flow"] == "transformation_in":
            row["flow"] = "feedstock"
    [one] = findings("TZ-ACC-09", world(handed))
    assert one.effect == Decimal("10920.1455")  # 500 × 389.31 × 0.0153 × 44/12
    assert one.subject == "smr"
    assert one.arguments == {
        "carrier": "natural_gas",
        "quantity": "5000",
        "unit": "10^3Nm3",
        "activity_type": "制气",
        "filed_as": "feedstock",
    }


@pytest.mark.parametrize("outputs", [True, False])
def test_a_power_unit_is_no_carbon_balance(outputs: bool) -> None:
    """Coal of a power unit called 制气 burns at 100 %: known by its output, or by its kind where it files none."""
    made = {
        **coal("transformation_out", "150"),
        "carrier": "electricity",
        "unit": "MWh",
        "activity_type": "火力发电",
        "supply": "self_fossil",
    }
    rows = [coal("transformation_in", "100", "20", activity_type="制气"), *([made] if outputs else [])]
    [one] = findings(
        "TZ-ACC-09",
        world(
            {
                "activity": rows,
                "sources": [{"source_id": "boiler", "enterprise_id": "E", "kind": "" if outputs else "chp"}],
            }
        ),
    )
    assert one.effect == Decimal("-13.398")  # −100 × 20 × 0.0261 × 0.07 × 44/12
    assert (one.arguments["activity_type"], one.arguments["filed_as"]) == ("火力发电", "transformation")


def test_bunkers_under_another_flow_are_named_without_tonnes() -> None:
    [one] = findings("TZ-ACC-09", world({"activity": [coal("final_use", "10", activity_type="国际航海")]}))
    assert one.effect == 0  # counted either way, but not listed
    assert one.arguments["filed_as"] == "final_use"


def power(flow: str, **more: str) -> Row:
    """10 MWh of E."""
    return coal(flow, "10") | {"carrier": "electricity", "unit": "MWh"} | more


@pytest.mark.parametrize(
    "row",
    [
        coal("transformation_in", "1", activity_type="火力发电"),
        coal("transformation_in", "1", activity_type="炼焦"),
        coal("transformation_in", "1", activity_type="余热发电"),  # supplementary firing
        coal("feedstock", "1", activity_type="终端消费"),
        coal("bunker", "1", activity_type="国际航空"),
        coal("purchased", "1", activity_type="供热"),
        coal("stock_close", "1", activity_type="火力发电"),
        coal("flared", "1"),
        power("transformation_out", activity_type="火力发电"),
        power("sold", activity_type="火力发电", supply="self_fossil"),
        power("final_use", activity_type="厂用电"),
    ],
)
def test_flows_that_the_type_has(row: Row) -> None:
    assert found("TZ-ACC-09", world({"activity": [row]})) == []


@pytest.mark.parametrize("kind", ["炼焦", "制气", "炼油及煤制油"])
@pytest.mark.parametrize("months", [("2027", "2027"), ("2027-03", "2027-03"), ("2027", "2027-03"), ("2027-03", "2027")])
def test_fuel_that_heats_a_unit_with_input(kind: str, months: tuple[str, str]) -> None:
    charge = coal("transformation_in", "9", activity_type=kind, period=months[0], source_id="other")
    heating = gas("final_use", "1", activity_type=kind, period=months[1])
    assert found("TZ-ACC-09", world({"activity": [charge, heating]})) == []


@pytest.mark.parametrize("period", ["2027-04", "2026-03", "2026"])
def test_fuel_that_heats_what_has_no_input_is_the_input(period: str) -> None:
    """SMR gas called final use: 1,000 at 38.931 × 0.0153 × 44/12 once the 1 % that does not burn comes back."""
    charge = coal("transformation_in", "9", activity_type="制气", period=period)
    heating = gas("final_use", "1000", activity_type="制气", period="2027-03")
    [one] = findings("TZ-ACC-09", world({"activity": [charge, heating]}))
    assert one.effect == Decimal("21.840291")
    assert (one.arguments["filed_as"], one.row_ids) == ("final_use", ("activity:1",))


def test_what_a_conversion_takes_is_bought_for_it_and_what_it_gives_is_sold() -> None:
    made = coal("transformation_out", "700", activity_type="炼焦") | {"carrier": "coke"}
    rows = [
        coal("transformation_in", "1000", activity_type="炼焦"),
        made,
        coal("purchased", "1100", activity_type="炼焦"),
        coal("stock_close", "100", activity_type="炼焦"),
        made | {"flow": "sold", "counterparty": "outside", "quantity": "600"},
        made | {"flow": "stock_close", "quantity": "100"},
    ]
    assert found("TZ-ACC-09", world({"activity": rows})) == []
    [sold] = findings("TZ-ACC-09", world({"activity": [*rows, coal("sold", "10", "20", activity_type="炼焦")]}))
    assert sold.effect == Decimal("19.14")  # 10 × 20 × 0.0261 × 44/12: in truth put in
    bought = made | {"flow": "purchased", "counterparty": "outside", "quantity": "10"}
    [bought] = findings("TZ-ACC-09", world({"activity": [*rows, bought]}))
    assert bought.effect == Decimal("-30.757192")  # −10 × 28.435 × 0.0295 × 44/12: in truth given


def test_output_under_a_type_that_gives_no_fuel_belongs_to_its_unit() -> None:
    coke = coal("transformation_out", "10", activity_type="厂用电") | {"carrier": "coke"}
    [one] = findings("TZ-ACC-09", world({"activity": [coal("transformation_in", "20", activity_type="炼焦"), coke]}))
    assert one.effect == Decimal("-30.757192")  # the credit comes back: −10 × 28.435 × 0.0295 × 44/12
    assert (one.arguments["activity_type"], one.arguments["filed_as"]) == ("厂用电", "transformation_out")


def test_power_called_primary_production_moves_energy_and_no_tonnes() -> None:
    filed = power("primary_production", activity_type="火力发电", supply="self_fossil")
    [one] = findings("TZ-ACC-09", world({"activity": [filed]}))
    assert (one.effect, one.effect_unit) == (Decimal(-3), "tce")  # 10 MWh × 0.30: made here, it is no supply


def bought(carrier: str, word: str, **more: str) -> Row:
    """Power or heat from outside whose type says how others made it."""
    unit = "MWh" if carrier == "electricity" else "GJ"
    return coal("purchased", "10", activity_type=word) | {"carrier": carrier, "unit": unit, "source_id": "works"} | more


@pytest.mark.parametrize(("carrier", "word"), [("electricity", "火力发电"), ("heat", "供热")])
def test_the_type_of_bought_power_and_heat_only_describes(carrier: str, word: str) -> None:
    """Of E and T it moves nothing. At a unit that converts by itself the same row is its own output, called a purchase."""
    here = bought(carrier, word)
    plain = world({"activity": [{**here, "activity_type": ""}]})
    assert found("TZ-ACC-09", world({"activity": [here]})) == []
    for item in ("total.tco2", "energy.tce"):
        assert world({"activity": [here]}).item(item) == plain.item(item)
    put_in = coal("transformation_in", "100", activity_type="火力发电")
    [one] = findings("TZ-ACC-09", world({"activity": [put_in, {**here, "source_id": put_in["source_id"]}]}))
    assert (one.arguments["activity_type"], one.arguments["filed_as"]) == (word, "purchased")
    assert found("TZ-ACC-09", world({"activity": [put_in, here]})) == []


@pytest.mark.parametrize(
    ("carrier", "word"), [("electricity", "余热发电"), ("heat", "火力发电"), ("electricity", "供热")]
)
def test_types_that_describe_no_purchase(carrier: str, word: str) -> None:
    """Waste heat behind power need not be booked, so that its unit could not be told from a supplier's."""
    assert len(findings("TZ-ACC-09", world({"activity": [bought(carrier, word)]}))) == 1


def test_recovered_heat_called_bought() -> None:
    heat = coal("purchased", "1000", activity_type="回收能") | {"carrier": "waste_heat", "unit": "GJ"}
    [one] = findings("TZ-ACC-09", world({"activity": [heat]}))
    assert (one.effect, one.effect_unit) == (Decimal(-110), "tCO2")  # 1,000 GJ × 0.11


def test_a_gas_maker_beside_its_power_output_keeps_its_balance() -> None:
    """A gasifier that sends out gas and some power is a carbon balance all the same."""
    power = {**coal("transformation_out", "1"), "carrier": "electricity", "unit": "MWh", "activity_type": "火力发电"}
    gas_out = {**coal("transformation_out", "1"), "carrier": "other_gas", "unit": "10^3Nm3", "activity_type": "制气"}
    assert (
        found(
            "TZ-ACC-09", world({"activity": [coal("transformation_in", "100", activity_type="制气"), power, gas_out]})
        )
        == []
    )


# TZ-ACC-12


def test_a_low_heat_value_without_its_test() -> None:
    rows = [gas("final_use", "100", ncv="330", period="2027-01"), gas("final_use", "300", ncv="350", period="2027-02")]
    [one] = findings("TZ-ACC-12", world({"activity": rows}))
    # (100 × (389.31 − 330) + 300 × (389.31 − 350)) / 10 × 0.0153 × 0.99 × 44/12
    assert one.effect == Decimal("98.437324")
    assert one.arguments == {
        "carrier": "natural_gas",
        "property": "ncv",
        "filed": "345",
        "default": "389.31",
        "unit": "GJ/10^4Nm3",
    }
    assert (one.subject, one.rows) == ("boiler", 2)


def test_each_property_on_its_own() -> None:
    row = coal("final_use", "100", "19", carbon_content="0.026", source_id="")
    effects = {one.arguments["property"]: one.effect for one in findings("TZ-ACC-12", world({"activity": [row]}))}
    assert effects == {
        "ncv": Decimal("5.053620"),  # 100 × (19.570 − 19) × 0.026 × 0.93 × 44/12
        "carbon_content": Decimal("0.647900"),  # 100 × 19 × (0.0261 − 0.026) × 0.93 × 44/12
    }


def test_a_biogenic_share_without_its_test_is_not_counted_and_named() -> None:
    [one] = findings("TZ-ACC-12", world({"activity": [coal("final_use", "100", "20", biogenic_fraction="0.25")]}))
    assert one.effect == COAL_AT_20 / 4
    assert (one.arguments["filed"], one.arguments["default"], one.arguments["unit"]) == ("0.25", "0", "1")


@pytest.mark.parametrize(
    "row",
    [
        gas("final_use", "100", ncv="330", evidence_id="L"),
        coal("final_use", "100", "18", biogenic_fraction="0.25", evidence_id="L"),
        coal("final_use", "100", "22"),  # above the default
        coal("purchased", "100", "15"),  # emits nothing
        coal("feedstock", "100", "15"),
    ],
)
def test_tested_or_higher_or_not_counted_raises_nothing(row: Row) -> None:
    assert (
        found("TZ-ACC-12", world({"activity": [row], "evidence": [{"evidence_id": "L", "kind": "laboratory_report"}]}))
        == []
    )


@pytest.mark.parametrize("code", ["TZ-ACC-08", "TZ-ACC-09", "TZ-ACC-12"])
@pytest.mark.parametrize("park", ["PX-1", "PX-2"])
def test_whole_parks_raise_nothing(park: str, code: str) -> None:
    assert found(code, px(park)) == []
