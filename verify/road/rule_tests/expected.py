"""What a test expects beside what the ruler made of it: a mismatch names the place of the expectation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text
from verify.errors import Problem
from verify.formula import FormulaError, Undefined
from verify.ledger import Figures, Outcome, judge, outcome
from verify.ledger.basis import Assignment
from verify.road.rule_tests.arithmetic import NONE, ROUNDED, number
from verify.road.rule_tests.read import Case
from verify.road.rule_tests.shape import IndicatorExpected
from verify.road.rule_tests.sheets import Given
from verify.road.rule_tests.stage import Accounted, lines_of
from verify.ruler import Ruler
from verify.ruler.marks import Path_
from verify.ruler.refused import shown

# A factor is rounded at 12 places, never the product (DESIGN 6): arithmetic without that rounding is off by this little.
NEAR = Fraction(1, 10**6)
_LONGEST = 200  # signs of an expectation that are shown
_OF_TEXT = "@"
_RULES = {"carbon": "carbon", "memo": "memo", "energy": "energy"}
_TEXTS = {"term": ("carbon", "term"), "memo_term": ("memo", "term"), "side": ("energy", "side")}
_WORDS = {"proven": "proved", "confidence": "confidence", "by": "factor_id"}
_NUMBERS = {
    "tco2": ("carbon", "tco2"),
    "default": ("carbon", "default_tco2"),
    "memo_tco2": ("memo", "tco2"),
    "memo_default": ("memo", "default_tco2"),
    "tce": ("energy", "tce"),
    "factor": ("carbon", "factor"),
}


@dataclass(frozen=True)
class Mismatch:
    """Something expected that is not so. `path`: where in the test it is expected; `what`: the figure, line, verdict."""

    path: Path_
    what: str
    expected: str
    got: str

    def problem(self, case: Case) -> Problem:
        """The mismatch with file, line and column."""
        words = {"what": self.what, "expected": shown(self.expected, _LONGEST), "got": shown(self.got, _LONGEST)}
        return case.problem(self.path, "rule_tests.differs", **words)


def of_rows(case: Case, rows: list[Given], accounted: Accounted, chosen: Assignment) -> Iterator[Mismatch]:
    """The lines of every row that says what it becomes."""
    for row in rows:
        if row.expected:
            path: Path_ = ("tables", row.table, row.place)
            found = {measure: lines_of(accounted, row, measure, chosen) for measure in _RULES}
            yield from _of_row(path, row, found)
            yield from _of_gap(path, row, accounted, chosen)


def _of_row(path: Path_, row: Given, found: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[Mismatch]:
    for name, expected in row.expected.items():
        if name in _RULES:
            got = " ".join(sorted(line["rule"] for line in found[name])) or NONE
            if got != expected:
                yield Mismatch(path, name, expected, got)
        elif name in _TEXTS:
            measure, column = _TEXTS[name]
            got = " ".join(sorted({line[column] for line in found[measure]})) or NONE
            if got != expected:
                yield Mismatch(path, name, expected, got)
        elif name in _NUMBERS:
            measure, column = _NUMBERS[name]
            amounts = [line[column] for line in found[measure]]
            yield from _near(path, name, expected, Fraction(sum(amounts)) if amounts else None)
        elif name in _WORDS:
            got = " ".join(sorted({_word(line[_WORDS[name]]) for line in found["carbon"]})) or NONE
            if got != expected:
                yield Mismatch(path, name, expected, got)


def _of_gap(path: Path_, row: Given, accounted: Accounted, chosen: Assignment) -> Iterator[Mismatch]:
    from verify.ledger.basis import consistent, read_reading

    gaps = [gap for gap in accounted.gaps.get(row.row_id, []) if consistent(read_reading(gap["reading"]), chosen)]
    expected = row.expected.get("gap", NONE)
    got = " ".join(sorted({f"{gap['rule']}:{gap['missing']}" for gap in gaps})) or NONE
    if got != expected:
        yield Mismatch(path, "gap", expected, got)


def _word(value: object) -> str:
    """A column as an expectation says it; of a factor with its inputs only its name."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).partition("(")[0]


def of_figures(case: Case, figures: Figures, chosen: Assignment) -> Iterator[Mismatch]:
    """Figures as claimed, proven and strict."""
    for kind, section in (("claimed", "figures"), ("proven", "proven"), ("strict", "strict")):
        for item, expected in getattr(case.test, section).items():
            path: Path_ = (section, item)
            if item not in figures.ruler.text.method.items:
                yield Mismatch(path, item, expected, NONE)
                continue
            yield from _near(path, item, expected, figures.item(item, chosen, kind))  # type: ignore[arg-type]


def of_indicators(case: Case, figures: Figures, chosen: Assignment) -> Iterator[Mismatch]:
    """Indicators: value, class, limit and verdict under the test's readings, and judged over all of them."""
    for name, expected in case.test.indicators.items():
        path: Path_ = ("indicators", name)
        if name not in figures.ruler.text.indicators:
            yield Mismatch(path, name, name, NONE)
            continue
        yield from _of_outcome(path, expected, outcome(figures, name, chosen))
        if (
            expected.verdict
            or expected.low
            or expected.high
            or expected.rests_on is not None
            or expected.flips is not None
        ):
            yield from _of_judgement(path, expected, figures, name, chosen)


def _of_outcome(path: Path_, expected: IndicatorExpected, here: Outcome) -> Iterator[Mismatch]:
    if expected.value:
        yield from _near((*path, "value"), "value", expected.value, here.value)
    if expected.limit:
        yield from _near((*path, "limit"), "limit", expected.limit, here.limit)
    for name, got in (("size", here.size_class), ("chosen", here.verdict)):
        wanted = getattr(expected, name)
        if wanted and wanted != got:
            yield Mismatch((*path, name), name, wanted, got)


def _of_judgement(
    path: Path_, expected: IndicatorExpected, figures: Figures, name: str, chosen: Assignment
) -> Iterator[Mismatch]:
    judged = judge(figures, name, chosen)
    if expected.verdict and expected.verdict != judged.verdict:
        yield Mismatch((*path, "verdict"), "verdict", expected.verdict, judged.verdict)
    for end in ("low", "high"):
        if getattr(expected, end):
            yield from _near((*path, end), end, getattr(expected, end), getattr(judged, end))
    if expected.rests_on is not None and sorted(expected.rests_on) != list(judged.rests_on):
        yield Mismatch((*path, "rests_on"), "rests_on", _list(expected.rests_on), _list(judged.rests_on))
    flips = sorted({f"{flip.parameter}={flip.reading}" for flip in judged.flips})
    if expected.flips is not None and sorted(expected.flips) != flips:
        yield Mismatch((*path, "flips"), "flips", _list(expected.flips), _list(flips))


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or NONE


def of_values(case: Case, ruler: Ruler) -> Iterator[Mismatch]:
    """Printed numbers by year: a sheet with ``id``, ``unit`` and years as columns; ``-``: no value for that year."""
    from verify.ruler.values import unit_scale

    if not case.test.values:
        return
    head = case.test.values[0]
    for place, row in enumerate(case.test.values[1:], 1):
        cells = dict(zip(head, row, strict=True))
        scale = unit_scale(cells["unit"])
        for year in head[2:]:
            path: Path_ = ("values", place)
            got = _printed(ruler, cells["id"], year)
            wanted = [] if cells[year] == NONE else [number(cells[year]) * scale]
            if got != wanted:
                said = " / ".join(_shown(one / scale) for one in got) or NONE
                yield Mismatch(path, f"{cells['id']} {year}", cells[year], said)


def _printed(ruler: Ruler, identifier: str, year: str) -> list[Fraction]:
    """The numbers that stand for a year: one, none, or more where windows overlap and a year is no choice.

    ``id#candidate`` is a candidate, ``id<`` and ``id>`` are the ends of a printed range, ``@path`` is a number of the
    ruler's text.
    """
    if identifier.startswith(_OF_TEXT):
        return _there(_of_text(ruler, identifier.removeprefix(_OF_TEXT).split(".")))
    name, _, candidate = identifier.rstrip("<>").partition("#")
    value = ruler.values.get(ruler.bound(name))
    if value is None:
        return []
    if identifier[-1] in "<>":
        return _there(value.low if identifier[-1] == "<" else value.high)
    if candidate:
        return [one.value for one in value.candidates if one.id == candidate]
    return [entry.value for entry in value.entries if entry.covers(year)]


def _there(found: Fraction | None) -> list[Fraction]:
    return [] if found is None else [found]


def _of_text(ruler: Ruler, parts: list[str]) -> Fraction | None:
    """The number at a path of the text; a key may hold dots itself."""
    here: Any = ruler.text.model_dump(mode="json")
    while parts:
        sizes = [size for size in range(1, len(parts) + 1) if isinstance(here, dict) and ".".join(parts[:size]) in here]
        if not sizes:
            return None
        here, parts = here[".".join(parts[: sizes[0]])], parts[sizes[0] :]
    try:
        return Fraction(str(here))
    except ValueError:  # words stand there, or more than one number
        return None


def _near(path: Path_, what: str, expected: str, got: object) -> Iterator[Mismatch]:
    """Nothing, where `got` is the expected number; ``-`` and an undefined reason are expected by their word."""
    if isinstance(got, Undefined):
        said = got.reason
    elif got is None:
        said = NONE
    else:
        assert isinstance(got, Fraction)
        if close(got, expected):
            return
        said = _shown(got)
    if said != expected:
        yield Mismatch(path, what, expected, said)


def close(got: Fraction, expected: str) -> bool:
    """Whether a number is the expected one; ``~1.25`` is one that its source prints rounded: half a unit of its last digit."""
    rounded = expected.startswith(ROUNDED)
    text = expected.removeprefix(ROUNDED)
    try:
        wanted = number(text)
    except FormulaError:
        return False
    places = len(text.partition(".")[2])
    return abs(wanted - got) <= (max(NEAR, Fraction(1, 2 * 10**places)) if rounded else NEAR)


def _shown(value: Fraction) -> str:
    return decimal_text(value, 12).rstrip("0").rstrip(".") if value.denominator != 1 else str(value.numerator)
