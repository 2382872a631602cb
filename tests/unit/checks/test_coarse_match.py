"""Months instead of hours: a bound of the hourly match that can refute a claim and never bears it out (green-power.md 4)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.unit.checks.handed import A, Row, handed, park, power
from tests.unit.checks.world import found
from verify.checks import matching as checks
from verify.checks.coarse_match import coarse_bound, share_at_most
from verify.checks.rows import CouldNotRun
from verify.checks.world import World

YEAR = "2027"


def months(*amounts: tuple[str, str], supply: str = "direct_nonfossil", own: str = "") -> list[Row]:
    """Use and clean power of the months from January on; the rest of the use comes from the grid."""
    rows: list[Row] = []
    for at, (used, clean) in enumerate(amounts, 1):
        period = f"{YEAR}-{at:02}"
        rows.append(power(A, "final_use", used, activity_type="终端消费", period=period))
        rows.append(power(A, "purchased", clean, supply, period=period, basis="meter"))
        if own:
            rows.append(power(A, "primary_production", own, "self_nonfossil", period=period, basis="meter"))
    return rows


def claiming(share: str, rows: list[Row], said: str = "绿电逐时匹配") -> World:
    claims = [{"claim_id": "c", "year": YEAR, "kind": "share", "text": said, "value": share, "unit": "1"}]
    return handed({"activity": rows, "claims": claims}, park(grid_zone="华东"))


def share(rows: list[Row]) -> Fraction | None:
    return share_at_most(claiming("1", rows), YEAR)


def test_a_month_bounds_itself_only() -> None:
    """Uses 100 and 100, clean 150 and 20: 100 + 20 of 200."""
    assert share(months(("100", "150"), ("100", "20"))) == Fraction(120, 200)


def test_the_sum_of_the_year_would_be_too_much() -> None:
    """The broken twin: by the year the same rows match 170 of 200, which no hour can."""
    one = coarse_bound(claiming("1", months(("100", "150"), ("100", "20"))), YEAR)
    assert one is not None
    assert one.matched < min(200, 170) * 10**6


def test_what_is_made_inside_counts_and_what_is_sold_does_not() -> None:
    rows = months(("100", "30"), ("100", "20"), own="10")
    assert share(rows) == Fraction(30 + 10 + 20 + 10, 200)
    rows.append(power(A, "sold", "10", "self_nonfossil", period=f"{YEAR}-01", basis="meter"))
    assert share(rows) == Fraction(30 + 20 + 10, 200)


def test_certificates_may_be_of_any_month() -> None:
    """They were generated somewhere else, and no row tells when: 120 by the months and 50 free of them."""
    rows = months(("100", "150"), ("100", "20"))
    rows.append(power(A, "purchased", "50", "certificate", period=f"{YEAR}-01"))
    assert share(rows) == Fraction(170, 200)
    rows.append(power(A, "purchased", "500", "certificate", period=f"{YEAR}-02"))
    assert share(rows) == 1


def test_a_row_of_the_whole_year_makes_one_interval() -> None:
    rows = [power(A, "final_use", "200", activity_type="终端消费"), *months(("0", "150"), ("0", "20"))]
    assert share(rows) == Fraction(170, 200)


def test_no_use_no_bound() -> None:
    assert share([power(A, "purchased", "10", "grid")]) is None


@pytest.mark.parametrize("said", ["0.61", "0.7", "1"])
def test_a_claim_above_the_bound_is_found(said: str) -> None:
    (one,) = found("TZ-MAT-02", claiming(said, months(("100", "150"), ("100", "20"))))
    assert one.arguments["hourly"] == "0.6"


@pytest.mark.parametrize("said", ["0.6", "0.3"])
def test_a_claim_below_the_bound_stays_open(said: str) -> None:
    """Nothing shows that it holds: the check could not run."""
    with pytest.raises(CouldNotRun, match="no_readings"):
        run(claiming(said, months(("100", "150"), ("100", "20"))))


def run(world: World) -> Any:
    params = world.ruler.text.checks["TZ-MAT-02"].params
    return checks.claimed_hourly_match(world, params)
