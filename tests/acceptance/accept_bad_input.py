"""A CSV of 2 GiB on the command line: read to its end in less than 1 GiB of memory."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.acceptance import large_csv
from tests.acceptance.entries import acceptance

SIZE = 2 << 30
PEAK_MIB = 1024
PARKS = {"readings.csv": large_csv.readings_park, "activity.csv": large_csv.activity_park}


@acceptance("1.7", "bad input: a generated CSV of 2 GiB, peak memory below 1 GiB (readings; activity)")
def two_gib() -> dict[str, object]:
    return {name: read(name, SIZE) for name in PARKS}


def read(name: str, size: int) -> dict[str, object]:
    """`truezero check` over a park with such a file: its size, rows, seconds and peak. Asserts that all of it was used."""
    with TemporaryDirectory() as place:
        folder = Path(place, "large")
        rows = PARKS[name](folder, size)
        written = (folder / name).stat().st_size
        assert written >= size
        ran = large_csv.run(folder, "--json")
        counts = large_csv.dispositions(ran.out)[name.removesuffix(".csv")]
    assert (ran.code, ran.err) == (0, "")
    assert counts == {"rows": rows, "used": rows}
    assert ran.peak_mib < PEAK_MIB, ran.peak_mib
    return {"bytes": written, "rows": rows, "seconds": ran.seconds, "peak_mib": ran.peak_mib}
