"""TZ-HIS-05 on carriers: how much a member, or the park, told an authority that it used (GW-35, first half of GW-39)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, gas, handed, papers
from tests.unit.checks.world import findings
from verify.checks.rows import NotApplicable

GAS = Decimal("38.931") * Decimal("0.0153") * Decimal("0.99") * 44 / 12  # tCO2 per 10^3Nm3, of what is burned
BURNED = [gas(A, "purchased", "100"), gas(A, "final_use", "80"), gas(A, "feedstock", "20"), gas(B, "final_use", "50")]


def told(quantity: str, *more: Any, period: str = "2027", **cells: Any) -> dict[str, Any]:
    about = {"authority": "statistics", "party_code": A, "carrier": "natural_gas", "unit": "10^3Nm3"}
    return {**about, "period": period, "quantity": quantity, "row_id": f"said{period}", **cells}


def seen(*statements: dict[str, Any], **tables: Any) -> list[Any]:
    forms = [*papers(), *papers("statistics_form")]
    return findings(
        "TZ-HIS-05", handed({"activity": BURNED, "statements": list(statements), "evidence": forms, **tables})
    )


@pytest.mark.parametrize("quantity", ["100", "105", "95.3", "80", "76.2"])
def test_any_meaning_of_used_that_agrees_is_enough(quantity: str) -> None:
    """Bought 100, burned 80 and fed 20: both are right, each within five per cent of the greater."""
    assert seen(told(quantity)) == []


def test_more_was_told_than_is_filed() -> None:
    (one,) = seen(told("200"))
    assert (one.subject, one.row_ids, one.arguments["recomputed"]) == (A, ("said2027",), "100")
    assert one.effect == pytest.approx(100 * GAS, abs=Decimal("0.0001"))
    (less,) = seen(told("40", party_code=B))
    assert less.effect == pytest.approx(-10 * GAS, abs=Decimal("0.0001"))


def test_a_difference_said_with_its_form_is_silent() -> None:
    said = {"year": "2027", "authority": "statistics", "item": "natural_gas", "value": "200", "unit": "10^3Nm3", "boundary": "含厂外车队",
            "evidence_id": "E-statistics_form"}  # fmt: skip
    with pytest.raises(NotApplicable, match="nobody_else_was_told"):
        seen(told("200"), reported=[said])
    assert len(seen(told("200"), reported=[said | {"boundary": ""}])) == 1


def test_the_twelve_months_of_a_year_are_one_amount() -> None:
    months = [told("20", period=f"2027-{month:02d}") for month in range(1, 13)]
    (one,) = seen(*months)
    assert one.arguments["told"] == "240"
    with pytest.raises(NotApplicable, match="nobody_else_was_told"):  # part of a year, and a year that is not filed
        seen(*months[:11], told("100", party_code=B, period="2026"))


def test_what_a_supplier_delivered_is_not_looked_at_here() -> None:
    assert seen(told("200", authority="gas_supplier"), told("100", authority="ets")) == []
