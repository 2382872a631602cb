"""Ranges as pictures: positions in per cent, in exact arithmetic, so that the page is the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report.charts.scale import Scale, Tick
from verify.report.comparison.teller import Teller
from verify.report.numbers import plain

_ROOM = Fraction(1, 12)
_BIG = {"zh": 4, "en": 3}  # 万吨, kilotonnes
_SMALL = 100_000  # t; below it whole tonnes are shorter


@dataclass(frozen=True)
class Bar:
    """One measure on an axis; '' where there is nothing to draw. Field names are those of the picture of an indicator."""

    value: str
    low: str
    width: str
    limit: str
    meets_x: str
    meets_width: str
    ticks: Sequence[tuple[Tick, str]] = ()
    proven: str = ""
    flips: Sequence[str] = ()


def bar(teller: Teller, measure: Mapping[str, Any]) -> Bar | None:
    """A measure on an axis of its own, with its limit; None where it has no value."""
    return _bar(teller, measure, _scale([measure]), labelled=True)


def shared(
    teller: Teller, measures: Sequence[Mapping[str, Any]]
) -> tuple[list[Bar | None], list[tuple[Tick, str]], str]:
    """Measures of one kind on one axis: a bar each, the axis, and its unit."""
    scale = _scale(measures)
    largest = max((abs(one) for one in _ends(measures)), default=Fraction(0))
    power = 0 if largest < _SMALL else _BIG[teller.language]
    unit = measures[0]["unit"] if measures else ""
    ticks = [(tick, plain(decimal_text(tick.value / 10**power, 12), "number").text) for tick in scale.ticks()]
    shown = teller.reader.unit(f"big.{unit}" if power else unit)
    return [_bar(teller, one, scale, labelled=False) for one in measures], ticks, shown


def _bar(teller: Teller, measure: Mapping[str, Any], scale: Scale, *, labelled: bool) -> Bar | None:
    own, limit = measure["own"]["value"], measure["own"].get("limit")
    low, high = measure["range"]["low"], measure["range"]["high"]
    if own is None and low is None:
        return None
    spread = low is not None and low != high
    met = ("", "")
    if limit is not None:
        edge = exact(limit)
        met = (
            (scale.x(scale.low), scale.width(scale.low, edge))
            if measure["lower_is_better"]
            else (scale.x(edge), scale.width(edge, scale.high))
        )
    return Bar(
        value="" if own is None else scale.x(exact(own)),
        low=scale.x(exact(low)) if spread else "",
        width=scale.width(exact(low), exact(high)) if spread else "",
        limit="" if limit is None else scale.x(exact(limit)),
        meets_x=met[0],
        meets_width=met[1],
        ticks=[(tick, _label(teller, tick, measure["unit"])) for tick in scale.ticks()] if labelled else (),
    )


def _scale(measures: Sequence[Mapping[str, Any]]) -> Scale:
    ends = list(_ends(measures))
    if measures and all(one["unit"] in {"1", "share"} for one in measures):
        return Scale.over([*ends, Fraction(1)])
    return Scale.over(ends, room=_ROOM)


def _ends(measures: Iterable[Mapping[str, Any]]) -> Iterable[Fraction]:
    for one in measures:
        for text in (one["own"]["value"], one["own"].get("limit"), one["range"]["low"], one["range"]["high"]):
            if text is not None:
                yield exact(text)


def _label(teller: Teller, tick: Tick, unit: str) -> str:
    text = plain(decimal_text(tick.value, 12), unit).text
    return text + teller.reader.unit(unit) if unit in {"1", "share"} else text
