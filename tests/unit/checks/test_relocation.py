"""TZ-REL-01 and 02 on small worlds, by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, flow, handed
from tests.unit.checks.world import found as run
from verify.checks.rows import CouldNotRun, NotApplicable

BASE, CLAIM = "2025", "2027"
EF = Decimal("389.31") * Decimal("0.0153") * Decimal("0.99") * 44 / 12 / 10  # tCO2 per 10^3 Nm3 of natural gas


def boiler(year: str, gas: str, heat: str, of: str = A) -> list[Row]:
    """Heat of one's own boiler, all of it used."""
    return [
        flow(of, "natural_gas", "transformation_in", gas, "10^3Nm3", period=year, activity_type="供热"),
        flow(of, "heat", "transformation_out", heat, "GJ", period=year, activity_type="供热"),
        flow(of, "heat", "final_use", heat, "GJ", period=year, activity_type="终端消费"),
    ]


def bought(year: str, heat: str, supply: str = "nonfossil_heat") -> list[Row]:
    """Heat from outside, all of it used."""
    return [
        flow(A, "heat", "purchased", heat, "GJ", period=year, supply=supply),
        flow(A, "heat", "final_use", heat, "GJ", period=year, activity_type="终端消费"),
    ]


def test_a_boiler_given_up_for_heat_that_counts_zero() -> None:
    """1000 x 10^3 Nm3 made 31,000 GJ; now 31,000 GJ are bought at 0: all of its tonnes are hidden."""
    seen = run("TZ-REL-01", handed({"activity": [*boiler(BASE, "1000", "31000"), *bought(CLAIM, "31000")]}))
    assert len(seen) == 1
    assert seen[0].arguments == {"carrier": "heat", "base_year": BASE, "base_share": "1", "claim_share": "0"}
    assert seen[0].effect == pytest.approx(1000 * EF, abs=Decimal("0.001"))


def test_a_part_of_it_and_twice_the_use() -> None:
    """Half is made, half bought, of twice the use: making fell to 20,000, share 1 to 1/2; half of 40,000 GJ moved."""
    rows = [*boiler(BASE, "1000", "31000"), *boiler(CLAIM, "650", "20000"), *bought(CLAIM, "20000")]
    seen = run("TZ-REL-01", handed({"activity": rows}))
    assert seen[0].effect == pytest.approx(20000 * 1000 * EF / 31000, abs=Decimal("0.001"))


@pytest.mark.parametrize(
    "rows",
    [
        [*boiler(BASE, "1000", "31000"), *boiler(CLAIM, "1000", "31000"), *bought(CLAIM, "31000")],  # growth
        [*boiler(BASE, "1000", "31000"), *boiler(CLAIM, "500", "15500")],  # less use
        [*boiler(BASE, "1000", "31000"), *bought(CLAIM, "31000", "fossil_heat")],  # counts more than one's own
        [*bought(BASE, "900"), *boiler(BASE, "1000", "31000"), *bought(CLAIM, "900"), *boiler(CLAIM, "900", "27900")],
        [
            *boiler(BASE, "1000", "38000"),
            *boiler(CLAIM, "950", "36100"),
            *bought(CLAIM, "1900"),
        ],  # five points are no more
    ],
)
def test_what_hides_nothing_is_not_found(rows: list[Row]) -> None:
    assert run("TZ-REL-01", handed({"activity": rows})) == []


def made(year: str, product: str, quantity: str, kind: str = "made", of: str = B, **more: str) -> Row:
    """A row of production."""
    row = {"period": year, "enterprise_id": of, "product": product, "flow": kind, "quantity": quantity, "unit": "t"}
    return row | ({"counterparty": "outside"} if kind == "bought" else {}) | more


def furnace(year: str, gas: str, of: str = B) -> Row:
    """Gas burned by the maker."""
    return flow(of, "natural_gas", "final_use", gas, "10^3Nm3", period=year, activity_type="终端消费")


COKE = [made(BASE, "coke", "300"), made(BASE, "coke", "300", "consumed", A), made(BASE, "steel", "500", of=A)]
STEEL = [made(CLAIM, "coke", "300", "consumed", A), made(CLAIM, "steel", "500", of=A)]


