"""Readings as interval energy: register differences or interval amounts, in base units, on a clock of minutes.

Times are the local (Beijing) time of the door: a stamp with an offset was brought to it there, so that a clock change
elsewhere leaves no gap; a stamp without one is taken as written.
"""

from __future__ import annotations

from verify.engine import AMOUNT, Table

KEY = ("submission_id", "meter_id")
_UNREAD = ("missing", "faulty")  # quality words under which a value says nothing


def series(readings: Table, plan: Table) -> Table:
    """One row per usable reading: submission_id, meter_id, row_id, begin, span, amount, value, turned.

    `begin`: minutes since 1970-01-01 00:00 local at which the interval starts; `span`: its minutes (null where neither the
    meter nor a reading before says it); `amount`: decimal(38,18) in the meter's base unit. Of a register the first reading
    only opens the series; a register that falls is read past its turning point, the next power of ten above the reading
    before (`turned`: whether that was done; the checks judge whether it can be believed).
    """
    known = readings.join(plan, list(KEY)).filter(~readings.quality.isin(_UNREAD))
    known = known.mutate(at=stamped(known.at))
    return _amounts(known.filter(~known.counts)).union(_differences(known.filter(known.counts)))


def stamped(at: Table) -> Table:
    """A timestamp column as minutes since 1970-01-01 00:00 local."""
    return (at.epoch_seconds() / 60).floor().cast("int64")


def _amounts(rows: Table) -> Table:
    import ibis

    begin = ibis.ifelse(rows.ends, rows.at - ibis.coalesce(rows.minutes, 0), rows.at)
    return rows.select(
        *KEY, "row_id", "value",
        begin=begin,
        span=rows.minutes,
        amount=(rows.value * rows.factor).cast(AMOUNT),
        turned=ibis.literal(False),
    ).select(*COLUMNS)  # fmt: skip


def _differences(rows: Table) -> Table:
    import ibis

    order = ibis.window(group_by=list(KEY), order_by=rows.at)
    rows = rows.mutate(before=rows.value.lag().over(order), begin=rows.at.lag().over(order))
    rows = rows.filter(rows.begin.notnull())
    fell = rows.value < rows.before
    turn = ibis.cases(*((rows.before < 10**digits, 10**digits) for digits in range(1, 12)), else_=10**12)
    step = ibis.ifelse(fell, rows.value - rows.before + turn.cast("decimal(18, 6)"), rows.value - rows.before)
    return rows.select(
        *KEY, "row_id", "value", "begin",
        span=rows.at - rows.begin,
        amount=(step.cast("decimal(19, 6)") * rows.factor).cast(AMOUNT),
        turned=fell,
    ).select(*COLUMNS)  # fmt: skip


COLUMNS = ("submission_id", "meter_id", "row_id", "begin", "span", "amount", "value", "turned")
