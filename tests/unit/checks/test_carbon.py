"""TZ-CAR-01 to TZ-CAR-05: balances that stand, each atom once, nothing that vanishes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.parks import px
from tests.unit.checks.world import Row, findings, found, ran, world
from verify.checks.rows import CouldNotRun, NotApplicable


def oven(carrier: str, flow: str, quantity: str, unit: str = "t", **more: str) -> Row:
    """One flow of the coke ovens of E."""
    trade = {"counterparty": "outside"} if flow in {"purchased", "sold"} else {}
    kind = {"activity_type": "炼焦"} if flow not in {"purchased", "sold", "stock_open", "stock_close", "flared"} else {}
    row = {
        "period": "2027",
        "enterprise_id": "E",
        "source_id": "ovens",
        "carrier": carrier,
        "flow": flow,
        "quantity": quantity,
        "unit": unit,
    }
    return {**row, **trade, **kind, **more}


COAL = oven("cleaned_coal", "transformation_in", "10000")
COKE = oven("coke", "transformation_out", "7600")
GAS = oven("coke_oven_gas", "transformation_out", "3200", "10^3Nm3")
UNDERFIRING = oven("coke_oven_gas", "final_use", "3200", "10^3Nm3")
SOLD = oven("coke", "sold", "7600")


def test_defaults_on_both_sides_create_carbon() -> None:
    """factors.md 5.1: a tonne of cleaned coal holds 0.669 tC, its coke and gas 0.716 tC."""
    here = world({"activity": [COAL, COKE, GAS, UNDERFIRING, SOLD]})
    [one] = findings("TZ-CAR-01", here)
    # 7,600 × 28.435 × 0.0295 + 3,200 × 17.981 × 0.01358 = 7,156.509336 tC, × 44/12
    assert one.effect == Decimal("26240.534232")
    assert one.arguments == {
        "carbon_in": "6691.4694",  # 10,000 × 26.334 × 0.02541
        "carbon_out": "7156.509336",
        "not_credited": "26240.5342320036",
        "reason": "out_exceeds_in",
    }
    assert (one.subject, one.row_ids) == ("ovens", ("activity:0", "activity:1", "activity:2"))


def measured(row: Row, ncv: str, carbon: str) -> Row:
    """The row with its own heat value and carbon content."""
    return {**row, "ncv": ncv, "carbon_content": carbon}


def test_defaults_on_one_side_only() -> None:
    [one] = findings("TZ-CAR-01", world({"activity": [measured(COAL, "29.5", "0.0262"), COKE]}))
    assert one.arguments["reason"] == "defaults_on_one_side"
    assert one.effect == Decimal("23375.465667")  # 7,600 × 28.435 × 0.0295 × 44/12


def test_output_without_input_is_more_than_went_in() -> None:
    [one] = findings("TZ-CAR-01", world({"activity": [COKE]}))
    assert (one.arguments["carbon_in"], one.arguments["reason"]) == ("0", "out_exceeds_in")


def test_a_measured_balance_that_closes_is_credited() -> None:
    rows = [measured(COAL, "29.5", "0.0262"), measured(COKE, "28.6", "0.0293"), measured(GAS, "179.2", "0.01355")]
    here = world({"activity": rows})
    assert found("TZ-CAR-01", here) == []
    assert ran("TZ-CAR-01", here).scope.tested == 1


def test_under_the_reading_that_credits_nothing_there_is_no_balance() -> None:
    here = world({"activity": [COAL, COKE]}, chosen={"transformation.coking": "fuel_burned"})
    assert found("TZ-CAR-01", here) == []


# TZ-CAR-02


def steel(**more: str) -> dict[str, list[Row]]:
    """A converter with 400,000 t of coke beside 1,000,000 t of steel."""
    place = {"period": "2027", "enterprise_id": "E", "source_id": "bof", "unit": "t"}
    coke = {**place, "carrier": "coke", "flow": "final_use", "activity_type": "终端消费", "quantity": "400000"}
    return {"activity": [coke], "production": [{**place, "product": "crude_steel_bof", "quantity": "1000000", **more}]}


COUNTED = Decimal("1144167.530000")  # 400,000 × 28.435 × 0.0295 × 0.93 × 44/12


def test_coke_beside_steel_is_computed_both_ways() -> None:
    [one] = findings("TZ-CAR-02", world(steel()))
    assert one.effect == -COUNTED  # taken as covered, the coke is not counted
    assert one.arguments == {
        "product": "crude_steel_bof",
        "quantity": "1000000",
        "carrier": "coke",
        "counted": "1144167.53",
    }
    [other] = findings("TZ-CAR-02", world(steel(), chosen={"process.coverage": "covered"}))
    assert other.effect == COUNTED
    assert other.row_ids == ("activity:0",)


@pytest.mark.parametrize(
    "more", [{"product": "lime"}, {"source_id": "caster"}, {"flow": "sold", "counterparty": "outside"}]
)
def test_a_factor_of_known_coverage_another_unit_or_no_output_raises_nothing(more: dict[str, str]) -> None:
    assert found("TZ-CAR-02", world(steel(**more))) == []


# TZ-CAR-03


def test_gas_without_destination_counts_as_burned() -> None:
    rows = [COAL, GAS, UNDERFIRING | {"quantity": "2600"}]
    [one] = findings("TZ-CAR-03", world({"activity": rows}))
    assert one.effect == Decimal("531.828352")  # 600 × 17.981 × 0.01358 × 0.99 × 44/12
    assert one.arguments == {
        "carrier": "coke_oven_gas",
        "made": "3200",
        "accounted": "2600",
        "rest": "600",
        "unit": "10^3Nm3",
    }
    assert (one.subject, one.row_ids) == ("E", ("activity:1",))


def test_the_rest_burns_as_the_park_burns_the_carrier() -> None:
    burned = measured(UNDERFIRING | {"quantity": "2600"}, "170", "0.0136")
    [one] = findings("TZ-CAR-03", world({"activity": [COAL, GAS, burned]}))
    assert one.effect == Decimal("503.553600")  # 600 × 17.0 × 0.0136 × 0.99 × 44/12


def test_more_used_than_made() -> None:
    [one] = findings("TZ-CAR-03", world({"activity": [COAL, GAS, UNDERFIRING | {"quantity": "3300"}]}))
    assert one.arguments["rest"] == "-100"
    assert one.effect == Decimal("-88.638059")


@pytest.mark.parametrize(
    "rows",
    [
        [GAS, UNDERFIRING],
        [GAS, UNDERFIRING | {"quantity": "3185"}],  # 0.47 % of what was made
        [GAS, UNDERFIRING | {"quantity": "2600"}, oven("coke_oven_gas", "flared", "600", "10^3Nm3")],
        [COKE, SOLD | {"quantity": "7000"}, oven("coke", "stock_open", "100"), oven("coke", "stock_close", "700")],
        # sold to a member, who burns it
        [GAS, oven("coke_oven_gas", "sold", "3200", "10^3Nm3", counterparty="F"),
         oven("coke_oven_gas", "purchased", "3200", "10^3Nm3", enterprise_id="F", counterparty="E"),
         oven("coke_oven_gas", "final_use", "3200", "10^3Nm3", enterprise_id="F", activity_type="终端消费")],
    ],
)  # fmt: skip
def test_what_is_made_and_goes_somewhere_raises_nothing(rows: list[Row]) -> None:
    here = world({"activity": rows})
    assert found("TZ-CAR-03", here) == []
    assert ran("TZ-CAR-03", here).scope.tested == 1


def test_a_carrier_without_heat_value_cannot_be_closed() -> None:
    rows = [oven("other_coking_products", "transformation_out", "100"), oven("other_coking_products", "sold", "50")]
    rows[0]["ncv"] = "33"
    rows_of = ran("TZ-CAR-03", world({"activity": rows}))
    assert (rows_of.found, rows_of.undecided) == ([], ["other_coking_products 2027"])


# TZ-CAR-04


def balance(flow: str, quantity: str, content: str) -> Row:
    """One side of the mass balance of methanol."""
    return {
        "period": "2027", "enterprise_id": "E", "source_id": "gasifier", "product": "methanol", "flow": flow,
        "material": flow, "quantity": quantity, "unit": "t", "carbon_content": content,
    }  # fmt: skip


def test_more_carbon_out_of_a_process_than_in() -> None:
    rows = [balance("carbon_in", "50000", "0.7"), balance("carbon_out", "100000", "0.375")]
    [one] = findings("TZ-CAR-04", world({"process_balances": rows}))
    assert one.effect == Decimal(137500)  # 37,500 tC × 44/12: the input stands alone
    assert one.arguments == {"product": "methanol", "carbon_in": "35000", "carbon_out": "37500"}
    assert (one.subject, one.rows) == ("gasifier", 2)


def test_a_process_balance_that_closes_raises_nothing() -> None:
    here = world({"process_balances": [balance("carbon_in", "50000", "0.9"), balance("carbon_out", "100000", "0.375")]})
    assert found("TZ-CAR-04", here) == []
    assert ran("TZ-CAR-04", here).scope.tested == 1


# TZ-CAR-05


def fed(quantity: str, source: str = "gasifier", **more: str) -> Row:
    """Anthracite as feedstock of E; 26.7 GJ/t × 0.0274 = 0.73158 tC/t."""
    place = {"period": "2027", "enterprise_id": "E", "source_id": source, "unit": "t"}
    return {**place, "carrier": "anthracite", "flow": "feedstock", "quantity": quantity, **more}


def charged(quantity: str, content: str = "0.73158") -> list[Row]:
    """A balance that takes in anthracite."""
    return [balance("carbon_in", quantity, content) | {"carrier": "anthracite"}, balance("carbon_out", "1000", "0.375")]


@pytest.mark.parametrize(
    ("feedstock", "effect"), [("9000", "-2682.46"), ("11000", "2682.46")]
)  # 1,000 × 0.73158 × 44/12
def test_feed_that_the_balance_does_not_take_in_and_the_other_way_round(feedstock: str, effect: str) -> None:
    [one] = findings("TZ-CAR-05", world({"activity": [fed(feedstock)], "process_balances": charged("10000")}))
    assert one.effect == Decimal(effect)
    assert one.arguments == {"carrier": "anthracite", "fed": feedstock, "charged": "10000", "unit": "t"}
    assert (one.subject, one.row_ids) == ("E", ("process_balances:0",))


@pytest.mark.parametrize(
    ("rows", "balances"),
    [
        ([fed("10000")], charged("10000")),
        ([fed("9960")], charged("10000")),  # 0.4 %
        ([fed("10000")], charged("9000", "0.81287")),  # dried: fewer tonnes, the same carbon
        ([fed("10000")], charged("10000", "0.78")),  # carbon measured in the balance only
        ([fed("4000", "feed_store"), fed("6000")], charged("10000")),  # booked where it is stored
        ([fed("5000", "other_unit"), fed("10000")], charged("10000")),  # a unit without a balance
        ([], [balance("carbon_in", "50", "0.12"), balance("carbon_out", "10", "0.1")]),  # limestone is no carrier
    ],
)
def test_feed_that_agrees_in_tonnes_or_in_carbon(rows: list[Row], balances: list[Row]) -> None:
    coal = {**fed("1"), "flow": "purchased", "counterparty": "outside"}
    assert found("TZ-CAR-05", world({"activity": [coal, *rows], "process_balances": balances})) == []


NAPHTHA = {"period": "2027", "enterprise_id": "E", "source_id": "cracker", "carrier": "naphtha", "unit": "t"}
AMMONIA = {
    "period": "2027",
    "enterprise_id": "E",
    "source_id": "cracker",
    "product": "ammonia",
    "quantity": "9",
    "unit": "t",
}
BOUGHT = {**NAPHTHA, "flow": "purchased", "counterparty": "outside", "quantity": "10"}
FED = {**NAPHTHA, "flow": "feedstock", "quantity": "10"}
BY_FACTOR = {**AMMONIA, "factor": "2.1", "evidence_id": "F"}
PAPER = {"evidence": [{"evidence_id": "F", "kind": "factor_basis"}]}


@pytest.mark.parametrize("code", ["TZ-CAR-04", "TZ-CAR-05"])
@pytest.mark.parametrize(
    "tables",
    [
        {"activity": [BOUGHT, {**NAPHTHA, "flow": "final_use", "quantity": "10", "activity_type": "终端消费"}]},
        {"activity": [BOUGHT], "production": [BY_FACTOR], **PAPER},
        {"activity": [BOUGHT, FED], "production": [BY_FACTOR], **PAPER},  # its carbon is in the factor of the product
        {"activity": [BOUGHT, FED | {"carrier": "hydrogen", "unit": "10^3Nm3"}]},  # no carbon to account for
        {"activity": [BOUGHT], "production": [AMMONIA | {"product": "bolts"}]},  # no process emissions
        {"activity": [BOUGHT], "process_balances": []},  # a sheet of headings
    ],
)
def test_where_nothing_could_need_a_balance_none_is_missed(code: str, tables: dict[str, list[Row]]) -> None:
    with pytest.raises(NotApplicable, match="no_balance_due"):
        ran(code, world(tables))


@pytest.mark.parametrize("code", ["TZ-CAR-04", "TZ-CAR-05"])
@pytest.mark.parametrize(
    "tables",
    [
        {"activity": [BOUGHT], "production": [AMMONIA]},  # neither a factor nor a balance
        {"activity": [BOUGHT, FED]},  # fed to a unit that makes nothing listed
        {"activity": [BOUGHT, FED], "production": [BY_FACTOR | {"source_id": "other"}], **PAPER},
        {"activity": [BOUGHT, FED | {"source_id": ""}], "production": [BY_FACTOR | {"source_id": ""}], **PAPER},
    ],
)
def test_where_something_could_need_a_balance_it_stays_unchecked(code: str, tables: dict[str, list[Row]]) -> None:
    with pytest.raises(CouldNotRun, match="table_not_handed_in"):
        ran(code, world(tables))


def test_balances_without_activity_leave_their_feed_unchecked() -> None:
    here = world({"process_balances": charged("10000")})
    assert ran("TZ-CAR-04", here).scope.tested == 1
    with pytest.raises(CouldNotRun, match="table_not_handed_in"):
        ran("TZ-CAR-05", here)


@pytest.mark.parametrize("code", ["TZ-CAR-01", "TZ-CAR-02", "TZ-CAR-03"])
@pytest.mark.parametrize("park", ["PX-1", "PX-2"])
def test_whole_parks_raise_nothing(park: str, code: str) -> None:
    assert found(code, px(park)) == []
