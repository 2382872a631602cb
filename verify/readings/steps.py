"""Each reading beside the two before it, and what aggregations over that say of every meter and year.

What a check needs to know first are counts; rows are looked for only where a count is not zero (technology.md 2, "completeness
of a meter's series in constant memory"). What asks for no neighbour comes from the days (`verify.readings.days`), which are few.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.engine import Table

MICRO = 10**6  # a value holds six decimals
_DAY = 1440


def amounts(series: Table) -> Table:
    """The series in the order of meter and time, with `micro` (the value in millionths, int64) for `value`: meter, begin, span, turned, micro."""
    import ibis

    micro = (series.value * ibis.literal(MICRO)).cast("int64")
    return series.select("meter", "begin", "span", "turned", micro=micro).order_by(["meter", "begin", "micro"])


def steps(amounts: Table, *, in_order: bool) -> Table:
    """The amounts with `rise` and `bend` (first and second difference) and `gap` (minutes since the start of the reading before);
    null at the first readings of a meter.

    `in_order`: the rows are read as they were stored, by meter and time, and nothing is sorted again. Whether that held, the
    columns `opens` (the row before is of another meter) and `back` (or of a later time) tell: each meter opens once, and no row goes back.
    """
    import ibis

    if in_order:
        row = ibis.window()
        meter, earlier_meter = amounts.meter.lag().over(row), amounts.meter.lag(2).over(row)
        first, second = meter == amounts.meter, earlier_meter == amounts.meter
    else:
        row = ibis.window(group_by=amounts.meter, order_by=[amounts.begin, amounts.micro])
        meter, first, second = amounts.meter.lag().over(row), ibis.literal(True), ibis.literal(True)
    before, earlier, begun = (
        amounts.micro.lag().over(row),
        amounts.micro.lag(2).over(row),
        amounts.begin.lag().over(row),
    )
    return amounts.mutate(
        rise=ibis.ifelse(first, amounts.micro - before, None),
        bend=ibis.ifelse(second, amounts.micro - 2 * before + earlier, None),
        gap=ibis.ifelse(first, amounts.begin - begun, None),
        opens=~ibis.coalesce(meter == amounts.meter, False),
        back=ibis.coalesce(first & (begun > amounts.begin), False),
    )


def counts(steps: Table, years: Sequence[int], slack: Table) -> Table:
    """One row per meter and year of the interval's start, of every reading against those before it: how many stay (equal to the one
    before and not zero), lie on a line with the two before (`verify.readings.runs`), are odd (not one interval after the one
    before, or a register's turn), and `opens` and `back` as in `steps`.

    `slack`: meter and least, the digit that the meter shows; `years`: those that the readings have.
    """
    rows = steps.join(slack.select("meter", "least"), "meter")
    return rows.group_by("meter", year=_year_among(rows.begin, years)).aggregate(
        stays=_count((rows.rise == 0) & (rows.micro != 0)),
        lines=_count(on_line(rows)),
        odd=_count((rows.gap != rows.span) | rows.turned),
        opens=_count(rows.opens),
        back=_count(rows.back),
    )


def details(steps: Table, years: Sequence[int], meters: Sequence[int]) -> Table:
    """One row per meter and year, of meters with odd readings (the others have nothing of it).

    close (readings that start within the interval before), missing (intervals in jumps of more than one), longest (minutes of the
    longest), turned (register turns), usual (highest value without them).
    """
    rows = steps.filter(steps.meter.isin(sorted(meters)))
    late = (rows.span > 0) & (rows.gap > rows.span)
    lost = (rows.gap / rows.span).round().cast("int64") - 1
    return rows.group_by("meter", year=_year_among(rows.begin, years)).aggregate(
        close=_count((rows.span > 0) & (rows.gap < rows.span)),
        missing=lost.sum(where=late).fill_null(0),
        longest=rows.gap.max(where=late),
        turned=_count(rows.turned),
        usual=rows.micro.max(where=~rows.turned),
    )


def smallest(steps: Table, meters: Sequence[int]) -> Table:
    """The smallest change, not zero, that each of some meters shows in a year from one reading to the next: meter, year, least."""
    rows = steps.filter(steps.meter.isin(sorted(meters)))
    return rows.group_by("meter", year=year_of(rows.begin)).aggregate(least=rows.rise.abs().nullif(0).min())


def yearly(days: Table) -> Table:
    """One row per meter and year, from its days: n, first, last (begin, minutes), span (the longest), low and high (value), total
    (sum of values), digit (the last digit that the meter shows, millionths)."""
    from verify.readings.series import moment

    return days.group_by("meter", year=moment(days.day * _DAY).year()).aggregate(
        n=days.n.sum().cast("int64"),
        first=days["first"].min(),
        last=days["last"].max(),
        span=days.span.max(),
        low=days.low.min(),
        high=days.high.max(),
        total=days.micro.sum(),
        digit=days.digit.min(),
    )


def on_line(rows: Table) -> Table:
    """Whether a reading lies on one line with the two before it, to `least` (a column), and moves well above that."""
    flat = rows.bend.abs() <= rows.least
    return flat & (rows.rise.abs() > _WELL_ABOVE * rows.least) & (rows.gap == rows.span)


def _count(holds: Table) -> Table:
    """How many rows hold; none where nothing could be told of any row, as of a meter that is read once in a year."""
    return holds.sum().fill_null(0)


_WELL_ABOVE = 5  # times the rounding: below that every slow change looks like a line


def _year_among(begin: Table, years: Sequence[int]) -> Table:
    """The year of minutes since 1970 as one of `years`, by comparison: a calendar for each reading would cost more than all else."""
    import ibis

    from verify.readings.clock import first_minute

    found = ibis.literal(max(years, default=0)).cast("int64")
    for year in sorted(years, reverse=True)[1:]:
        found = ibis.ifelse(begin < first_minute(year + 1), year, found)
    return found


def year_of(begin: Table) -> Table:
    """The year of a column of minutes since 1970."""
    from verify.readings.series import moment

    return moment(begin).year()


def day_of(begin: Table) -> Table:
    """The day since 1970 of a column of minutes."""
    return (begin / _DAY).floor().cast("int64")
