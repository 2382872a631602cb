"""TZ-ACC-04 to 07, 10 and 11: the filing beside its rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.parks import px, tables
from tests.unit.checks.world import Row, findings, found, ran, world
from verify.checks import NotApplicable

PX2_TOTAL = "275801.27"  # 275,801.2692599996 t
KEROSENE = Decimal("910.017416")  # 300 × 43.070 × 0.0196 × 0.98 × 44/12


def filed(item: str, value: str, unit: str = "tCO2", **more: str) -> Row:
    """One figure of the filing."""
    return {"year": "2027", "item": item, "value": value, "unit": unit, **more}


def px2(*reported: Row, **more: list[Row]) -> object:
    """PX-2 with these figures filed."""
    return world({**tables("PX-2"), **more, "reported": list(reported)})


def power(quantity: str, year: str = "2027", **more: str) -> Row:
    """Grid power received, MWh, at 0.8325."""
    return {
        "period": year, "enterprise_id": "E", "carrier": "electricity", "flow": "purchased", "supply": "grid",
        "counterparty": "outside", "quantity": quantity, "unit": "MWh", **more,
    }  # fmt: skip


# TZ-ACC-04


@pytest.mark.parametrize(
    ("reported", "tonnes"),
    [
        ([filed("碳汇抵消", "-5000")], 5000),
        ([filed("其他", "-120")], 120),  # below zero, whatever it is called
        ([filed("CCER 使用量", "5000"), filed("total.tco2", "270801.27")], 5000),
        ([filed("CCER 使用量", "5000")], 5000),  # no total that would show it left in
    ],
)
def test_offsets_are_no_term_of_the_method(reported: list[Row], tonnes: int) -> None:
    [one] = findings("TZ-ACC-04", px2(*reported))
    assert one.effect == tonnes
    assert one.arguments == {"item": reported[0]["item"], "deducted": str(tonnes)}
    assert one.row_ids == ("reported:0",)


@pytest.mark.parametrize(
    "reported",
    [
        [filed("CCER 使用量", "5000"), filed("total.tco2", PX2_TOTAL)],  # listed beside a total that leaves it in
        [filed("碳汇面积", "12", "m2")],
        [filed("term.el.tco2", "-8325")],  # a term of the method that is below zero
        [filed("CCER 使用量", "-5000", authority="ets")],
    ],
)
def test_what_is_not_taken_off_raises_nothing(reported: list[Row]) -> None:
    assert found("TZ-ACC-04", px2(*reported)) == []


def test_sinks_and_captured_carbon_in_rows() -> None:
    sink = {"period": "2027", "enterprise_id": "E", "category": "碳汇", "gas": "CO2", "quantity": "300", "unit": "t"}
    side = {
        "period": "2027",
        "enterprise_id": "E",
        "source_id": "kiln",
        "product": "lime",
        "unit": "t",
        "carbon_content": "0.12",
    }
    balance = [
        side | {"flow": "carbon_in", "material": "石灰石", "quantity": "1000"},
        side | {"flow": "carbon_out", "material": "捕集封存的CO2", "quantity": "200"},
    ]
    plain = sink | {"category": "combustion"}
    here = world({"emissions": [sink, plain], "process_balances": balance})
    assert [(one.arguments["item"], one.effect, one.row_ids) for one in findings("TZ-ACC-04", here)] == [
        ("碳汇", Decimal(300), ("emissions:0",)),
        ("捕集封存的CO2", Decimal(88), ("process_balances:1",)),  # 200 × 0.12 × 44/12
    ]


# TZ-ACC-05


@pytest.mark.parametrize(
    "figure",
    [
        filed("total.tco2", "274891.25"),  # P2-h of the domain pack
        filed("term.fuel.tco2", "269636.11"),
        filed("扣减国际航空航海", "-910.02"),
    ],
)
def test_bunkers_taken_off(figure: Row) -> None:
    [one] = findings("TZ-ACC-05", px2(figure))
    assert one.effect == KEROSENE
    assert one.arguments == {"carrier": "kerosene", "quantity": "300", "unit": "t", "deducted": "910.017416"}
    assert (one.subject, one.row_ids) == ("91320000MA2000005Y", ("activity:37",))
    assert found("TZ-ACC-04", px2(figure)) == []  # one thing, one finding


@pytest.mark.parametrize(
    "figure", [filed("total.tco2", PX2_TOTAL), filed("total.tco2", "275000.37"), filed("bunker.tco2", "910.02")]
)
def test_bunkers_left_in_or_listed_raise_nothing(figure: Row) -> None:
    """As recomputed; another difference; listed apart with no total filed."""
    here = px2(figure)
    if figure["item"] == "bunker.tco2":
        with pytest.raises(NotApplicable, match="not_filed"):
            ran("TZ-ACC-05", here)
    else:
        assert found("TZ-ACC-05", here) == []


# TZ-ACC-06


def made(product: str, quantity: str = "1000", **more: str) -> Row:
    """A product made by E."""
    return {
        "period": "2027",
        "enterprise_id": "E",
        "source_id": "unit",
        "product": product,
        "quantity": quantity,
        "unit": "t",
        **more,
    }


def test_a_listed_product_with_neither_factor_nor_balance() -> None:
    [one] = findings("TZ-ACC-06", world({"production": [made("methanol", "600"), made("methanol", "400")]}))
    assert one.effect is None
    assert one.arguments == {"product": "methanol", "quantity": "1000"}
    assert (one.subject, one.row_ids) == ("E", ("production:0", "production:1"))


@pytest.mark.parametrize("figure", [filed("term.process.tco2", "0"), filed("total.tco2", "262141.27")])
def test_a_process_term_left_out_of_the_filing(figure: Row) -> None:
    [one] = findings("TZ-ACC-06", px2(figure))
    assert one.effect == Decimal(13660)  # 20,000 t of lime × 0.683
    assert one.arguments == {"product": "lime", "quantity": "20000"}


def test_a_product_with_its_factor_or_its_balance_raises_nothing() -> None:
    side = {"period": "2027", "enterprise_id": "E", "source_id": "unit", "product": "methanol", "unit": "t"}
    balance = [
        side | {"flow": "carbon_in", "material": "coal", "quantity": "700", "carbon_content": "0.7"},
        side | {"flow": "carbon_out", "material": "methanol", "quantity": "1000", "carbon_content": "0.375"},
    ]
    rows = [
        made("methanol"),
        made("lime"),
        made("integrated_circuits"),
        made("ammonia", flow="bought", counterparty="outside"),
    ]
    here = world({"production": rows, "process_balances": balance})
    assert found("TZ-ACC-06", here) == []
    assert ran("TZ-ACC-06", here).scope.tested == 2  # methanol and lime


# TZ-ACC-07


def test_credits_beyond_what_was_received() -> None:
    """CK-N16 on PX-2: 50 GWh received and 60 GWh sent out at 0.8325; 100,000 GJ sent out at 0.11."""
    by_term = {one.arguments["term"]: one for one in findings("TZ-ACC-07", px("PX-2"))}
    assert by_term["el"].effect == Decimal(8325)
    assert by_term["el"].arguments == {"term": "el", "received": "41625", "credited": "49950", "net": "-8325"}
    assert by_term["el"].row_ids == ("activity:10",)
    assert by_term["heat"].effect == Decimal(11000)
    assert by_term["heat"].arguments["received"] == "0"


def test_under_a_floor_nothing_is_below_zero() -> None:
    here = world(tables("PX-2"), chosen={"export_credit": "floor_both"})
    assert found("TZ-ACC-07", here) == []


def test_more_received_than_sent_out() -> None:
    here = world({"activity": [power("100"), power("99", flow="sold", supply="self_fossil")]})
    assert found("TZ-ACC-07", here) == []
    assert ran("TZ-ACC-07", here).scope.worst == Decimal("82.4175")


# TZ-ACC-10


def test_a_figure_that_does_not_follow() -> None:
    [one] = findings("TZ-ACC-10", px2(filed("total.tco2", "270000.27")))
    assert one.effect == Decimal("5800.999260")  # 275,801.2692599996 − 270,000.27
    assert one.arguments["recomputed"] == "275801.2692599996"
    assert one.arguments["deviation"].startswith("-0.021033")  # −5,800.99926 / 275,801.26926
    assert one.row_ids == ("reported:0",)


def test_energy_and_indicators_differ_in_their_own_units() -> None:
    rows = findings(
        "TZ-ACC-10",
        px2(
            filed("energy.tce", "330492.46", "tce"),
            filed("indicator.direct_share", "0.6", "1"),
            filed("indicator.unit_energy_co2", "0.83", "tCO2/tce"),
        ),
    )
    assert sorted((one.arguments["item"], one.effect, one.effect_unit) for one in rows) == [
        ("energy.tce", Decimal("-8999.999957"), "tce"),  # P2-g: waste-heat power kept as if primary
        ("indicator.direct_share", None, ""),
        ("indicator.unit_energy_co2", None, ""),
    ]


@pytest.mark.parametrize(
    "figure",
    [
        filed("total.tco2", PX2_TOTAL),
        filed("total.tco2", "275801.3"),
        filed("total.tco2", "275801"),
        filed("total.tco2", "275800"),  # 27.58 万吨
        filed("total.tco2", "276000"),  # 27.6 万吨
        filed("total.tco2", "275801.27", "t"),
        filed("energy.tce", "321492.46", "tce"),
        filed("indicator.unit_energy_co2", "0.86", "tCO2/tce"),
        filed("term.heat.tco2", "-11000"),
        filed("total.tco2", "100", authority="ets"),
    ],
)
def test_rounding_and_other_authorities_are_no_difference(figure: Row) -> None:
    assert found("TZ-ACC-10", px2(figure)) == []


def test_what_the_places_of_quantities_hide_is_no_difference() -> None:
    """Six places are kept: two rows of 1 MWh hide 0.00000083 t, the last digit filed 0.0000005 t."""
    rows = [power("1"), power("1", enterprise_id="F")]
    members = [{"enterprise_id": one, "name": one} for one in "EF"]
    for value, raised in (("1.665001", 0), ("1.665002", 1)):
        here = world({"enterprises": members, "activity": rows, "reported": [filed("total.tco2", value)]})
        assert len(findings("TZ-ACC-10", here)) == raised


def test_zeros_before_the_point_are_no_licence() -> None:
    """300,000 t is not 275,801 t rounded to one digit."""
    [one] = findings("TZ-ACC-10", px2(filed("total.tco2", "300000")))
    assert one.effect == Decimal("-24198.730740")


# TZ-ACC-11


def test_five_per_cent_of_the_total() -> None:
    here = world({"activity": [power("10000")], "reported": [filed("total.tco2", "7900")]})
    [one] = findings("TZ-ACC-11", here)
    assert one.effect == Decimal(425)  # 10,000 × 0.8325 = 8,325
    assert one.arguments == {
        "measured_against": "total",
        "base": "7900",
        "net": "-425",
        "gross": "425",
        "threshold": "0.05",
    }


def test_opposite_errors_are_material_in_gross() -> None:
    """Terms wrong by +10,000 and −10,000 t: nothing net, 10 % gross would hide in the sum."""
    here = px2(filed("total.tco2", PX2_TOTAL), filed("term.fuel.tco2", "280546.12"), filed("term.process.tco2", "3660"))
    [one] = findings("TZ-ACC-11", here)
    assert (one.effect, one.arguments["net"]) == (0, "0")
    assert one.arguments["gross"] == "19999.9962400004"  # 280,546.12 − 270,546.12376 and 10,000


def two_years(base: str, last: str) -> object:
    """10,000 MWh in 2025 and 9,000 MWh in 2027: 8,325 and 7,492.5 t, a reduction of 832.5 t."""
    reported = [filed("total.tco2", base) | {"year": "2025"}, filed("total.tco2", last)]
    return world({"activity": [power("10000", "2025"), power("9000")], "reported": reported})


def test_a_small_error_that_is_most_of_the_reduction() -> None:
    [one] = findings("TZ-ACC-11", two_years("8425", "7392.5"))  # 1.2 % and 1.3 % of the totals
    assert one.arguments == {
        "measured_against": "claimed_reduction",
        "base": "1032.5",
        "net": "200",
        "gross": "200",
        "threshold": "0.05",
    }
    assert one.effect == Decimal(200)
    assert one.row_ids == ("reported:0", "reported:1")


@pytest.mark.parametrize(("base", "last"), [("8325", "7492.5"), ("8345", "7492.5"), ("8000.5", "8100.5")])
def test_immaterial_or_no_reduction_raises_nothing(base: str, last: str) -> None:
    if base == "8000.5":  # no reduction is claimed; 3.9 % and 8.1 % of the totals
        assert [one.arguments["measured_against"] for one in findings("TZ-ACC-11", two_years(base, last))] == ["total"]
    else:
        assert found("TZ-ACC-11", two_years(base, last)) == []


def test_rows_that_file_their_own_factor_are_the_filing_where_no_total_is() -> None:
    here = world({"activity": [power("10000", factor="0.5306")]})
    [one] = findings("TZ-ACC-11", here)
    assert one.effect == Decimal(3019)
    assert (one.arguments["base"], one.row_ids) == ("5306", ("activity:0",))


@pytest.mark.parametrize("code", ["TZ-ACC-04", "TZ-ACC-06", "TZ-ACC-07", "TZ-ACC-11"])
def test_px1_raises_nothing(code: str) -> None:
    assert found(code, px("PX-1")) == []


@pytest.mark.parametrize("code", ["TZ-ACC-04", "TZ-ACC-06", "TZ-ACC-11"])
def test_px2_raises_its_credits_only(code: str) -> None:
    assert found(code, px("PX-2")) == []
