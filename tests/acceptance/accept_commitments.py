"""Issue 7 of 8, must show 5: 100,000 committed rows, committed, read, checked and opened; times and sizes."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import TypeVar

import pytest

from tests.acceptance.entries import acceptance
from verify.attest.commit import many
from verify.attest.commit.making import Line, Target, make
from verify.attest.commit.opening import check_opening, read_opening, write_opening
from verify.attest.commit.rows import read_rows, root_of
from verify.attest.commit.totals import read_totals
from verify.errors import NotVerified

T = TypeVar("T")
GROUPS = {f"factor-{at}": 1 << at for at in (16, 15, 10, 9, 7, 5)}  # 100,000 = their sum: no padding
FACTOR = 570_300_000_000  # 10^-12 tCO2 per unit
ROWS = 100_000


@acceptance("6.5b", "100,000 committed rows: commit, read, root, totals, openings: times and sizes")
def many_rows() -> dict[str, object]:
    lines = [
        Line("2027", "MWh", name, at * 7919 % (1 << 40), _texts(at), (FACTOR + number, FACTOR if number < 2 else 0))
        for number, (name, count) in enumerate(GROUPS.items())
        for at in range(count)
    ]
    assert len(lines) == ROWS
    targets = [Target("item", "total.tco2", _value(lines, 0)), Target("item", "scope2.tco2", _value(lines, 1))]
    times: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        found = work()
        times[name] = round(time.process_time() - start, 1)
        return found

    made = timed("commit", lambda: make(lines, targets))
    assert made.count == ROWS
    rows = timed("read", lambda: read_rows(made.rows))
    assert timed("root", lambda: root_of(made.rows)) == made.root
    points = [one.point for one in rows]
    totals = read_totals(made.totals, ROWS)
    assert timed("two_totals", lambda: [one.opens(points) for one in totals]) == [True, True]
    at = totals[0].terms[0].spans[0][0]  # a row of both totals
    forged = [*points[:at], points[at - 1], *points[at + 1 :]]
    assert not any(one.opens(forged) for one in totals)
    data = write_opening(made.opening)
    own = [one for one in made.opening.rows if one.words()["enterprise_id"] == "E7"]
    part = made.opening.part("buyer", own)
    timed("open_1_percent", lambda: check_opening(read_opening(write_opening(part)), made.root, rows))
    with pytest.raises(NotVerified, match="opening_row"):
        check_opening(part, made.root, rows[1:] + rows[:1])
    return {
        "rows": ROWS,
        "library": f"pycryptodome {version('pycryptodome')}" if many.by_library() else "plain integers",
        "seconds_cpu": times,
        "opened_rows": len(own),
        "bytes": {"rows": len(made.rows), "totals": len(made.totals), "openings": len(data)},
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _texts(at: int) -> dict[str, str]:
    return {"enterprise_id": f"E{at % 100}", "row_id": str(at)}


def _value(lines: list[Line], at: int) -> str:
    exact = sum(one.value * one.factors[at] for one in lines)
    millionths = (exact + 5 * 10**11) // 10**12
    return f"{millionths // 10**6}.{millionths % 10**6:06d}"
