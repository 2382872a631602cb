"""Why a figure is what it is: from an item through its formula and sums down to lines, factors, clauses and row ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verify.engine import Engine
from verify.formula import Value, names, sums, text_of
from verify.ledger.account import Ledger
from verify.ledger.basis import Assignment, consistent, read_reading
from verify.ledger.factor import Input
from verify.ledger.figures import Figures, ValueKind
from verify.ruler import Ruler

LARGEST = 10  # lines shown of a sum; the count is complete


@dataclass(frozen=True)
class LineTrace:
    """One ledger line: what was multiplied with what, by which rule and clause."""

    row_id: str
    rule: str
    quantity: str
    unit: str
    factor: str
    amount: str
    inputs: tuple[Input, ...]
    cite: Mapping[str, str]


@dataclass(frozen=True)
class SumTrace:
    """A filtered sum: its text, its value, how many lines, the largest of them."""

    text: str
    value: Value
    count: int
    lines: tuple[LineTrace, ...]


@dataclass(frozen=True)
class ItemTrace:
    """A figure: formula as it applies under the assignment, value, the sums in it and the figures that it names."""

    id: str
    title: Mapping[str, str]
    unit: str
    formula: str
    value: Value
    cite: Mapping[str, str]
    sums: tuple[SumTrace, ...] = ()
    parts: tuple[ItemTrace, ...] = ()
    values: tuple[tuple[str, str, Mapping[str, str]], ...] = field(default=())  # value id, printed number, citation


class Explainer:
    """Builds traces over one ledger."""

    def __init__(
        self,
        engine: Engine,
        ruler: Ruler,
        ledger: Ledger,
        figures: Figures,
        assignment: Assignment,
        kind: ValueKind = "claimed",
        shown: int = LARGEST,
    ) -> None:
        self.engine = engine
        self.ruler = ruler
        self.ledger = ledger
        self.figures = figures
        self.assignment = assignment
        self.kind = kind
        self.shown = shown  # lines of a sum

    def item(self, identifier: str) -> ItemTrace:
        """The trace of an item or of ``indicator.<id>``. KeyError for an item that the ruler does not have."""
        if identifier.startswith("indicator."):
            return self._indicator(identifier)
        item = self.ruler.text.method.items[identifier]
        formula = self.figures.formula(identifier, self.assignment)
        tree = self.ruler.tree(formula)
        named = sorted(names(tree))
        return ItemTrace(
            id=identifier,
            title={"zh": item.title.zh, "en": item.title.en},
            unit=item.unit,
            formula=text_of(tree),
            value=self.figures.item(identifier, self.assignment, self.kind),
            cite=item.cite.model_dump(mode="json", exclude={"note"}) if item.cite else {},
            sums=tuple(self._sum(node) for node in sums(tree)),
            parts=tuple(self.item(name) for name in named if name in self.ruler.text.method.items),
            values=tuple(self._law(name.removeprefix("value.")) for name in named if name.startswith("value.")),
        )

    def _indicator(self, identifier: str) -> ItemTrace:
        name = identifier.removeprefix("indicator.")
        indicator = self.ruler.text.indicators[name]
        return ItemTrace(
            id=identifier,
            title={"zh": indicator.title.zh, "en": indicator.title.en},
            unit=indicator.unit,
            formula=f"{indicator.numerator} / {indicator.denominator}",
            value=self.figures.indicator_value(name, self.assignment, self.kind),
            cite=indicator.cite.model_dump(mode="json", exclude={"note"}),
            parts=(self.item(indicator.numerator), self.item(indicator.denominator)),
        )

    def _law(self, identifier: str) -> tuple[str, str, Mapping[str, str]]:
        found = self.ruler.find(identifier, self.figures.year)
        return (identifier, found[1].printed, found[1].cite) if found else (identifier, "", {})

    def _sum(self, node: Mapping[str, Any]) -> SumTrace:
        cells = [
            cell
            for cell in self.figures.matching(dict(node))
            if consistent(read_reading(cell.get("reading", "")), self.assignment)
        ]
        return SumTrace(
            text=text_of(dict(node)),
            value=self.figures.sum(dict(node), self.assignment, self.kind),
            count=sum(int(cell.get("lines", 1)) for cell in cells),
            lines=tuple(self._lines(node, cells)),
        )

    def _lines(self, node: Mapping[str, Any], cells: list[Mapping[str, Any]]) -> list[LineTrace]:
        """The largest lines of a sum, by size of the column summed."""
        column = node["column"]
        if not cells or column not in {"tco2", "tce", "quantity"}:
            return []
        lines = self.ledger.lines
        readings = sorted({cell["reading"] for cell in cells})
        rules = sorted({cell["rule"] for cell in cells})
        lines = lines.filter(
            lines.year == self.figures.year,
            lines.boundary == self.figures.boundary,
            lines.reading.isin(readings),
            lines.rule.isin(rules),
        )
        for key, words in node["only"].items():
            lines = lines.filter(lines[key].isin(words))
        for key, words in node["except"].items():
            lines = lines.filter(~lines[key].isin(words))
        import ibis

        largest = lines.order_by([ibis.desc(lines[column].abs()), "row_id"]).limit(self.shown)
        return [self._line(row, column) for row in self.engine.rows(largest)]

    def _line(self, row: Mapping[str, Any], column: str) -> LineTrace:
        route = self.ledger.route(row["factor_id"], row["year"], row["reading"])
        line = next(one for one in self.ruler.text.method.lines if one.id == row["rule"])
        return LineTrace(
            row_id=row["row_id"],
            rule=row["rule"],
            quantity=str(row["quantity"]),
            unit=row["unit"],
            factor=str(row["coefficient"] if column == "tce" else row["factor"]),
            amount=str(row[column]),
            inputs=route.effective.inputs if route is not None and route.effective is not None else (),
            cite=line.cite.model_dump(mode="json", exclude={"note"}),
        )
