"""A waterfall: from one total, cause by cause in groups, to another. Exact; the drawing is in templates/report/charts.

Knows no facts and no catalogue: labels and printed numbers come with the steps. A step that would be printed as zero is not drawn;
its label is kept, so that the page can name it. Where the change is small beside the totals the axis does not start at zero, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate

from verify.report.charts.scale import Scale, Tick
from verify.report.numbers import Figure

_ROOM = Fraction(1, 48)
_ROUNDING = Fraction(1, 1000)  # of what is printed as zero: terms were rounded, a larger gap is a fault and is shown
REST = "rest"  # the look of what the steps miss: drawn however small
RISE = "up"  # beside the look of a part: the step adds


@dataclass(frozen=True)
class Printer:
    """How the numbers of one picture are printed: an amount (and whether with its sign), a mark of the axis, the unit of both.

    `least`: an amount up to it is printed as zero.
    """

    amount: Callable[[Fraction, bool], Figure]
    axis: Callable[[Fraction], str]
    unit: str
    least: Fraction = Fraction(0)


@dataclass(frozen=True)
class Step:
    """One cause. `unproven`: what of a fall has no evidence, 0 <= unproven <= -amount; its part is drawn with that look."""

    label: str
    amount: Fraction
    unproven: Fraction = Fraction(0)


@dataclass(frozen=True)
class Group:
    """Steps of one look. A group with a label has a line of its own with the sum of its steps."""

    look: str
    steps: Sequence[Step]
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """One rectangle, in per cent of the width. `look`: total, end, that of a group, unproven; a rise also has ``up``."""

    x: str
    width: str
    look: str


@dataclass(frozen=True)
class Row:
    """One line. `start` and `end`: where the threads from the line before and to the next one stand, '' for none.

    `bare`: '', "unproven" or "partly_unproven", what the pattern of the bars says.
    """

    label: str
    bars: list[Bar]
    figure: Figure
    start: str
    end: str
    bare: str = ""


@dataclass(frozen=True)
class Block:
    """The lines of a group that are drawn. `label` '' : no line for the group itself. `at`: where its thread stands."""

    look: str
    label: str
    note: str
    figure: Figure
    at: str
    rows: list[Row]


@dataclass(frozen=True)
class Waterfall:
    """The picture. `zero` '' where the axis does not hold zero: then `cut` is the printed value that it starts at.

    `zeros`: labels of the steps that are not drawn; `mark`: where a line across the whole picture stands, '' for none.
    """

    first: Row
    blocks: list[Block]
    last: Row
    ticks: list[tuple[Tick, str]]
    zero: str
    cut: str
    zeros: list[str]
    rises: bool
    unit: str
    mark: str = field(default="")


def waterfall(
    first: tuple[str, Fraction],
    groups: Sequence[Group],
    last: tuple[str, Fraction],
    printer: Printer,
    *,
    rest: str,
    mark: Fraction | None = None,
) -> Waterfall:
    """`first` and `last` are (label, amount). Where the steps miss the last total, a step with the label `rest` says so."""
    start, end, show = first[1], last[1], printer.amount
    gap = end - start - sum((step.amount for group in groups for step in group.steps), Fraction(0))
    whole = [*groups, Group(REST, [Step(rest, gap)])] if abs(gap) > printer.least * _ROUNDING else list(groups)
    drawn = [step.amount for group in whole for step in group.steps if _shown(step, group, printer)]
    scale = _scale(list(accumulate([start, *drawn])) if drawn else [start, end], mark)

    def total(label: str, value: Fraction, look: str) -> Row:
        bar = Bar(scale.x(min(value, Fraction(0))), _length(scale, Fraction(0), value), look)
        ends = ("", scale.x(value)) if look == "total" else (scale.x(value), "")
        return Row(label, [bar], show(value, False), *ends)

    blocks, at = [], start
    for group in whole:
        rows, before = [], at
        for step in group.steps:
            then, at = at, at + step.amount
            if _shown(step, group, printer):
                bars = _bars(scale, then, step, group.look)
                bare = "" if not step.unproven else "partly_unproven" if len(bars) > 1 else "unproven"
                rows.append(Row(step.label, bars, show(step.amount, True), scale.x(then), scale.x(at), bare))
        if rows:
            blocks.append(Block(group.look, group.label, group.note, show(at - before, True), scale.x(before), rows))
    held = scale.low <= 0 <= scale.high
    return Waterfall(
        first=total(*first, "total"),
        blocks=blocks,
        last=total(*last, "end"),
        ticks=[(tick, printer.axis(tick.value)) for tick in scale.ticks()],
        zero=scale.x(Fraction(0)) if held else "",
        cut="" if held else printer.axis(scale.low),
        zeros=[step.label for group in whole for step in group.steps if not _shown(step, group, printer)],
        rises=any(amount > 0 for amount in drawn),
        unit=printer.unit,
        mark="" if mark is None else scale.x(mark),
    )


def _shown(step: Step, group: Group, printer: Printer) -> bool:
    return abs(step.amount) > (0 if group.look == REST else printer.least)


def _scale(running: Sequence[Fraction], mark: Fraction | None) -> Scale:
    values = [*running, *([] if mark is None else [mark])]
    return Scale.cut(values, room=_ROOM) or Scale.over(values, room=_ROOM)


def _length(scale: Scale, one: Fraction, other: Fraction) -> str:
    """Between two values, as far as the axis goes."""
    inside = [min(max(value, scale.low), scale.high) for value in (one, other)]
    return scale.width(*inside)


def _bars(scale: Scale, before: Fraction, step: Step, look: str) -> list[Bar]:
    after = before + step.amount
    if step.amount > 0:
        return [Bar(scale.x(before), scale.width(before, after), f"{look} {RISE}")]
    middle = after + step.unproven  # what nothing proves lies nearest to the claim
    bars = [Bar(scale.x(middle), scale.width(middle, before), look)] if middle < before else []
    if step.unproven:
        bars.append(Bar(scale.x(after), scale.width(after, middle), "unproven"))
    return bars
