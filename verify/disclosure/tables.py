"""``data/cells.csv`` of a bundle: the sums of the ruler's formulas that may be published, so that its figures come out again.

A row is the value of one filtered sum over all enterprises. A sum is published only where a published figure is worked out
from it, and only where all that is public then gives nothing small away (`verify.disclosure.differencing`). Values are
rounded to the six decimals of the report's own tonnes: a sum of products of public factors and quantities in whole tonnes
can have one solution only, and eighteen decimals would tell it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.bundle.cell_sums import SUM
from verify.bundle.formulas import Formulas
from verify.bundle.merged_terms import hidden_terms
from verify.bundle.recompute import KINDS, Kind, Recomputation, figures
from verify.canonical import QUANTITY_PLACES, decimal_text, rounded
from verify.disclosure.contributions import TONNES, Contributions
from verify.disclosure.differencing import Published
from verify.disclosure.rule import Rule
from verify.disclosure.term_sums import shown_terms
from verify.formula import Tree

COLUMNS = ("year", SUM, *KINDS)
Cell = dict[str, object]


def public_cells(
    cells: Sequence[Mapping[str, Any]], facts: Mapping[str, Any], ruler: Mapping[str, Any], rule: Rule
) -> list[Cell]:
    """The rows of ``data/cells.csv``.

    `cells`: those of the reporting year that hold under the chosen assignment, with `enterprise_id` (`Figures.held`);
    `facts`: the public ones; `ruler`: `verify.ruler.Ruler.plain()`.
    """
    chosen = _Choice(cells, facts, Formulas.of_report(ruler, facts), rule)
    for item, kind, published in figures(facts):
        chosen.figure(item, kind, published)
    return list(chosen.rows.values())


class _Choice:
    def __init__(
        self, cells: Sequence[Mapping[str, Any]], facts: Mapping[str, Any], formulas: Formulas, rule: Rule
    ) -> None:
        self.facts, self.formulas = facts, formulas
        self.year: str = facts["year"]
        self.sums = Contributions(formulas, cells)
        self.hidden = hidden_terms(formulas, facts)
        self.inside = [row["item"] for row in facts["items"] if row["year"] == self.year]
        told = [self.sums.of_figure(item, kind) for item, kind, _ in figures(facts)]
        told += [*shown_terms(self.sums, facts).values()]
        self.public = Published(told, self.sums.families(), rule.fewest, rule.largest_share)
        self.rows: dict[str, Cell] = {}

    def figure(self, item: str, kind: Kind, published: str) -> None:
        """Publish what the figure needs: all its sums if that may be, else those beside the published figures inside it."""
        if not self.formulas.known(item):
            return
        for given in ((), self.inside):
            needed = self.sums.needs(item, kind, given)
            wanted = {text: node for text, node in needed.items() if self.wants(text, node, kind)}
            if self.may(wanted, kind) and self.comes_out(item, kind, published, wanted):
                for text, node in wanted.items():
                    self.tell(self.rows, text, node, kind)
                self.public.add([self.sums.of_sum(node, kind) for node in wanted.values()])
                return

    def wants(self, text: str, node: Tree, kind: Kind) -> bool:
        """Whether a figure waits for the sum: it is not told yet, and no term of those that enter by one sum together."""
        if text in self.rows and self.rows[text][kind] is not None:
            return False
        return not (kind == "claimed" and text in self.hidden) or self.public.follows(self.sums.of_sum(node, kind))

    def may(self, wanted: Mapping[str, Tree], kind: Kind) -> bool:
        """Whether the sums may be published, all of them."""
        parts = [self.sums.of_sum(node, kind) for node in wanted.values()]
        kept_back = [self.sums.of_sum(node, kind) for text, node in wanted.items() if text in self.hidden]
        return (
            all(map(self.sums.known, wanted.values()))
            and all(map(self.public.follows, kept_back))
            and self.public.admits(parts)
        )

    def comes_out(self, item: str, kind: Kind, published: str, wanted: Mapping[str, Tree]) -> bool:
        """Whether a reader gets the figure from the rows and these."""
        rows = {text: dict(row) for text, row in self.rows.items()}
        for text, node in wanted.items():
            self.tell(rows, text, node, kind)
        plain = [{column: str(row[column] or "") for column in COLUMNS} for row in rows.values()]
        return Recomputation(self.formulas, self.facts, plain).judged(item, kind, published).state == "verified"

    def tell(self, rows: dict[str, Cell], text: str, node: Tree, kind: Kind) -> None:
        """Write the value of a sum; one that is no tonnes is the same in every kind."""
        row = rows.setdefault(text, {"year": self.year, SUM: text, **dict.fromkeys(KINDS)})
        for one in (kind,) if node["column"] == TONNES else KINDS:
            row[one] = _text(self.sums.sum(node, one))


def _text(value: Fraction) -> str:
    """Exact where six decimals are enough, else rounded to six."""
    short = rounded(value, QUANTITY_PLACES)
    return decimal_text(short) if short == value else decimal_text(value, QUANTITY_PLACES)
