"""Hourly electricity per meter: what matching needs (issue 6, C)."""

from __future__ import annotations

from decimal import Decimal

from verify.engine import AMOUNT, QUANTITY, Table
from verify.readings.series import moment, series

_HOUR = 60


def hourly(readings: Table, plan: Table) -> Table:
    """Electricity per meter and hour: submission_id, meter_id, hour (timestamp, its start), kwh (decimal(38,18)), minutes.

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
    sums = rows.group_by("meter", begin=hour).aggregate(
        value=rows.value.sum().cast(QUANTITY),
        minutes=rows.span.cast("float64").sum().cast("int64"),  # the sum of integers is a 128-bit number in DuckDB
    )
    sums = sums.join(power.select("submission_id", "meter_id", "meter", "factor"), "meter")
    thousand = ibis.literal(Decimal(1000)).cast("decimal(4, 0)")
    kwh = ((sums.value * sums.factor).cast(AMOUNT) * thousand).cast(AMOUNT)  # no rescaling: it is slow
    return sums.select("submission_id", "meter_id", hour=moment(sums.begin), kwh=kwh, minutes=sums.minutes)
