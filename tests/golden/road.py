"""Parks of the simulator on the whole road, for tests: written as CSV, verified, read back as facts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fixtures.simulator import Park, write_csv
from verify import resources, road
from verify.history import Frozen
from verify.report import findings_text
from verify.report.reader import Reader
from verify.road.history import commitment
from verify.words import LANGUAGES

HONEST = ("honest-met", "honest-not-met", "honest-undetermined")


@cache
def frozen(name: str) -> road.Report:
    """The report of a frozen park, made once per test process."""
    return road.verify(resources.parks() / name)


_VERIFIED: dict[int, tuple[Park, road.Report]] = {}


def verified(park: Park) -> road.Report:
    """The report of a simulated park; the same object (honest twins are shared) is verified once per test process."""
    if id(park) not in _VERIFIED:
        with TemporaryDirectory() as folder:
            write_csv(park, Path(folder) / "park")
            _VERIFIED[id(park)] = (park, road.verify(Path(folder) / "park", history=committed(park.earlier)))
    return _VERIFIED[id(park)][1]


_COMMITTED: dict[int, tuple[Park, tuple[Frozen, ...]]] = {}


def committed(park: Park | None) -> tuple[Frozen, ...]:
    """The commitment of a first filing with its opening, under one fixed secret; none where there was none."""
    if park is None:
        return ()
    if id(park) not in _COMMITTED:
        with TemporaryDirectory() as folder:
            write_csv(park, Path(folder) / "park")
            both = commitment(Path(folder) / "park", bytes(range(32)))
        _COMMITTED[id(park)] = (park, (Frozen(both.public, both.opening),))
    return _COMMITTED[id(park)][1]


def codes(report: road.Report, *severities: str) -> set[str]:
    """Codes found, of the given severities (all where none is given)."""
    return {one["code"] for one in report.facts["findings"] if not severities or one["severity"] in severities}


def found(report: road.Report, code: str) -> list[dict[str, Any]]:
    """The findings of one code."""
    return [one for one in report.facts["findings"] if one["code"] == code]


def told(report: road.Report) -> list[str]:
    """The sentence of every finding in both languages; raises where one has no words."""
    readers = [Reader(report.document(), language) for language in LANGUAGES]
    return [findings_text.says(one, reader) for one in report.facts["findings"] for reader in readers]
