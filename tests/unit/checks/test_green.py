"""TZ-GRN-01 to 03: power at zero beyond its proof, the direct share, plants that do not fit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.handed import A, Row, handed, papers, park, power
from tests.unit.checks.parks import px
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import CouldNotRun, NotApplicable
from verify.ledger.spans import merged

GRID = Decimal("0.8325")


def span(first: int, last: int, **more: object) -> Row:
    return {"registry": "GEC", "prefix": "X", "first": first, "last": last, **more}


def certificate(first: int, last: int, generator: str = "farm", **more: object) -> Row:
    return span(first, last, generator_id=generator, **more)


def retired(first: int, last: int, **more: object) -> Row:
    return span(
        first,
        last,
        **{"event": "retire", "at": "2028-02-18", "beneficiary": "测试园区", "used_for_period": "2027", **more},
    )


def settled(quantity: str, **more: object) -> Row:
    return {
        "period": "2027",
        "authority": "power_exchange",
        "item": "绿电交易结算电量",
        "quantity": quantity,
        "unit": "MWh",
        **more,
    }


def bought(direct: str = "380000", certified: str = "240000", traded: str = "0", **more: object) -> list[Row]:
    rows = [
        power(A, "purchased", direct, "direct_nonfossil", basis="meter", meter_id="line", row_id="direct", **more),
        power(A, "purchased", certified, "certificate", row_id="certified"),
        power(A, "purchased", traded, "green_trade", row_id="traded"),
        power(A, "purchased", "10000", "grid"),
    ]
    return [row for row in rows if row["quantity"] != "0"]


def green(
    rows: list[Row], certificates: list[Row] = (), events: list[Row] = (), statements: list[Row] = (), **more: list[Row]
) -> dict[str, list[Row]]:  # type: ignore[assignment]
    tables = {
        "activity": rows,
        "certificates": list(certificates),
        "certificate_events": list(events),
        "statements": list(statements),
        **more,
    }
    return {name: kept for name, kept in tables.items() if kept}


# ---- GRN-01 ---------------------------------------------------------------------------------------------------------

FULL = {"certificates": [certificate(1, 240000)], "events": [retired(1, 240000)]}


def test_every_mwh_at_zero_has_its_proof() -> None:
    here = handed(green(bought(), **FULL))
    assert found("TZ-GRN-01", here) == []
    assert ran("TZ-GRN-01", here).scope.tested == 2


def test_what_exceeds_the_proofs_counts_as_other_power() -> None:
    """The example of the finding's page: 650,000 claimed, 380,000 direct and 240,000 retired: 30,000 x 0.8325 = 24,975 t."""
    (finding,) = findings("TZ-GRN-01", handed(green(bought(certified="270000"), **FULL)))
    assert finding.effect == 30000 * GRID == Decimal(24975)
    assert finding.arguments == {
        "claimed": "650000",
        "direct": "380000",
        "certificates": "240000",
        "green_trade": "0",
        "excess": "30000",
    }
    assert finding.row_ids == ("certified", "direct")


@pytest.mark.parametrize(
    ("certificates", "events", "proven"),
    [
        ([certificate(1, 240000)], [retired(1, 200000), retired(200001, 240000)], 240000),  # retired in two steps
        ([certificate(1, 240000)], [retired(1, 240000), retired(1, 240000)], 240000),  # retired twice: once
        ([certificate(1, 240000), certificate(100001, 240000)], [retired(1, 240000)], 240000),  # listed twice: once
        ([certificate(1, 200000)], [retired(1, 240000)], 200000),  # retired without a certificate behind it
        ([certificate(1, 240000)], [retired(1, 240000, prefix="Y")], 0),  # another series
        ([certificate(1, 240000)], [retired(1, 240000, used_for_period="2026")], 0),  # another year
        ([certificate(1, 240000)], [retired(1, 240000, used_for_period="")], 0),  # no period named
        ([certificate(1, 240000)], [retired(1, 240000, event="transfer")], 0),  # not retired
        ([certificate(1, 240000)], [retired(1, 240000, beneficiary="某出口企业")], 0),  # for somebody else
        ([certificate(1, 240000)], [retired(1, 240000, beneficiary="")], 0),  # for nobody
        ([certificate(1, 240000)], [retired(1, 240000, beneficiary="", used_by=A)], 240000),  # used by a member
        ([certificate(1, 240000)], [retired(1, 240000, beneficiary="ｔｅｓｔ Park")], 240000),  # full-width, any case
        ([certificate(1, 240000)], [retired(1, 240000, used_for_period="2027-03")], 240000),  # a month of the year
    ],
)
def test_a_serial_proves_once_for_the_park_and_year_that_its_retirement_names(
    certificates: list[Row], events: list[Row], proven: int
) -> None:
    rows = findings("TZ-GRN-01", handed(green(bought(), certificates, events)))
    assert [one.effect for one in rows] == ([] if proven == 240000 else [(240000 - proven) * GRID])


