"""TZ-REL-09 to 11 on small worlds, by hand; and that a move by policy is no abatement in the bridge."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, handed, papers
from tests.unit.checks.test_relocation import BASE, CLAIM, EF, affiliate, furnace, made
from tests.unit.checks.world import found as run
from verify.checks.rows import CouldNotRun, NotApplicable
from verify.road.bridges import bridges

B_TONNES = 100 * EF
GONE = {"enterprise_id": B, "to": "2026-12-31", "reason": "policy_relocation", "evidence_id": "E-other"}


def left(spell: Row | None = None, **more: list[Row]) -> Any:
    """A park that B left: A burns 300 then 290, B 100 x 10^3 Nm3 in the base year for 50 t of coke."""
    activity = [furnace(BASE, "300", A), furnace(CLAIM, "290", A), furnace(BASE, "100")]
    spells = [{"enterprise_id": A}, GONE if spell is None else spell]
    tables = {
        "activity": activity,
        "production": [made(BASE, "coke", "50")],
        "enterprises": spells,
        "evidence": papers("other"),
    }
    return handed(tables | more)


def test_a_move_by_policy_is_shown_and_hides_nothing() -> None:
    seen = run("TZ-REL-09", left())
    assert [(one.subject, one.effect, one.arguments["whose"]) for one in seen] == [(B, None, "own")]
    assert Decimal(seen[0].arguments["moved"]) == pytest.approx(B_TONNES, abs=Decimal("0.001"))


def test_the_receiver_s_intensity() -> None:
    """300 t outside with 900 t: 3 t per tonne, for 50 t."""
    there = affiliate(CLAIM, "300") | {"emissions": "900"}
    seen = run("TZ-REL-09", left(GONE | {"group_id": "G"}, affiliates=[there]))
    assert (seen[0].arguments["whose"], seen[0].arguments["displaced"]) == ("receiver", "150")


def test_a_line_that_moved_with_its_event() -> None:
    line = {"source_id": "line"}
    activity = [furnace(BASE, "100") | line, furnace(CLAIM, "40") | line]
    event = {"enterprise_id": B, "kind": "relocation", "from": "2026-05-01", "evidence_id": "E-other"} | line
    seen = run("TZ-REL-09", handed({"activity": activity, "events": [event], "evidence": papers("other")}))
    assert [one.arguments["source"] for one in seen] == ["line"]
    assert Decimal(seen[0].arguments["moved"]) == pytest.approx(60 * EF, abs=Decimal("0.001"))


@pytest.mark.parametrize("more", [{"evidence_id": ""}, {"reason": "closed"}, {"reason": "left"}, {"to": "2028-12-31"}])
def test_no_move_by_policy(more: Row) -> None:
    assert run("TZ-REL-09", left(GONE | more)) == []


def claim(value: str, unit: str = "tCO2", **more: Any) -> dict[str, list[Row]]:
    """A claim of a reduction of the total."""
    row = {
        "claim_id": "C",
        "kind": "reduction",
        "text": "减排",
        "item": "total.tco2",
        "value": Decimal(value),
        "unit": unit,
    }
    return {"claims": [row | {"year": CLAIM, "base_year": BASE} | more]}


def test_the_move_told_as_a_reduction() -> None:
    """110 x 10^3 Nm3 less are claimed, 100 of them moved."""
    seen = run("TZ-REL-10", left(**claim(str(110 * EF))))
    assert [one.effect for one in seen] == [pytest.approx(B_TONNES, abs=Decimal("0.001"))]
    share = run("TZ-REL-10", left(**claim("0.275", "1")))
    assert [one.effect for one in share] == [pytest.approx(B_TONNES, abs=Decimal("0.001"))]


@pytest.mark.parametrize(
    "told",
    [claim(str(10 * EF)), claim(str(15 * EF)), claim(str(110 * EF), kind="level"), claim("5", item="term.fuel.tco2")],
)
def test_a_claim_on_what_stayed(told: dict[str, list[Row]]) -> None:
    assert run("TZ-REL-10", left(**told)) == []


def test_nothing_moved() -> None:
    with pytest.raises(NotApplicable):
        run("TZ-REL-10", left(GONE | {"evidence_id": ""}, **claim("5")))


def test_a_move_by_policy_is_no_abatement() -> None:
    """The leaver stands in the claim year as in the base year: its fall is boundary, and nothing of it is real."""
    found = bridges(left()).reduction
    assert found is not None
    assert float(found.bridge.terms["boundary"]) == pytest.approx(float(-B_TONNES), abs=0.001)
    assert float(found.bridge.real) <= float(10 * EF)


def closed(*rows: Row, plant: Row | None = None, events: list[Row] | None = None) -> list[Any]:
    """TZ-REL-11 of a furnace of B, of group G, that burns 100 and then 20 x 10^3 Nm3."""
    line = {"source_id": "line"}
    source = {"enterprise_id": B, "retired": "2026-06-30"} | line if plant is None else plant
    tables = {
        "activity": [furnace(BASE, "100") | line, furnace(CLAIM, "20") | line],
        "enterprises": [{"enterprise_id": B, "group_id": "G"}],
        "sources": [source],
        "events": events or [],
        "affiliates": list(rows),
    }
    return run("TZ-REL-11", handed({name: some for name, some in tables.items() if some}))


def test_capacity_that_closed_here_and_opened_there() -> None:
    seen = closed(affiliate(BASE, "200"), affiliate(CLAIM, "300"))
    assert [(one.subject, one.arguments["product"]) for one in seen] == [(B, "coke")]
    assert seen[0].effect == pytest.approx(80 * EF, abs=Decimal("0.001"))
    plant = {"enterprise_id": B, "source_id": "line"}
    event = [plant | {"kind": "capacity_change", "from": "2026-02-01"}]
    assert len(closed(affiliate(CLAIM, "300"), plant=plant, events=event)) == 1


def test_no_more_than_the_group_emits_more() -> None:
    rows = [affiliate(BASE, "200") | {"emissions": "90"}, affiliate(CLAIM, "300") | {"emissions": "100"}]
    assert [one.effect for one in closed(*rows)] == [10]


@pytest.mark.parametrize(
    "rows",
    [
        [affiliate(BASE, "300"), affiliate(CLAIM, "300")],
        [affiliate(BASE, "200", group="H"), affiliate(CLAIM, "300", group="H")],
        [affiliate(BASE, "200") | {"emissions": "90"}, affiliate(CLAIM, "300") | {"emissions": "80"}],  # cleaner there
    ],
)
def test_a_group_that_does_not_carry_it(rows: list[Row]) -> None:
    assert closed(*rows) == []


def test_a_plant_that_runs_on_is_no_question() -> None:
    with pytest.raises(NotApplicable):
        closed(affiliate(CLAIM, "300"), plant={"enterprise_id": B, "source_id": "line"})


def test_without_the_table_it_is_open() -> None:
    with pytest.raises(CouldNotRun, match="table_not_handed_in"):
        closed()
