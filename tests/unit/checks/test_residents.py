"""TZ-SCP-05 and 06: who is stated inside the fence and on no list (GW-01, GW-02, GW-05)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, Row, gas, handed, papers, park
from tests.unit.checks.world import findings, found

GAS = Fraction("38.931") * Fraction("0.0153") * Fraction("0.99") * Fraction(44, 12)  # tCO2 per 10^3Nm3
INSIDE = {"longitude": "3", "latitude": "3"}
HOLE = {"longitude": "1.5", "latitude": "1.5"}
OUTSIDE = {"longitude": "5", "latitude": "3"}


def fence(east: int = 4, **dated: str) -> dict[str, Any]:
    ring = [[0, 0], [east, 0], [east, 4], [0, 4], [0, 0]]
    return {
        "geojson": {"type": "Polygon", "coordinates": [ring, [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]]},
        "evidence_id": "E-boundary_approval",
        **dated,
    }


def stated(quantity: str | None = "100", **more: Any) -> Row:
    row = {"period": "2027", "authority": "gas_supplier", "carrier": "natural_gas", "unit": "10^3Nm3", "row_id": "st"}
    return {**row, "quantity": quantity, **more}


def here(*statements: Row, spell: dict[str, Any] | None = None, **more: Any) -> Any:
    rows = [gas(A, "final_use", "900", period=year) for year in ("2025", "2027")]
    rows += [gas(B, "final_use", "300", period="2025")]
    members = [{"enterprise_id": A, "name": "甲厂"}, {"enterprise_id": B, "name": "乙厂", **(spell or {})}]
    about = park(boundaries=more.pop("boundaries", [fence()]))
    return handed(
        {"activity": rows, "enterprises": members, "statements": list(statements), "evidence": papers(), **more}, about
    )


CLOSED = {"to": "2026-12-31", "reason": "closed", "evidence_id": "E-register_extract"}


def test_gas_for_a_works_inside_that_nobody_listed_counts_at_the_default() -> None:
    (finding,) = findings("TZ-SCP-05", here(stated(party_code="X", **INSIDE)))
    assert finding.effect == pytest.approx(Decimal(str(float(100 * GAS))), abs=Decimal("0.0001"))
    assert (finding.subject, finding.period, finding.row_ids) == ("X", "2027", ("st",))
    assert finding.arguments == {
        "authority": "gas_supplier", "carrier": "natural_gas", "stated": "100", "unit": "10^3Nm3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("party", "found_"),
    [
        ({"party_code": B}, True),  # the supplier gives no place: it was a member until it was struck
        ({"party_name": "乙 厂"}, True),  # by its name
        ({"party_code": B, **INSIDE}, True),
        ({"party_code": B, **OUTSIDE}, False),  # it works elsewhere now
        ({"party_code": A}, False),
        ({"party_name": "测试园区"}, False),  # the park itself
        ({"party_name": "某厂"}, False),  # nobody knows where
        ({"party_code": "X", "authority": "power_exchange", **INSIDE}, False),  # sells, does not say who uses
    ],
)
def test_who_was_struck_and_still_takes_gas(party: dict[str, str], found_: bool) -> None:
    assert bool(found("TZ-SCP-05", here(stated(**party), stated("1", party_code=A), spell=CLOSED))) is found_


def test_the_months_before_the_end_of_membership_are_its_own() -> None:
    spell = {"to": "2027-06-30", "reason": "closed"}
    assert found("TZ-SCP-05", here(stated(party_code=B, period="2027-06"), spell=spell)) == []
    assert len(found("TZ-SCP-05", here(stated(party_code=B, period="2027-07"), spell=spell))) == 1


def test_the_fence_of_the_year_decides() -> None:
    dated = [fence(6, to="2026-12-31"), fence(4, **{"from": "2027-01-01"})]
    rows = [stated(period=year, party_code="X", **OUTSIDE) for year in ("2025", "2027")]
    assert [one.period for one in found("TZ-SCP-05", here(*rows, boundaries=dated))] == ["2025"]


def test_a_successor_on_the_list_answers() -> None:
    link = {"predecessor": B, "successor": A}
    assert found("TZ-SCP-05", here(stated(party_code=B), spell=CLOSED, lineage=[link])) == []


def test_a_name_in_a_register_is_a_question() -> None:
    row = stated(None, authority="register", carrier="", unit="", party_name="恒力", **INSIDE)
    (finding,) = findings("TZ-SCP-06", here(row))
    assert (finding.subject, finding.severity, finding.effect) == ("恒力", "question", None)
    assert found("TZ-SCP-05", here(row, stated(party_code=A))) == []
    assert found("TZ-SCP-06", here({**row, **OUTSIDE})) == []
    assert len(found("TZ-SCP-06", here({**row, **HOLE}))) == 1
    assert found("TZ-SCP-06", here(row, boundaries=[])) == []  # no fence drawn: nobody knows


def test_turnover_of_a_closed_works_asks_for_its_last_year() -> None:
    row = stated("120", authority="tax", carrier="", unit="", item="应税销售额", party_code=B)
    (finding,) = findings("TZ-SCP-06", here(row, spell=CLOSED))
    assert finding.effect == pytest.approx(Decimal(str(float(300 * GAS))), abs=Decimal("0.0001"))
    assert found("TZ-SCP-06", here(row, spell={**CLOSED, "reason": "left"})) == []


@pytest.mark.parametrize(("kind", "values", "found_"), [("register", "77 77", 0), ("register", "77 78", 1),
                                                        ("interval", "0 0", 0), ("interval", "0 5", 1)])  # fmt: skip
def test_a_meter_that_runs_on_after_the_end(kind: str, values: str, found_: int) -> None:
    meter = {"meter_id": "M", "enterprise_id": B, "carrier": "natural_gas", "reading_kind": kind}
    from datetime import datetime

    read = [
        {"meter_id": "M", "at": datetime.fromisoformat(f"2027-0{month}-05"), "value": value}
        for month, value in zip((1, 2), values.split(), strict=True)
    ]
    rows = found("TZ-SCP-06", here(stated(party_code=A), spell=CLOSED, meters=[meter], readings=read))
    assert len(rows) == found_
