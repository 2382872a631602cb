"""TZ-BAL-01 to 05: a planted break of each conservation with its effect by hand, and the honest park beside it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.unit.checks.handed import A, B, Row, flow, gas, handed, power
from tests.unit.checks.parks import px, tables
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import CouldNotRun, NotApplicable

GRID = Decimal("0.8325")
# 38.931 GJ/10^3Nm3 x 0.0153 tC/GJ x 0.99 x 44/12, rounded at 12 places
GAS = (Fraction("38.931") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)).limit_denominator(10**12)

GREEN_IN = [power(A, "purchased", "420000", "direct_nonfossil"), power(A, "final_use", "360000")]


def one(code: str, rows: dict[str, list[Row]], about: object = None) -> object:
    (finding,) = findings(code, handed(rows, about))
    return finding


# ---- BAL-01 ---------------------------------------------------------------------------------------------------------


def test_green_power_sent_out_as_grid_power_earns_no_credit() -> None:
    finding = one("TZ-BAL-01", {"activity": [*GREEN_IN, power(A, "sold", "60000", "grid", row_id="export")]})
    assert finding.effect == 60000 * GRID == Decimal(49950)
    assert finding.arguments == {"supply": "grid", "inflow": "0", "outflow": "60000", "difference": "-60000"}
    assert finding.row_ids == ("export",)
    assert (finding.subject, finding.period, finding.effect_unit) == ("P", "2027", "tCO2")


def test_sent_out_as_what_it_is_closes() -> None:
    assert found("TZ-BAL-01", handed({"activity": [*GREEN_IN, power(A, "sold", "60000", "direct_nonfossil")]})) == []


def test_pv_called_own_fossil_power_is_a_kind_of_its_own() -> None:
    rows = [
        power(A, "purchased", "9000", "grid"),
        power(A, "primary_production", "5000", "self_nonfossil"),
        power(A, "sold", "1000", "self_fossil"),
    ]
    finding = one("TZ-BAL-01", {"activity": rows})
    assert (finding.arguments["supply"], finding.effect) == ("self_fossil", 1000 * GRID)


def test_thermal_power_that_was_bought_is_no_power_of_the_park() -> None:
    """Its type says how others made it: without a label it is grid power, and covers no sale of own fossil power."""
    rows = [power(A, "purchased", "9000", activity_type="火力发电"), power(A, "sold", "1000", "self_fossil")]
    finding = one("TZ-BAL-01", {"activity": rows})
    assert (finding.arguments["supply"], finding.arguments["inflow"]) == ("self_fossil", "0")


def test_sales_without_a_label_draw_on_all_other_power() -> None:
    made = power(A, "transformation_out", "500", "", activity_type="火力发电")
    honest = [made, power(A, "purchased", "100", "grid"), power(A, "sold", "600")]
    assert found("TZ-BAL-01", handed({"activity": honest})) == []
    finding = one("TZ-BAL-01", {"activity": [*honest, power(A, "sold", "50", source_id="more")]})
    assert finding.effect == 50 * GRID
    assert finding.arguments["supply"] == "grid"


def test_a_kind_used_under_its_label_is_gone() -> None:
    rows = [
        power(A, "transformation_out", "500", "self_fossil"),
        power(A, "final_use", "450", "self_fossil"),
        power(A, "sold", "60", "self_fossil"),
    ]
    assert one("TZ-BAL-01", {"activity": rows}).effect == 10 * GRID


def test_park_without_exports_has_no_balance_of_kinds() -> None:
    with pytest.raises(NotApplicable, match="no_power_sent_out"):
        ran("TZ-BAL-01", handed({"activity": GREEN_IN}))


@pytest.mark.parametrize("identifier", ["PX-1", "PX-2"])
@pytest.mark.parametrize("code", ["TZ-BAL-01", "TZ-BAL-02"])
def test_the_parks_by_hand_close(code: str, identifier: str) -> None:
    here = px(identifier)
    assert found(code, here) == []
    scope = ran(code, here).scope
    assert scope.tested > 0
    assert scope.tco2_tested > 0


# ---- BAL-02 ---------------------------------------------------------------------------------------------------------


def test_use_that_nobody_bought() -> None:
    rows = [power(A, "purchased", "1000000", "grid", row_id="in"), power(A, "final_use", "1020000", row_id="out")]
    finding = one("TZ-BAL-02", {"activity": rows})
    # 20,000 MWh x 0.30 tce
    assert (finding.effect, finding.effect_unit) == (Decimal(6000), "tce")
    assert finding.arguments == {
        "carrier": "electricity",
        "fence": "300000",
        "use": "306000",
        "difference": "-6000",
        "tolerance": "0.01",
    }
    assert finding.row_ids == ("in", "out")


@pytest.mark.parametrize(("used", "found_"), [("990000", False), ("989999", True)])
def test_power_is_within_one_per_cent(used: str, found_: bool) -> None:
    rows = [power(A, "purchased", "1000000", "grid"), power(A, "final_use", used)]
    assert bool(found("TZ-BAL-02", handed({"activity": rows}))) is found_


@pytest.mark.parametrize(("used", "found_"), [("995000", False), ("994999", True)])
def test_fuel_is_within_half_a_per_cent(used: str, found_: bool) -> None:
    rows = [gas(A, "purchased", "1000000"), gas(A, "final_use", used)]
    assert bool(found("TZ-BAL-02", handed({"activity": rows}))) is found_


def test_a_padded_yard_does_not_widen_the_tolerance() -> None:
    yard = [gas(A, "stock_open", "9000000"), gas(A, "stock_close", "9000000")]
    rows = [gas(A, "purchased", "1000000"), gas(A, "final_use", "980000"), *yard]
    # 20,000 x 1.33 tce
    assert one("TZ-BAL-02", {"activity": rows}).effect == Decimal(-26600)


@pytest.mark.parametrize("flow_", ["transformation_in", "transformation_out", "recovered", "feedstock"])
@pytest.mark.parametrize("how", ["dropped", "twice"])
def test_every_such_row_of_px2_is_missed(flow_: str, how: str) -> None:
    whole = tables("PX-2")
    meant = [row for row in whole["activity"] if row["flow"] == flow_]
    for row in meant:
        rest = [other for other in whole["activity"] if other is not row or how == "twice"]
        extra = [{**row, "meter_id": "again"}] if how == "twice" else []
        carriers = {
            one.arguments["carrier"]: one
            for one in findings("TZ-BAL-02", handed({**whole, "activity": [*rest, *extra]}))
        }
        assert row["carrier"] in carriers
        assert abs(carriers[row["carrier"]].effect) > 0


def test_a_row_booked_twice_has_no_tolerance() -> None:
    """5 of 1,000 is within 0.5 %; 3 booked twice under another paper is not, for nothing was measured."""
    bought = gas(A, "purchased", "1000")
    used = [gas(A, "final_use", "997"), gas(A, "feedstock", "3", row_id="one")]
    assert found("TZ-BAL-02", handed({"activity": [bought, *used]})) == []
    again = gas(A, "feedstock", "3", evidence_id="other", row_id="two")
    finding = one("TZ-BAL-02", {"activity": [bought, *used, again]})
    # 3 x 1.33 tce, used that nobody bought
    assert (finding.effect, finding.arguments["tolerance"]) == (Decimal("3.99"), "0")
    meters = [gas(A, "final_use", "498.5", meter_id="1"), gas(A, "final_use", "498.5", meter_id="2")]
    assert found("TZ-BAL-02", handed({"activity": [bought, *meters, gas(A, "final_use", "2")]})) == []


# ---- BAL-03 ---------------------------------------------------------------------------------------------------------


def steam(seller_kind: str, buyer_kind: str, bought: str = "1400000", *more: Row) -> dict[str, list[Row]]:
    sold = flow(A, "heat", "sold", "1400000", "GJ", supply=seller_kind, counterparty=B, row_id="sold")
    return {
        "activity": [
            sold,
            flow(B, "heat", "purchased", bought, "GJ", supply=buyer_kind, counterparty=A, row_id="bought"),
            *more,
        ]
    }


def test_both_ends_alike_are_silent() -> None:
    here = handed(steam("fossil_heat", "fossil_heat"))
    assert found("TZ-BAL-03", here) == []
    assert ran("TZ-BAL-03", here).scope.tested == 1


def test_kinds_that_differ_are_two_one_sided_balances() -> None:
    fossil, nonfossil = sorted(
        findings("TZ-BAL-03", handed(steam("fossil_heat", "nonfossil_heat"))), key=lambda one: one.arguments["supply"]
    )
    assert fossil.arguments == {
        "counterparty": B,
        "carrier": "heat",
        "supply": "fossil_heat",
        "sold": "1400000",
        "bought": "0",
        "unit": "GJ",
    }
    assert nonfossil.arguments["sold"] == "0"
    assert {fossil.subject, nonfossil.subject} == {A}
    assert (fossil.effect, fossil.row_ids, nonfossil.row_ids) == (None, ("sold",), ("bought",))


def test_a_loss_booked_by_one_end_explains_the_rest() -> None:
    lost = flow(A, "heat", "loss", "20000", "GJ")
    assert found("TZ-BAL-03", handed(steam("fossil_heat", "fossil_heat", "1380000", lost))) == []
    assert (
        len(found("TZ-BAL-03", handed(steam("fossil_heat", "fossil_heat", "1380000")))) == 2
    )  # one finding on two rows
    assert found("TZ-BAL-03", handed(steam("fossil_heat", "fossil_heat", "1420000", lost)))


def test_a_buyer_that_books_the_trade_as_received() -> None:
    """Undone, the 1,400,000 GJ at 0.11 are not received: 154,000 t too many."""
    rows = steam("fossil_heat", "fossil_heat")
    rows["activity"][1]["counterparty"] = "outside"
    finding = one("TZ-BAL-03", rows)
    assert finding.effect == Decimal(-154000)


def test_a_seller_that_books_the_trade_as_sent_out() -> None:
    """Undone, the credit of 1,400,000 GJ at 0.11 falls away: 154,000 t hidden."""
    rows = steam("fossil_heat", "fossil_heat")
    rows["activity"][0]["counterparty"] = "outside"
    finding = one("TZ-BAL-03", rows)
    assert finding.effect == Decimal(154000)
    assert (finding.subject, finding.arguments["counterparty"]) == (A, B)


def test_a_trade_with_a_former_member_crosses_the_fence() -> None:
    rows = steam("fossil_heat", "fossil_heat")
    rows["enterprises"] = [{"enterprise_id": A, "name": A}, {"enterprise_id": B, "name": B, "to": "2026-12-31"}]
    with pytest.raises(NotApplicable, match="no_inside_trade"):
        ran("TZ-BAL-03", handed(rows))


def test_inside_trades_of_px2_pair() -> None:
    assert found("TZ-BAL-03", px("PX-2")) == []


# ---- BAL-04 ---------------------------------------------------------------------------------------------------------


def said(
    quantity: str, carrier: str = "natural_gas", unit: str = "10^3Nm3", authority: str = "gas_supplier", **more: object
) -> Row:
    return {"period": "2027", "authority": authority, "carrier": carrier, "quantity": quantity, "unit": unit, **more}


BURNED = [gas(A, "purchased", "20000"), gas(A, "final_use", "20000")]


def test_what_the_supplier_delivered_beyond_the_members_counts_at_the_default() -> None:
    finding = one("TZ-BAL-04", {"activity": BURNED, "statements": [said("20600", row_id="bill")]})
    assert finding.effect == pytest.approx(Decimal(600 * GAS.numerator) / GAS.denominator, abs=Decimal("0.00001"))
    assert finding.arguments == {
        "authority": "gas_supplier",
        "carrier": "natural_gas",
        "stated": "20600",
        "members": "20000",
        "unit": "10^3Nm3",
    }
    assert (finding.subject, finding.row_ids) == ("P", ("bill",))


def test_accounts_of_one_supplier_add_up() -> None:
    bills = [said("12000", account="1"), said("8050", account="2")]
    assert found("TZ-BAL-04", handed({"activity": BURNED, "statements": bills})) == []


def test_members_that_book_more_than_was_delivered_are_found_without_tonnes() -> None:
    finding = one("TZ-BAL-04", {"activity": BURNED, "statements": [said("15000")]})
    assert finding.effect is None
    several = {"activity": BURNED, "statements": [said("15000", authority="fuel_supplier")]}
    assert found("TZ-BAL-04", handed(several)) == []


def test_direct_power_need_not_stand_in_the_bill_of_the_grid_company() -> None:
    rows = [
        power(A, "purchased", "300", "grid"),
        power(A, "purchased", "700", "direct_nonfossil"),
        power(A, "final_use", "1000"),
    ]
    for stated, silent in (("300", True), ("1000", True), ("290", False), ("1100", False)):
        bill = said(stated, "electricity", "MWh", "grid_company")
        assert (found("TZ-BAL-04", handed({"activity": rows, "statements": [bill]})) == []) is silent


def test_an_account_of_somebody_who_is_no_member() -> None:
    bills = [said("20000", party_code=A), said("700", party_code="Z", row_id="stranger")]
    finding = one(
        "TZ-BAL-04", {"activity": BURNED, "enterprises": [{"enterprise_id": A, "name": A}], "statements": bills}
    )
    assert (finding.subject, finding.arguments["members"], finding.row_ids) == ("Z", "0", ("stranger",))


def test_months_stated_are_compared_with_those_months() -> None:
    rows = [
        gas(A, kind, "1000", period=f"2027-{month:02d}")
        for month in range(1, 13)
        for kind in ("purchased", "final_use")
    ]
    first_half = [said("1000", period=f"2027-{month:02d}") for month in range(1, 7)]
    assert found("TZ-BAL-04", handed({"activity": rows, "statements": first_half})) == []
    with pytest.raises(CouldNotRun, match="periods_not_comparable"):
        ran("TZ-BAL-04", handed({"activity": BURNED, "statements": first_half}))


def test_a_register_without_quantities_ties_nothing() -> None:
    listed = {"period": "2027", "authority": "register", "party_code": "Z"}
    with pytest.raises(NotApplicable, match="no_supplier_statement"):
        ran("TZ-BAL-04", handed({"activity": BURNED, "statements": [listed]}))


# ---- BAL-05 ---------------------------------------------------------------------------------------------------------


def coal(kind: str, quantity: str, period: str = "2027", **more: object) -> Row:
    return flow(
        A, "bituminous_coal", kind, quantity, "t", **{"period": period, "source_id": "yard", "ncv": "22.3", **more}
    )


def yard(opening: str, *, period: str = "2026", after: str = "2027") -> dict[str, list[Row]]:
    return {
        "activity": [
            coal("stock_close", "8000", period, row_id="close"),
            coal("stock_open", opening, after, row_id="open"),
            coal("final_use", "50000", after, source_id="boiler"),
        ]
    }


def test_what_vanished_between_two_years_counts_as_the_coal_that_is_burned() -> None:
    finding = one("TZ-BAL-05", yard("6500"))
    factor = (Fraction("22.3") * Fraction("0.0261") * Fraction("0.93") * Fraction(44, 12)).limit_denominator(10**12)
    assert finding.effect == pytest.approx(
        Decimal(1500 * factor.numerator) / factor.denominator, abs=Decimal("0.00001")
    )
    assert finding.arguments == {
        "carrier": "bituminous_coal",
        "closing": "8000",
        "opening": "6500",
        "unit": "t",
        "next_period": "2027",
    }
    assert (finding.subject, finding.period, finding.row_ids) == (A, "2026", ("close", "open"))


@pytest.mark.parametrize(
    ("period", "after"), [("2026", "2027"), ("2026-12", "2027-01"), ("2027-03", "2027-04"), ("2026", "2027-01")]
)
def test_every_seam_between_periods_holds_or_is_found(period: str, after: str) -> None:
    assert found("TZ-BAL-05", handed(yard("8000", period=period, after=after))) == []
    assert found("TZ-BAL-05", handed(yard("8039", period=period, after=after))) == []  # within 0.5 %
    finding = one("TZ-BAL-05", yard("9000", period=period, after=after))
    assert finding.effect < 0
    assert finding.arguments["next_period"] == after


def test_periods_apart_do_not_meet() -> None:
    with pytest.raises(NotApplicable, match="no_stock_rows"):
        ran("TZ-BAL-05", handed(yard("1", period="2025", after="2027")))


def test_a_place_that_counts_only_its_closing_stock_opens_with_nothing() -> None:
    rows = yard("0")
    rows["activity"] = [rows["activity"][0], coal("stock_close", "10", "2027", row_id="later"), *rows["activity"][2:]]
    finding = one("TZ-BAL-05", rows)
    assert (finding.arguments["closing"], finding.arguments["opening"]) == ("8000", "0")


def test_stock_that_is_never_seen_again() -> None:
    """A closing stock of a carrier that the member goes on using without counting it."""
    rows = [coal("final_use", "900", month, source_id="boiler") for month in ("2027-05", "2027-06", "2027-07")]
    finding = one("TZ-BAL-05", {"activity": [*rows, coal("stock_close", "300", "2027-06")]})
    assert (finding.arguments["closing"], finding.arguments["opening"], finding.period) == ("300", "0", "2027-06")
    finding = one("TZ-BAL-05", {"activity": [*rows, coal("stock_open", "300", "2027-06")]})
    assert (finding.arguments["closing"], finding.arguments["opening"], finding.period) == ("0", "300", "2027-05")


def test_stock_may_move_from_yard_to_yard() -> None:
    rows = [coal("stock_close", "300", "2027-06"), coal("stock_open", "300", "2027-07", source_id="new_yard")]
    assert found("TZ-BAL-05", handed({"activity": rows})) == []


def test_stocks_of_a_year_beside_rows_of_months() -> None:
    months = [coal("final_use", "900", f"{year}-{month:02d}") for year in (2026, 2027) for month in range(1, 13)]
    stocks = [coal("stock_close", "300", "2026"), coal("stock_open", "300", "2027")]
    assert found("TZ-BAL-05", handed({"activity": [*months, *stocks]})) == []
