"""TZ-SCP-04 and 13 on small worlds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.checks.handed import A, Row, flow, handed
from tests.unit.checks.world import found


def gas(year: str, quantity: str, basis: str, **more: str) -> Row:
    """Gas burned."""
    return flow(
        A, "natural_gas", "final_use", quantity, "10^3Nm3", period=year, activity_type="终端消费", basis=basis, **more
    )


@pytest.mark.parametrize(
    ("base", "claim", "estimated"),
    [("estimate", "meter", "2025"), ("default", "invoice", "2025"), ("meter", "estimate", "2027")],
)
def test_one_year_estimated_and_the_other_measured(base: str, claim: str, estimated: str) -> None:
    seen = found("TZ-SCP-04", handed({"activity": [gas("2025", "1000", base), gas("2027", "1000", claim)]}))
    assert [one.arguments["estimated"] for one in seen] == [estimated]
    assert seen[0].row_id == f"activity:{0 if estimated == '2025' else 1}"
    assert seen[0].effect is None


@pytest.mark.parametrize(
    "rows",
    [
        [gas("2025", "1000", "meter"), gas("2027", "800", "invoice")],
        [gas("2025", "1000", "estimate"), gas("2027", "800", "default")],
        [gas("2025", "1000", "estimate", source_id="s"), gas("2027", "800", "meter", source_id="t")],  # two sources
        [gas("2025", "400", "estimate"), gas("2025", "600", "meter"), gas("2027", "800", "meter")],  # mostly measured
    ],
)
def test_years_that_are_measured_alike_are_no_question(rows: list[Row]) -> None:
    assert found("TZ-SCP-04", handed({"activity": rows})) == []


EF = Decimal("389.31") * Decimal("0.0153") * Decimal("0.99") * 44 / 12 / 10  # tCO2 per 10^3 Nm3 of natural gas


def made(year: str, quantity: str) -> Row:
    """Castings."""
    return {"period": year, "enterprise_id": A, "product": "casting", "flow": "made", "quantity": quantity, "unit": "t"}


@pytest.mark.parametrize(
    ("output", "bound"),
    [(("300", "300"), 250), (("300", "270"), Decimal(1000) - Decimal(750) / Decimal("0.9")), (None, None)],
)
def test_a_base_year_estimated_high(output: tuple[str, str] | None, bound: Decimal | int | None) -> None:
    """1000 by estimate, 750 by meter: what the base year holds beyond 750 at the same output; no tonnes without output."""
    rows = [gas("2025", "1000", "estimate"), gas("2027", "750", "meter")]
    goods = [made(year, one) for year, one in zip(("2025", "2027"), output or (), strict=False)]
    here = {"activity": rows, "production": goods} if goods else {"activity": rows}
    (seen,) = found("TZ-SCP-13", handed(here))
    assert seen.row_id == "activity:0"
    assert seen.effect == (None if bound is None else pytest.approx(bound * EF, abs=Decimal("0.001")))
    assert found("TZ-SCP-04", handed(here)) == []  # said once


@pytest.mark.parametrize(
    ("rows", "goods"),
    [
        ([gas("2025", "1000", "meter"), gas("2027", "750", "estimate")], []),  # the claim year is the weak one
        ([gas("2025", "1000", "estimate"), gas("2027", "750", "estimate")], []),  # one basis
        ([gas("2025", "1000", "estimate"), gas("2027", "750", "meter")], [made("2025", "400"), made("2027", "300")]),
        (
            [gas("2025", "40", "estimate"), gas("2027", "20", "meter"), gas("2025", "900", "meter", source_id="s"),
             gas("2027", "900", "meter", source_id="s")], [],
        ),  # 4.3 % of the lesser year
    ],
)  # fmt: skip
def test_a_base_year_that_shows_no_material_fall(rows: list[Row], goods: list[Row]) -> None:
    assert found("TZ-SCP-13", handed({"activity": rows, "production": goods})) == []
