"""TZ-BYR-01 to 03: picked, moved, or longer than the other."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.checks.handed import A, Row, gas, handed, park
from tests.unit.checks.world import findings, ran
from verify.checks.rows import NotApplicable

GAS = Decimal("38.931") * Decimal("0.0153") * Decimal("0.99") * 44 / 12  # tCO2 per 10^3Nm3


def burned(**volumes: str) -> list[Row]:
    return [gas(A, "final_use", volume, period=year[1:]) for year, volume in volumes.items()]


FOUR = {"y2024": "900", "y2025": "1000", "y2026": "950", "y2027": "800"}


def free(here: Any) -> Any:
    """The same park under a ruler that leaves the base year to the park."""
    baseline = here.ruler.text.baseline.model_copy(update={"year": "", "free": True})
    here.ruler = dataclasses.replace(here.ruler, text=here.ruler.text.model_copy(update={"baseline": baseline}))
    return here


def test_the_highest_year_is_said_with_the_claim_of_every_year() -> None:
    (finding,) = findings(
        "TZ-BYR-01", free(handed({"activity": burned(**FOUR)}, park(base_year_chosen_on="2026-11-02")))
    )
    least, most = Decimal(finding.arguments["least"]), Decimal(finding.arguments["most"])
    assert (least, most) == (
        pytest.approx(100 * GAS, abs=Decimal("0.0001")),
        pytest.approx(200 * GAS, abs=Decimal("0.0001")),
    )
    assert (finding.arguments["years"], finding.arguments["chosen_on"]) == ("2024, 2025, 2026", "2026-11-02")


def test_a_prescribed_year_that_happens_to_be_high() -> None:
    with pytest.raises(NotApplicable, match="base_year_prescribed"):
        ran("TZ-BYR-01", handed({"activity": burned(**FOUR)}))
    with pytest.raises(NotApplicable, match="too_few_years"):
        ran("TZ-BYR-01", free(handed({"activity": burned(y2025="3", y2026="2", y2027="1")})))


def sentence(**more: str) -> Row:
    return {"claim_id": "c", "year": "2027", "kind": "reduction", "text": "减排", "row_id": "claim", **more}


@pytest.mark.parametrize(
    ("said", "effect"),
    [
        ({"base_year": "2026"}, 150),
        ({"text": "较2026年减排 100 吨"}, 150),
        ({"text": "2027年较2025年减排 100 吨"}, None),
        ({"base_year": "2025", "text": "较2026年"}, None),  # the column says it
        ({"base_year": "2024"}, None),  # claims less than the base year would
        ({"base_year": "2026", "kind": "level"}, None),
    ],
)
def test_a_sentence_about_a_higher_year(said: dict[str, str], effect: int | None) -> None:
    here = handed({"activity": burned(**{**FOUR, "y2026": "1150"}), "claims": [sentence(**said)]})
    rows = findings("TZ-BYR-02", here)
    assert [one.arguments["said"] for one in rows] == (["2026"] if effect else [])
    for one in rows:
        assert one.effect == pytest.approx(effect * GAS, abs=Decimal("0.0001"))
        assert one.row_ids == ("claim",)


def test_both_years_said_side_by_side() -> None:
    both = [sentence(base_year="2026"), sentence(base_year="2025", claim_id="d", row_id="other")]
    assert findings("TZ-BYR-02", handed({"activity": burned(**{**FOUR, "y2026": "1150"}), "claims": both})) == []


def test_a_park_that_takes_another_year_than_the_ruler() -> None:
    (finding,) = findings("TZ-BYR-02", handed({"activity": burned(**{**FOUR, "y2026": "1150"})}, base_year="2026"))
    assert finding.effect == pytest.approx(150 * GAS, abs=Decimal("0.0001"))
    assert (finding.arguments["said_by"], finding.arguments["due"]) == ("park.yaml", "2025")


def days(since: str, until: str = "2025-12-31", **tables: Any) -> list[Any]:
    rows = burned(y2025="1000", y2027="800")
    rows[0] |= {"from": since, "to": until}
    return findings("TZ-BYR-03", handed({"activity": rows, **tables}))


@pytest.mark.parametrize(
    ("since", "more"), [("2024-12-01", 31), ("2024-12-28", 4), ("2024-12-29", 0), ("2025-02-01", 0)]
)
def test_a_base_year_of_more_days(since: str, more: int) -> None:
    rows = days(since)
    assert len(rows) == bool(more)
    for one in rows:
        assert one.effect == pytest.approx(800 * GAS * more / 365, abs=Decimal("0.0001"))
        assert one.arguments["base_days"] == str(365 + more)


def test_months_that_overlap_are_counted_once() -> None:
    rows = [gas(A, "final_use", "10", period=f"{year}-{month:02d}") for year in (2025, 2027) for month in range(1, 13)]
    rows[0] |= {"from": "2025-01-01", "to": "2025-02-10"}
    assert findings("TZ-BYR-03", handed({"activity": rows})) == []


def test_a_standstill_explains_fewer_days() -> None:
    still = {"kind": "stoppage", "enterprise_id": A, "from": "2027-03-01", "to": "2027-04-01"}
    assert days("2024-12-01", events=[still]) == []
    assert days("2024-12-01", enterprises=[{"enterprise_id": A, "name": "A", "to": "2027-11-30"}]) == []
