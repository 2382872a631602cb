"""Each day of each meter: its sum, its coverage, and its shape in eight parts (the sketch by which copies are looked for)."""

from __future__ import annotations

from verify.engine import Table
from verify.readings.steps import day_of

PARTS = 8
_DAY = 1440


def days(steps: Table) -> Table:
    """One row per meter and day: meter, day (since 1970), n, minutes (covered), micro (sum, millionths, float), low, high,
    p0 … p7 (sums of eight equal parts of the day, float)."""
    minute = steps.begin % _DAY
    amount = steps.micro.cast("float64")
    part = (minute / (_DAY // PARTS)).floor().cast("int64")
    parts = {f"p{k}": amount.sum(where=part == k) for k in range(PARTS)}
    return steps.group_by("meter", day=day_of(steps.begin)).aggregate(
        n=steps.count(),
        minutes=steps.span.cast("float64").sum(),
        micro=amount.sum(),
        low=steps.micro.min(),
        high=steps.micro.max(),
        **parts,
    )
