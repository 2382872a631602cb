"""The geometry of a waterfall, from steps made by hand: exact places, signs, zeros, a cut axis, what does not close."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from verify.canonical import decimal_text
from verify.report.charts.scale import Scale
from verify.report.charts.waterfall import Group, Printer, Row, Step, Waterfall, waterfall
from verify.report.numbers import Figure, figure


def _figure(value: Fraction, sign: bool) -> Figure:
    return figure(decimal_text(value, 6), "number", sign=sign)


PRINTER = Printer(_figure, lambda value: _figure(value, False).text, "t")


def drawn(first: str, groups: Sequence[tuple[str, Sequence[str]]], last: str, **more: Fraction) -> Waterfall:
    """A picture of groups of one look each; a step is labelled by its place."""
    made = [
        Group(look, [Step(f"{look}{place}", Fraction(amount)) for place, amount in enumerate(amounts)], look.upper())
        for look, amounts in groups
    ]
    ends = ("first", Fraction(first)), ("last", Fraction(last))
    return waterfall(ends[0], made, ends[1], PRINTER, rest="rest", **more)


def percent(text: str) -> Decimal:
    assert text.endswith("%")
    return Decimal(text.removesuffix("%"))


def rows(picture: Waterfall) -> list[Row]:
    return [picture.first, *(row for block in picture.blocks for row in block.rows), picture.last]


def test_every_place_is_exact() -> None:
    """0 to 100 and a 48th of it left free: 100 stands at 97.959, 60 at 58.776, 80 at 78.367."""
    picture = drawn("100", [("a", ["-40"]), ("b", ["20"])], "80")
    first, fall, rise, last = rows(picture)
    assert [(bar.x, bar.width, bar.look) for bar in first.bars] == [("0.000%", "97.959%", "total")]
    assert [(bar.x, bar.width, bar.look) for bar in fall.bars] == [("58.776%", "39.184%", "a")]
    assert [(bar.x, bar.width, bar.look) for bar in rise.bars] == [("58.776%", "19.592%", "b up")]
    assert [(bar.x, bar.width, bar.look) for bar in last.bars] == [("0.000%", "78.367%", "end")]
    assert (picture.zero, picture.cut, picture.rises) == ("0.000%", "", True)
    assert [row.figure.text for row in rows(picture)] == ["100", "−40", "+20", "80"]
    assert [(block.label, block.figure.text, block.at) for block in picture.blocks] == [
        ("A", "−40", "97.959%"),
        ("B", "+20", "58.776%"),
    ]


CASES = {
    "falls": ("100", [("a", ["-10", "-20"]), ("b", ["-5"])], "65"),
    "only rises": ("10", [("a", ["1", "2"]), ("b", ["87"])], "100"),
    "below zero": ("30", [("a", ["-50"]), ("b", ["5"])], "-15"),
    "from below zero": ("-40", [("a", ["10"]), ("b", ["-2"])], "-32"),
    "one term": ("100", [("a", ["-1"])], "99"),
    "equal totals": ("100", [("a", ["-30"]), ("b", ["30"])], "100"),
    "from nothing": ("0", [("a", ["7"])], "7"),
    "a rest": ("100", [("a", ["-10"])], "80"),
}


@pytest.mark.parametrize("name", CASES)
def test_each_line_starts_where_the_last_one_ended(name: str) -> None:
    lines = rows(drawn(*CASES[name]))
    for before, after in pairwise(lines):
        assert before.end == after.start
    for row in lines[1:-1]:
        ends = sorted(map(percent, (row.start, row.end)))
        assert abs(percent(row.bars[0].x) - ends[0]) <= Decimal("0.001")
        assert abs(percent(row.bars[0].width) - (ends[1] - ends[0])) <= Decimal("0.002")
    assert all(0 <= percent(bar.x) <= 100 and percent(bar.width) <= 100 for row in lines for bar in row.bars)


def test_zeros_are_not_drawn_but_named() -> None:
    picture = drawn("100", [("a", ["0", "-10", "0"]), ("b", ["0"])], "90")
    assert [[row.label for row in block.rows] for block in picture.blocks] == [["a1"]]
    assert picture.zeros == ["a0", "a2", "b0"]


def test_nothing_changed() -> None:
    picture = drawn("100", [("a", ["0"])], "100")
    assert (picture.blocks, picture.zeros, picture.rises) == ([], ["a0"], False)
    assert picture.first.end == picture.last.start
    assert drawn("0", [], "0").first.bars[0].width == "0.000%"


def test_what_does_not_close_says_so() -> None:
    last = drawn(*CASES["a rest"]).blocks[-1]
    assert (last.look, [(row.label, row.figure.text) for row in last.rows]) == ("rest", [("rest", "−10")])
    assert all(block.look != "rest" for block in drawn(*CASES["falls"]).blocks)


def test_a_total_below_zero_lies_left_of_it() -> None:
    picture = drawn(*CASES["below zero"])
    bar = picture.last.bars[0]
    assert abs(percent(bar.x) + percent(bar.width) - percent(picture.zero)) <= Decimal("0.001")
    assert percent(picture.zero) > 0


def test_a_small_change_cuts_the_axis_at_a_round_value_and_says_where() -> None:
    """1,000 to 988 at the lowest: half of the change further down is 982, and the round mark below it 980."""
    picture = drawn("1000", [("a", ["-12"]), ("b", ["2"])], "990")
    assert (picture.cut, picture.zero) == ("980", "")
    assert picture.first.bars[0].x == "0.000%"
    assert percent(picture.blocks[0].rows[0].bars[0].width) > 50  # 12 of a length of 20 and a 48th
    assert {tick.value for tick, _ in picture.ticks} <= set(range(980, 1001, 5))
    assert picture.ticks[0][1] == "980"


@pytest.mark.parametrize("values", [[5], [5, 5], [0, 5], [-5, -4], [-1, 100], [60, 100], [0]])
def test_an_axis_is_cut_only_where_it_must(values: list[int]) -> None:
    assert Scale.cut([Fraction(value) for value in values]) is None


@pytest.mark.parametrize("high", [Fraction(n, 7) for n in (8, 700, 12345, 7_000_001)])
@pytest.mark.parametrize("part", [5, 40, 3000])
def test_a_cut_axis_holds_its_values_and_few_round_marks(high: Fraction, part: int) -> None:
    scale = Scale.cut([high, high - high / part], room=Fraction(1, 50))
    assert scale is not None
    assert 0 < scale.low < high - high / part < high < scale.high
    ticks = scale.ticks()
    assert 3 <= len(ticks) <= 7
    assert ticks[0].value == scale.low


def test_what_nothing_proves_lies_next_to_the_claim() -> None:
    steps = [
        Step("both", Fraction(-40), Fraction(10)),
        Step("bare", Fraction(-20), Fraction(20)),
        Step("shown", Fraction(-5)),
    ]
    picture = waterfall(
        ("s", Fraction(100)), [Group("g", steps)], ("c", Fraction(35)), PRINTER, rest="", mark=Fraction(65)
    )
    lines = {row.label: row for row in picture.blocks[0].rows}
    assert [(bar.look, bar.x, bar.width) for bar in lines["both"].bars] == [
        ("g", "68.571%", "29.388%"),
        ("unproven", "58.776%", "9.796%"),
    ]
    assert [(row.bare, [bar.look for bar in row.bars]) for row in lines.values()] == [
        ("partly_unproven", ["g", "unproven"]),
        ("unproven", ["unproven"]),
        ("", ["g"]),
    ]
    assert picture.mark == "63.673%"


def test_a_mark_outside_the_steps_widens_the_axis() -> None:
    picture = drawn("100", [("a", ["-40"])], "60", mark=Fraction(200))
    assert picture.mark == "97.959%"
    assert picture.first.end == "48.980%"


def test_what_would_be_printed_as_zero_is_named_and_not_drawn() -> None:
    """Half a unit or less: neither a line nor a rest; the threads go on behind it."""
    printer = Printer(_figure, str, "t", Fraction(1, 2))
    steps = [Step("small", Fraction("0.5")), Step("large", Fraction(-10)), Step("less", Fraction("-0.25"))]
    picture = waterfall(("s", Fraction(100)), [Group("g", steps, "G")], ("e", Fraction("90.25")), printer, rest="rest")
    assert [[row.label for row in block.rows] for block in picture.blocks] == [["large"]]
    assert picture.zeros == ["small", "less"]
    assert not picture.rises
    assert picture.blocks[0].figure.exact == "-9.750000"
