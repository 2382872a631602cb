"""Readings as interval energy: register differences or interval amounts on a clock of minutes.

Times are the local (Beijing) time of the door: a stamp with an offset was brought to it there, so that a clock change
elsewhere leaves no gap; a stamp without one is taken as written.
"""

from __future__ import annotations

from verify.engine import Table

COLUMNS = ("meter", "begin", "span", "value", "turned")
_KEY = ("submission_id", "meter_id")
_UNREAD = ("missing", "faulty")  # quality words under which a value says nothing


def series(readings: Table, plan: Table, *, registers: bool = True) -> Table:
    """One row per usable reading: meter (number of the plan), begin, span, value, turned.

    `begin` is in minutes since 1970-01-01 00:00 local, of the start of the interval (`stamp_of` leads back); `span` its
    minutes (null where neither the meter nor a reading before says it); `value` the interval amount as read, decimal(18,6):
    times the plan's `factor` it is in base units. Of a register the first reading only opens the series; one that falls is
    read past its turning point, the next power of ten above the reading before (`turned`; the checks judge whether that
    can be believed). `registers`: whether the plan has any; without them the readings are read once.
    """
    import ibis

    lead = ibis.ifelse(plan.ends, ibis.coalesce(plan.minutes, 0), 0)  # of the stamp before the start, once a meter
    meters = plan.select(*_KEY, "meter", "minutes", "counts", lead=lead)
    known = readings.join(meters, list(_KEY)).filter(~readings.quality.isin(_UNREAD))
    known = known.select("meter", "minutes", "lead", "counts", "value", at=stamped(known.at))
    if not registers:
        return _amounts(known)
    return _amounts(known.filter(~known.counts)).union(_differences(known.filter(known.counts)))


def stamp_of(rows: Table, plan: Table) -> Table:
    """Rows of a series with the plan's columns and `at`, the minutes of the stamp that was read."""
    import ibis

    rows = rows.join(plan.select("meter", "submission_id", "meter_id", "ends", "counts"), "meter")
    late = rows.ends | rows.counts
    return rows.mutate(at=rows.begin + ibis.ifelse(late, ibis.coalesce(rows.span, 0), 0)).drop("ends", "counts")


def stamped(at: Table) -> Table:
    """A timestamp column as minutes since 1970-01-01 00:00 local."""
    return (at.epoch_seconds() / 60).floor().cast("int64")


def moment(minutes: Table) -> Table:
    """The timestamp of a column of such minutes."""
    import ibis

    return ibis.timestamp("1970-01-01 00:00:00") + minutes.as_interval("m")


def _amounts(rows: Table) -> Table:
    import ibis

    rows = rows.select("meter", "value", begin=rows.at - rows.lead, span=rows.minutes, turned=ibis.literal(False))
    return rows.select(*COLUMNS)


def _differences(rows: Table) -> Table:
    import ibis

    order = ibis.window(group_by=rows.meter, order_by=rows.at)
    rows = rows.mutate(before=rows.value.lag().over(order), begin=rows.at.lag().over(order))
    rows = rows.filter(rows.begin.notnull())
    fell = rows.value < rows.before
    turn = ibis.cases(*((rows.before < 10**digits, 10**digits) for digits in range(1, 12)), else_=10**12)
    step = ibis.ifelse(fell, rows.value - rows.before + turn.cast("decimal(18, 6)"), rows.value - rows.before)
    step = step.cast("decimal(18, 6)")
    return rows.select("meter", "at", "begin", span=rows.at - rows.begin, value=step, turned=fell).select(*COLUMNS)
