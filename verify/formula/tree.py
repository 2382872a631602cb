"""What a tree refers to, and a tree that comes from outside (a ruler's JSON, a bundle)."""

from __future__ import annotations

from collections.abc import Iterator

from verify.canonical import canonical_bytes
from verify.formula.errors import FormulaError
from verify.formula.parser import parse
from verify.formula.semantics import DEPTH_LIMIT, NODE_LIMIT, Stratum, Tree
from verify.formula.text import text_of


def walk(tree: Tree) -> Iterator[Tree]:
    """Every node, the root first, then its arguments from left to right."""
    yield tree
    for part in tree.get("args", ()):
        yield from walk(part)


def names(tree: Tree) -> frozenset[str]:
    """The names a tree refers to; the columns of its sums are not among them."""
    return frozenset(node["name"] for node in walk(tree) if node["op"] == "name")


def sums(tree: Tree) -> list[Tree]:
    """The distinct filtered sums of a tree, in the order of their canonical bytes."""
    found = {canonical_bytes(node): node for node in walk(tree) if node["op"] == "sum"}
    return [found[key] for key in sorted(found)]


def read_tree(value: object, stratum: Stratum) -> Tree:
    """`value` (parsed JSON) if it is a canonical tree of `stratum`; else FormulaError ``formula.tree``.

    The proof is the text: a tree is canonical when its own text parses to it again.
    """
    if not isinstance(value, dict) or not _small(value):
        raise FormulaError("tree")
    try:
        again = parse(text_of(value), stratum)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError):
        raise FormulaError("tree") from None
    if again != value:
        raise FormulaError("tree")
    return again


def _small(value: object) -> bool:
    """Few enough levels and nodes to be walked by recursion."""
    level: list[object] = [value]
    nodes = 0
    for _ in range(2 * DEPTH_LIMIT + 4):  # an argument list is a level of its own
        if not level:
            return True
        nodes += len(level)
        if nodes > 8 * NODE_LIMIT:
            return False
        below: list[object] = []
        for item in level:
            below.extend(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
        level = below
    return False
