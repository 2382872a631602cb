"""Formula vectors worked by hand: every corner of docs/formats/formula-semantics.md, tree and value written out.

Each entry: stratum, text, tree, names, expected and, for sums, rows. Arithmetic is in the comment where it is not
plain from the text.
"""

from __future__ import annotations

from typing import Any

Tree = dict[str, Any]
DIVIDED = {"undefined": "division_by_zero"}
ABSENT = {"undefined": "missing_name"}
EMPTY = {"undefined": "missing_value"}
MIXED = {"undefined": "type"}
NULL_SUM = {"undefined": "null_in_sum"}


def c(value: str) -> Tree:
    return {"op": "constant", "value": value}


def n(name: str) -> Tree:
    return {"op": "name", "name": name}


def o(op: str, *args: Tree) -> Tree:
    return {"op": op, "args": list(args)}


def s(column: str, only: dict[str, list[str]] | None = None, out: dict[str, list[str]] | None = None) -> Tree:
    return {"op": "sum", "column": column, "only": only or {}, "except": out or {}}


A, B, X, Y, Z = n("a"), n("b"), n("x"), n("y"), n("z")
ZERO, ONE, TWO, THREE = c("0"), c("1"), c("2"), c("3")
ONE_BY_ZERO = o("divide", ONE, ZERO)
LESS, MORE = o("lt", ONE, TWO), o("gt", ONE, TWO)  # true, false

ROWS: list[dict[str, str | None]] = [
    {
        "term": "fuel",
        "flow": "final_use",
        "carrier": "raw_coal",
        "activity_type": "终端消费",
        "tco2": "10.5",
        "tce": "4",
    },
    {"term": "fuel", "flow": "loss", "carrier": "raw_coal", "activity_type": "终端消费", "tco2": "0.25", "tce": "0.1"},
    {"term": "fuel", "flow": "final_use", "carrier": "biomass", "activity_type": "火力发电", "tco2": "0", "tce": "2"},
    {"term": "el", "flow": "purchased", "carrier": "electricity", "activity_type": "", "tco2": "-3.75", "tce": None},
    {"term": "el", "flow": None, "carrier": "electricity", "activity_type": None, "tco2": "1", "tce": "1.9"},
]

