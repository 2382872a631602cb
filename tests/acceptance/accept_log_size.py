"""Issue 7, must show 5, the log's part: 100,000 entries; append, prove, audit, and a bundle over them: times and sizes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.acceptance.entries import acceptance
from tests.unit.log.logs import LOG, ORIGIN, TRUST, cosigned, draft, opened
from verify.attest.log import appending, audit, kinds, numbering, proof, reading, tiles

SIZE, BODIES, BATCH, SINGLE = 100_000, 20, 1000, 100


@acceptance("6.5", "the log of 100,000 entries: append, prove, audit: times and sizes")
def log_of_100_000() -> dict[str, object]:
    with TemporaryDirectory(prefix="truezero-") as place:
        return measured(Path(place) / "log", SIZE)


def measured(folder: Path, size: int) -> dict[str, object]:
    """Grow a log to `size`, with single appends when it is small and when it is large; then prove and audit it."""
    appending.create(folder, ORIGIN, LOG)
    number = 0

    def grow(count: int, each: int) -> list[float]:
        nonlocal number
        seconds = []
        for start in range(number, number + count, each):
            end = min(start + each, number + count)
            drafts = [opened(at, f"body-{at % BODIES}") for at in range(start, end)]
            seconds.append(timed(lambda batch=drafts: appending.append(folder, LOG, batch, datetime.now(UTC))))
        number += count
        return seconds

    single = min(SINGLE, size // 10)
    small = grow(single, 1)
    batches = grow(size - 2 * single, min(BATCH, size // 10))
    large = grow(size - number, 1)
    log = cosigned(folder, at=datetime.now(UTC))
    assert log.size == size
    indices = [size * at // 50 for at in range(50)]
    proofs = [(one, reading.open_log(folder).prove(one)) for one in indices]
    seconds = [timed(lambda one=one: reading.open_log(folder).prove(one)) for one in indices]
    for index, held in proofs:
        proof.read(held.data()).verify(log.entry(index))
    found: list[audit.Audited] = []
    audited = timed(lambda: found.append(audit.audit(reading.open_log(folder), TRUST)))
    assert {one.state for one in found[0].checks} == {"verified"}
    (folder / numbering.FILE).unlink()
    last = draft(kinds.TERMINATED, body="body-0", engagement=1)
    rebuilt = timed(lambda: appending.append(folder, LOG, [last], datetime.now(UTC)))
    files = [one for one in folder.rglob("*") if one.is_file() and one.name != numbering.FILE]
    assert median(large) < 5 * median(small)  # what an append costs does not grow with the log
    return {
        "entries": size,
        "append_ms": {"at_the_start": milliseconds(small), "at_the_end": milliseconds(large)},
        "append_thousand_s": round(median(batches), 2),
        "append_without_its_cache_s": round(rebuilt, 1),
        "prove_ms": milliseconds(seconds),
        "proof_octets": max(len(held.data()) for _, held in proofs),
        "audit_s": round(audited, 1),
        "log_mb": round(sum(one.stat().st_size for one in files) / 1e6, 1),
        "entries_in_a_bundle_mb": round(len(tiles.bundle(log.entries())) / 1e6, 1),
        "files": len(files),
        "cache_mb": round((folder / numbering.FILE).stat().st_size / 1e6, 1),
    }


def timed(call: Callable[[], object]) -> float:
    """Seconds of a call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def milliseconds(seconds: list[float]) -> float:
    """Their median."""
    return round(median(seconds) * 1000, 1)
