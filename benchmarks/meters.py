"""Every meter check on 1,752,000 readings (50 enterprises x 4 meters x 8,760 hours) beside a bare scan of the same Parquet.

Issue 6, must show 7. A scan reads every column of every reading once; the checks are those of the ruler, on the file as it
lies. Time is wall clock and processor time, memory the peak of a process of its own that does nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.beside import Ratio, beside

if TYPE_CHECKING:
    from verify.checks.world import World

ENTERPRISES, METERS, HOURS = 50, 4, 8760


def write(file: Path, enterprises: int = ENTERPRISES) -> Path:
    """The readings: honest loads by hour in kWh, drawn from a seed."""
    import duckdb
    import numpy as np
    import pyarrow as pa

    random = np.random.default_rng(6)
    meters = enterprises * METERS
    hour = np.tile(np.arange(HOURS), meters)
    meter = np.repeat(np.arange(meters), HOURS)
    load = (60 + 25 * np.sin((hour % 24 - 8) / 24 * 2 * np.pi) + random.normal(0, 6, len(hour))) * (1 + meter % 7)
    table = pa.table({"meter": meter, "hour": hour, "load": np.maximum(load, 0)})
    connection = duckdb.connect()
    connection.register("drawn", table)
    connection.execute(
        f"""copy (select 'test' as submission_id, 'M' || meter as meter_id, timestamp '2027-01-01' + to_hours(hour) as "at",
        'M' || meter || ':' || hour as row_id, round("load", 3)::decimal(18, 6) as "value", 'valid' as quality
        from drawn order by meter, hour) to '{file}'"""
    )
    return file


def world_of(file: Path) -> World:
    """A park of these meters whose readings are the file."""
    from pyarrow import parquet

    from tests.unit.checks.world import world

    count = parquet.read_metadata(file).num_rows // HOURS
    meters = [
        {"meter_id": f"M{n}", "enterprise_id": f"E{n // METERS}", "source_id": f"S{n}", "carrier": "electricity", "unit": "kWh",
         "reading_kind": "interval", "interval_minutes": 60, "stamp": "start", "role": "consumption"}
        for n in range(count)
    ]  # fmt: skip
    here = world({"meters": meters})
    here.submission.tables._made["readings"] = here.engine.parquet("readings", [file])  # type: ignore[attr-defined]
    here.submission.handed_in |= {"readings"}  # type: ignore[misc]
    return here


def check(file: Path) -> dict[str, str]:
    """Outcome of every check of the family, by code."""
    from verify.checks.registry import registered
    from verify.checks.run import _run

    here = world_of(file)
    outcomes: dict[str, str] = {}
    for code, one in registered().items():
        if code.startswith("TZ-MTR"):
            entry = here.ruler.text.checks[code]
            run, _ = _run(here, one, entry.severity, entry.params)
            assert not run.crash, run.crash
            outcomes[code] = run.outcome
    return outcomes


def _scan(file: Path) -> list[dict[str, Any]]:
    from verify.engine import Engine

    engine = Engine()
    rows = engine.parquet("readings", [file])
    return engine.rows(
        rows.aggregate(
            n=rows.count(),
            meters=rows.meter_id.nunique(),
            last=rows["at"].max(),
            total=rows.value.sum(),
            ids=rows.row_id.max(),
            words=rows.quality.max(),
        )
    )


def measure() -> list[Ratio]:
    """All checks beside the scan, in this process."""
    with TemporaryDirectory() as temporary:
        file = write(Path(temporary) / "readings.parquet")
        return [beside("meter checks beside a bare scan", lambda: check(file), lambda: _scan(file), rounds=3)]


def beside_a_scan(enterprises: int = ENTERPRISES, rounds: int = 3) -> dict[str, object]:
    """Times, their ratio, and the peak memory of a process for each way."""
    with TemporaryDirectory() as temporary:
        file = write(Path(temporary) / "readings.parquet", enterprises)
        ratio = beside("meter checks beside a bare scan", lambda: check(file), lambda: _scan(file), rounds=rounds)
        peaks = {way: _peak(way, file) for way in ("check", "scan", "nothing")}
        outcomes = check(file)
        work = {way: min(_work(run, file) for _ in range(rounds)) for way, run in (("check", check), ("scan", _scan))}
    return {
        "readings": str(enterprises * METERS * HOURS),
        **ratio.record(),
        "cpu_s": {way: f"{seconds:.3f}" for way, seconds in work.items()},
        "cpu_ratio": f"{work['check'] / work['scan']:.2f}",
        "peak_mb": peaks,
        "outcomes": outcomes,
    }


def _work(way: Callable[[Path], object], file: Path) -> float:
    """Seconds of both cores together: beside other work on the machine this says more than the clock on the wall."""
    started = time.process_time()
    way(file)
    return time.process_time() - started


def _peak(way: str, file: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.meters", way, str(file)], capture_output=True, text=True, check=True
    )
    return str(json.loads(done.stdout.splitlines()[-1])["peak_mb"])


def _alone(way: str, file: Path) -> None:
    ways: dict[str, Callable[[Path], object]] = {"check": check, "scan": _scan, "nothing": world_without}
    started = time.perf_counter()
    ways[way](file)
    status = Path("/proc/self/status").read_text(encoding="ascii")  # ru_maxrss would be that of the parent before exec
    peak = int(status.split("VmHWM:")[1].split()[0]) // 1024
    print(json.dumps({"seconds": round(time.perf_counter() - started, 2), "peak_mb": peak}))


def world_without(file: Path) -> object:
    """What the process needs before it reads: the ruler, the ledger of nothing, the libraries."""
    from tests.unit.checks.world import world

    return file and world({"meters": [{"meter_id": "M0", "carrier": "electricity"}]})


if __name__ == "__main__":
    _alone(sys.argv[1], Path(sys.argv[2]))
