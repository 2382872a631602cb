"""The published figures, worked out again from the published cells with the ruler's own formula trees, without a table engine.

The ruler comes as the plain data of its digest (`verify.ruler.Ruler.plain`), so that the signed digest binds the formulas:
whoever calls compares that first. Everything is exact; a figure is compared in the decimals in which it is published.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from verify.bundle.cell_sums import CellSums, half
from verify.bundle.cells import Row, number
from verify.bundle.formulas import INDICATOR, Formulas
from verify.bundle.merged_terms import MergedTerms
from verify.bundle.refused import Refused
from verify.canonical import decimal_text
from verify.formula import FormulaError, Tree, Undefined, Value, evaluate, text_of

State = Literal["verified", "failed", "not_checked"]
Kind = Literal["claimed", "proven", "strict"]
KINDS: tuple[Kind, ...] = ("claimed", "proven", "strict")
_DEEPEST = 60  # items inside items; no ruler comes near, a hostile one stops here
_INDICATOR_COLUMNS: tuple[tuple[str, Kind], ...] = (("value", "claimed"), ("proven_value", "proven"))
_Known = tuple[Value, frozenset[str]]  # a value, and what of its inputs is a published figure or was rounded


@dataclass(frozen=True)
class Recomputed:
    """One published figure. `recomputed` is '' where it has no value; `given` names the items that were taken as published,
    because their cells are withheld: each may be off by half its last decimal, and the figure with them. not_checked: the
    figure is given itself, or its formula cannot be worked out here."""

    item: str
    year: str
    kind: Kind
    state: State
    published: str
    recomputed: str
    given: tuple[str, ...] = ()


def recompute(
    ruler: Mapping[str, Any], facts: Mapping[str, Any], cells: Sequence[Row], given: Collection[str] = ()
) -> list[Recomputed]:
    """Every item of the reporting year in `facts` and every indicator with a value, in their order.

    `ruler`: {"text", "trees", …}; `facts`: those of the public report; `cells`: rows of ``data/cells.csv``, or the accounting
    cells of the chosen assignment as text (`CellSums`); `given`: items that are taken as published whatever the cells say.
    Beyond these an item inside a formula is taken as published where its own sums are not told. Terms that are published as
    one sum only enter a claimed figure by that sum (`MergedTerms`). Raises `Refused` for a ruler or facts of another shape,
    a cell that is no number, two cells that tell the same sum.
    """
    try:
        worked = Recomputation(Formulas.of_report(ruler, facts), facts, cells, given)
        return [worked.judged(*figure) for figure in figures(facts)]
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, FormulaError):
        raise Refused("not_recomputable", "E5") from None


def figures(facts: Mapping[str, Any]) -> Iterator[tuple[str, Kind, str]]:
    """Every published figure of the reporting year: item, kind, its text. An indicator stands in two sections."""
    for row in facts["items"]:
        if row["year"] == facts["year"]:
            for kind in KINDS:
                if row[kind] is not None:
                    yield row["item"], kind, row[kind]
    for row in facts["indicators"]:
        for column, kind in _INDICATOR_COLUMNS:
            if row[column] is not None:
                yield f"{INDICATOR}{row['id']}", kind, row[column]


class Recomputation:
    """The figures of one report. Raises whatever a part of another shape makes it raise; `recompute` is the guarded way in."""

    def __init__(
        self, formulas: Formulas, facts: Mapping[str, Any], cells: Sequence[Row], given: Collection[str] = ()
    ) -> None:
        self.formulas = formulas
        self.year: str = facts["year"]
        self.published = {row["item"]: row for row in facts["items"] if row["year"] == self.year}
        self.cells = CellSums([cell for cell in cells if cell["year"] == self.year])
        self.given = frozenset(given)
        self.merged = MergedTerms(formulas, facts, self.cells)
        self.known: dict[tuple[str, Kind], _Known] = {}
        self.halves: dict[str, Fraction] = {}  # input -> how far off it may be
        self.shifts: Mapping[str, int] = {}  # input -> 1 or -1, while it is tried how far that carries
        self.open: list[str] = []

    def judged(self, item: str, kind: Kind, published: str) -> Recomputed:
        """A published figure beside what comes out."""
        number(published)  # a figure is plain decimal text, or the report is none
        if item in self.given:
            return Recomputed(item, self.year, kind, "not_checked", published, "", (item,))
        value, rests = self._worked(item, kind)
        given = tuple(sorted(name for name in rests if not name.startswith("sum(")))
        if rests & set(self.merged.items.values()) and not self._however_dealt(item, kind, value):
            return Recomputed(item, self.year, kind, "not_checked", published, "", given)
        if not isinstance(value, Fraction):
            wrong = isinstance(value, Undefined) and value.reason == "division_by_zero"
            if item in self.formulas.items and not given and not wrong:
                given = (item,)  # others may rest on it
            return Recomputed(item, self.year, kind, "failed" if wrong else "not_checked", published, "", given)
        again = decimal_text(value, len(published.partition(".")[2]))
        same = again == published or self._within(item, kind, rests, published)
        return Recomputed(item, self.year, kind, "verified" if same else "failed", published, again, given)

    def _however_dealt(self, item: str, kind: Kind, value: Value) -> bool:
        """Whether the sum of the merged terms gives the same figure however it is dealt out."""
        values = []
        for _ in self.merged.dealings():
            self.known.clear()
            values.append(self._worked(item, kind)[0])
        return all(one == value for one in values)

    def _within(self, item: str, kind: Kind, rests: frozenset[str], published: str) -> bool:
        """Whether the published figure lies in what the decimals of its inputs admit: each moved by half of its last one, in
        the direction that lowers the figure, then in the one that raises it."""
        rising: dict[str, int] = {}
        for name in rests & self.halves.keys():
            up, down = self._shifted(item, kind, {name: 1}), self._shifted(item, kind, {name: -1})
            if up is None or down is None:
                return False
            rising[name] = 1 if up >= down else -1
        low = self._shifted(item, kind, {name: -sign for name, sign in rising.items()})
        high = self._shifted(item, kind, rising)
        if low is None or high is None:
            return False
        return low - half(published) <= number(published) <= high + half(published)

    def _shifted(self, item: str, kind: Kind, shifts: Mapping[str, int]) -> Fraction | None:
        self.shifts = shifts
        self.known.clear()
        value, _ = self._worked(item, kind)
        self.shifts = {}
        self.known.clear()
        return value if isinstance(value, Fraction) else None

    def _item(self, item: str, kind: Kind) -> _Known:
        """The value of an item inside a formula."""
        if item not in self.given:
            value, rests = self._worked(item, kind)
            untold = isinstance(value, Undefined) and value.reason in {"missing_sum", "missing_name"}
            if not untold or not self.formulas.known(item) or self._stated(item, kind) is None:
                return value, rests
        stated = self._stated(item, kind)
        if stated is None:
            return Undefined("missing_name", {"name": item}), frozenset({item})
        if stated != "0":  # a bare 0 is exact
            self.halves[item] = half(stated)
        return number(stated) + self._shift(item), frozenset({item})

    def _stated(self, item: str, kind: Kind) -> str | None:
        row = self.published.get(item)
        return None if row is None else row[kind]

    def _worked(self, item: str, kind: Kind) -> _Known:
        """The value of an item by its formula, and the inputs that it rests on."""
        if (item, kind) not in self.known:
            if item in self.open or len(self.open) >= _DEEPEST:
                raise ValueError(item)  # an item that rests on itself
            self.open.append(item)
            self.known[item, kind] = self._evaluated(item, kind)
            self.open.pop()
        return self.known[item, kind]

    def _evaluated(self, item: str, kind: Kind) -> _Known:
        if not self.formulas.known(item):
            return Undefined("missing_name", {"name": item}), frozenset()
        rests: set[str] = set()

        def name_of(name: str) -> Value:
            value, below = self._item(name, kind)
            rests.update(below)
            return value

        def sum_of(node: Tree) -> Value:
            value, below = self._sum(node, kind)
            rests.update(below)
            return value

        return evaluate(self.formulas.tree(item), name_of, sum_of), frozenset(rests)

    def _sum(self, node: Tree, kind: Kind) -> _Known:
        text = text_of(node)
        dealt = self.merged.value(text) if kind == "claimed" else None
        if dealt is not None:
            item, holder = self.merged.items[text], self.merged.holder
            self.halves[holder] = self.merged.half
            shift = self._shift(holder) if item == holder else Fraction(0)
            return dealt + shift, frozenset({item})
        value = self.cells.value(node, kind)
        if not isinstance(value, Fraction) or not self.cells.half(node, kind):
            return value, frozenset()
        self.halves[text] = self.cells.half(node, kind)
        return value + self._shift(text), frozenset({text})

    def _shift(self, name: str) -> Fraction:
        return self.shifts.get(name, 0) * self.halves.get(name, Fraction(0))
