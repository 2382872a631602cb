"""Many boundaries and many values of one park in one accounting query (ADR 0020).

The lines are those of `account`, under a shared membership: rows that are the same in many boundaries are accounted once.
`Many.figures` gives the figures of one boundary; `Many.answer` those of every basis of a list, whose sums come from the
engine in one question, each only for the readings that the list names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.engine import AMOUNT, Engine, Table
from verify.formula import Tree, Value, names, sums, text_of
from verify.ledger.account import AMOUNTS, cells_of, passes
from verify.ledger.basis import Assignment, Basis, Boundary, Changes, held, read_reading
from verify.ledger.credit import with_own_intensity
from verify.ledger.figures import Figures, Parts, ValueKind, added, amount_column, looks_at
from verify.ledger.membership import SharedMembership
from verify.ledger.situations import Situations, Vocabulary, partner_of
from verify.ruler import Ruler

Cells = list[dict[str, Any]]
Node = tuple[str, str]  # text of a filtered sum, and the column that it adds up
Held = tuple[tuple[str, ...], tuple[str, ...]]  # open points, and the reading of each
_FEW = 100  # changed values; the lines of more of them do not fit into memory
_SHAPE = ("table", "measure", "rule", "term", "side", "carrier", "item_class", "flow", "activity_type", "supply", "where", "at_feedstock", "unit")  # fmt: skip


@dataclass(frozen=True)
class Many:
    """The sums of many boundaries under one ruler. `gaps`: rows without a factor, by the boundary that carries them.

    `side`: cells that belong to no boundary (resources, products with an energy limit).
    """

    engine: Engine
    ruler: Ruler
    membership: SharedMembership
    cells: Table | None = field(repr=False)
    gaps: list[dict[str, Any]] = field(repr=False)
    side: Sequence[Mapping[str, Any]] = field(repr=False)

    def cells_of(self, boundary: str, readings: Sequence[str] | None = None) -> Cells:
        """The cells of one boundary under its own id, those of `readings` if they are named."""
        if self.cells is None:
            return []
        cells = self.cells if readings is None else self.cells.filter(self.cells.reading.isin(list(readings) or [""]))
        one = self.engine.table("asked", _of(self.membership, {boundary}))
        rows = self.engine.rows(_carried(cells, one))
        rows.sort(key=lambda row: tuple(str(row[key]) for key in sorted(row)))
        return rows

    def gaps_of(self, boundary: str) -> list[dict[str, Any]]:
        """The rows of a boundary that have no factor."""
        members = sorted({gap["enterprise_id"] for gap in self.gaps})
        carried = {
            (one, *where) for one in members for where in self.membership.rows_of(boundary, one)
        }  # enterprise, boundary that carries it, partner
        return [gap for gap in self.gaps if (gap["enterprise_id"], gap["boundary"], gap["partner"]) in carried]

    def figures(self, boundary: str, year: str) -> Figures:
        """The figures of one boundary under every reading."""
        return Figures(self.ruler, [*self.cells_of(boundary), *self.side], boundary, year)

    def years(self) -> list[str]:
        """Every year with a line or a gap."""
        found = {gap["year"] for gap in self.gaps} | {str(cell["year"]) for cell in self.side}
        if self.cells is not None:
            found |= {row["year"] for row in self.engine.rows(self.cells.select("year").distinct())}
        return sorted(found)

    def answer(
        self,
        bases: Iterable[Basis],
        years: Sequence[str],
        formulas: Iterable[str],
        kinds: Sequence[ValueKind] = ("claimed",),
    ) -> dict[tuple[str, str], Figures]:
        """Figures by boundary and year that know the sums of `formulas` under the readings of `bases`, and no others.

        `formulas` are texts of the ruler (`needed` names those of an indicator). KeyError, when a figure is asked that
        rests on a sum of another formula.
        """
        asked = list(bases)
        nodes = {
            (text_of(node), amount_column(node, kind)): node
            for formula in formulas
            for node in sums(self.ruler.tree(formula))
            for kind in kinds
        }
        known: dict[tuple[str, str], dict[Node, Parts]] = {
            (boundary, year): {} for boundary in {one.boundary for one in asked} for year in years
        }
        if self.cells is not None:
            for boundary, year, node, reading, amount in self._sums(nodes, asked, years):
                points, readings = reading
                known[boundary, year].setdefault(node, {}).setdefault(points, {})[readings] = amount
        question = _Question(nodes)
        for parts in known.values():
            for node, points in ((node, points) for node, held_by in parts.items() for points in held_by):
                question.points.setdefault(node[0], set()).update(points)
        beside = {year: Figures(self.ruler, self.side, "", year) for year in years}
        return {
            (boundary, year): _Answered(beside[year], boundary, question, parts)
            for (boundary, year), parts in sorted(known.items())
        }

    def _sums(
        self, nodes: Mapping[Node, Tree], asked: Sequence[Basis], years: Sequence[str]
    ) -> Iterator[tuple[str, str, Node, Held, Fraction]]:
        """Boundary, year, sum, readings and amount, for the readings that some basis names."""
        engine, order = self.engine, list(nodes)
        parts = engine.keep("parts", self._parts([(nodes[node], node[1]) for node in order], years))
        held_by: dict[str, Held] = {}
        by_points: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
        for row in engine.rows(parts.select("reading").distinct()):
            conditions = read_reading(row["reading"])
            points = tuple(sorted(conditions))
            held_by[row["reading"]] = points, tuple(conditions[point] for point in points)
            by_points.setdefault(points, {})[held_by[row["reading"]][1]] = row["reading"]
        union = None
        for points, texts in sorted(by_points.items()):
            one = self._under(parts, points, texts, asked)
            union = one if union is None else union.union(one)
        if union is None:
            return
        found = engine.arrow(union)
        boundaries, kinds, readings = (found[name].to_pylist() for name in ("boundary", "node", "reading"))
        for boundary, year, node, reading, amount in zip(
            boundaries, found["year"].to_pylist(), kinds, readings, found["amount"].to_pylist(), strict=True
        ):
            yield boundary, year, order[node], held_by[reading], Fraction(amount)

    def _parts(self, nodes: Sequence[tuple[Tree, str]], years: Sequence[str]) -> Table:
        """(boundary, enterprise, partner, year, reading, node) with its amount: every sum, member by member."""
        import ibis
        import pyarrow as pa

        assert self.cells is not None
        cells = self.cells.filter(self.cells.year.isin(list(years)))
        shapes = self.engine.rows(cells.select(*_SHAPE).distinct())
        found = [
            (*(shape[key] for key in _SHAPE), number, column)
            for shape in shapes
            for number, (node, column) in enumerate(nodes)
            if column in AMOUNTS and looks_at(node, shape)
        ]
        columns = {key: [row[place] for row in found] for place, key in enumerate((*_SHAPE, "node", "adds"))}
        schema = pa.schema([*((key, pa.string()) for key in (*_SHAPE, "adds")), ("node", pa.int32())])
        looked = self.engine.table("looked", pa.table(columns).select(schema.names).cast(schema))
        joined = cells.join(looked, list(_SHAPE))
        amount = ibis.cases(*((joined.adds == name, joined[name].cast(AMOUNT)) for name in AMOUNTS))
        joined = joined.mutate(amount=amount).filter(lambda t: t.amount.notnull())
        keys = ["boundary", "enterprise_id", "partner", "year", "reading", "node"]
        return joined.group_by(keys).aggregate(amount=joined.amount.sum().cast(AMOUNT))

    def _under(
        self, parts: Table, points: tuple[str, ...], texts: Mapping[tuple[str, ...], str], asked: Sequence[Basis]
    ) -> Table:
        """The sums of the lines that rest on exactly these points, for each boundary and each of their readings asked for."""
        import pyarrow as pa

        wanted = sorted(
            {
                (one.boundary, reading)
                for one in asked
                if (reading := texts.get(tuple(held(one.assignment, point) for point in points))) is not None
            }
        )
        schema = pa.schema([("boundary", pa.string()), ("reading", pa.string())])
        bases = self.engine.table(
            "bases", pa.table([[one[0] for one in wanted], [one[1] for one in wanted]], schema=schema)
        )
        shares = self.engine.table("shares", _of(self.membership, {one[0] for one in wanted}))
        found = _carried(parts, shares.join(bases, "boundary"), "reading")
        return found.group_by(["boundary", "year", "reading", "node"]).aggregate(amount=found.amount.sum().cast(AMOUNT))


@dataclass(frozen=True)
class _Question:
    """What the figures of one answer have in common: their sums, and by the text of each the open points it rests on."""

    nodes: Mapping[Node, Tree]
    points: dict[str, set[str]] = field(default_factory=dict)
    rests: dict[str, frozenset[str]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def text(self, node: Tree) -> str:
        """The text of a sum; trees live as long as their ruler, so each is written once for all boundaries."""
        if id(node) not in self.texts:
            self.texts[id(node)] = text_of(node)
        return self.texts[id(node)]


class _Answered(Figures):
    """Figures whose sums were answered by the engine; `beside` has those of cells that belong to no boundary."""

    def __init__(self, beside: Figures, boundary: str, question: _Question, parts: Mapping[Node, Parts]) -> None:
        super().__init__(beside.ruler, (), boundary, beside.year)
        self._beside, self._question, self._parts = beside, question, parts
        self._rests = question.rests

    def sum(self, node: Tree, assignment: Assignment, kind: ValueKind = "claimed") -> Value:
        key = (self._question.text(node), amount_column(node, kind))
        if key not in self._question.nodes:
            raise KeyError(key)
        beside = self._beside.sum(node, {}, kind)
        assert isinstance(beside, Fraction)
        return beside + added(self._parts.get(key, {}), assignment)

    def _readings_of(self, node: Tree) -> frozenset[str]:
        return frozenset(self._question.points.get(self._question.text(node), ()))


def account_many(
    engine: Engine,
    ruler: Ruler,
    tables: Mapping[str, Table],
    vocabulary: Vocabulary,
    boundaries: Sequence[Boundary],
    changes: Changes | None = None,
    context: Mapping[str, str] | None = None,
    side: Sequence[Mapping[str, Any]] = (),
) -> Many:
    """As `account`, for as many boundaries and changed values as one likes; without lines of single rows."""
    if sum(map(len, (changes or Changes()).changed.values())) > _FEW:
        engine.roomy()
    situations = Situations(engine, ruler, tables, vocabulary, context or {})
    trades = situations.trades()
    apart: frozenset[str] = frozenset(_gated(ruler, trades))
    while True:
        membership = SharedMembership(boundaries, trades, apart)
        passed = passes(situations, membership, changes or Changes())
        if passed is None:
            return Many(engine, ruler, membership, None, [], side)
        lines, wider = with_own_intensity(engine, ruler, passed.lines, membership)
        if wider <= apart:
            break
        apart |= wider  # an intensity that rests on the whole boundary: once more, with those members by themselves
    partner = partner_of(lines, membership.partners)
    cells = cells_of(lines.mutate(partner=partner), "partner")
    return Many(engine, ruler, membership, cells, passed.gaps, side)


def needed(ruler: Ruler, items: Iterable[str], indicators: Iterable[str] = ()) -> list[str]:
    """The formulas that items and indicators rest on, under every reading, size classes included."""
    pending = list(items)
    found: dict[str, None] = {}
    formulas: list[str] = []
    for name in indicators:
        indicator = ruler.text.indicators[name]
        pending += [indicator.numerator, indicator.denominator]
        for one in indicator.classes:
            formulas += [one.holds, *(text for readings in one.when.values() for text in readings.values())]
    seen: set[str] = set()
    while pending or formulas:
        while pending:
            item = ruler.text.method.items.get(name := pending.pop())
            if item is not None and name not in seen:
                seen.add(name)
                formulas += [item.formula, *(text for readings in item.when.values() for text in readings.values())]
        while formulas:
            formula = formulas.pop()
            if formula not in found:
                found[formula] = None
                pending += names(ruler.tree(formula))
    return list(found)


def _gated(ruler: Ruler, trades: Iterable[tuple[str, str]]) -> set[str]:
    """Members with trades, where a ruler runs carbon balances over what crosses a fence: their balances need all their rows."""
    from verify.ledger.situations import ACROSS

    across = any(
        line.gate and line.table == "activity" and ("flow" not in line.match or {*line.match["flow"]} & {*ACROSS})
        for line in ruler.text.method.lines
    )
    return {enterprise for enterprise, _ in trades} if across else set()


def _of(membership: SharedMembership, boundaries: Collection[str]) -> Any:
    """The representatives of some boundaries."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = membership.representatives()
    return table.filter(pc.is_in(table["boundary"], pa.array(sorted(boundaries), pa.string())))


def _carried(rows: Table, shares: Table, *more: str) -> Table:
    """`rows` of representatives under the boundaries that they stand for; `more` columns must agree too."""
    shares = shares.rename(asked="boundary").rename(boundary="carried")
    keys = ["boundary", "enterprise_id", "partner", *more]
    return rows.join(shares, keys).drop("boundary").rename(boundary="asked")
