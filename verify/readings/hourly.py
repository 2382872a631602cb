"""Hourly electricity per meter: what matching needs (issue 6, C)."""

from __future__ import annotations

from verify.engine import Table
from verify.readings.series import KEY, series

_HOUR = 60
_KWH = "decimal(38, 12)"


def hourly(readings: Table, plan: Table) -> Table:
    """Electricity per meter and hour: submission_id, meter_id, hour (timestamp, its start), kwh (decimal), minutes.

    An interval belongs to the hour in which it starts; one longer than an hour (a day's reading, a register over a gap)
    tells no hour and is left out. `minutes` is how much of the hour is covered: 60 where nothing is missing; an hour of
    which nothing is known has no row. A register that falls without a believable turn counts as read past its turn
    (see `series`); TZ-MTR-03 finds it.
    """
    import ibis

    power = plan.filter(plan.unit == "MWh")
    rows = series(readings, power)
    rows = rows.filter((rows.span > 0) & (rows.span <= _HOUR))
    hour = (rows.begin / _HOUR).floor().cast("int64") * _HOUR
    sums = rows.group_by(*KEY, hour_=hour).aggregate(
        amount=rows.amount.sum().cast("decimal(38, 18)"), minutes=rows.span.sum().cast("int64")
    )
    start = ibis.timestamp("1970-01-01 00:00:00") + sums.hour_.as_interval("m")
    kwh = (sums.amount.cast("decimal(38, 15)") * ibis.literal(1000).cast("decimal(4, 0)")).cast(_KWH)
    return sums.select(*KEY, hour=start, kwh=kwh, minutes=sums.minutes)
