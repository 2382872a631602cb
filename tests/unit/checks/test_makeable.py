"""TZ-REL-04 to 06 on small worlds, by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, flow, handed, papers
from tests.unit.checks.test_relocation import BASE, CLAIM, EF, boiler, bought, made
from tests.unit.checks.world import found as run
from verify.checks.rows import NotApplicable

ALL = EF / Decimal("0.99")  # tCO2 per 10^3 Nm3 of gas that is converted
GRID = Decimal("0.8325")


def reformer(year: str, gas: str, tonnes: str) -> list[Row]:
    """Hydrogen of a plant of B, used by A."""
    return [
        flow(B, "natural_gas", "transformation_in", gas, "10^3Nm3", period=year, activity_type="制气", source_id="smr"),
        made(year, "hydrogen", tonnes, source_id="smr"),
        made(year, "hydrogen", tonnes, "consumed", A),
    ]


def split(rows: list[Row], **more: list[Row]) -> Any:
    """The world of rows of both tables."""
    tables = {"activity": [r for r in rows if "carrier" in r], "production": [r for r in rows if "product" in r]}
    return handed({name: some for name, some in (tables | more).items() if some})


def hydrogen(year: str, volume: str, **more: Any) -> list[Row]:
    """Hydrogen over the fence, used by A; 1000 Nm3 are 89.9 kg."""
    return [
        flow(A, "hydrogen", "purchased", volume, "10^3Nm3", period=year, **more),
        flow(A, "hydrogen", "final_use", volume, "10^3Nm3", period=year, activity_type="终端消费"),
    ]


def test_made_in_one_table_and_bought_in_the_other() -> None:
    """100 t from 400 x 10^3 Nm3 of gas; half of the 100 t are bought now, in Nm3."""
    rows = [*reformer(BASE, "400", "89.9"), *reformer(CLAIM, "200", "44.95"), *hydrogen(CLAIM, "500")]
    seen = run("TZ-REL-04", split(rows))
    assert [(one.table, one.arguments["claim_share"]) for one in seen] == [("activity", "0.5")]
    assert seen[0].effect == pytest.approx(200 * ALL, abs=Decimal("0.001"))


def test_oxygen_takes_the_power_of_its_plant_along() -> None:
    """An air separation unit of 500 MWh at the grid factor; its oxygen is bought now."""
    unit = {"source_id": "asu", "activity_type": "终端消费"}
    rows = [
        flow(A, "electricity", "purchased", "800", "MWh", period=BASE, supply="grid"),
        flow(A, "electricity", "final_use", "500", "MWh", period=BASE, **unit),
        flow(A, "electricity", "final_use", "300", "MWh", period=BASE, activity_type="终端消费"),
        flow(A, "electricity", "purchased", "300", "MWh", period=CLAIM, supply="grid"),
        flow(A, "electricity", "final_use", "300", "MWh", period=CLAIM, activity_type="终端消费"),
        made(BASE, "oxygen", "1000", of=A, source_id="asu"),
        flow(A, "oxygen", "purchased", "699.79", "10^3Nm3", period=CLAIM),
    ]
    seen = run("TZ-REL-04", split(rows))
    assert len(seen) == 1
    assert seen[0].effect == pytest.approx(500 * GRID, abs=Decimal("0.05"))


@pytest.mark.parametrize(
    "claim",
    [
        [*reformer(CLAIM, "400", "89.9"), *hydrogen(CLAIM, "500")],  # growth
        reformer(CLAIM, "200", "44.95"),  # less use
        hydrogen(CLAIM, "1000", evidence_id="E-supplier_statement"),  # the supplier shows how
        hydrogen(CLAIM, "1000", counterparty=B),  # a member's
        [made(CLAIM, "hydrogen", "89.9", "bought", A)],  # both in the table of production: TZ-REL-02
    ],
)
def test_no_question_of_who_makes_it(claim: list[Row]) -> None:
    rows = [*reformer(BASE, "400", "89.9"), *claim]
    assert run("TZ-REL-04", split(rows, evidence=papers("supplier_statement"))) == []


def test_a_plant_of_two_goods_has_no_tonnes_of_one() -> None:
    rows = [*reformer(BASE, "400", "89.9"), made(BASE, "methanol", "5", source_id="smr"), *hydrogen(CLAIM, "1000")]
    assert [one.effect for one in run("TZ-REL-04", split(rows))] == [None]


def furnace(year: str, gas: str, output: str) -> list[Row]:
    """A furnace of A that burns gas for castings."""
    return [
        flow(A, "natural_gas", "final_use", gas, "10^3Nm3", period=year, activity_type="终端消费"),
        made(year, "castings", output, of=A),
    ]


def test_heat_bought_for_the_fuel_of_a_boiler_that_was_never_booked_apart() -> None:
    """400 of 1000 x 10^3 Nm3 of gas are gone, 12,000 GJ of their 15,572 come as non-fossil heat."""
    heat = bought(CLAIM, "12000")
    rows = [*furnace(BASE, "1000", "50"), *furnace(CLAIM, "600", "50"), *heat]
    seen = run("TZ-REL-05", split(rows))
    assert [(one.subject, one.table) for one in seen] == [(A, "activity")]
    assert seen[0].effect == pytest.approx(400 * EF, abs=Decimal("0.001"))


def test_little_that_is_bought_stands_for_little_fuel() -> None:
    """Of 400 x 10^3 Nm3 (532 tce) only 1000 GJ (34.12 tce) are bought: that much gas, at its tonnes per tce."""
    rows = [*furnace(BASE, "1000", "50"), *furnace(CLAIM, "600", "50"), *bought(CLAIM, "1000")]
    seen = run("TZ-REL-05", split(rows))
    assert seen[0].effect == pytest.approx(Decimal("34.12") / Decimal("1.33") * EF, rel=Decimal("0.001"))


@pytest.mark.parametrize(
    "claim",
    [
        [*furnace(CLAIM, "600", "30"), *bought(CLAIM, "12000")],  # output fell as much
        [*furnace(CLAIM, "600", "50")],  # nothing is bought: a measure
        [*furnace(CLAIM, "1000", "80"), *bought(CLAIM, "12000")],  # growth covered by purchases
        [*furnace(CLAIM, "950", "50"), *bought(CLAIM, "12000")],  # five per cent are no more
        [*furnace(CLAIM, "600", "50"), *bought(CLAIM, "12000", "fossil_heat")[:0]],
        [*furnace(CLAIM, "990", "50"), *bought(CLAIM, "12000", "fossil_heat")],
    ],
)
def test_fuel_that_nothing_stands_for(claim: list[Row]) -> None:
    assert run("TZ-REL-05", split([*furnace(BASE, "1000", "50"), *claim])) == []


def test_hydrogen_of_another_supplier_is_not_new() -> None:
    before = [flow(A, "hydrogen", "purchased", "900", "10^3Nm3", period=BASE, counterparty=B)]
    rows = [*furnace(BASE, "1000", "50"), *before, *furnace(CLAIM, "600", "50"), *hydrogen(CLAIM, "900")]
    assert run("TZ-REL-05", split(rows)) == []


def compressors(year: str, mwh: str, rest: str = "9700") -> list[Row]:
    """Grid power of A, some of it for compressors."""
    rows = [flow(A, "electricity", "purchased", str(int(mwh) + int(rest)), "MWh", period=year, supply="grid")]
    rows += [flow(A, "electricity", "final_use", rest, "MWh", period=year, source_id="line", activity_type="终端消费")]
    used = flow(A, "electricity", "final_use", mwh, "MWh", period=year, source_id="air", activity_type="终端消费")
    return [*rows, *([used] if mwh != "0" else [])]


AIR = [flow(A, "compressed_air", "purchased", "2500", "10^3Nm3", period=CLAIM)]


def test_air_bought_for_the_power_of_compressors() -> None:
    """300 MWh of compressors are 3 per cent of the power, and gone: at the grid factor."""
    seen = run("TZ-REL-05", split([*compressors(BASE, "300"), *compressors(CLAIM, "0"), *AIR]))
    assert [(one.arguments["carrier"], one.effect) for one in seen] == [("compressed_air", 300 * GRID)]


@pytest.mark.parametrize(
    "claim",
    [
        compressors(CLAIM, "0"),  # a measure: nothing is bought
        [*compressors(CLAIM, "300"), *AIR],  # more use
        [*compressors(CLAIM, "0", "10000"), *AIR],  # no less power
        [*compressors(CLAIM, "0"), *(row | {"evidence_id": "E-supplier_statement"} for row in AIR)],  # shown
    ],
)
def test_air_that_stands_for_no_power(claim: list[Row]) -> None:
    world = split([*compressors(BASE, "300"), *furnace(BASE, "9", "5"), *furnace(CLAIM, "9", "5"), *claim],
                  evidence=papers("supplier_statement"))  # fmt: skip
    assert run("TZ-REL-05", world) == []


def plant(source: str = "boiler", of: str = A, **more: Any) -> Row:
    """A row of the table of sources."""
    place = {"longitude": Decimal("119.91"), "latitude": Decimal("31.71")}
    return (
        {"enterprise_id": of, "source_id": source, "kind": "boiler", "owner_id": of, "operator_kind": "own"}
        | place
        | more
    )


def sold(sources: list[Row], claim: list[Row] | None = None, **more: list[Row]) -> list[Any]:
    """TZ-REL-06 where a boiler's fuel is gone and its heat is bought, of a park with these plants."""
    rows = [row | ({"source_id": "boiler"} if row["carrier"] == "natural_gas" or row["flow"] == "transformation_out" else {})
            for row in boiler(BASE, "1000", "31000")]  # fmt: skip
    rows += bought(CLAIM, "31000") if claim is None else claim
    return run("TZ-REL-06", handed({"activity": rows, "sources": sources, **more}))