# fmt: off
FIGURES: list[tuple[str, Tree, dict[str, Any], Any]] = [
    ("7", c("7"), {}, "7/1"),
    ("0.10", c("0.1"), {}, "1/10"),
    ("0.000", ZERO, {}, "0/1"),
    ("12345678901234567890.5", c("12345678901234567890.5"), {}, "24691357802469135781/2"),
    ("0.1 + 0.2", o("add", c("0.1"), c("0.2")), {}, "3/10"),
    ("0.1 + 0.2 == 0.3", o("eq", o("add", c("0.1"), c("0.2")), c("0.3")), {}, "true"),
    ("1 / 3 * 3 == 1", o("eq", o("multiply", o("divide", ONE, THREE), THREE), ONE), {}, "true"),
    ("2 + 3 * 4", o("add", TWO, o("multiply", THREE, c("4"))), {}, "14/1"),
    ("(2 + 3) * 4", o("multiply", o("add", TWO, THREE), c("4")), {}, "20/1"),
    ("10 - 4 - 3", o("subtract", o("subtract", c("10"), c("4")), THREE), {}, "3/1"),
    ("10 - (4 - 3)", o("subtract", c("10"), o("subtract", c("4"), THREE)), {}, "9/1"),
    ("100 / 5 / 2", o("divide", o("divide", c("100"), c("5")), TWO), {}, "10/1"),
    ("100 / (5 / 2)", o("divide", c("100"), o("divide", c("5"), TWO)), {}, "40/1"),
    ("1 + 2 + 3", o("add", ONE, TWO, THREE), {}, "6/1"),
    ("1 + (2 + 3)", o("add", ONE, o("add", TWO, THREE)), {}, "6/1"),
    ("(1 + 2) + 3", o("add", ONE, TWO, THREE), {}, "6/1"),
    ("1 - 2 + 3", o("add", o("subtract", ONE, TWO), THREE), {}, "2/1"),
    ("44 / 12", o("divide", c("44"), c("12")), {}, "11/3"),
    ("-2 * -3", o("multiply", o("negate", TWO), o("negate", THREE)), {}, "6/1"),
    ("--2", o("negate", o("negate", TWO)), {}, "2/1"),
    ("-(2 - 3)", o("negate", o("subtract", TWO, THREE)), {}, "1/1"),
    ("abs(-2.5)", o("abs", o("negate", c("2.5"))), {}, "5/2"),
    ("min(3)", o("min", THREE), {}, "3/1"),
    ("min(3, 1, 2)", o("min", THREE, ONE, TWO), {}, "1/1"),
    ("max(1/3, 0.333)", o("max", o("divide", ONE, THREE), c("0.333")), {}, "1/3"),
    ("term.fuel.tco2 / energy.tce", o("divide", n("term.fuel.tco2"), n("energy.tce")),
     {"term.fuel.tco2": "280000", "energy.tce": "1000000"}, "7/25"),
    ("280 / 600 <= 0.3", o("le", o("divide", c("280"), c("600")), c("0.3")), {}, "false"),  # 0.4666…
    ("280 / 1000 <= 0.28", o("le", o("divide", c("280"), c("1000")), c("0.28")), {}, "true"),
    # division by zero, and what it does to the rest
    ("1 / 0", ONE_BY_ZERO, {}, DIVIDED),
    ("0 / 0", o("divide", ZERO, ZERO), {}, DIVIDED),
    ("1 / (0.5 - 0.50)", o("divide", ONE, o("subtract", c("0.5"), c("0.5"))), {}, DIVIDED),
    ("0 * (1 / 0)", o("multiply", ZERO, ONE_BY_ZERO), {}, DIVIDED),
    ("-(1 / 0)", o("negate", ONE_BY_ZERO), {}, DIVIDED),
    ("abs(1 / 0)", o("abs", ONE_BY_ZERO), {}, DIVIDED),
    ("max(1, 1 / 0)", o("max", ONE, ONE_BY_ZERO), {}, DIVIDED),
    ("1 / 0 == 1 / 0", o("eq", ONE_BY_ZERO, ONE_BY_ZERO), {}, DIVIDED),
    ("not (1 / 0 < 1)", o("not", o("lt", ONE_BY_ZERO, ONE)), {}, DIVIDED),
    # the first fault from the left is the answer
    ("x + 1 / 0", o("add", X, ONE_BY_ZERO), {}, ABSENT),
    ("1 / 0 + x", o("add", ONE_BY_ZERO, X), {}, DIVIDED),
    ("x / 0", o("divide", X, ZERO), {}, ABSENT),
    ("x", X, {"x": {"undefined": "null_in_sum"}}, NULL_SUM),
    ("x + y", o("add", X, Y), {"x": "true", "y": {"undefined": "missing_value"}}, MIXED),
    ("y + x", o("add", Y, X), {"x": "true", "y": {"undefined": "missing_value"}}, EMPTY),
    # and, or: from left to right until one decides
    ("1 < 2 and 2 < 3", o("and", LESS, o("lt", TWO, THREE)), {}, "true"),
    ("1 > 2 and 1 / 0 == 1", o("and", MORE, o("eq", ONE_BY_ZERO, ONE)), {}, "false"),
    ("1 / 0 == 1 and 1 > 2", o("and", o("eq", ONE_BY_ZERO, ONE), MORE), {}, DIVIDED),
    ("1 < 2 and 1 / 0 == 1", o("and", LESS, o("eq", ONE_BY_ZERO, ONE)), {}, DIVIDED),
    ("1 < 2 or 1 / 0 == 1", o("or", LESS, o("eq", ONE_BY_ZERO, ONE)), {}, "true"),
    ("1 / 0 == 1 or 1 < 2", o("or", o("eq", ONE_BY_ZERO, ONE), LESS), {}, DIVIDED),
    ("1 > 2 or 1 / 0 == 1", o("or", MORE, o("eq", ONE_BY_ZERO, ONE)), {}, DIVIDED),
    ("1 < 2 or 1 > 2 and 1 > 2", o("or", LESS, o("and", MORE, MORE)), {}, "true"),
    ("(1 < 2 or 1 > 2) and 1 > 2", o("and", o("or", LESS, MORE), MORE), {}, "false"),
    ("not 1 < 2 or x", o("or", o("not", LESS), X), {"x": "true"}, "true"),
    ("not (1 < 2 or x)", o("not", o("or", LESS, X)), {"x": "true"}, "false"),
    ("x and y", o("and", X, Y), {"x": "true", "y": "1"}, MIXED),
    ("x and y", o("and", X, Y), {"x": "false", "y": "1"}, "false"),
    ("x or y", o("or", X, Y), {"x": "1", "y": "true"}, MIXED),
    # case: only the branch taken counts
    ("case(1 < 2, 10, 20)", o("case", LESS, c("10"), c("20")), {}, "10/1"),
    ("case(1 > 2, 10, 20)", o("case", MORE, c("10"), c("20")), {}, "20/1"),
    ("case(1 < 2, 5, 1 / 0)", o("case", LESS, c("5"), ONE_BY_ZERO), {}, "5/1"),
    ("case(1 > 2, 5, 1 / 0)", o("case", MORE, c("5"), ONE_BY_ZERO), {}, DIVIDED),
    ("case(1 > 2, 1 / 0, 5)", o("case", MORE, ONE_BY_ZERO, c("5")), {}, "5/1"),
    ("case(1 / 0 > 1, 5, 6)", o("case", o("gt", ONE_BY_ZERO, ONE), c("5"), c("6")), {}, DIVIDED),
    ("case(1 < 2, 5, 1 / 0 > 1, 6, 7)", o("case", LESS, c("5"), o("gt", ONE_BY_ZERO, ONE), c("6"), c("7")), {}, "5/1"),
    ("case(y == 0, 0, x / y)", o("case", o("eq", Y, ZERO), ZERO, o("divide", X, Y)), {"x": "3", "y": "0"}, "0/1"),
    ("case(y == 0, 0, x / y)", o("case", o("eq", Y, ZERO), ZERO, o("divide", X, Y)), {"x": "3", "y": "-4"}, "-3/4"),
    ("case(x, 1, 2)", o("case", X, ONE, TWO), {"x": "0"}, MIXED),
    ("case(1 < 2, x, y)", o("case", LESS, X, Y), {"x": "true", "y": "1"}, "true"),
    # the limit of the class: exactly 1,000,000 tce takes the stricter value; below 200,000 there is none
    ("case(x < 200000, z, x <= 1000000, 0.2, 0.3)",
     o("case", o("lt", X, c("200000")), Z, o("le", X, c("1000000")), c("0.2"), c("0.3")), {"x": "1000000"}, "1/5"),
    ("case(x < 200000, z, x <= 1000000, 0.2, 0.3)",
     o("case", o("lt", X, c("200000")), Z, o("le", X, c("1000000")), c("0.2"), c("0.3")), {"x": "1000001/1"}, "3/10"),
    ("case(x < 200000, z, x <= 1000000, 0.2, 0.3)",
     o("case", o("lt", X, c("200000")), Z, o("le", X, c("1000000")), c("0.2"), c("0.3")), {"x": "1"}, ABSENT),
    # numbers and conditions do not mix
    ("x + 1", o("add", X, ONE), {"x": "false"}, MIXED),
    ("1 == x", o("eq", ONE, X), {"x": "true"}, MIXED),
    ("not x", o("not", X), {"x": "0"}, MIXED),
    ("min(x)", o("min", X), {"x": "true"}, MIXED),
]

