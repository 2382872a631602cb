"""Each reading beside the two before it, and what one aggregation over that says of every meter and year.

One pass over the window, one over the result: what a check needs to know first are counts; rows are looked for only where
a count is not zero (technology.md 2, "completeness of a meter's series in constant memory").
"""

from __future__ import annotations

from verify.engine import Table

MICRO = 10**6  # a value holds six decimals
_DAY = 1440


def steps(series: Table) -> Table:
    """The series with `micro` (the value in millionths, int64), `rise` and `bend` (first and second difference) and `gap`
    (minutes since the start of the reading before); null at the first readings of a meter."""
    import ibis

    order = ibis.window(group_by=series.meter, order_by=series.begin)
    micro = (series.value * ibis.literal(MICRO)).cast("int64")
    rows = series.select("meter", "at", "begin", "span", "turned", micro=micro)
    before, earlier = rows.micro.lag().over(order), rows.micro.lag(2).over(order)
    return rows.mutate(
        rise=rows.micro - before, bend=rows.micro - 2 * before + earlier, gap=rows.begin - rows.begin.lag().over(order)
    )


def profile(steps: Table) -> Table:
    """One row per meter and year of the interval's start.

    n, first, last (begin, minutes), slots (distinct intervals), close (readings that start within the interval before), gaps and
    missing (jumps of more than one interval, intervals in them), longest (minutes of the longest), stays (equal to the
    reading before and not zero), low and high (value), least (smallest change), total (sum of values), turned (register turns),
    usual (highest without them), negative;
    whole, tenths …: how many values are a multiple of 1, 0.1, 0.01, 0.001, 0.0001, 0.00001 (the decimals that the meter shows).
    """
    year = year_of(steps.begin)
    late = (steps.span > 0) & (steps.gap > steps.span)
    lost = (steps.gap / steps.span).round().cast("int64") - 1
    moved = steps.rise.abs().nullif(0)
    shown = {f"by_{places}": (steps.micro % 10 ** (6 - places) == 0).sum() for places in range(6)}
    return steps.group_by("meter", year=year).aggregate(
        n=steps.count(),
        first=steps.begin.min(),
        last=steps.begin.max(),
        span=steps.span.max(),
        close=((steps.span > 0) & (steps.gap < steps.span)).sum(),
        gaps=late.sum(),
        missing=lost.sum(where=late),
        longest=steps.gap.max(where=late),
        stays=((steps.rise == 0) & (steps.micro != 0)).sum(),
        low=steps.micro.min(),
        high=steps.micro.max(),
        least=moved.min(),
        total=steps.micro.cast("float64").sum(),
        turned=steps.turned.sum(),
        usual=steps.micro.max(where=~steps.turned),
        negative=(steps.micro < 0).sum(),
        **shown,
    )


def year_of(begin: Table) -> Table:
    """The year of a column of minutes since 1970."""
    from verify.readings.series import moment

    return moment(begin).year()


def day_of(begin: Table) -> Table:
    """The day since 1970 of a column of minutes."""
    return (begin / _DAY).floor().cast("int64")
