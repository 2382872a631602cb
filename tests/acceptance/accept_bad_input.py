"""A CSV of 2 GiB on the command line: read to its end in less than 1 GiB of memory."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.acceptance import large_csv
from tests.acceptance.entries import acceptance

SIZES = {"readings.csv": 2 << 30, "activity.csv": 256 << 20}  # every row of activity becomes lines of the ledger
PEAK_MIB = 1024
PARKS = {"readings.csv": large_csv.readings_park, "activity.csv": large_csv.activity_park}


@acceptance("1.7", "bad input: a generated readings.csv of 2 GiB (activity.csv of 256 MiB), peak memory below 1 GiB")
def two_gib() -> dict[str, object]:
    return {name: read(name, size) for name, size in SIZES.items()}


def read(name: str, size: int) -> dict[str, object]:
    """`truezero check` over a park with such a file: its size, rows, seconds and peak. Asserts that all of it was used."""
    with TemporaryDirectory() as place:
        folder = Path(place, "large")
        rows = PARKS[name](folder, size)
        written = (folder / name).stat().st_size
        assert written >= size
        ran = large_csv.run(folder, "--json")
    assert (ran.code, ran.err) == (0, "")
    counts = large_csv.dispositions(ran.out)[name.removesuffix(".csv")]
    assert counts == {"rows": rows, "used": rows}
    assert ran.peak_mib < PEAK_MIB, ran.peak_mib
    return {"bytes": written, "rows": rows, "seconds": ran.seconds, "peak_mib": ran.peak_mib}
