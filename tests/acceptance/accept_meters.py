"""Issue 6, must show 1 (known faults in real series), 2 (honest series silent, copies found) and 7 (1,750,000 readings)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from tests.acceptance import meter_data, steel_plant
from tests.acceptance.entries import acceptance
from tests.acceptance.meter_frauds import PATTERNS, table
from tests.acceptance.metered import Given, found, handed, ruled

AIM = Decimal("0.9")
FREEZES = (1, 2, 3, 4, 6, 8, 12, 18, 24)  # hours tried on the first half


def stale_scores(values: Any, labels: Any, hours: int | str) -> tuple[Decimal, Decimal]:
    """Precision and recall, reading by reading, of the frozen check at `hours` on an inverter with labels."""
    here = handed({"inverter": Given(values, 15, sun=True)}, decimals=9)
    flagged = np.zeros(len(values), dtype=bool)
    for one in ruled("TZ-MTR-05", here, sun_hours=str(hours)):
        flagged[int(one.row_id.partition(":")[2])] = True
    hit = int((flagged & labels).sum())
    return _share(hit, int(flagged.sum())), _share(hit, int(labels.sum()))


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001")) if whole else Decimal(0)


@acceptance(
    "5.1", "stale readings: fixed on one half, measured on the other; CO2 and power factor of a steel plant recomputed"
)
def known_faults() -> dict[str, object]:
    values, labels = meter_data.stale()
    half = len(values) // 2
    tried = {hours: stale_scores(values[:half], labels[:half], hours) for hours in FREEZES}
    best = max(min(pair) for pair in tried.values())
    fitting = [hours for hours, pair in tried.items() if min(pair) == best]
    ruled_hours = 3
    assert ruled_hours in fitting, tried  # the ruler's value is among the best of the first half
    precision, recall = stale_scores(values[half:], labels[half:], ruled_hours)
    plant = steel_plant.measured()
    return {
        "first_half": {str(h): [str(p), str(r)] for h, (p, r) in tried.items()},
        "sun_hours": str(ruled_hours),
        "second_half": {"precision": str(precision), "recall": str(recall), "labelled": str(int(labels[half:].sum()))},
        "aim": str(AIM),
        "aim_met": str(precision >= AIM and recall >= AIM),
        "steel_plant": plant,
    }


def honest_worlds() -> dict[str, dict[str, Given]]:
    """The series that must raise no fabrication finding; PV5 and lv_semiurb4 are one series and count as one."""
    grid = meter_data.simbench()
    kept = {name: one for name, one in grid.items() if not name.startswith(("WP", "BM")) and name != "lv_semiurb4"}
    return {
        "load_profiles": {name: meter_data.load_profile(name) for name in ("LP_G_G", "LP_G_MH", "LP_G_MV")},
        "res_profiles": kept,
        "buildings": meter_data.buildings(),
    }


def by_life() -> dict[str, list[str]]:
    """What life itself planted, as found: meter -> sentences of TZ-MTR-07 in short."""
    grid = meter_data.simbench()
    worlds = [
        {name: one for name, one in grid.items() if name.startswith(("WP", "BM"))},
        {name: grid[name] for name in ("PV5", "lv_semiurb4")},
        {name: meter_data.load_profile(name) for name in ("LP_G0", "LP_G1")},
    ]
    told: dict[str, list[str]] = {}
    for series in worlds:
        for one in found("TZ-MTR-07", handed(series)):
            said = one.arguments
            told.setdefault(one.subject, []).append(
                f"{said['copies']} days of {said['other']} from {said['from']} at {said['scale']}, again from {said['to']}"
            )
    return told


@acceptance("5.2", "honest real series raise no fabrication finding; copies by life are found; recall of planted ones")
def real_series() -> dict[str, object]:
    return shown(200)


def shown(count: int, strengths: int = 3) -> dict[str, object]:
    """The whole of must show 2 with `count` series of each kind and strength."""
    alarms = {
        name: {code: len(found(code, here)) for code in PATTERNS}
        for name, series in honest_worlds().items()
        for here in [handed(series)]
    }
    assert not any(sum(codes.values()) for codes in alarms.values()), alarms
    planted = by_life()
    due = {*(f"WP{n}" for n in range(1, 13)), *(f"BM{n}" for n in range(1, 6)), "lv_semiurb4", "LP_G0", "LP_G1"}
    assert due <= set(planted), due - set(planted)
    rows = table(count, strengths)
    return {"false_alarms_of_honest_worlds": alarms, "planted_by_life": planted, "recall": rows}


@acceptance("5.7", "1,752,000 readings: every meter check beside a bare scan of the same Parquet")
def readings_at_size() -> dict[str, object]:
    from benchmarks.meters import beside_a_scan

    return beside_a_scan()
