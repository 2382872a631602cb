"""One indicator on its axis: value, proven value, interval over the open readings, limit, and the side that meets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report.charts.scale import Scale, Tick
from verify.report.numbers import plain
from verify.report.reader import Reader

_ROOM = Fraction(1, 12)


@dataclass(frozen=True)
class Span:
    """Positions in per cent; '' where there is nothing to draw."""

    value: str
    proven: str
    low: str
    width: str
    limit: str
    meets_x: str
    meets_width: str
    ticks: list[tuple[Tick, str]]
    flips: list[str]


def span(reader: Reader, row: Mapping[str, Any]) -> Span | None:
    """The picture of one indicator; None where it has no value."""
    if row["value"] is None:
        return None
    known = {
        name: None if row[name] is None else exact(row[name])
        for name in ("value", "proven_value", "low", "high", "limit")
    }
    flips = [exact(flip["value"]) for flip in row["flips"] if flip["value"] is not None]
    values = [value for value in known.values() if value is not None] + flips
    share = row["unit"] in {"1", "share"}
    scale = Scale.over([*values, Fraction(1)]) if share else Scale.over(values, room=_ROOM)

    def at(name: str) -> str:
        value = known[name]
        return "" if value is None else scale.x(value)

    low, high, limit = known["low"], known["high"], known["limit"]
    spread = reader.spread(row)
    meets = ("", "") if limit is None else _side(scale, limit, row["comparison"])
    return Span(
        value=at("value"),
        proven=at("proven_value") if known["proven_value"] != known["value"] else "",
        low=at("low") if spread else "",
        width=scale.width(low, high) if spread and low is not None and high is not None else "",
        limit=at("limit"),
        meets_x=meets[0],
        meets_width=meets[1],
        ticks=[(tick, _label(reader, tick, row["unit"])) for tick in scale.ticks()],
        flips=[scale.x(flip) for flip in flips],
    )


def _side(scale: Scale, limit: Fraction, comparison: str) -> tuple[str, str]:
    if comparison == "<=":
        return scale.x(scale.low), scale.width(scale.low, limit)
    return scale.x(limit), scale.width(limit, scale.high)


def _label(reader: Reader, tick: Tick, unit: str) -> str:
    text = plain(decimal_text(tick.value, 12), unit).text
    return text + reader.unit(unit) if unit in {"1", "share"} else text