def test_spans_merge() -> None:
    assert merged([(5, 7), (1, 3), (4, 4), (9, 9)]) == [(1, 7), (9, 9)]


def test_direct_supply_counts_as_far_as_it_is_metered() -> None:
    rows = [*bought(direct="300000"), power(A, "purchased", "80000", "direct_nonfossil", basis="estimate")]
    (finding,) = findings("TZ-GRN-01", handed(green(rows, **FULL)))
    assert finding.effect == 80000 * GRID


def test_settled_green_trade_is_a_proof() -> None:
    rows = bought(traded="60000")
    assert found("TZ-GRN-01", handed(green(rows, **FULL, statements=[settled("60000")]))) == []
    (finding,) = findings("TZ-GRN-01", handed(green(rows, **FULL, statements=[settled("45000")])))
    assert finding.effect == 15000 * GRID
    ordinary = settled("60000", item="中长期交易结算电量")
    assert findings("TZ-GRN-01", handed(green(rows, **FULL, statements=[ordinary])))[0].effect == 60000 * GRID


def test_less_than_one_certificate_is_no_excess() -> None:
    assert found("TZ-GRN-01", handed(green(bought(certified="240000.4"), **FULL))) == []


def test_a_proof_that_nobody_handed_in_is_undecided_and_not_an_excess() -> None:
    here = handed(green(bought(traded="60000")))
    assert found("TZ-GRN-01", here) == []
    assert ran("TZ-GRN-01", here).undecided == ["2027/certificate", "2027/green_trade"]
    assert (ran("TZ-GRN-01", here).scope.tested, ran("TZ-GRN-01", here).scope.population) == (1, 3)
    with pytest.raises(CouldNotRun, match="no_green_proof_handed_in"):
        ran("TZ-GRN-01", handed(green([power(A, "purchased", "5", "certificate")])))


def test_a_park_on_grid_power_claims_no_zero() -> None:
    with pytest.raises(NotApplicable, match="no_power_at_zero"):
        ran("TZ-GRN-01", handed({"activity": [power(A, "purchased", "10", "grid")]}))


# ---- GRN-02 ---------------------------------------------------------------------------------------------------------


def test_px1_is_above_one_half_under_every_reading() -> None:
    assert found("TZ-GRN-02", px("PX-1")) == []


def test_px2_misses_the_principle_under_its_headline_reading() -> None:
    """(420 + 50) / 950 GWh = 49.5 %; with another denominator it would be 51.0 %: a finding with its reading."""
    (finding,) = findings("TZ-GRN-02", px("PX-2"))
    assert finding.arguments["direct_share"].startswith("0.494")
    assert finding.arguments["reading"] == "all_electricity_used"
    assert finding.arguments["limit"] == "0.5"
    assert finding.effect is None


def test_a_share_that_one_admissible_reading_puts_below_the_limit() -> None:
    """(45 direct + 10 own) / 100 = 55 %; without own power in the numerator 45 %."""
    rows = [
        power(A, "purchased", "45", "direct_nonfossil"),
        power(A, "primary_production", "10", "self_nonfossil"),
        power(A, "purchased", "45", "grid"),
        power(A, "final_use", "100"),
    ]
    (finding,) = findings("TZ-GRN-02", handed({"activity": rows}))
    assert (finding.arguments["direct"], finding.arguments["total"], finding.arguments["direct_share"]) == (
        "45",
        "100",
        "0.45",
    )


