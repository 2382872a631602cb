"""Each day of each meter: its sum, its coverage, and its shape in eight parts (the sketch by which copies are looked for)."""

from __future__ import annotations

from functools import reduce
from operator import add

from verify.engine import Table
from verify.readings.steps import MICRO, day_of

PARTS = 8
_DAY = 1440


def days(amounts: Table) -> Table:
    """One row per meter and day: meter, day (since 1970), n, first, last (begin, minutes), span (the longest), minutes (covered),
    micro (sum, millionths, float), low, high, digit (the last digit shown on that day, millionths), p0 … p7 (sums of eight
    equal parts of the day, float; null where nothing was read)."""
    import ibis

    rows = amounts.mutate(part=((amounts.begin % _DAY) / (_DAY // PARTS)).floor().cast("int64"))
    amount = rows.micro.cast("float64")
    sums = rows.group_by("meter", day=day_of(rows.begin)).aggregate(
        n=rows.count(),
        first=rows.begin.min(),
        last=rows.begin.max(),
        span=rows.span.max(),
        minutes=rows.span.cast("float64").sum(),
        low=rows.micro.min(),
        high=rows.micro.max(),
        digit=_shown(rows.micro).min(),
        **{f"p{k}": amount.sum(where=rows.part == k) for k in range(PARTS)},
    )
    return sums.mutate(micro=reduce(add, (ibis.coalesce(sums[f"p{k}"], 0.0) for k in range(PARTS))))


def _shown(micro: Table) -> Table:
    """The last decimal that a value shows, in millionths: 1000 for three decimals, at most one whole unit."""
    import ibis

    fine = ibis.cases((micro % 10 != 0, 1), (micro % 100 != 0, 10), else_=100)
    coarse = ((micro % 10**exponent != 0, 10 ** (exponent - 1)) for exponent in (4, 5, 6))
    return ibis.cases((micro % 1000 != 0, fine), *coarse, else_=MICRO).cast("int64")
