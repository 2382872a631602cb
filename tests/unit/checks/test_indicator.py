"""TZ-IND-01 and 02: the size class between the years, indicators left out."""

from __future__ import annotations

import pytest

from tests.unit.checks.handed import A, Row, handed, papers, park, power
from tests.unit.checks.world import findings, found, ran
from verify.checks.rows import CouldNotRun, NotApplicable


def grid(mwh: str, year: str) -> list[Row]:
    return [power(A, "purchased", mwh, "grid", period=year), power(A, "final_use", mwh, period=year)]


def test_the_class_of_the_claim_year_is_looser() -> None:
    """3,000,000 MWh x 0.30 = 900,000 tce (limit 0.2) and 3,400,000 x 0.30 = 1,020,000 tce (limit 0.3)."""
    (finding,) = findings("TZ-IND-01", handed({"activity": [*grid("3000000", "2025"), *grid("3400000", "2027")]}))
    assert finding.arguments == {
        "base_year": "2025",
        "base_tce": "900000",
        "claim_tce": "1020000",
        "base_limit": "0.2",
        "claim_limit": "0.3",
    }
    assert finding.effect is None


def test_a_park_that_falls_below_the_table_has_no_limit() -> None:
    """700,000 MWh = 210,000 tce, 600,000 MWh = 180,000 tce: nothing is printed below 200,000."""
    (finding,) = findings("TZ-IND-01", handed({"activity": [*grid("700000", "2025"), *grid("600000", "2027")]}))
    assert (finding.arguments["base_limit"], finding.arguments["claim_limit"]) == ("0.2", "")


def test_growth_within_a_class_is_silent() -> None:
    here = handed({"activity": [*grid("1000000", "2025"), *grid("3000000", "2027")]})
    assert found("TZ-IND-01", here) == []
    assert ran("TZ-IND-01", here).scope.tested == 1


def test_no_base_year() -> None:
    with pytest.raises(CouldNotRun, match="base_year_missing"):
        ran("TZ-IND-01", handed({"activity": grid("1", "2027")}))


@pytest.mark.parametrize(
    ("reason", "paper", "missing"),
    [
        ("园区无工业用水", "E-quality_plan", []),
        ("", "E-quality_plan", ["reason"]),
        ("园区无工业用水", "", ["evidence"]),
        ("园区无工业用水", "E-nowhere", ["evidence"]),
        (" ", "", ["evidence", "reason"]),
    ],
)
def test_an_indicator_left_out_needs_reason_and_paper(reason: str, paper: str, missing: list[str]) -> None:
    about = park(excluded_indicators=[{"indicator": "water_reuse", "reason": reason, "evidence_id": paper}])
    rows = findings("TZ-IND-02", handed({"activity": grid("1", "2027"), "evidence": papers()}, about))
    assert sorted(one.arguments["missing"] for one in rows) == missing
    assert {one.arguments["indicator"] for one in rows} <= {"water_reuse"}


def test_nothing_left_out() -> None:
    with pytest.raises(NotApplicable, match="no_indicator_left_out"):
        ran("TZ-IND-02", handed({"activity": grid("1", "2027")}))