def test_a_park_that_lives_on_its_own_sun() -> None:
    """Own PV alone: out of both sides nothing is left to divide by, out of the numerator the share is 0."""
    rows = [power(A, "primary_production", "100", "self_nonfossil"), power(A, "final_use", "100")]
    (finding,) = findings("TZ-GRN-02", handed({"activity": rows}))
    assert (Decimal(finding.arguments["direct"]), Decimal(finding.arguments["total"])) == (0, 100)


def test_no_power_no_share() -> None:
    with pytest.raises(NotApplicable, match="no_electricity_used"):
        ran("TZ-GRN-02", handed({"activity": [{**power(A, "final_use", "1"), "carrier": "diesel", "unit": "t"}]}))


# ---- GRN-03 ---------------------------------------------------------------------------------------------------------


def plant(key: str, technology: str, **more: object) -> Row:
    return {"generator_id": key, "name": key.upper(), "technology": technology, **more}


def test_certificates_of_a_nuclear_station_prove_no_renewable_power() -> None:
    tables = green(bought(), **FULL, generators=[plant("farm", "nuclear")])
    (finding,) = findings("TZ-GRN-03", handed(tables))
    assert finding.effect == 240000 * GRID
    assert finding.arguments == {
        "generator": "FARM",
        "technology": "nuclear",
        "supply": "certificate",
        "quantity": "240000",
    }
    assert (finding.subject, finding.row_ids) == ("farm", ("certificates:0",))


@pytest.mark.parametrize("technology", ["wind", "pv", "csp", "hydro", "biomass", "geothermal", "ocean"])
def test_certificates_of_renewable_plants_fit(technology: str) -> None:
    here = handed(green(bought(), **FULL, generators=[plant("farm", technology)]))
    assert found("TZ-GRN-03", here) == []
    assert ran("TZ-GRN-03", here).scope.tested == 1


def test_no_more_than_is_claimed_at_zero() -> None:
    tables = green(bought(certified="1000"), **FULL, generators=[plant("farm", "coal")])
    (finding,) = findings("TZ-GRN-03", handed(tables))
    assert finding.effect == 1000 * GRID


@pytest.mark.parametrize(
    ("technology", "fits"), [("nuclear", True), ("wind", True), ("coal", False), ("waste_heat", False)]
)
def test_direct_supply_is_non_fossil(technology: str, fits: bool) -> None:
    line = plant("line", technology, connection="direct_line", receiving_meter_id="line")
    rows = findings("TZ-GRN-03", handed(green(bought(certified="0"), generators=[line])))
    assert [(one.effect, one.row_ids) for one in rows] == ([] if fits else [(380000 * GRID, ("direct",))])


def test_two_direct_plants_without_meters_are_told_apart_by_their_output() -> None:
    lines = [
        plant("wind", "wind", connection="direct_line", total_mwh="400000", share="0.9"),
        plant("coal", "coal", connection="direct_line", total_mwh="40000", share="0.5"),
    ]
    (finding,) = findings("TZ-GRN-03", handed(green(bought(certified="0"), generators=lines)))
    assert (finding.subject, finding.effect) == ("coal", 20000 * GRID)


def test_waste_to_power_and_unknown_plants_are_undecided() -> None:
    tables = green(bought(), **FULL, generators=[plant("farm", "waste")])
    assert ran("TZ-GRN-03", handed(tables)).undecided == ["2027/farm"]
    stranger = green(
        bought(), [certificate(1, 240000, "nobody")], [retired(1, 240000)], generators=[plant("farm", "wind")]
    )
    assert ran("TZ-GRN-03", handed(stranger)).undecided == ["2027/nobody"]
    assert found("TZ-GRN-03", handed(stranger)) == []


def test_without_plants_it_is_undecided_only_where_power_counts_at_zero() -> None:
    with pytest.raises(CouldNotRun, match="table_not_handed_in"):
        ran("TZ-GRN-03", handed(green(bought(), **FULL)))
    with pytest.raises(NotApplicable, match="no_power_at_zero"):
        ran("TZ-GRN-03", handed({"activity": [power(A, "purchased", "10", "grid")]}))


def test_the_manager_may_be_the_beneficiary() -> None:
    tables = green(
        bought(), [certificate(1, 240000)], [retired(1, 240000, beneficiary="测试园区管委会")], evidence=papers()
    )
    assert found("TZ-GRN-01", handed(tables, park(manager="测试园区管委会"))) == []
    assert found("TZ-GRN-01", handed(tables))
