"""The geometry of the pictures, by hand."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.unit.report.example import VARIANTS, met, not_met
from verify.report.charts.bars import bars
from verify.report.charts.level import Level, level
from verify.report.charts.scale import Scale
from verify.report.charts.span import span
from verify.report.reader import Reader


def percent(text: str) -> Decimal:
    assert text.endswith("%")
    return Decimal(text.removesuffix("%"))


def test_positions_are_exact() -> None:
    scale = Scale.over([Fraction(30), Fraction(-10)])
    assert [scale.x(Fraction(n)) for n in (-10, 0, 10, 30, 99)] == [
        "0.000%",
        "25.000%",
        "50.000%",
        "100.000%",
        "100.000%",
    ]
    assert scale.width(Fraction(-5), Fraction(5)) == "25.000%"


@pytest.mark.parametrize("high", [Fraction(n, 7) for n in (1, 3, 10, 77, 500, 123456, 7_000_000)])
def test_ticks_are_few_round_and_hold_zero(high: Fraction) -> None:
    scale = Scale.over([high, -high / 3])
    ticks = scale.ticks()
    assert 3 <= len(ticks) <= 7
    assert Fraction(0) in {tick.value for tick in ticks}
    assert all(scale.low <= tick.value <= scale.high for tick in ticks)
    steps = {second.value - first.value for first, second in itertools.pairwise(ticks)}
    assert len(steps) == 1
    assert str(steps.pop() * 10**9).rstrip("0") in {"1", "2", "5", "25"}


def test_nothing_to_show_still_has_an_axis() -> None:
    assert Scale.over([]).x(Fraction(0)) == "0.000%"


def _level(report: dict, language: str = "zh") -> Level:
    picture = level(Reader(report, language))  # type: ignore[arg-type]
    assert picture is not None
    return picture


@pytest.mark.parametrize("name", VARIANTS)
def test_each_step_starts_where_the_last_one_ended(name: str) -> None:
    rows = _level(VARIANTS[name]()).rows
    for before, after in itertools.pairwise(rows):
        assert before.end == after.start
    for row in rows[1:-1]:
        left = min(percent(part.x) for part in row.parts)
        width = sum(percent(part.width) for part in row.parts)
        assert abs(left - percent(row.end)) <= Decimal("0.001")
        assert abs(left + width - percent(row.start)) <= Decimal("0.003")


def test_what_nothing_proves_is_hatched() -> None:
    looks = {row.label: [part.look for part in row.parts] for row in _level(not_met()).rows}
    assert looks["绿证电力按零计"] == ["unproven"]
    assert looks["直供非化石电力按零计"] == ["proven"]
    report = not_met()
    line = report["facts"]["zero_register"][1]
    report["facts"]["zero_register"].append(line | {"below_default_tco2": "66500.000000", "proven": True})
    line["below_default_tco2"] = "100000.000000"
    parts = next(row.parts for row in _level(report).rows if row.label == "绿证电力按零计")
    assert [part.look for part in parts] == ["proven", "unproven"]
    assert percent(parts[1].width) / percent(parts[0].width) == pytest.approx(Decimal(1000) / 665, rel=Decimal("0.001"))


def test_a_bridge_that_does_not_close_says_so() -> None:
    report = not_met()
    report["facts"]["level"]["steps"].pop()
    row = _level(report).rows[-2]
    assert (row.label, row.figure.exact) == ("未分项差额", "-11000.000000")


def test_a_step_upwards_looks_otherwise() -> None:
    report = not_met()
    report["facts"]["level"] |= {
        "steps": [{"rule": "x", "title": {"zh": "升", "en": "up"}, "tco2": "1000"}],
        "claimed": "853901.269260",
    }
    assert [part.look for part in _level(report).rows[1].parts] == ["rise"]


def test_a_small_park_is_shown_in_tonnes() -> None:
    report = met()
    report["facts"]["level"] = {
        "strict": "900",
        "proven": "500",
        "claimed": "500",
        "steps": [{"rule": "x", "title": {"zh": "一", "en": "a"}, "tco2": "-400"}],
    }
    picture = _level(report)
    assert (picture.unit, picture.rows[0].figure.text) == ("tCO₂", "900")
    assert _level(not_met(), "en").unit == "kt CO₂"


def test_a_missing_value_gives_no_picture() -> None:
    report = met()
    report["facts"]["level"]["proven"] = None
    assert level(Reader(report, "zh")) is None


def test_negative_bars_lie_left_of_zero() -> None:
    found = bars(Reader(not_met(), "zh"), [("a", "30"), ("b", "-10")], "tCO2")
    assert [bar.negative for bar in found.rows] == [False, True]
    assert found.rows[0].x == found.zero
    assert abs(percent(found.rows[1].x) + percent(found.rows[1].width) - percent(found.zero)) <= Decimal("0.001")


def test_an_indicator_on_its_axis() -> None:
    reader = Reader(not_met(), "zh")
    share = span(reader, reader.facts["indicators"][1])
    assert share is not None
    assert (share.value, share.limit, share.meets_x, share.meets_width) == ("49.474%", "50.000%", "50.000%", "50.000%")
    assert share.flips == ["50.976%", "65.278%"]
    assert [label for _, label in share.ticks] == ["0%", "20%", "40%", "60%", "80%", "100%"]
    core = span(reader, reader.facts["indicators"][0])
    assert core is not None
    assert core.meets_x == "0.000%"
    assert core.meets_width == core.limit
    assert span(reader, reader.facts["indicators"][3]) is None


def test_a_step_without_any_evidence_is_told_from_one_with_some() -> None:
    rows = {row.label: row.unproven for row in _level(not_met()).rows}
    assert (rows["绿证电力按零计"], rows["直供非化石电力按零计"]) == ("all", "")
