"""Number or condition: what the text of a formula proves about its parts. A name may be either until it has a value."""

from __future__ import annotations

from typing import NamedTuple

from verify.formula.errors import FormulaError
from verify.formula.semantics import Kind, Tree


class Node(NamedTuple):
    """A tree with its kind and the column where its text starts (1-based)."""

    tree: Tree
    kind: Kind
    column: int


def must_be(kind: Kind, part: Node) -> None:
    """Raises FormulaError, at the argument, where the text proves that it is of the other kind."""
    if part.kind not in {kind, "any"}:
        raise FormulaError(f"must_be_{kind}", part.column)


def case_kind(parts: list[Node]) -> Kind:
    """What a case gives: its conditions are conditions, and its values are all numbers or all conditions."""
    for condition in parts[:-1:2]:
        must_be("boolean", condition)
    kind: Kind = "any"
    for value in [*parts[1:-1:2], parts[-1]]:
        if kind == "any":
            kind = value.kind
        elif value.kind not in {kind, "any"}:
            raise FormulaError("case_kinds", value.column)
    return kind
