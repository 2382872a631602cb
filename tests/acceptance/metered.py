"""Series as a park hands them in: real profiles from ../shared/data, or any vectors, as meters and readings of a small world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from verify.checks.rows import Found
    from verify.checks.world import World

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
YEAR = 2027


@dataclass(frozen=True)
class Given:
    """One meter's interval amounts: values, the minutes of an interval, whether the sun makes them, where and when."""

    values: np.ndarray[Any, Any]
    minutes: int
    sun: bool = False
    begin: str = f"{YEAR}-01-01T00:00"
    more: Mapping[str, Any] = field(default_factory=dict)


def handed(series: Mapping[str, Given], decimals: int = 6, **tables: Any) -> World:
    """A world whose park hands in these series, kWh, stamped at the start; `decimals` are those of the readings."""
    import pyarrow as pa

    from tests.unit.checks.world import world
    from verify.submission.contract import contracts

    meters = [
        {
            "meter_id": name, "enterprise_id": "E", "source_id": name, "carrier": "electricity", "unit": "kWh", "reading_kind": "interval",
            "interval_minutes": one.minutes, "stamp": "start", "role": "generation" if one.sun else "consumption", **one.more,
        }
        for name, one in series.items()
    ]  # fmt: skip
    plants = [
        {"generator_id": f"G-{name}", "technology": "pv", "receiving_meter_id": name}
        for name, one in series.items()
        if one.sun
    ]
    here = world({"meters": meters, "generators": plants, **tables}, year=str(YEAR))
    assert contracts()["readings"].columns
    parts = [_readings(name, one, decimals) for name, one in series.items()]
    held = here.engine.table("readings", pa.concat_tables(parts))
    value = held.value.cast("decimal(18, 6)")
    here.submission.tables._made["readings"] = here.engine.keep("readings", held.mutate(value=value))  # type: ignore[attr-defined]
    here.submission.handed_in |= {"readings"}  # type: ignore[misc]
    return here


def _readings(name: str, one: Given, decimals: int) -> Any:
    import pyarrow as pa

    values = np.round(np.asarray(one.values, dtype=float), decimals)
    there = ~np.isnan(values)
    at = np.datetime64(one.begin, "us") + np.arange(len(values)) * np.timedelta64(one.minutes * 60 * 10**6, "us")
    values, at = values[there], at[there]
    ids = [f"{name}:{n}" for n in np.nonzero(there)[0]]
    return pa.table(
        {
            "submission_id": ["test"] * len(values),
            "row_id": ids,
            "meter_id": [name] * len(values),
            "at": at,
            "value": values,
            "quality": ["valid"] * len(values),
        }
    )


def found(code: str, here: World) -> list[Found]:
    """Findings of one check, one per subject, period and arguments."""
    from tests.unit.checks.world import found as rows

    return list({(one.subject, one.period, tuple(one.arguments.items())): one for one in rows(code, here)}.values())


def ruled(code: str, here: World, **params: str) -> list[Found]:
    """The rows of one check with other parameters than the ruler's."""
    from verify.checks.registry import registered

    entry = here.ruler.text.checks[code]
    rows = registered()[code].function(here, {**entry.params, **params})
    assert isinstance(rows.found, list)
    return rows.found