def test_coke_is_bought_instead_of_made() -> None:
    rows = [furnace(BASE, "100"), furnace(BASE, "10", A), furnace(CLAIM, "10", A)]
    world = handed({"activity": rows, "production": [*COKE, *STEEL, made(CLAIM, "coke", "300", "bought", A)]})
    seen = run("TZ-REL-02", world)
    assert [one.arguments["product"] for one in seen] == ["coke"]
    assert seen[0].effect == pytest.approx(100 * EF, abs=Decimal("0.001"))


def test_a_maker_of_two_goods_has_no_emissions_of_one() -> None:
    rows = [furnace(BASE, "100"), furnace(CLAIM, "10", A)]
    production = [*COKE, made(BASE, "tar", "10"), *STEEL, made(CLAIM, "coke", "300", "bought", A)]
    seen = run("TZ-REL-02", handed({"activity": rows, "production": production}))
    assert [one.effect for one in seen] == [None]


@pytest.mark.parametrize(
    "claim",
    [
        [made(CLAIM, "steel", "500", of=A)],  # another recipe: no coke is used any more
        [*STEEL, made(CLAIM, "coke", "300")],  # still made
        [*STEEL, made(CLAIM, "coke", "286"), made(CLAIM, "coke", "14", "bought", A)],  # within five points
        [*STEEL, made(CLAIM, "coke", "300", "bought", A, counterparty=B)],  # bought from a member
    ],
)
def test_goods_that_moved_nowhere_are_not_found(claim: list[Row]) -> None:
    rows = [furnace(BASE, "100"), furnace(CLAIM, "100")]
    assert run("TZ-REL-02", handed({"activity": rows, "production": [*COKE, *claim]})) == []


def affiliate(year: str, quantity: str, product: str = "coke", group: str = "G") -> Row:
    """What the group makes outside."""
    row = {"period": year, "group_id": group, "affiliate_id": "X", "name": "X", "product": product}
    return row | {"quantity": quantity, "unit": "t"}


GROUPED = [{"enterprise_id": A}, {"enterprise_id": B, "group_id": "G"}]
HALF = [made(BASE, "coke", "300"), made(CLAIM, "coke", "150"), furnace(BASE, "100"), furnace(CLAIM, "50")]


def grouped(*rows: Row) -> list[Any]:
    """TZ-REL-03 of a member that makes half as much."""
    activity, production = HALF[2:], HALF[:2]
    world = handed({"activity": activity, "production": production, "affiliates": list(rows), "enterprises": GROUPED})
    return run("TZ-REL-03", world)


def test_the_group_makes_outside_what_the_member_makes_less() -> None:
    """150 t less inside, 100 t more outside: at most 100 t moved, at 100 x 10^3 Nm3 per 300 t."""
    seen = grouped(affiliate(BASE, "200"), affiliate(CLAIM, "300"))
    assert [one.table for one in seen] == ["affiliates", "affiliates"]
    assert seen[0].effect == pytest.approx(100 * 1000 * EF / 10 / 300, abs=Decimal("0.001"))
    assert seen[0].arguments["inside_fall"] == "0.5"


@pytest.mark.parametrize(
    "rows",
    [
        [affiliate(BASE, "200"), affiliate(CLAIM, "200")],  # flat
        [affiliate(BASE, "300"), affiliate(CLAIM, "200")],  # down as well: the market
        [affiliate(BASE, "200", "tar"), affiliate(CLAIM, "300", "tar")],  # another product
        [affiliate(BASE, "200", group="H"), affiliate(CLAIM, "300", group="H")],  # another group
    ],
)
def test_a_group_that_does_not_make_more_of_it_is_no_question(rows: list[Row]) -> None:
    assert grouped(*rows) == []


def test_without_the_table_members_of_a_group_leave_it_open() -> None:
    """Members that name no group have none outside; where one does, what the group makes outside has to be handed in."""
    with pytest.raises(NotApplicable, match="no_group"):
        run("TZ-REL-03", handed({"activity": HALF[2:], "production": HALF[:2]}))
    with pytest.raises(CouldNotRun, match="table_not_handed_in"):
        run("TZ-REL-03", handed({"activity": HALF[2:], "production": HALF[:2], "enterprises": GROUPED}))
