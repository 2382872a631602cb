"""TZ-REL-01 to 03 and 12 on small worlds, by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, flow, handed, papers
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


def grouped(*rows: Row, code: str = "TZ-REL-03") -> list[Any]:
    """TZ-REL-03 or 12 of a member that makes half as much."""
    activity, production = HALF[2:], HALF[:2]
    world = handed({"activity": activity, "production": production, "affiliates": list(rows), "enterprises": GROUPED})
    return run(code, world)


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


@pytest.mark.parametrize(
    ("now", "moved"),
    [("320", 120), ("350", 150), ("900", 150)],  # 80 %, all, more than all of the 150 t
)
def test_what_the_group_lost_here_it_made_there(now: str, moved: int) -> None:
    rows = [affiliate(BASE, "200"), affiliate(CLAIM, now)]
    seen = grouped(*rows, code="TZ-REL-12")
    assert seen[0].effect == pytest.approx(moved * 100 * EF / 300, abs=Decimal("0.001"))
    assert grouped(*rows) == []  # said once
    assert grouped(affiliate(BASE, "200"), affiliate(CLAIM, "319.9"), code="TZ-REL-12") == []


def test_plants_of_other_groups_tell_how_far_the_market_grew() -> None:
    """200 t grow to 350 t with a market that doubled: nothing moved; with a market of + 10 %, 130 of 150 t are left: 87 %."""
    rows = [affiliate(BASE, "200"), affiliate(CLAIM, "350")]
    doubled = [*rows, affiliate(BASE, "1000", group="H"), affiliate(CLAIM, "2000", group="H")]
    tenth = [*rows, affiliate(BASE, "1000", group="H"), affiliate(CLAIM, "1100", group="H")]
    assert grouped(*doubled, code="TZ-REL-12") == grouped(*doubled) == []
    assert grouped(*tenth, code="TZ-REL-12")[0].effect == pytest.approx(130 * 100 * EF / 300, abs=Decimal("0.001"))


def test_idle_makers_burn_still() -> None:
    """Coke is bought; its maker burns 10 of 100 still: 90 went with the step."""
    rows = [furnace(BASE, "100"), furnace(CLAIM, "10")]
    world = handed({"activity": rows, "production": [*COKE, *STEEL, made(CLAIM, "coke", "300", "bought", A)]})
    assert run("TZ-REL-02", world)[0].effect == pytest.approx(90 * EF, abs=Decimal("0.001"))


def unit(year: str, coal: str, mwh: str, of: str = B) -> list[Row]:
    """Power of a captive coal unit, used by its owner."""
    if coal == "0":
        return []
    return [
        flow(of, "bituminous_coal", "transformation_in", coal, "t", period=year, activity_type="火力发电", source_id="g"),
        flow(of, "electricity", "transformation_out", mwh, "MWh", period=year, activity_type="火力发电", supply="self_fossil",
             source_id="g"),
        flow(of, "electricity", "final_use", mwh, "MWh", period=year, activity_type="终端消费"),
    ]  # fmt: skip


def grid(year: str, mwh: str, of: str = B) -> list[Row]:
    """Power of the public grid, all of it used."""
    return [
        flow(of, "electricity", "purchased", mwh, "MWh", period=year, supply="grid"),
        flow(of, "electricity", "final_use", mwh, "MWh", period=year, activity_type="终端消费"),
    ]


CAPTIVE = [*unit(BASE, "300", "500"), *grid(BASE, "100000", A), *grid(CLAIM, "100000", A), *grid(CLAIM, "500")]
PLANT = {"source_id": "g", "enterprise_id": B}


def test_a_captive_unit_of_one_member_in_a_large_park() -> None:
    """0.5 % of the park's power, all of one member's: 300 t of coal, less 500 MWh at 0.8325 as the grid counts."""
    (seen,) = run("TZ-REL-01", handed({"activity": CAPTIVE, "sources": [PLANT]}))
    coal = run("TZ-REL-01", handed({"activity": [*unit(BASE, "300", "500"), *grid(CLAIM, "500")]}))[0].effect
    assert seen.subject == B
    assert seen.effect == coal
    assert seen.effect > 0


@pytest.mark.parametrize(
    "more",
    [
        {"sources": [PLANT | {"retired": "2026-12-31", "evidence_id": "E-register_extract"}]},
        {"events": [{"enterprise_id": B, "source_id": "g", "kind": "stoppage", "from": "2026-12-31", "evidence_id": "E-register_extract"}]},
        {"measures": [{"measure_id": "M", "enterprise_id": B, "source_id": "g", "evidence_id": "E-register_extract"}]},
    ],
)  # fmt: skip
def test_a_captive_unit_that_ended_by_a_paper(more: dict[str, list[Row]]) -> None:
    assert run("TZ-REL-01", handed({"activity": CAPTIVE, "evidence": papers("register_extract"), **more})) == []


@pytest.mark.parametrize(
    "row", [PLANT, PLANT | {"retired": "2026-12-31"}, PLANT | {"evidence_id": "E-register_extract"}]
)
def test_a_captive_unit_without_a_paper_of_its_end(row: Row) -> None:
    assert run("TZ-REL-01", handed({"activity": CAPTIVE, "sources": [row], "evidence": papers("register_extract")}))


def test_a_boiler_house_and_whom_it_supplies() -> None:
    """B made heat for A by name; now A buys it at nothing: both are looked at together, whatever the rest of the park buys."""
    rest = [flow("C", "heat", "purchased", "900000", "GJ", period=year, supply="fossil_heat") for year in (BASE, CLAIM)]
    sold = flow(B, "heat", "sold", "31000", "GJ", period=BASE, counterparty=A)
    taken = flow(A, "heat", "purchased", "31000", "GJ", period=BASE, counterparty=B, supply="fossil_heat")
    rows = [*boiler(BASE, "1000", "31000", B)[:2], sold, taken, *bought(CLAIM, "31000"), *rest]
    (seen,) = run("TZ-REL-01", handed({"activity": rows}))
    assert seen.effect == pytest.approx(1000 * EF, abs=Decimal("0.001"))
