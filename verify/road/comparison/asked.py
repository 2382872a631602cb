"""One submission before one ruler: what may be chosen, what the park chose, and the figures under every choice.

Four things may be chosen: boundary, base year, classification, how green power counts. A `Choice` is one of each; which ones
a ruler admits is read off its text, never off its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, Literal

from verify.checks.world import FILED
from verify.engine import Engine
from verify.formula import Value, sums
from verify.ledger import Figures, Many, Vocabulary, account_many, deciding, defaults, needed, outcome
from verify.ledger.basis import consistent, read_reading
from verify.road.comparison.fences import Fence
from verify.road.side_cells import side_cells
from verify.road.world import province
from verify.ruler import Parameter, Ruler
from verify.ruler.model import Verdict
from verify.submission import Submission

Dimension = Literal["boundary", "base_year", "classification", "green_power"]
DIMENSIONS: tuple[Dimension, ...] = ("boundary", "base_year", "classification", "green_power")
Sum = Literal["carbon", "energy"]
BaseRule = Literal["fixed", "rolling_previous_year", "free_choice", "none", "unknown"]
_ALL: frozenset[Sum] = frozenset({"carbon", "energy"})
_CARBON: frozenset[Sum] = frozenset({"carbon"})
TOTAL, REDUCTION = "total.tco2", "reduction.tco2"
_MANY = 20_000  # combinations of readings; above it numeric points keep their extremes and the comparison says so


@dataclass(frozen=True)
class BaseYears:
    """The base years that a ruler admits: those with data before the reporting year, and those without."""

    rule: BaseRule
    admissible: tuple[str, ...]
    without_data: tuple[str, ...]
    own: str


@dataclass(frozen=True)
class Choice:
    """One choice of each thing; `readings` are whole assignments."""

    fence: str
    base_year: str
    readings: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What a measure is under a basis; `value` None where it is not defined."""

    value: Fraction | None
    verdict: Verdict | None = None
    limit: Fraction | None = None
    size_class: str = ""


@dataclass(frozen=True)
class Measure:
    """A figure that is compared: a core indicator, the total, or the reduction since the base year.

    `lower_is_better` says which way is less carbon; `points` are the open points that it rests on under any boundary;
    `sees` what rows without a factor could be missing in it: carbon, energy or both.
    """

    item: str
    unit: str
    lower_is_better: bool
    points: Mapping[str, Parameter] = field(repr=False)
    ask: Callable[[Choice], Answer] = field(repr=False)
    sees: frozenset[Sum] = field(repr=False)
    of_base_year: bool = False


