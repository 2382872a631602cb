"""Each day of each meter: its sum, its coverage, and its shape in eight parts (the sketch by which copies are looked for)."""

from __future__ import annotations

from verify.engine import Table
from verify.readings.steps import day_of

PARTS = 8
_DAY = 1440


def days(steps: Table) -> Table:
    """One row per meter and day: meter, day (since 1970), n, minutes (covered), micro (sum, millionths, float), low, high,
    digit (the last digit shown on that day, millionths), p0 … p7 (sums of eight equal parts of the day, float)."""
    import ibis

    minute = steps.begin % _DAY
    amount = steps.micro.cast("float64")
    part = (minute / (_DAY // PARTS)).floor().cast("int64")
    parts = {f"p{k}": amount.sum(where=part == k) for k in range(PARTS)}
    coarse = {f"by_{k}": (steps.micro % 10 ** (6 - k) != 0).any() for k in range(6)}
    rows = steps.group_by("meter", day=day_of(steps.begin)).aggregate(
        n=steps.count(),
        minutes=steps.span.cast("float64").sum(),
        micro=amount.sum(),
        low=steps.micro.min(),
        high=steps.micro.max(),
        **parts,
        **coarse,
    )
    digit = ibis.cases(*((~rows[f"by_{k}"], 10 ** (6 - k)) for k in range(6)), else_=1).cast("int64")
    return rows.mutate(digit=digit).drop(*coarse)
