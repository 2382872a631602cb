"""Issue 4, must show 4 at full size: every hostile ruler refused at its place, each within 50 MB and one second."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.acceptance.entries import acceptance
from tests.hostile_rulers.cases import RULER, Hostile, hostile
from tests.hostile_rulers.measured import Measured, measured

_MIB, _SECONDS = 50, 1.0  # of the whole process, Python and its imports included; processor time


@acceptance("3.4", "hostile rulers: refused with file, line and column, at most 50 MB and 1 s each")
def hostile_rulers() -> dict[str, object]:
    worst: tuple[float, str] = (0.0, "")
    slowest: tuple[float, str] = (0.0, "")
    count = 0
    for case in hostile():
        with TemporaryDirectory() as folder:
            there = case.planted(Path(folder))
            found = measured(there)
            _at_its_place(case, there, found)
        assert found.peak_mib <= _MIB, (case.name, found.peak_mib)
        assert found.seconds <= _SECONDS, (case.name, found.seconds)
        worst = max(worst, (found.peak_mib, case.name))
        slowest = max(slowest, (found.seconds, case.name))
        count += 1
    return {
        "cases": count,
        "largest_peak_mib": f"{worst[0]:.1f} ({worst[1]})",
        "longest_seconds": f"{slowest[0]:.2f} ({slowest[1]})",
        "limits": f"{_MIB} MiB, {_SECONDS} s of processor time, Python and its imports included",
    }


def _at_its_place(case: Hostile, there: Path, found: Measured) -> None:
    places = [(file, line) for file, line, column, key in found.problems if key == case.key and column >= 1]
    assert places, (case.name, found.problems[:3])
    if case.file:
        assert places[0][0] == f"{RULER}/{case.file}", (case.name, places[0])
    if case.line is not None or case.text:
        assert places[0][1] == case.place(there), (case.name, places[0])
