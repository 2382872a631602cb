"""Terms that a report publishes as one sum only: what stands for each of them in a formula.

The row ``withheld`` of `terms` is the claimed sum of all terms that are not published one by one. A figure can be worked out
from it only where it does not matter which of them holds how much; so the sum is dealt out in several ways, and a figure
that comes out otherwise in one of them cannot be worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from verify.bundle.cell_sums import CellSums, half
from verify.bundle.cells import number
from verify.bundle.formulas import Formulas
from verify.formula import Tree, sums, text_of

MERGED = "withheld"  # the id of that row (verify.disclosure)


class MergedTerms:
    """`items`: text of a sum -> the term's item that it is; `half`: how far off the sum that they share may be.

    Empty where there is no such row, or where a term might be in it of which nothing is known."""

    def __init__(self, formulas: Formulas, facts: Mapping[str, Any], cells: CellSums) -> None:
        self.items: dict[str, str] = {}
        self.half = self._sum = Fraction(0)
        self._dealt: dict[str, Fraction] = {}
        merged = next((row["tco2"] for row in facts["terms"] if row["term"] == MERGED), None)
        if merged is None:
            return
        shared, unknown = number(merged), half(merged)
        seen = _named(facts)
        for text, (node, item) in hidden_terms(formulas, facts).items():
            value = cells.value(node, "claimed")
            if isinstance(value, Fraction):  # told all the same: it is no part of what the others share
                shared, unknown = shared - value, unknown + cells.half(node, "claimed")
            else:
                self.items[text] = item
            seen.add(_term(item))
        seen |= {term for node in formulas.sums() if cells.value(node, "claimed") == 0 for term in _of_terms(node)}
        if formulas.terms.keys() - seen:
            self.items = {}
            return
        self._sum, self.half = shared, unknown
        self._deal({})

    @property
    def holder(self) -> str:
        """The item that holds all of it unless it is dealt out otherwise."""
        return next(iter(self.items.values()), "")

    def value(self, text: str) -> Fraction | None:
        """What stands for a sum; None where it is none of these."""
        return self._dealt.get(text)

    def dealings(self) -> Iterator[None]:
        """Every way in which it is dealt out, the usual one last: all to another term, or so much that the first is below 0."""
        more = abs(self._sum) + 1 if self.items else Fraction(0)
        for text in list(self.items)[1:]:
            for amount in (self._sum, more, -more):
                self._deal({text: amount})
                yield
        if self.items:
            self._deal({})
            yield

    def _deal(self, others: Mapping[str, Fraction]) -> None:
        self._dealt = {text: others.get(text, Fraction(0)) for text in self.items}
        for text in list(self.items)[:1]:
            self._dealt[text] = self._sum - sum(others.values(), Fraction(0))


def _term(item: str) -> str:
    return item.removeprefix("term.").removesuffix(".tco2") if item.startswith("term.") else ""


def _of_terms(node: Tree) -> list[str]:
    """The terms whose claimed tonnes a sum adds up, whole and nothing else; empty for any other sum."""
    only = node["only"]
    whole = node["column"] == "tco2" and not node["except"] and only.get("measure", ["carbon"]) == ["carbon"]
    return list(only["term"]) if whole and only.keys() - {"measure"} == {"term"} else []


def hidden_terms(formulas: Formulas, facts: Mapping[str, Any]) -> dict[str, tuple[Tree, str]]:
    """The sums of terms that the report does not publish one by one: text -> the sum, and the item that it is."""
    named = _named(facts)
    found = {}
    for item in formulas.items:
        nodes = sums(formulas.tree(item)) if _term(item) and _term(item) not in named else []
        if len(nodes) == 1 and _of_terms(nodes[0]) == [_term(item)]:
            found[text_of(nodes[0])] = nodes[0], item
    return found


def _named(facts: Mapping[str, Any]) -> set[str]:
    """The terms that the report shows, in the table of terms or as a figure."""
    figures = {_term(row["item"]) for row in facts["items"] if row["year"] == facts["year"]}
    return figures | {row["term"] for row in facts["terms"]}
