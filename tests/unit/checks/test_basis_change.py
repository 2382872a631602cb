"""TZ-SCP-04 on small worlds."""

from __future__ import annotations

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
    seen = found("TZ-SCP-04", handed({"activity": [gas("2025", "1000", base), gas("2027", "800", claim)]}))
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
