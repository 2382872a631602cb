"""TZ-REL-07 and 08 on small worlds, by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, flow, handed, papers
from tests.unit.checks.test_relocation import BASE, CLAIM, EF, furnace, made
from tests.unit.checks.world import found as run
from verify.checks.rows import NotApplicable


def goods(*rows: Row, activity: list[Row] | None = None, **more: list[Row]) -> Any:
    """A world of production; B burns 100 x 10^3 Nm3 in the base year."""
    return handed({"activity": activity or [furnace(BASE, "100")], "production": list(rows), **more})


MADE = [made(BASE, "coke", "300"), made(BASE, "coke", "300", "consumed", A)]


def test_used_and_neither_made_nor_bought() -> None:
    """300 t made with 100 x 10^3 Nm3; now 200 t are used and 50 t made: 150 t from nowhere."""
    rows = [made(CLAIM, "coke", "50"), made(CLAIM, "coke", "200", "consumed", A)]
    seen = run("TZ-REL-07", goods(*MADE, *rows))
    assert {(one.subject, one.period, one.arguments["came"], one.arguments["went"]) for one in seen} == {
        ("P", CLAIM, "50", "200")
    }
    assert seen[0].effect == pytest.approx(100 * EF / 2, abs=Decimal("0.001"))


@pytest.mark.parametrize(
    "claim",
    [
        MADE[:0],
        [made(CLAIM, "coke", "300"), made(CLAIM, "coke", "300", "consumed", A)],  # handed over without a trade
        [made(CLAIM, "coke", "300"), made(CLAIM, "coke", "200", "consumed", A)],  # sold, and no sale is ever booked
        [made(CLAIM, "coke", "200"), made(CLAIM, "coke", "201", "consumed", A)],  # 0.4975 per cent
        [made(CLAIM, "coke", "300", "bought", A), made(CLAIM, "coke", "300", "consumed", A)],
        [
            made(CLAIM, "coke", "250"),
            made(CLAIM, "coke", "50", "stock_open"),
            made(CLAIM, "coke", "300", "consumed", A),
        ],
        [
            made(CLAIM, "coke", "300"),
            made(CLAIM, "coke", "300", "sold", counterparty=A),
            made(CLAIM, "coke", "300", "bought", A, counterparty=B),
            made(CLAIM, "coke", "300", "consumed", A),
        ],
    ],
)
def test_goods_that_balance(claim: list[Row]) -> None:
    assert run("TZ-REL-07", goods(*MADE, *claim)) == []


def test_of_whole_books_what_did_not_go_is_asked_for() -> None:
    rows = [made(CLAIM, "steel", "500", of=A), made(CLAIM, "steel", "400", "sold", A, counterparty="outside")]
    seen = run("TZ-REL-07", goods(*rows))
    assert [(one.subject, one.effect) for one in seen] == [(A, None)] * 2


def test_raw_materials_have_no_coming() -> None:
    with pytest.raises(NotApplicable):
        run("TZ-REL-07", goods(made(CLAIM, "limestone", "300", "consumed", A)))


STEEL = [made(BASE, "steel", "500", of=A), made(CLAIM, "steel", "500", of=A)]


def test_a_step_gone_from_the_recipe() -> None:
    """300 t for 500 t; now 100 t for 500 t: 200 t at 100 x 10^3 Nm3 per 300 t."""
    rows = [*MADE, *STEEL, made(CLAIM, "coke", "100"), made(CLAIM, "coke", "100", "consumed", A)]
    seen = run("TZ-REL-08", goods(*rows, activity=[furnace(BASE, "100"), furnace(CLAIM, "33")]))
    assert {(one.subject, one.arguments["how"], one.arguments["product"]) for one in seen} == {(A, "recipe", "coke")}
    assert seen[0].effect == pytest.approx(100 * EF * 2 / 3, abs=Decimal("0.001"))


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ([*STEEL[:1], made(CLAIM, "steel", "100", of=A), made(CLAIM, "coke", "60", "consumed", A)], {}),  # output fell too
        ([*STEEL, made(CLAIM, "coke", "270", "consumed", A)], {}),  # ten per cent are no more
        ([*STEEL[:1], made(CLAIM, "steel", "900", of=A), made(CLAIM, "coke", "300", "consumed", A)], {}),  # growth alone
        (STEEL, {"measures": [{"measure_id": "M", "enterprise_id": B, "evidence_id": "E-other"}]}),  # a measure
    ],
)  # fmt: skip
def test_a_recipe_that_is_explained(rows: list[Row], more: dict[str, list[Row]]) -> None:
    activity = [furnace(BASE, "100"), furnace(CLAIM, "90")]
    assert run("TZ-REL-08", goods(*MADE, *rows, activity=activity, evidence=papers("other"), **more)) == []


def power(year: str, mwh: str) -> list[Row]:
    """Grid power of A."""
    return [
        flow(A, "electricity", "purchased", mwh, "MWh", period=year, supply="grid"),
        flow(A, "electricity", "final_use", mwh, "MWh", period=year, activity_type="终端消费"),
    ]


def test_much_less_energy_for_the_same_goods() -> None:
    """Gas halved and power as it was, for the same 500 t."""
    activity = [furnace(BASE, "100", A), furnace(CLAIM, "50", A), *power(BASE, "10"), *power(CLAIM, "10")]
    seen = run("TZ-REL-08", goods(*STEEL, activity=activity))
    assert {one.arguments["how"] for one in seen} == {"energy"}
    assert seen[0].effect == pytest.approx(50 * EF, abs=Decimal("0.001"))


def test_a_plant_retired_by_a_paper_takes_its_energy_with_it() -> None:
    """Two furnaces of 50; one retired with its paper, the other burns 50 still; without the paper half is gone."""
    activity = [
        {**furnace(BASE, "50", A), "source_id": "f"},
        {**furnace(BASE, "50", A), "source_id": "g"},
        {**furnace(CLAIM, "50", A), "source_id": "f"},
    ]
    row = {"source_id": "g", "enterprise_id": A, "retired": "2026-12-31"}
    with_paper = {"sources": [row | {"evidence_id": "E-other"}], "evidence": papers("other")}
    assert run("TZ-REL-08", goods(*STEEL, activity=activity, **with_paper)) == []
    assert run("TZ-REL-08", goods(*STEEL, activity=activity, sources=[row]))


@pytest.mark.parametrize("gas", ["75", "100"])
def test_a_quarter_less_is_no_more(gas: str) -> None:
    activity = [furnace(BASE, "100", A), furnace(CLAIM, gas, A)]
    assert run("TZ-REL-08", goods(*STEEL, activity=activity)) == []


def test_other_goods_are_not_compared() -> None:
    with pytest.raises(NotApplicable):
        run("TZ-REL-08", goods(*MADE, STEEL[0], made(CLAIM, "slab", "500", of=A)))


def test_a_step_of_the_member_itself() -> None:
    """A makes its own coke: what it uses up is not its output, so half of the coke is half of the recipe."""
    own = [
        made(year, "coke", q, kind, A) for year, q in ((BASE, "300"), (CLAIM, "150")) for kind in ("made", "consumed")
    ]
    seen = run("TZ-REL-08", goods(*own, *STEEL, activity=[furnace(BASE, "100", A), furnace(CLAIM, "90", A)]))
    assert {one.arguments["how"] for one in seen} == {"recipe"}