LINES: list[tuple[str, Tree, dict[str, Any], Any]] = [
    ("quantity * factor", o("multiply", n("quantity"), n("factor")),
     {"quantity": "1000.5", "factor": "1.900285714286"}, "1901235857143143/1000000000000"),  # 1901.235857143143
    ("quantity * factor", o("multiply", n("quantity"), n("factor")),
     {"quantity": "0.000001", "factor": "0.000000000001"}, "1/1000000000000000000"),
    ("quantity * factor", o("multiply", n("quantity"), n("factor")), {"quantity": {"undefined": "missing_value"}, "factor": "0"}, EMPTY),
    ("quantity * factor * 2", o("multiply", n("quantity"), n("factor"), TWO), {"quantity": "1.5", "factor": "0.25"}, "3/4"),
    ("-quantity", o("negate", n("quantity")), {"quantity": "0"}, "0/1"),
    ("(1 - share) * quantity", o("multiply", o("subtract", ONE, n("share")), n("quantity")),
     {"share": "0.000000000001", "quantity": "1"}, "999999999999/1000000000000"),
    ("min(quantity, sold)", o("min", n("quantity"), n("sold")), {"quantity": "1", "sold": {"undefined": "missing_value"}}, EMPTY),
    ("max(quantity, sold)", o("max", n("quantity"), n("sold")), {"quantity": {"undefined": "missing_value"}, "sold": "1"}, EMPTY),
    ("case(inside, 0, quantity)", o("case", n("inside"), ZERO, n("quantity")), {"inside": {"undefined": "missing_value"}, "quantity": "1"}, EMPTY),
    ("case(inside, 0, quantity)", o("case", n("inside"), ZERO, n("quantity")), {"inside": "true", "quantity": {"undefined": "missing_value"}}, "0/1"),
    ("case(inside, 0, quantity)", o("case", n("inside"), ZERO, n("quantity")), {"inside": "false", "quantity": {"undefined": "missing_value"}}, EMPTY),
    ("inside and metered", o("and", n("inside"), n("metered")), {"inside": "false", "metered": {"undefined": "missing_value"}}, "false"),
    ("inside and metered", o("and", n("inside"), n("metered")), {"inside": {"undefined": "missing_value"}, "metered": "false"}, EMPTY),
    ("inside or metered", o("or", n("inside"), n("metered")), {"inside": {"undefined": "missing_value"}, "metered": "true"}, EMPTY),
    ("inside or metered", o("or", n("inside"), n("metered")), {"inside": "true", "metered": {"undefined": "missing_value"}}, "true"),
    ("not inside", o("not", n("inside")), {"inside": "false"}, "true"),
    ("quantity == sold", o("eq", n("quantity"), n("sold")), {"quantity": {"undefined": "missing_value"}, "sold": {"undefined": "missing_value"}}, EMPTY),
    ("stock_open - stock_close + quantity", o("add", o("subtract", n("stock_open"), n("stock_close")), n("quantity")),
     {"stock_open": "0.1", "stock_close": "0.3", "quantity": "0.2"}, "0/1"),
    ("months * 1000000", o("multiply", n("months"), c("1000000")), {"months": "-12"}, "-12000000/1"),
]

