"""What an outsider works out of a public report and its published sums: exact rationals, every choice of enterprises tried.

Written apart from `verify.disclosure`: formulas are expanded by hand here, ranks are of fractions, nothing is skipped. The
attacker knows which enterprise does what at all (a 0 is known), and either nothing more or every factor too, so that tonnes,
tce and quantity of a row are one unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations
from typing import Any

from tests.unit.disclosure.random_parks import Park
from verify.disclosure import safe
from verify.formula import Tree, parse, text_of

Row = dict[Any, Fraction]
KINDS = ("claimed", "proven", "strict")
TONNES = ("tco2", "proven_tco2", "strict_tco2")


class Attacker:
    """`with_factors`: knows them. Rows are what a published number is made of: unknown -> how much it adds."""

    def __init__(self, park: Park, with_factors: bool) -> None:
        self.park, self.with_factors = park, with_factors
        self.enterprises = sorted({cell["enterprise_id"] for cell in park.cells})

    def figures(self) -> list[Row]:
        """What the ruler makes public whoever is behind it: totals, energy, indicators."""
        found = []
        for row in self.reporting():
            name = row["item"].removeprefix("indicator.")
            for kind in (kind for kind in KINDS if row[kind] is not None and not name.startswith("term.")):
                if name == row["item"]:
                    found.append(self.item(name, kind))
                else:
                    indicator = self.park.ruler.text.indicators[name]
                    top = self.branch(self.tree(indicator.numerator), kind)
                    base = self.branch(self.tree(indicator.denominator), kind)
                    if top["op"] == "divide":  # a rate already: the base is the sum of its weights
                        assert base == {"op": "constant", "value": "1"}
                        top, base = top["args"]
                    found.append(self.share(top, base, kind))
        return found

    def sums(self) -> list[Row]:
        """What is published by the rule of small groups: terms, all others together, and the sums of ``data/cells.csv``."""
        facts = self.park.facts
        named = {row["term"] for row in facts["terms"]}
        found = [
            self.sum(parse(f'sum(tco2, measure="carbon", term="{term}")', "figure"), "claimed")
            for term in self.park.ruler.text.method.terms
            if term in named
        ]
        rest = [cell for cell in self.park.cells if cell.get("measure") == "carbon" and cell["term"] not in named]
        found.append(self.of_cells(rest, "tco2", "claimed"))
        for row in self.reporting():
            if row["item"].startswith("term."):
                found += [self.item(row["item"], kind) for kind in KINDS if row[kind] is not None]
        told = [(row, kind) for row in self.park.rows for kind in KINDS if row[kind] is not None]
        return found + [self.sum(parse(str(row["sum"]), "figure"), kind) for row, kind in told]

    def reporting(self) -> list[dict[str, Any]]:
        """The figures of the reporting year."""
        return [row for row in self.park.facts["items"] if row["year"] == self.park.facts["year"]]

    def item(self, name: str, kind: str) -> Row:
        """An item of the ruler."""
        tree = self.branch(self.tree(name), kind)
        return self.share(*tree["args"], kind) if tree["op"] == "divide" else self.row(tree, kind)

    def tree(self, name: str) -> Tree:
        """The formula of an item."""
        return self.park.ruler.tree(self.park.ruler.text.method.items[name].formula)

    def row(self, tree: Tree, kind: str) -> Row:
        """A linear formula."""
        found: Row = {}
        for text, times in self.expanded(tree).items():
            found = less(found, self.sum(parse(text, "figure"), kind), -times)
        return found

    def share(self, top: Tree, base: Tree, kind: str) -> Row:
        """A known quotient: what is above the line less that share of what is below adds up to 0."""
        above, below = self.row(top, kind), self.row(base, kind)
        return less(above, below, sum(above.values(), Fraction(0)) / sum(below.values(), Fraction(0)))

    def branch(self, tree: Tree, kind: str) -> Tree:
        """The branch of a case that holds; its condition compares a sum with 0."""
        if tree["op"] != "case":
            return tree
        condition, *branches = tree["args"]
        assert condition["args"][1] == {"op": "constant", "value": "0"}
        amount = sum(self.row(condition["args"][0], kind).values(), Fraction(0))
        return branches[0 if {"eq": amount == 0, "gt": amount > 0}[condition["op"]] else 1]

    def expanded(self, tree: Tree) -> dict[str, Fraction]:
        """A formula as a sum of sums. Raises KeyError for one that is not linear."""
        if tree["op"] == "constant":
            return {}  # known to everybody
        if tree["op"] == "sum":
            return {text_of(tree): Fraction(1)}
        if tree["op"] == "name":
            item = self.park.ruler.text.method.items[tree["name"]]
            return self.expanded(self.park.ruler.tree(item.formula))
        signs = {"add": [1] * len(tree["args"]), "subtract": [1, -1]}[tree["op"]]
        found: dict[str, Fraction] = {}
        for sign, part in zip(signs, tree["args"], strict=True):
            for text, times in self.expanded(part).items():
                found[text] = found.get(text, Fraction(0)) + sign * times
        return found

    def sum(self, node: Tree, kind: str) -> Row:
        """A filtered sum."""
        kept = [
            cell
            for cell in self.park.cells
            if all(cell.get(name) in words for name, words in node["only"].items())
            and not any(cell.get(name) in words for name, words in node["except"].items())
        ]
        return self.of_cells(kept, node["column"], kind)

    def of_cells(self, cells: Sequence[Mapping[str, Any]], column: str, kind: str) -> Row:
        """An amount over some cells."""
        found: Row = {}
        for cell in cells:
            for name, amount in self.parts(cell, column, kind):
                found[name] = found.get(name, Fraction(0)) + amount
        return {name: amount for name, amount in found.items() if amount}

    def parts(self, cell: Mapping[str, Any], column: str, kind: str) -> Iterator[tuple[Any, Fraction]]:
        """The unknowns of a cell: claimed tonnes, and what is added where proof fails."""
        if column != "tco2":
            if cell.get(column) is not None:
                yield self.unknown(cell, column), Fraction(cell[column])
            return
        before = Fraction(0)
        for name in TONNES[: KINDS.index(kind) + 1]:
            after = Fraction(cell.get(name) or 0)
            yield self.unknown(cell, name), after - before
            before = after

    def unknown(self, cell: Mapping[str, Any], column: str) -> Any:
        """What an amount is called: first the enterprise."""
        if self.with_factors and cell["table"] == "activity":
            return cell["enterprise_id"], cell["carrier"], cell["flow"], cell["supply"]
        return cell["enterprise_id"], column, *sorted((key, str(value)) for key, value in cell.items())


def small_groups(attacker: Attacker) -> list[str]:
    """Every choice of too few enterprises about whom terms and sums tell what the figures do not."""
    figures = attacker.figures()
    public = [*figures, *attacker.sums()]
    size = min(attacker.park.rule.fewest - 1, len(attacker.enterprises))
    found = []
    whole = len(echelon(public)) - len(echelon(figures))
    for chosen in combinations(attacker.enterprises, size):
        others = [[{k: v for k, v in row.items() if k[0] not in chosen} for row in part] for part in (public, figures)]
        outside = len(echelon(others[0])) - len(echelon(others[1]))
        if outside < whole:  # more combinations vanish outside the chosen than those of the figures
            found.append(" ".join(chosen))
    return found


def dominated(attacker: Attacker) -> list[str]:
    """Every union of parts of an amount that is a small group and comes out, and not of the figures alone."""
    figures = echelon(attacker.figures())
    public = echelon([*attacker.figures(), *attacker.sums()])
    rule, found = attacker.park.rule, []
    texts = {text for name in attacker.park.ruler.text.method.items for text in texts_of(attacker, name)}
    for column, kinds in [("tce", "c"), ("quantity", "c"), ("total", "c"), ("utilised", "c"), ("tco2", "cps")]:
        nodes = [node for node in (parse(text, "figure") for text in sorted(texts)) if node["column"] == column]
        for kind in (kind for kind in KINDS if kind[0] in kinds):
            parts: dict[tuple[bool, ...], list[Mapping[str, Any]]] = {}
            sums = [attacker.sum(node, kind) for node in nodes]
            for cell in attacker.park.cells:
                own = attacker.of_cells([cell], column, kind)
                if own:
                    parts.setdefault(tuple(bool(own.keys() & one.keys()) for one in sums), []).append(cell)
            parts.pop((False,) * len(nodes), None)
            for chosen in unions(list(parts.values())):
                union = attacker.of_cells(chosen, column, kind)
                group: dict[str, Fraction] = {}
                for name, amount in union.items():
                    group[name[0]] = group.get(name[0], Fraction(0)) + amount
                small = not safe(group, rule.fewest, rule.largest_share)
                if small and not left(union, public) and left(union, figures):
                    found.append(f"{column} {kind} {sorted(group)}")
    return found


def texts_of(attacker: Attacker, item: str) -> set[str]:
    """The sums of an item."""

    def sums(tree: Tree) -> Iterator[str]:
        if tree["op"] == "sum":
            yield text_of(tree)
        elif tree["op"] == "name":
            yield from sums(attacker.tree(tree["name"]))
        for part in tree.get("args", []):
            yield from sums(part)

    return set(sums(attacker.tree(item)))


def unions(parts: Sequence[list[Mapping[str, Any]]]) -> Iterator[list[Mapping[str, Any]]]:
    """Every choice of at least one part."""
    for size in range(1, len(parts) + 1):
        for chosen in combinations(parts, size):
            yield list(chain.from_iterable(chosen))


def less(row: Row, other: Row, times: Fraction | int = 1) -> Row:
    """`row` less so many times the other."""
    found = dict(row)
    for name, amount in other.items():
        found[name] = found.get(name, Fraction(0)) - times * amount
    return {name: amount for name, amount in found.items() if amount}


def left(row: Row, rows: Sequence[tuple[Any, Row]]) -> Row:
    """What of a row does not follow from others in echelon form."""
    for name, other in rows:
        if name in row:
            row = less(row, other, row[name])
    return row


def echelon(rows: Sequence[Row]) -> list[tuple[Any, Row]]:
    """The rows that do not follow from those before, each 1 at its pivot."""
    found: list[tuple[Any, Row]] = []
    for row in rows:
        rest = left(row, found)
        if rest:
            name = min(rest, key=str)
            found.append((name, {one: amount / rest[name] for one, amount in rest.items()}))
    return found
