"""One park through the road, in this process, and what of the report the benchmark looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fixtures.simulator.park import Park
from fixtures.simulator.write import write_csv

ALARMS = ("error", "warning")


@dataclass(frozen=True)
class Found:
    """A finding: `rows` are (table, index of the row in the park)."""

    code: str
    severity: str
    subject: str
    effect: Fraction | None
    unit: str
    words: frozenset[str]
    rows: frozenset[tuple[str, int]]


@dataclass(frozen=True)
class Checked:
    """What was found, the bridge's real abatement (None: no bridge), verdict and opinion."""

    park_id: str
    findings: tuple[Found, ...]
    real: Fraction | None
    verdict: str | None
    opinion: str
    crashes: tuple[str, ...]

    def alarms(self) -> list[Found]:
        """Errors and warnings."""
        return [one for one in self.findings if one.severity in ALARMS]

    def questions(self) -> list[Found]:
        """Questions."""
        return [one for one in self.findings if one.severity == "question"]


def checked(park: Park) -> Checked:
    """The park written, read and checked."""
    from verify import road

    with TemporaryDirectory(prefix="greenwash-") as folder:
        write_csv(park, Path(folder))
        report = road.check(Path(folder), settings=road.Settings(threads=1))
    facts = report.facts
    found = tuple(_found(one, report.places) for one in facts["findings"])
    bridge = (facts.get("bridges") or {}).get("reduction")
    real = Fraction(bridge["real"]) if bridge and bridge.get("real") is not None else None
    return Checked(
        facts["park"]["id"], found, real, facts["headline"]["verdict"], facts["headline"]["opinion"], report.crashes
    )


def _found(one: Mapping[str, Any], places: Mapping[str, Any]) -> Found:
    rows = set()
    for row_id in one["row_ids"]:
        place = places.get(row_id) or {}
        if place.get("file", "").endswith(".csv") and place.get("line"):
            rows.add((place["file"].removesuffix(".csv"), int(place["line"]) - 2))
    effect = one.get("effect")
    value, unit = (
        (effect["value"], effect["unit"]) if isinstance(effect, Mapping) else (effect, one.get("effect_unit") or "")
    )
    words = frozenset(str(value) for value in one["arguments"].values() if value)
    return Found(
        one["code"],
        one["severity"],
        one["subject"],
        None if value is None else Fraction(value),
        unit,
        words,
        frozenset(rows),
    )