class Asked:
    """A submission under a ruler, boundaries and readings accounted in one query. `years` are those with data."""

    def __init__(
        self, submission: Submission, engine: Engine, ruler: Ruler, boundaries: Sequence[Fence], year: str
    ) -> None:
        self.ruler, self.year = ruler, year
        self.fences = [one for one in boundaries if not one.untold]
        self.many: Many = account_many(
            engine,
            ruler,
            submission.tables,
            Vocabulary.standard(),
            [one.boundary for one in self.fences],
            context={"province": province(submission.park.province)},
            side=side_cells(submission.tables, engine),
        )
        self.years = self.many.years()
        cells = {one.id: self.many.cells_of(one.id) for one in self.fences}
        self.figures = {
            (fence, one): Figures(ruler, [*found, *self.many.side], fence, one)
            for fence, found in cells.items()
            for one in sorted({*self.years, year})
        }
        self.readings = defaults(ruler, _own_readings(submission, ruler))
        self.base_years = _base_years(ruler, self.years, year, submission.park.base_year)

    @property
    def own(self) -> Choice:
        """The park's own choice."""
        return Choice(FILED, self.base_years.own, self.readings)

    @cached_property
    def measures(self) -> list[Measure]:
        """Every core indicator, the total and, where there is a base year, the reduction since then."""
        found = [
            self._indicator(name) for name, indicator in self.ruler.text.indicators.items() if indicator.kind == "core"
        ]
        found.append(self._total())
        if self.base_years.admissible:
            found.append(self._reduction())
        return found

    @property
    def leading(self) -> Measure:
        """What this ruler says who is lower by: its first core indicator, else the total."""
        return self.measures[0]

    def incomplete(self, measure: Measure | None = None) -> list[str]:
        """The terms ('energy' for the denominator) with rows that have no factor under the park's own choice.

        Of a measure: those of them that could be missing in it.
        """
        return sorted(self.missing(FILED, self.year, self.readings, measure.sees if measure else _ALL))

    def missing(self, fence: str, year: str, readings: Mapping[str, str], sees: frozenset[Sum]) -> frozenset[str]:
        """The terms of a year that have rows without a factor under some readings: what is summed there is not the whole."""
        return frozenset(
            term
            for conditions, term in self._gaps.get((fence, year), ())
            if ("energy" if term == "energy" else "carbon") in sees and consistent(conditions, readings)
        )

    @cached_property
    def _gaps(self) -> dict[tuple[str, str], list[tuple[dict[str, str], str]]]:
        """By boundary and year: the readings under which rows have no factor, and their term."""
        found: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for fence in self.fences:
            for gap in self.many.gaps_of(fence.id):
                found.setdefault((fence.id, gap["year"]), set()).add((gap["reading"], gap["term"] or "energy"))
        return {key: [(read_reading(reading), term) for reading, term in sorted(one)] for key, one in found.items()}

    def _whole(self, basis: Choice, sees: frozenset[Sum], *years: str) -> bool:
        """Whether a basis leaves no more out than the park's own choice does."""
        return all(
            self.missing(basis.fence, year, basis.readings, sees) <= self.missing(FILED, year, self.readings, sees)
            for year in years
        )

    def _sees(self, indicator: str) -> frozenset[Sum]:
        """What the sums of an indicator add up."""
        trees = [self.ruler.tree(formula) for formula in needed(self.ruler, [], [indicator])]
        columns = {node["column"] for tree in trees for node in sums(tree)}
        found: dict[Sum, str] = {"carbon": "tco2", "energy": "tce"}
        return frozenset(name for name, column in found.items() if column in columns)

    def _indicator(self, name: str) -> Measure:
        indicator = self.ruler.text.indicators[name]
        points: dict[str, Parameter] = {}
        for fence in self.fences:
            points |= deciding(self.figures[fence.id, self.year], name)
        sees = self._sees(name)

        def ask(basis: Choice) -> Answer:
            if not self._whole(basis, sees, self.year):
                return Answer(None)
            found = outcome(self.figures[basis.fence, self.year], name, basis.readings)
            return Answer(_number(found.value), found.verdict, found.limit, found.size_class)

        return Measure(f"indicator.{name}", indicator.unit, indicator.comparison == "<=", points, ask, sees)

    def _total(self) -> Measure:
        def ask(basis: Choice) -> Answer:
            if not self._whole(basis, _CARBON, self.year):
                return Answer(None)
            return Answer(_number(self.figures[basis.fence, self.year].item(TOTAL, basis.readings)))

        return Measure(TOTAL, self._unit, True, self._points_of_total([self.year]), ask, _CARBON)

    def _reduction(self) -> Measure:
        def ask(basis: Choice) -> Answer:
            years = (basis.base_year, self.year)
            if years[0] not in self.base_years.admissible or not self._whole(basis, _CARBON, *years):
                return Answer(None)
            gaps = [self.missing(basis.fence, one, basis.readings, _CARBON) for one in years]
            if (
                gaps[0] != gaps[1]
            ):  # a term that has no factor in one year alone would pass for a reduction, or hide one
                return Answer(None)
            before, now = (
                _number(self.figures[basis.fence, one].item(TOTAL, basis.readings))
                for one in (basis.base_year, self.year)
            )
            return Answer(None if before is None or now is None else before - now)

        points = self._points_of_total([*self.base_years.admissible, self.year])
        return Measure(REDUCTION, self._unit, False, points, ask, _CARBON, of_base_year=True)

    @property
    def _unit(self) -> str:
        return self.ruler.text.method.items[TOTAL].unit

    def _points_of_total(self, years: Sequence[str]) -> dict[str, Parameter]:
        names = {name for fence in self.fences for one in years for name in self.figures[fence.id, one].rests_on(TOTAL)}
        known = self.ruler.text.parameters
        return {name: known[name] for name in sorted(names) if name in known and known[name].decides}


def grid(points: Mapping[str, Parameter]) -> tuple[dict[str, list[str]], bool]:
    """The readings of each point, and whether numeric points had to be thinned to their extremes."""
    found = {name: [one.id for one in point.readings] for name, point in points.items()}
    if prod(map(len, found.values())) <= _MANY:
        return found, False
    for name, point in points.items():
        numeric = sorted((Fraction(one.value), one.id) for one in point.readings if one.value)
        if len(numeric) == len(point.readings):
            found[name] = list(dict.fromkeys((numeric[0][1], numeric[-1][1])))
    return found, True


def combined(own: Mapping[str, str], readings: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """The park's own assignment with every combination of some readings."""
    for chosen in product(*readings.values()):
        yield {**own, **dict(zip(readings, chosen, strict=True))}


def _own_readings(submission: Submission, ruler: Ruler) -> dict[str, str]:
    """The declared readings that this ruler knows: a park declares for its own ruler, and other rulers leave other points open."""
    known = ruler.text.parameters
    return {
        name: reading
        for name, reading in submission.park.parameters.items()
        if name in known
        and reading in {one.id for one in known[name].readings}
        and reading not in ruler.beside.get(name, ())
    }


def _base_years(ruler: Ruler, years: Sequence[str], year: str, chosen: str) -> BaseYears:
    """What the ruler answers to the question of the base year, for these data."""
    stand, fixed = ruler.text.divergence.baseline_year, ruler.text.baseline.year
    rule: BaseRule = "none"
    named: list[str] = []
    if stand.unknown:
        rule = "unknown"
    elif fixed:
        rule, named = "fixed", [fixed]
    elif "rolling_previous_year" in stand.answer:
        rule, named = "rolling_previous_year", [str(int(year) - 1)]
    elif ruler.text.baseline.free or "free_choice" in stand.answer:
        rule, named = "free_choice", sorted({one for one in years if one < year} | ({chosen} if chosen else set()))
    earlier = [one for one in named if one < year]
    admissible = tuple(one for one in earlier if one in years)
    own = chosen if chosen in admissible else admissible[0] if rule != "free_choice" and admissible else ""
    return BaseYears(rule, admissible, tuple(one for one in earlier if one not in years), own)


def _number(value: Value | Any) -> Fraction | None:
    return value if isinstance(value, Fraction) else None