SUMS: list[tuple[str, Tree, list[dict[str, str | None]], Any]] = [
    ("sum(tco2)", s("tco2"), ROWS, "8/1"),  # 10.5 + 0.25 + 0 - 3.75 + 1
    ("sum(tco2)", s("tco2"), [], "0/1"),
    ('sum(tco2, term="heat")', s("tco2", {"term": ["heat"]}), ROWS, "0/1"),
    ('sum(tco2, term="fuel")', s("tco2", {"term": ["fuel"]}), ROWS, "43/4"),
    ('sum(tco2, flow=["loss", "final_use"], term="fuel", not_carrier="biomass")',
     s("tco2", {"term": ["fuel"], "flow": ["final_use", "loss"]}, {"carrier": ["biomass"]}), ROWS, "43/4"),
    ('sum(tco2, flow=["loss", "loss"])', s("tco2", {"flow": ["loss"]}), ROWS, "1/4"),
    ("sum(tco2, activity_type='终端消费')", s("tco2", {"activity_type": ["终端消费"]}), ROWS, "43/4"),
    ('sum(tco2, flow="")', s("tco2", {"flow": [""]}), ROWS, "1/1"),  # an empty cell is the word ''
    ('sum(tco2, not_flow="")', s("tco2", None, {"flow": [""]}), ROWS, "7/1"),
    ('sum(tco2, not_flow=["loss", "purchased"])', s("tco2", None, {"flow": ["loss", "purchased"]}), ROWS, "23/2"),
    ('sum(tco2, term="fuel", not_term="fuel")', s("tco2", {"term": ["fuel"]}, {"term": ["fuel"]}), ROWS, "0/1"),
    ("sum(tce)", s("tce"), ROWS, NULL_SUM),
    ('sum(tce, flow="purchased")', s("tce", {"flow": ["purchased"]}), ROWS, NULL_SUM),
    ('sum(tce, not_flow="purchased")', s("tce", None, {"flow": ["purchased"]}), ROWS, "8/1"),  # 4 + 0.1 + 2 + 1.9
    ('sum(tco2, term="el") / sum(tce, term="fuel")',
     o("divide", s("tco2", {"term": ["el"]}), s("tce", {"term": ["fuel"]})), ROWS, "-55/122"),  # -2.75 / 6.1
    ('sum(tco2) / sum(tco2, term="heat")', o("divide", s("tco2"), s("tco2", {"term": ["heat"]})), ROWS, DIVIDED),
    ("case(sum(tco2) > 0, 1, sum(tce))", o("case", o("gt", s("tco2"), ZERO), ONE, s("tce")), ROWS, "1/1"),
    ("sum(tco2) - sum(tce)", o("subtract", s("tco2"), s("tce")), ROWS, NULL_SUM),
]
# fmt: on
