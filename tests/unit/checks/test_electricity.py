"""TZ-ACC-01 and TZ-ACC-03: the factor of power, and 等价值 on both sides of T."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.parks import px, tables
from tests.unit.checks.world import Row, findings, found, ran, world


def bought(quantity: str, supply: str, **more: str) -> Row:
    """Power received from outside, MWh."""
    return {
        "period": "2027", "enterprise_id": "E", "source_id": supply, "carrier": "electricity", "flow": "purchased",
        "supply": supply, "counterparty": "outside", "quantity": quantity, "unit": "MWh", **more,
    }  # fmt: skip


def test_grid_power_at_the_national_average_hides_its_difference() -> None:
    rows = [
        bought("600", "grid", factor="0.5306", period="2027-01"),
        bought("400", "grid", factor="0.5306", period="2027-02"),
    ]
    here = world({"activity": rows})
    [one] = findings("TZ-ACC-01", here)
    assert one.effect == Decimal("301.900000")  # 1000 × (0.8325 − 0.5306)
    assert (one.subject, one.period, one.rows) == ("E", "2027", 2)
    assert one.arguments == {"quantity": "1000", "filed_factor": "0.5306", "due_factor": "0.8325"}
    assert one.row_ids == ("activity:0", "activity:1")


def test_certificate_power_at_an_average_shows_too_much() -> None:
    [one] = findings("TZ-ACC-01", world({"activity": [bought("1000", "certificate", factor="0.5")]}))
    assert one.effect == Decimal(-500)
    assert one.arguments["due_factor"] == "0"


def test_grid_power_filed_at_zero_is_no_zero() -> None:
    [one] = findings("TZ-ACC-01", world({"activity": [bought("1000", "grid", factor="0")]}))
    assert one.effect == Decimal("832.5")


def test_power_sent_out_at_a_higher_factor_hides_what_it_credits_too_much() -> None:
    sent = bought("100", "self_fossil", factor="0.9") | {"flow": "sold"}
    [one] = findings("TZ-ACC-01", world({"activity": [bought("1000", "grid"), sent]}))
    assert one.effect == Decimal("6.75")  # −100 × 0.8325 + 100 × 0.9
    assert one.arguments["quantity"] == "100"


@pytest.mark.parametrize(
    "row",
    [
        bought("1000", "grid", factor="0.8325"),
        bought("1000", "grid"),
        bought("1000", "direct_nonfossil", factor="0"),
        bought("1000", "green_trade", factor="0.8325"),  # above its due, and printed: nothing is hidden
    ],
)
def test_the_printed_factors_raise_nothing(row: Row) -> None:
    here = world({"activity": [row]})
    assert found("TZ-ACC-01", here) == []
    assert ran("TZ-ACC-01", here).scope.tested == 1


def test_a_filed_term_that_names_an_average() -> None:
    reported = {"year": "2027", "item": "term.el.tco2", "value": "530.6", "unit": "tCO2", "factor_used": "0.5306"}
    [one] = findings("TZ-ACC-01", world({"activity": [bought("1000", "grid")], "reported": [reported]}))
    assert one.effect == Decimal("301.9")
    assert (one.subject, one.row_ids) == ("P", ("reported:0",))
    elsewhere = reported | {"authority": "ets"}  # another authority has its own rules
    assert found("TZ-ACC-01", world({"activity": [bought("1000", "grid")], "reported": [elsewhere]})) == []


def energy(value: str) -> Row:
    """The energy total as filed."""
    return {"year": "2027", "item": "energy.tce", "value": value, "unit": "tce"}


def px1_with(value: str) -> list[object]:
    """ACC-03 on PX-1 (T 229,146.55 tce, of it 700 GWh at 0.30) with this total filed."""
    return findings("TZ-ACC-03", world({**tables("PX-1"), "reported": [energy(value)]}))


def test_all_power_at_the_calorific_value() -> None:
    [one] = px1_with("105176.55")  # P1-c of the domain pack: 700,000 MWh × 0.1229 instead of 0.30
    assert (one.effect, one.effect_unit) == (Decimal(123970), "tce")  # type: ignore[attr-defined]
    assert one.arguments == {  # type: ignore[attr-defined]
        "quantity": "700000",
        "filed_tce": "105176.55",
        "due_tce": "229146.55",
        "filed_coefficient": "0.1229",
        "due_coefficient": "0.3",
    }


def test_own_output_deducted_at_the_calorific_value() -> None:
    """P2-e of the domain pack: consumers at 等价值, 290 GWh of generators at 当量值, 290,000 × 0.1771 = 51,359 tce too many."""
    here = world({**tables("PX-2"), "reported": [energy("372851.46")]})
    [one] = findings("TZ-ACC-03", here)
    assert one.effect == Decimal("-51358.999957")  # T itself is 321,492.460043…
    assert one.row_ids == ("reported:0",)


@pytest.mark.parametrize("value", ["229146.55", "215692.55", "236146.55", "229000", "180000"])
def test_an_admissible_coefficient_or_another_error_is_not_this_one(value: str) -> None:
    """As filed, at 0.28078, at 0.31, rounded; and a total that no convention explains."""
    assert px1_with(value) == []


def test_without_a_filed_total_there_is_nothing_to_compare() -> None:
    from verify.checks import NotApplicable

    with pytest.raises(NotApplicable, match="not_filed"):
        ran("TZ-ACC-03", world({**tables("PX-1"), "reported": []}))


@pytest.mark.parametrize("park", ["PX-1", "PX-2"])
def test_whole_parks_raise_no_factor(park: str) -> None:
    assert found("TZ-ACC-01", px(park)) == []
