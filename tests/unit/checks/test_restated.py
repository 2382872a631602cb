"""TZ-BYR-04: a base year restated for growth, below the threshold, or twice."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, B, C, handed, power
from tests.unit.checks.world import findings

GRID = Decimal("0.8325")


def filed(mwh: str, reason: str, *, threshold: bool = False, size: str = "10") -> list[Any]:
    """A with 1000 MWh in both years, B with 200 that left, C with `size` that came for a reason; the total as filed."""
    rows = [power(A, "purchased", "1000", "grid", period=year) for year in ("2025", "2027")]
    rows += [power(B, "purchased", "200", "grid", period="2025"), power(C, "purchased", size, "grid")]
    spells = [
        {"enterprise_id": A, "name": "A"},
        {"enterprise_id": B, "name": "B", "to": "2026-06-30", "reason": "closed"},
        {"enterprise_id": C, "name": "C", "from": "2026-07-01", "reason": reason},
    ]
    value = {"year": "2025", "item": "total.tco2", "value": str(Decimal(mwh) * GRID), "unit": "tCO2"}
    here = handed({"activity": rows, "enterprises": spells, "reported": [value]})
    if threshold:
        baseline = here.ruler.text.baseline.model_copy(update={"recalculation_threshold": "practice.materiality"})
        here.ruler = dataclasses.replace(here.ruler, text=here.ruler.text.model_copy(update={"baseline": baseline}))
    return findings("TZ-BYR-04", here)


@pytest.mark.parametrize(
    ("mwh", "reason", "fault", "who"),
    [
        ("1200", "new", "", ""),
        ("1210", "new", "organic", C),
        ("1210", "acquired", "", ""),  # no threshold: an acquisition may restate
        ("1220", "acquired", "doubled", C),
        ("1400", "new", "doubled", B),  # it stands in the rows of 2025 and is added again
        ("1303", "new", "", ""),  # tonnes of nobody
    ],
)
def test_what_was_added(mwh: str, reason: str, fault: str, who: str) -> None:
    rows = filed(mwh, reason)
    assert [(one.arguments["fault"], one.arguments["who"]) for one in rows] == ([(fault, who)] if fault else [])
    for one in rows:
        assert (one.effect, one.period) == ((1200 - Decimal(mwh)) * GRID, "2025")


@pytest.mark.parametrize(("size", "found_"), [("10", True), ("60", False)])
def test_below_the_threshold_it_was_not_due(size: str, found_: bool) -> None:
    """5 % of 1200 MWh is 60."""
    rows = filed(str(1200 + int(size)), "acquired", threshold=True, size=size)
    assert [one.arguments["fault"] for one in rows] == (["below"] if found_ else [])
