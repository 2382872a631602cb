"""The ledger lines of the reporting year as committed rows, and the published figures that come out of them (attestation.md 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.attest.commit.making import Line, Made, Target, make
from verify.bundle.cell_sums import SUM
from verify.bundle.formulas import Formulas
from verify.canonical import FACTOR_PLACES, QUANTITY_PLACES, exact
from verify.disclosure.tables import Cell
from verify.formula import Tree, text_of
from verify.road.run import Journey

_TEXTS = ("enterprise_id", "source_id", "table", "item", "row_id", "evidence_id")
_FACTOR = {"tco2": "factor", "tce": "coefficient", "quantity": ""}  # column of a sum: what its lines are multiplied by
_ONE = 10**FACTOR_PLACES
_SIGNS = {"add": (1, 1), "subtract": (1, -1), "negate": (-1,)}
_NOTHING = "-"  # a leaf has no empty text

Row = Mapping[str, Any]
Signed = list[tuple[int, Tree]]


def commit(journey: Journey, facts: Mapping[str, Any], cells: Sequence[Cell]) -> Made:
    """Commit to the lines of an open journey. `facts`: public; `cells`: rows of its ``data/cells.csv``.

    A published figure becomes a total where it is a sum of lines with factors that `facts` publish. Raises as
    `verify.attest.commit.making.make`.
    """
    world = journey.world
    formulas = Formulas.of_report(world.ruler.plain(), facts)
    public = {(row["id"], abs(exact(row["value"]))) for row in facts.get("factors", []) if row.get("value")}
    rows = world.engine.rows(world.lines().filter(lambda t: t.year == world.year).order_by("row_id", "rule"))
    kept: list[tuple[Target, list[int]]] = []
    for target, signed in _wanted(formulas, facts, cells):
        factors = _factors(rows, signed, public)
        if factors is not None and _comes_to(rows, factors, target.value):
            kept.append((target, factors))
    lines = [_line(row, tuple(factors[at] for _, factors in kept), world.year) for at, row in enumerate(rows)]
    return make(lines, [target for target, _ in kept])


def _wanted(formulas: Formulas, facts: Mapping[str, Any], cells: Sequence[Cell]) -> list[tuple[Target, Signed]]:
    """Every claimed figure of the year that is a sum or difference of sums, with them."""
    found: list[tuple[Target, Signed]] = []
    nodes = {text_of(node): node for node in formulas.sums()}
    for cell in cells:
        text, value = str(cell[SUM]), cell["claimed"]
        if text in nodes and value is not None:
            found.append((Target("sum", text, str(value)), [(1, nodes[text])]))
    for row in facts["items"]:
        if row["year"] == facts["year"] and row["claimed"] is not None and row["item"] in formulas.items:
            signed = _linear(formulas, formulas.tree(row["item"]), 1)
            if signed:
                found.append((Target("item", row["item"], row["claimed"]), signed))
    return found


def _linear(formulas: Formulas, node: Tree, sign: int, depth: int = 0) -> Signed | None:
    """The sums of a formula with their signs; None where it is no sum of sums."""
    if node["op"] == "sum":
        return [(sign, node)]
    if node["op"] == "name":
        known = node["name"] in formulas.items and depth < len(formulas.items)
        return _linear(formulas, formulas.tree(node["name"]), sign, depth + 1) if known else None
    signs = _SIGNS.get(node["op"])
    if signs is None:
        return None
    found: Signed = []
    for at, part in enumerate(node["args"]):
        inner = _linear(formulas, part, sign * signs[min(at, len(signs) - 1)], depth)
        if inner is None:
            return None
        found += inner
    return found


def _factors(rows: Sequence[Row], signed: Signed, public: set[tuple[str, Fraction]]) -> list[int] | None:
    """What each line enters a figure by, in 10⁻¹² of the amount of its row; None where a factor is not public."""
    found: list[int] = []
    for row in rows:
        times, column = 0, ""
        for sign, node in signed:
            if node["column"] not in _FACTOR or not {*node["only"], *node["except"]} <= row.keys():
                return None
            if _kept(row, node):
                if column not in ("", node["column"]):
                    return None  # one line under two measures
                times, column = times + sign, str(node["column"])
        if not times or not row["quantity"]:
            found.append(0)
            continue
        factor = exact(row[_FACTOR[column]]) if _FACTOR[column] else Fraction(1)
        if abs(times) != 1 or (abs(factor) != 1 and factor and (row["factor_id"], abs(factor)) not in public):
            return None
        turned = -1 if row["quantity"] < 0 else 1
        found.append(int(factor * _ONE) * times * turned)
    return found if any(found) else None


def _kept(row: Row, node: Tree) -> bool:
    if row.get(node["column"]) is None:
        return False
    kept: bool = all(row[name] in words for name, words in node["only"].items())
    return kept and not any(row[name] in words for name, words in node["except"].items())


def _comes_to(rows: Sequence[Row], factors: Sequence[int], value: str) -> bool:
    """Whether the lines come to the published value, but for the rounding of its last decimal."""
    exactly: Fraction = sum(
        (factor * abs(exact(row["quantity"])) for row, factor in zip(rows, factors, strict=True)), Fraction(0)
    )
    last = Fraction(1, 10) ** len(value.partition(".")[2])
    return bool(2 * abs(exactly / _ONE - exact(value)) <= last)


def _line(row: Row, factors: tuple[int, ...], year: str) -> Line:
    texts = {name: str(row[name]) for name in _TEXTS}
    amount = abs(exact(row["quantity"])) * 10**QUANTITY_PLACES
    return Line(
        row["period"] or year, row["unit"] or _NOTHING, row["factor_id"] or _NOTHING, int(amount), texts, factors
    )
