"""TZ-BAS-01 to 04: what the park files about annex 1, and the paper behind it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.checks.handed import A, handed, papers, park, power
from tests.unit.checks.world import findings, found, ran

PAPERS = papers(
    "register_extract", "boundary_approval", "statistics_form", "quality_plan", "meter_ledger", "no_accident", "photo"
)
FENCE = {"from": "2025-01-01", "text": "东至甲路，南至乙河，西至丙路，北至丁路", "evidence_id": "E-boundary_approval"}
WHOLE: dict[str, Any] = {
    "zone_level": "省级",
    "zone_evidence": ["E-register_extract"],
    "capability": {
        "statistics": ["E-statistics_form"],
        "accounting": ["E-quality_plan"],
        "metering": ["E-meter_ledger"],
        "monitoring": ["E-meter_ledger"],
    },
    "no_accident": {"from_year": "2025", "to_year": "2027", "evidence": ["E-no_accident"]},
}


def filed(code: str, about: Any) -> list[Any]:
    here = handed({"activity": [power(A, "final_use", "1")], "evidence": PAPERS}, about)
    assert ran(code, here).scope.tested > 0
    return findings(code, here)


@pytest.mark.parametrize("code", ["TZ-BAS-01", "TZ-BAS-02", "TZ-BAS-03", "TZ-BAS-04"])
def test_conditions_with_their_papers(code: str) -> None:
    about = park(basic_conditions=WHOLE, kind="park_in_park", boundaries=[FENCE], manager="管委会")
    assert filed(code, about) == []


@pytest.mark.parametrize(
    ("level", "zone_papers"),
    [("", ["E-register_extract"]), ("省级", []), ("省级", ["E-photo"]), ("省级", ["E-nowhere"])],
)
def test_zone_without_level_or_paper(level: str, zone_papers: list[str]) -> None:
    (finding,) = filed("TZ-BAS-01", park(basic_conditions={**WHOLE, "zone_level": level, "zone_evidence": zone_papers}))
    assert finding.arguments == {"declared": level, "evidence": ", ".join(zone_papers)}
    assert (finding.subject, finding.effect) == ("P", None)


@pytest.mark.parametrize(
    ("boundaries", "manager", "missing"),
    [
        ([FENCE], "", "manager"),
        ([], "管委会", "boundary"),
        ([{**FENCE, "evidence_id": ""}], "管委会", "boundary"),  # drawn, not approved
        ([{**FENCE, "text": ""}], "管委会", "boundary"),  # approved, not drawn
        ([], " ", "boundary_and_manager"),
    ],
)
def test_a_park_in_a_park_needs_fence_and_manager(boundaries: list[Any], manager: str, missing: str) -> None:
    (finding,) = filed("TZ-BAS-02", park(kind="park_in_park", boundaries=boundaries, manager=manager))
    assert finding.arguments == {"kind": "park_in_park", "missing": missing}


def test_a_whole_park_needs_neither() -> None:
    assert filed("TZ-BAS-02", park(kind="whole")) == []


def test_each_aspect_needs_its_own_paper() -> None:
    without = {**WHOLE, "capability": {**WHOLE["capability"], "statistics": ["E-photo"], "monitoring": []}}
    rows = filed("TZ-BAS-03", park(basic_conditions=without))
    assert [(one.arguments["aspect"], one.arguments["evidence"]) for one in rows] == [
        ("monitoring", ""),
        ("statistics", "E-photo"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"from_year": "2026", "to_year": "2027", "evidence": ["E-no_accident"]},  # two years
        {"from_year": "2024", "to_year": "2026", "evidence": ["E-no_accident"]},  # not the last one
        {"from_year": "2025", "to_year": "2027", "evidence": ["E-photo"]},
        {},
    ],
)
def test_three_years_without_accident_need_their_paper(said: dict[str, Any]) -> None:
    (finding,) = filed("TZ-BAS-04", park(basic_conditions={**WHOLE, "no_accident": said}))
    assert (finding.arguments["from_year"], finding.arguments["to_year"]) == ("2025", "2027")


def test_a_longer_record_covers_the_three_years() -> None:
    said = {"from_year": "2020", "to_year": "2027", "evidence": ["E-photo", "E-no_accident"]}
    assert filed("TZ-BAS-04", park(basic_conditions={**WHOLE, "no_accident": said})) == []
    assert found(
        "TZ-BAS-04",
        handed({"activity": [power(A, "final_use", "1")]}, park(basic_conditions={**WHOLE, "no_accident": said})),
    )
