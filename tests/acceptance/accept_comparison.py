"""Issue 4 of 8: the demonstration by `compare` (must show 2), and ten thousand bases of one park in one query (must show 6)."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.acceptance.bases import measured
from tests.acceptance.command import typed
from tests.acceptance.entries import acceptance
from tests.golden.demonstration import rulers, write_park
from tests.golden.test_demonstration import BY_HAND, TCE

MOST_MIB = 1024  # of one process, whatever is asked
_PAIRS = "ten thousand: 10,000 boundaries, each with a reading and a value of its own"  # rows x values: one park only (ADR 0021)
_SIZES: dict[str, tuple[int, int, int, bool]] = {  # boundaries, readings, changed values, one of each instead of all
    "ten: 2 boundaries x 5 readings": (2, 5, 1, False),
    "ten thousand: 20 boundaries x 25 readings x 20 values": (20, 25, 20, False),
    _PAIRS: (10_000, 100, 10_000, True),
    "ten thousand: 10,000 boundaries": (10_000, 1, 1, False),
    "ten thousand: 10,000 values": (1, 1, 10_000, False),
}


@acceptance("3.2", "one data set, four results, two verdicts: compare under the national ruler and three small ones")
def demonstration() -> dict[str, object]:
    options = [word for one in rulers() for word in ("--ruler", one)]
    with TemporaryDirectory() as folder:
        park = write_park(Path(folder) / "park")
        told = typed("compare", park, *options, "--json")
        one, two = (typed("compare", park, *options, "--json", "--threads", str(count)) for count in (1, 2))
    assert (told.code, told.err) == (0, "")
    assert told.out == one.out == two.out
    found = {row["ruler"]["id"]: row["measures"][0] for row in json.loads(told.out)["rulers"]}
    shown = {}
    for ruler, (tonnes, printed, verdict) in BY_HAND.items():
        measure = found[ruler]
        value = Fraction(measure["own"]["value"])
        assert abs(value - tonnes / TCE) < Fraction(1, 10**12), (ruler, value)
        assert measure["verdict"] == verdict, (ruler, measure["verdict"])
        shown[ruler] = {"tCO2/tce": printed, "value": measure["own"]["value"], "verdict": verdict}
    assert len({one["verdict"] for one in shown.values()}) == 2
    return {"four results": shown, "same bytes with 1 and 2 threads": True}


@acceptance("3.6", "ten thousand bases of one park in one query: time and memory beside ten")
def many_bases() -> dict[str, object]:
    shown: dict[str, Any] = {}
    for park in ("honest-not-met", "fifty"):
        runs = {
            name: measured(park, boundaries, readings, values, pairs=pairs)
            for name, (boundaries, readings, values, pairs) in _SIZES.items()
            if name != _PAIRS or park == "honest-not-met"
        }
        ten = next(iter(runs.values()))
        for name, run in runs.items():
            assert run["bases"] == (10 if run is ten else 10_000), (name, run)
            assert run["peak_mib"] <= MOST_MIB, (name, run)
            run["time_beside_ten"] = f"{run['seconds'] / ten['seconds']:.1f}"
            print(park, name, run, flush=True)
        shown[park] = runs
    return shown
