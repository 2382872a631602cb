"""Submissions with one very large CSV, written as a stream, and what the real command line takes to read them.

`readings`: quarter-hour readings of many meters. `activity`: daily energy of many meters, each row a line of the ledger.
Both are sound: what is measured is the reading, not the listing of faults.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARK = (
    "id: large\nnames: {zh: 大文件园区, en: Large park}\nid_scheme: free\nbase_year: '2025'\nreporting_year: '2027'\n"
)
MEMBERS = 50
YEARS = (2025, 2026, 2027)


@dataclass(frozen=True)
class Ran:
    """One run of the command: exit code, wall seconds, peak resident memory of the process, what it printed."""

    code: int
    seconds: float
    peak_mib: int
    out: str
    err: str


def readings_park(folder: Path, size: int) -> int:
    """A park whose readings.csv has at least `size` bytes; returns the number of readings."""
    start = datetime(2027, 1, 1)  # noqa: DTZ001 - the local time of a meter
    stamps = [f"{start + timedelta(minutes=15 * step):%Y-%m-%d %H:%M}" for step in range(365 * 96)]

    def pieces() -> Iterator[str]:
        for meter in count(1):
            yield "".join(
                f"M{meter:05},{stamp},{meter * 1000 + step // 4}.{step % 4 * 25:02},valid\n"
                for step, stamp in enumerate(stamps)
            )

    _small_tables(folder)
    _write(folder / "activity.csv", _ACTIVITY, lambda: iter([_day_rows(date(2027, 1, 1), 1)]), 0)
    written = _write(folder / "readings.csv", "meter_id,at,value,quality\n", pieces, size)
    meters = "".join(f"M{number:05},E{number % MEMBERS:02},electricity\n" for number in range(1, written + 1))
    (folder / "meters.csv").write_text("meter_id,enterprise_id,carrier\n" + meters, encoding="utf-8")
    return written * len(stamps)


def activity_park(folder: Path, size: int) -> int:
    """A park whose activity.csv has at least `size` bytes; returns the number of rows."""
    days = [date(year, 1, 1) + timedelta(days=day) for year in YEARS for day in range(365)]
    each = max(1, size // (len(days) * len(_day_rows(days[0], 1).encode("utf-8"))))  # meters of one member

    def pieces() -> Iterator[str]:
        for day in days:
            yield _day_rows(day, each)
        for more in count(each + 1):
            yield _day_rows(days[-1], 1, more)

    _small_tables(folder)
    written = _write(folder / "activity.csv", _ACTIVITY, pieces, size, at_least=len(days))
    return (len(days) * each + written - len(days)) * MEMBERS * 2


def run(folder: Path, *options: str) -> Ran:
    """`truezero check` over `folder` in a process of its own."""
    started = time.monotonic()
    command = [sys.executable, "-m", "verify", "check", str(folder), "--lang", "en", *options]
    out, err = folder.with_name(f"{folder.name}.out"), folder.with_name(f"{folder.name}.err")
    with out.open("wb") as to_out, err.open("wb") as to_err:
        child = subprocess.Popen(command, cwd=ROOT, stdout=to_out, stderr=to_err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = round(time.monotonic() - started, 1)
    texts = (path.read_text(encoding="utf-8") for path in (out, err))
    return Ran(child.returncode, seconds, usage.ru_maxrss // 1024, *texts)


def dispositions(report: str) -> dict[str, dict[str, int]]:
    """From report.json: table -> how many rows it has and how many of them were used."""
    tables = json.loads(report)["facts"]["dispositions"]["tables"]
    return {one["table"]: {"rows": int(one["rows"]), "used": int(one["used"])} for one in tables}


_ACTIVITY = (
    "period,from,to,enterprise_id,source_id,carrier,flow,activity_type,counterparty,quantity,unit,basis,meter_id\n"
)


def _day_rows(day: date, each: int, first: int = 1) -> str:
    """Gas bought and burned on one day, by every member through `each` meters."""
    when = f"{day:%Y-%m},{day},{day}"
    return "".join(
        f"{when},E{member:02},boiler{member:02},natural_gas,purchased,,outside,{amount},Nm3,meter,G{member:02}-{meter:05}\n"
        f"{when},E{member:02},boiler{member:02},natural_gas,final_use,终端消费,,{amount},Nm3,meter,G{member:02}-{meter:05}\n"
        for member in range(MEMBERS)
        for meter in range(first, first + each)
        for amount in (f"{1000 + (day.toordinal() * 31 + meter * 7 + member) % 9000}.5",)
    )


def _small_tables(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "park.yaml").write_text(PARK, encoding="utf-8")
    members = "".join(f"E{member:02},Works {member},2614,2020-01-01,\n" for member in range(MEMBERS))
    (folder / "enterprises.csv").write_text("enterprise_id,name,industry_code,from,to\n" + members, encoding="utf-8")
    sources = "".join(f"boiler{member:02},E{member:02},boiler\n" for member in range(MEMBERS))
    (folder / "sources.csv").write_text("source_id,enterprise_id,kind\n" + sources, encoding="utf-8")


def _write(path: Path, headings: str, pieces: Callable[[], Iterator[str]], size: int, at_least: int = 1) -> int:
    """Pieces until `path` has `size` bytes and `at_least` pieces; returns their number."""
    written = 0
    with path.open("wb") as file:
        file.write(headings.encode("utf-8"))
        for piece in pieces():
            file.write(piece.encode("utf-8"))
            written += 1
            if written >= at_least and file.tell() >= size:
                break
    return written
