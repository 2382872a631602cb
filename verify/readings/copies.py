"""Days that are copies of other days, of the same meter or of another, also scaled: sketch first, then exact.

Sketch: two days whose eight parts have the same shares of the day (to a thousandth) fall on the same key. Exact: every
interval of one is the scale times that of the other, to the rounding that both meters show; a scale of honest weather or
load never holds over all intervals of a day that moves by many such roundings.
"""

from __future__ import annotations

from verify.engine import Engine, Table
from verify.readings.days import PARTS

_DAY = 1440
_SHARES = 1000  # the grid of the sketch
_UNREAD = -(10**9)  # stands for a part of the day without a reading


def copied_days(
    engine: Engine, amounts: Table, days: Table, rounding: Table, *, moves: int, sun_moves: int, values: int
) -> Table:
    """Pairs of days of which the later is a copy: meter, day, other, other_day, scale (float), equal (whether as it is).

    `rounding`: one row per meter with `scaled` (whether a scaled copy is asked for: a clear sky repeats its curve;
    a day that moves by more than `sun_moves` digits is asked all the same). The last
    digit is that of the day, so that a copy that was rounded afterwards is still one. Asked are whole days that move by more than `moves` digits; a copy must show at
    least `values` different values.
    """
    import ibis

    rows = days.join(rounding.select("meter", "scaled"), "meter")
    whole = (rows.minutes == _DAY) & (rows.high - rows.low > moves * rows.digit) & (rows.micro > 0)
    rows = rows.filter(whole)
    rows = rows.mutate(scaled=rows.scaled | (rows.high - rows.low > sun_moves * rows.digit))
    shares = {f"s{k}": ((rows[f"p{k}"] / rows.micro) * _SHARES).round().cast("int64") for k in range(PARTS)}
    shares = {name: ibis.coalesce(share, _UNREAD) for name, share in shares.items()}
    rows = rows.select("meter", "day", "n", "micro", "digit", "scaled", **shares)
    key = ["n", *shares]
    homes = rows.group_by(key).aggregate(homes=rows.count())
    rows = rows.join(
        homes.filter(homes.homes > 1).drop("homes"), key
    )  # most days are alone: only the others are ordered
    same = ibis.window(group_by=[rows[name] for name in key], order_by=[rows.meter, rows.day])
    rows = rows.mutate(other=rows.meter.first().over(same), other_day=rows.day.first().over(same))
    pairs = rows.filter((rows.meter != rows.other) | (rows.day != rows.other_day))
    pairs = engine.keep("alike", pairs.select("meter", "day", "other", "other_day", "micro", "digit", "scaled"))
    ends = days.select(other=days.meter, other_day=days.day, other_micro=days.micro, other_digit=days.digit)
    pairs = pairs.join(ends, ["other", "other_day"])
    pairs = pairs.mutate(scale=pairs.micro / pairs.other_micro).drop("micro", "other_micro")
    return _exact(amounts, pairs, values)


def _exact(amounts: Table, pairs: Table, values: int) -> Table:
    import ibis

    slot = (amounts.begin % _DAY).cast("int64")
    rows = amounts.select("meter", "micro", day=(amounts.begin / _DAY).floor().cast("int64"), slot=slot)
    mine = pairs.join(rows, ["meter", "day"])
    theirs = rows.select(other=rows.meter, other_day=rows.day, slot=rows.slot, source=rows.micro)
    both = mine.join(theirs, ["other", "other_day", "slot"])
    room = (both.digit + both.scale * both.other_digit) * _ROOM / 2
    off = (both.micro - both.source * both.scale).abs()
    as_is = (both.micro - both.source).abs() <= ibis.ifelse(
        both.digit == both.other_digit, 0, both.digit + both.other_digit
    )
    near = ibis.ifelse(both.scaled, off <= room, as_is)
    sums = both.group_by("meter", "day", "other", "other_day", "scale").aggregate(
        n=both.count(),
        near=near.sum(),
        equal=(both.micro == both.source).sum(),
        values=both.micro.nunique(),
    )
    held = sums.filter((sums.near == sums.n) & (sums["values"] >= values))
    return held.select("meter", "day", "other", "other_day", "scale", equal=held.equal == held.n)


_ROOM = 1.125  # half a digit on either side, and an eighth more for the rounding of the scale itself


def shifted(
    engine: Engine, steps: Table, amounts: Table, rounding: Table, *, moves: int, anchors: int, most: int
) -> Table:
    """Stretches that return at another time, by any number of intervals: meter, other, offset (minutes), n, first, last (begin).

    Anchors are readings chosen by what they and the two before them show, so that a copy chooses the same ones wherever it
    stands; a pair of meters and an offset with at least `anchors` of them in common is a candidate, and is kept if nearly
    all readings between the first and the last agree. A pattern with more than `most` homes is no sign of a copy.
    """
    import ibis

    rows = steps.join(rounding, "meter")
    rugged = (rows.rise.abs() > moves * rows.digit) & (rows.bend.abs() > moves * rows.digit)
    rows = rows.filter(rugged & ((rows.micro / rows.digit).floor().cast("int64") % _EACH == 0))
    rows = engine.keep("anchors", rows.select("meter", "begin", "micro", "rise", "bend"))
    keys = rows.group_by("micro", "rise", "bend").aggregate(homes=rows.count())
    rows = rows.join(keys.filter((keys.homes > 1) & (keys.homes <= most)), ["micro", "rise", "bend"])
    twin = rows.select("micro", "rise", "bend", other=rows.meter, source=rows.begin)
    pairs = rows.join(twin, ["micro", "rise", "bend"])
    pairs = pairs.filter((pairs.meter > pairs.other) | ((pairs.meter == pairs.other) & (pairs.begin > pairs.source)))
    pairs = pairs.group_by("meter", "other", offset=pairs.begin - pairs.source).aggregate(
        n=pairs.count(), first=pairs.begin.min(), last=pairs.begin.max()
    )
    pairs = engine.keep("offsets", pairs.filter(pairs.n >= anchors))
    mine = pairs.join(amounts.select("meter", "begin", "micro"), "meter")
    mine = mine.filter((mine.begin >= mine["first"]) & (mine.begin <= mine["last"]))
    theirs = amounts.select(other=amounts.meter, source=amounts.begin, theirs=amounts.micro)
    both = mine.mutate(source=mine.begin - mine.offset).join(theirs, ["other", "source"])
    sums = both.group_by("meter", "other", "offset", "first", "last").aggregate(
        n=both.count(), same=(both.micro == both.theirs).sum()
    )
    kept = sums.filter(sums.same * 10 >= sums.n * _OF_TEN)
    return kept.select("meter", "other", "offset", "first", "last", n=kept.n.cast(ibis.dtype("int64")))


_EACH = 7  # one reading in so many is an anchor
_OF_TEN = 9  # of ten readings must agree: a few may have been touched up
