"""docs/formats/report.schema.json takes every example and refuses each broken twin."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.unit.report.example import VARIANTS, not_met

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/formats/report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
Break = Callable[[dict[str, Any]], Any]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", VARIANTS)
def test_examples_are_valid(name: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(VARIANTS[name]())] == []


def _set(*path: Any, to: Any) -> Break:
    def mutate(report: dict[str, Any]) -> None:
        part: Any = report
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = to

    return mutate


BROKEN: dict[str, Break] = {
    "a number that is no text": _set("facts", "items", 0, "claimed", to=275801.27),
    "an exponent": _set("facts", "items", 0, "claimed", to="2.7E5"),
    "a plus sign": _set("facts", "items", 0, "claimed", to="+1"),
    "a leading zero": _set("facts", "items", 0, "claimed", to="007"),
    "a file in the facts": _set("facts", "findings", 0, "file", to="a.xlsx"),
    "a line in the facts": _set("facts", "findings", 0, "line", to=3),
    "a clock in the facts": _set("facts", "created", to="2027-01-01T00:00:00Z"),
    "an unknown verdict": _set("facts", "headline", "verdict", to="passed"),
    "an unknown opinion": _set("facts", "opinion", "value", to="clean"),
    "an unknown severity": _set("facts", "findings", 0, "severity", to="critical"),
    "an unknown outcome": _set("facts", "runs", 0, "outcome", to="ok"),
    "an unknown role": _set("facts", "role", to="audit"),
    "an item outside the vocabulary": _set("facts", "items", 0, "item", to="emissions"),
    "a code without a number": _set("facts", "findings", 0, "code", to="TZ-ACC"),
    "a title in one language": _set("facts", "terms", 0, "title", to={"zh": "用作燃料"}),
    "a row id without ordinal": _set("facts", "findings", 0, "row_ids", to=["activity:2027"]),
    "more than twenty row ids": _set("facts", "findings", 0, "row_ids", to=[f"activity:x#{n}" for n in range(21)]),
    "a short digest": _set("facts", "ruler", "sha256", to="abc"),
    "another format": _set("facts", "format", to="truezero-report/2"),
    "a place without a file": _set("places", "claims:c1#1", to={"line": 3}),
    "line zero": _set("places", "claims:c1#1", to={"file": "a", "line": 0}),
    "a place that is no row": _set("places", "total", to={"file": "a", "line": 1}),
    "no findings": lambda report: report["facts"].pop("findings"),
    "no places": lambda report: report.pop("places"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_twins_are_refused(name: str) -> None:
    report = not_met()
    BROKEN[name](report)
    assert not VALIDATOR.is_valid(report)


def public() -> dict[str, Any]:
    """The shape of a bundle's report.json; what disclosure makes of a report is judged in tests/unit/disclosure."""
    reason = {"key": "disclosure.by_rule", "arguments": {}}
    row = {"path": "members.tco2", "state": "withheld", "reason": reason, "count": "6"}
    return {**not_met(), "withheld": [row, row | {"path": "energy", "state": "committed"}], "withheld_share": "0.4612"}


def test_a_public_report_is_valid() -> None:
    assert [error.message for error in VALIDATOR.iter_errors(public())] == []
    assert VALIDATOR.is_valid(public() | {"withheld": [], "withheld_share": "1.0000"})


BROKEN_PUBLIC: dict[str, Break] = {
    "a share without a list": lambda report: report.pop("withheld"),
    "a list without a share": lambda report: report.pop("withheld_share"),
    "a share above one": _set("withheld_share", to="1.0001"),
    "a share with more places": _set("withheld_share", to="0.46123"),
    "an unknown state": _set("withheld", 0, "state", to="hidden"),
    "a count that is no text": _set("withheld", 0, "count", to=6),
    "a value beside the path": _set("withheld", 0, "value", to="1"),
    "a path that is none": _set("withheld", 0, "path", to="../facts"),
    "a reason in prose": _set("withheld", 0, "reason", to="secret"),
    "one member more": _set("more", to={}),
}


@pytest.mark.parametrize("name", BROKEN_PUBLIC)
def test_broken_twins_of_a_public_report_are_refused(name: str) -> None:
    report = public()
    BROKEN_PUBLIC[name](report)
    assert not VALIDATOR.is_valid(report)


def test_every_part_of_the_schema_forbids_unknown_keys() -> None:
    def objects(part: Any) -> list[Any]:
        found = [part] if isinstance(part, dict) and part.get("type") == "object" else []
        children = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
        return found + [one for child in children for one in objects(child)]

    assert all("additionalProperties" in part for part in objects(SCHEMA))


def test_every_row_named_in_the_example_has_a_place() -> None:
    report = not_met()
    named = {row for finding in report["facts"]["findings"] for row in finding["row_ids"]}
    assert named <= set(report["places"])
