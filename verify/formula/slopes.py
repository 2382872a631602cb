"""How a figure moves with each filtered sum in it: exact partial derivatives at the point of a park's own numbers.

Needed by whoever asks what a published figure tells of the sums behind it. A condition has no slope: what it tells is on
which side of a limit a park stands. Of `case` the branch that holds counts, of `min` and `max` the argument that is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from verify.formula.evaluator import Names, Sums, evaluate
from verify.formula.semantics import Tree
from verify.formula.text import text_of

Slopes = Mapping[str, Fraction]  # text of a sum -> how much the figure moves with it


def slopes(tree: Tree, names: Names, sums: Sums, inner: Callable[[str], Slopes]) -> dict[str, Fraction]:
    """The slopes of `tree`, 0 left out; empty where the figure has no value. `names` and `sums` as for `evaluate`, `inner`
    gives the slopes of a name."""
    if not isinstance(evaluate(tree, names, sums), Fraction):
        return {}
    return {text: slope for text, slope in _Slopes(names, sums, inner).of(tree).items() if slope}


class _Slopes:
    def __init__(self, names: Names, sums: Sums, inner: Callable[[str], Slopes]) -> None:
        self.names, self.sums, self.inner = names, sums, inner

    def of(self, node: Tree) -> dict[str, Fraction]:
        """The slopes of a node that has a number."""
        op = node["op"]
        if op == "constant":
            return {}
        if op == "name":
            return dict(self.inner(node["name"]))
        if op == "sum":
            return {text_of(node): Fraction(1)}
        if op == "case":
            return self.of(self._branch(node["args"]))
        parts = node["args"]
        values = [self._number(part) for part in parts]
        if op in {"min", "max"}:
            return self.of(parts[values.index(min(values) if op == "min" else max(values))])
        return _together([(weight, self.of(part)) for weight, part in zip(_weights(op, values), parts, strict=True)])

    def _branch(self, parts: list[Tree]) -> Tree:
        for position in range(0, len(parts) - 1, 2):
            if evaluate(parts[position], self.names, self.sums) is True:
                return parts[position + 1]
        return parts[-1]

    def _number(self, part: Tree) -> Fraction:
        value = evaluate(part, self.names, self.sums)
        assert isinstance(value, Fraction), part  # the whole has a number, so each argument has
        return value


def _weights(op: str, values: list[Fraction]) -> list[Fraction]:
    """The partial derivatives of an operation by its arguments."""
    one = Fraction(1)
    if op == "add":
        return [one] * len(values)
    if op == "subtract":
        return [one, -one]
    if op == "negate":
        return [-one]
    if op == "abs":
        return [one if values[0] >= 0 else -one]
    if op == "divide":
        return [one / values[1], -values[0] / values[1] ** 2]
    if op == "multiply":
        return [_product([*values[:position], *values[position + 1 :]]) for position in range(len(values))]
    raise ValueError(op)  # a condition: no number, so never asked


def _product(values: list[Fraction]) -> Fraction:
    found = Fraction(1)
    for value in values:
        found *= value
    return found


def _together(parts: list[tuple[Fraction, dict[str, Fraction]]]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for weight, slope in parts:
        for text, value in slope.items():
            found[text] = found.get(text, Fraction(0)) + weight * value
    return found
