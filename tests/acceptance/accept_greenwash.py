"""Issue 5 of 8, must show 3: the greenwash benchmark at full size against its aims; the record keeps what was found, met or not."""

from __future__ import annotations

from benchmarks.greenwash.command import write
from benchmarks.greenwash.measure import measure
from benchmarks.greenwash.page import rows, summary
from tests.acceptance.entries import acceptance


@acceptance(
    "4.3", "greenwash: recall per kind, alarms per honest park, tonnes within 1 %, no real tonne lost; peers beside it"
)
def greenwash() -> dict[str, object]:
    record = measure("full", seed=2, tell=lambda line: print(line, flush=True))
    write(record)
    found = summary(record)
    aims = {
        "recall_at_1": float(found["recall_at_1"]) >= 0.95,
        "alarms_per_honest_park": float(found["alarms_per_honest_park"]) <= 0.02,
        "real_lost": float(found["largest_real_lost"]) <= 0.001,
    }
    result = {**found, "aims_met": aims, "kinds": list(rows(record)), "cpu_seconds": record["cpu_seconds"]}
    assert float(found["effects_close"]) == 1, found  # the tonnes are a must; aims stand beside what was measured
    return result