LESS = 1000 * EF


@pytest.mark.parametrize(
    ("sources", "how"),
    [
        ([plant(operator_kind="boo")], "owner"),
        ([plant(owner_id="X")], "owner"),
        ([plant(retired="2026-12-31"), plant("new_boiler", owner_id="X", longitude=Decimal("119.9103"))], "place"),
    ],
)
def test_a_boiler_that_stands_where_it_stood(sources: list[Row], how: str) -> None:
    seen = sold(sources)
    assert [(one.arguments["how"], one.arguments["carrier"]) for one in seen] == [(how, "heat")]
    assert seen[0].effect == pytest.approx(LESS, abs=Decimal("0.001"))


def test_a_transfer_in_the_table_of_lineage() -> None:
    line = [{"predecessor": A, "successor": "X", "kind": "asset_transfer"}]
    assert [one.arguments["owner"] for one in sold([plant()], lineage=line)] == ["X"]


@pytest.mark.parametrize(
    "sources",
    [
        [plant()],  # nobody else's
        [plant(operator_kind="boo", retired="2026-12-31", evidence_id="E-other")],  # taken out, with its paper
        [plant(), plant("new_boiler", owner_id="X", longitude=Decimal("119.9106"))],  # another place
        [plant(), plant("panels", owner_id="X", kind="generator")],  # nothing that burns
    ],
)
def test_a_boiler_that_went(sources: list[Row]) -> None:
    assert sold(sources, evidence=papers("other")) == []


def test_a_plant_that_always_was_somebody_else_s_and_burns_on() -> None:
    rows = [row | {"source_id": "boiler"} for row in boiler(CLAIM, "1000", "31000") if row["flow"] != "final_use"]
    assert sold([plant(operator_kind="boo")], rows) == []
    assert sold([plant(operator_kind="boo")], []) == []  # nothing is bought instead: less use


def test_nothing_to_look_at() -> None:
    rows = [flow(A, "electricity", "final_use", "5", "MWh", period=year) for year in (BASE, CLAIM)]
    for code in ("TZ-REL-04", "TZ-REL-05"):
        with pytest.raises(NotApplicable):
            run(code, handed({"activity": rows}))
