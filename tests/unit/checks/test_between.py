"""TZ-SCP-12: months that stand in neither list."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import B, C, gas, handed, papers
from tests.unit.checks.world import findings, ran
from verify.checks.rows import NotApplicable

GAS = Decimal("38.931") * Decimal("0.0153") * Decimal("0.99") * 44 / 12  # tCO2 per 10^3Nm3


def here(until: str, since: str, after: str = C, **tables: Any) -> list[Any]:
    rows = [gas(B, "final_use", "120", period="2025"), gas(B, "final_use", "40"), gas(after, "final_use", "40")]
    spells = [
        {"enterprise_id": B, "name": "B", "to": until, "row_id": "old"},
        {"enterprise_id": after, "name": "C", "from": since, "row_id": "new"},
    ]
    links = [{"predecessor": B, "successor": C}] if after == C else []
    return findings(
        "TZ-SCP-12", handed({"activity": rows, "enterprises": spells, "lineage": links, "evidence": papers(), **tables})
    )


@pytest.mark.parametrize(
    ("until", "since", "months"),
    [
        ("2027-04-30", "2027-05-01", ""),
        ("2027-04-10", "2027-05-20", ""),  # the month of a move is on the list of either side
        ("2027-04-30", "2027-06-01", "2027-05"),
        ("2026-10-31", "2027-03-01", "2027-01, 2027-02"),
        ("2026-02-28", "2026-12-01", ""),  # no month of the reporting year
    ],
)
def test_the_months_between_two_codes(until: str, since: str, months: str) -> None:
    rows = here(until, since)
    assert [one.arguments["months"] for one in rows] == ([months] if months else [])
    for one in rows:
        # 40 in the four months of 2027, else 120 in the twelve of 2025: 10 a month either way
        assert one.effect == pytest.approx(10 * (months.count(",") + 1) * GAS, abs=Decimal("0.0001"))
        assert (one.subject, one.row_ids) == (B, ("new", "old"))


def test_who_left_and_came_back() -> None:
    (finding,) = here("2027-04-30", "2027-07-01", B)
    assert finding.arguments["months"] == "2027-05, 2027-06"
    assert finding.effect == pytest.approx(2 * 8 * GAS, abs=Decimal("0.0001"))  # 80 in ten months


def test_a_standstill_on_paper_or_nobody_moved() -> None:
    still = {
        "kind": "stoppage",
        "enterprise_id": B,
        "from": "2027-05-01",
        "to": "2027-05-31",
        "evidence_id": "E-meter_ledger",
    }
    assert here("2027-04-30", "2027-06-01", events=[still]) == []
    assert len(here("2027-04-30", "2027-06-01", events=[{**still, "evidence_id": ""}])) == 1
    with pytest.raises(NotApplicable, match="nobody_moved"):
        ran("TZ-SCP-12", handed({"activity": [gas(B, "final_use", "1")]}))


@pytest.mark.parametrize(("reason", "found_"), [("left", 0), ("founding", 1)])
def test_who_was_away_for_a_reason_on_paper(reason: str, found_: int) -> None:
    rows = [gas(B, "final_use", "120", period="2025"), gas(B, "final_use", "40")]
    spell = {"enterprise_id": B, "name": "B"}
    gone = {**spell, "to": "2027-04-30", "reason": reason, "evidence_id": "E-register_extract"}
    tables = {"activity": rows, "enterprises": [gone, {**spell, "from": "2027-07-01"}], "evidence": papers()}
    assert len(findings("TZ-SCP-12", handed(tables))) == found_
