"""What a compiled formula may never do: round, wrap, turn to a double, or take a column it does not understand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pytest

from verify.engine import Engine
from verify.formula import FormulaError, compile_line, compile_sum, compile_sums, parse

KINDS = {
    "quantity": "decimal(18, 6)", "sold": "decimal(18, 6)", "factor": "decimal(19, 12)", "share": "decimal(19, 12)",
    "tco2": "decimal(38, 18)", "months": "int64", "inside": "boolean", "flow": "string", "ratio": "float64",
    "fine": "decimal(38, 30)", "day": "date",
}  # fmt: skip
TABLE = ibis.table(KINDS, name="ledger")


def compiled(text: str) -> Any:
    return compile_line(parse(text, "line"), TABLE)


def computed(text: str, **cells: Any) -> Any:
    """A line formula over one row of decimals, on DuckDB."""
    arrow = {"decimal(18, 6)": pa.decimal128(18, 6), "decimal(19, 12)": pa.decimal128(19, 12), "int64": pa.int64()}
    arrow |= {"decimal(38, 18)": pa.decimal128(38, 18), "boolean": pa.bool_()}
    columns = {
        name: pa.array([Decimal(cell) if isinstance(cell, str) else cell], arrow[KINDS[name]])
        for name, cell in cells.items()
    }
    engine = Engine(threads=1)
    table = engine.table("row", pa.table(columns))
    (row,) = engine.rows(table.select(value=compile_line(parse(text, "line"), table)))
    return row["value"]


@pytest.mark.parametrize(
    ("text", "cells", "value"),
    [
        # the widest quantity and factor that a table holds: (10^12 - 10^-6)(10^7 - 10^-12) = 10^19 - 1 - 10 + 10^-18
        ("quantity * factor", {"quantity": "999999999999.999999", "factor": "9999999.999999999999"},
         "9999999999999999989.000000000000000001"),
        ("factor * quantity", {"quantity": "-999999999999.999999", "factor": "9999999.999999999999"},
         "-9999999999999999989.000000000000000001"),
        ("(1 - share) * quantity", {"share": "0.000000000001", "quantity": "0.000001"}, "0.000000999999999999"),
        ("quantity * (2 * factor)", {"quantity": "0.000003", "factor": "0.000000000007"}, "0.000000000000000042"),
        ("quantity * factor * 2", {"quantity": "0.000003", "factor": "0.000000000007"}, "0.000000000000000042"),
        ("tco2 + quantity * factor", {"tco2": "0.000000000000000001", "quantity": "1000000", "factor": "0.5"},
         "500000.000000000000000001"),
        ("-tco2 * 3", {"tco2": "0.333333333333333333"}, "-0.999999999999999999"),
        ("months * months", {"months": 4000000}, "16000000000000"),
        ("quantity * sold", {"quantity": "0.000001", "sold": "0.000001"}, "0.000000000001"),
    ],
)  # fmt: skip
def test_products_and_sums_keep_their_last_digit(text: str, cells: dict[str, Any], value: str) -> None:
    assert computed(text, **cells) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("tco2 + tco2", {"tco2": "12345678901234567890"}),
        ("months * months", {"months": 10_000_000_000_000}),
        ("quantity * 1000000000", {"quantity": "999999999999"}),
    ],
)
def test_what_does_not_fit_stops_the_engine(text: str, cells: dict[str, Any]) -> None:
    with pytest.raises(duckdb.Error):
        computed(text, **cells)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [("factor * share", 12, 12), ("quantity * factor * share", 18, 12), ("tco2 * 0.5", 18, 1)],
)
def test_a_product_of_too_many_decimals_is_refused(text: str, left: int, right: int) -> None:
    with pytest.raises(FormulaError) as caught:
        compiled(text)
    assert (caught.value.key, caught.value.arguments) == (
        "formula.decimals",
        {"left": left, "right": right, "limit": 18},
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ratio * quantity", "formula.column_type"),
        ("fine + 1", "formula.column_type"),
        ("day + 1", "formula.column_type"),
        ("flow + 1", "formula.column_type"),
        ("quantty + 1", "formula.no_column_meant"),
        ("unheard_of_thing", "formula.no_column"),
        ("inside + 1", "formula.table_must_be_number"),
        ("not quantity", "formula.table_must_be_boolean"),
        ("case(inside, 1, inside)", "formula.table_must_be_boolean"),
        ("case(months, 1, 2)", "formula.table_must_be_boolean"),
    ],
)
def test_a_column_that_does_not_fit_is_refused(text: str, key: str) -> None:
    with pytest.raises(FormulaError) as caught:
        compiled(text)
    assert (caught.value.key, caught.value.column) == (key, None)


@pytest.mark.parametrize("text", ["sum(ratio)", "sum(flow)", "sum(inside)", "sum(tco2, months='1')", "sum(tco3)"])
def test_a_sum_over_a_column_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        compile_sum(parse(text, "figure"), TABLE)


def test_a_figure_tree_is_no_line_formula() -> None:
    for text in ("quantity / 2", "abs(quantity)", "sum(tco2)"):
        with pytest.raises(FormulaError) as caught:
            compile_line(parse(text, "figure"), TABLE)
        assert caught.value.key == "formula.tree_not_in_line"


def test_min_in_max_in_min_is_refused_before_its_sql_explodes() -> None:
    text = "quantity"
    for number in range(30):
        text = f"{'min' if number % 2 else 'max'}({text}, sold)"
    with pytest.raises(FormulaError) as caught:
        compiled(text)
    assert caught.value.key == "formula.table_size"


def test_conditions_nested_to_the_limit_stay_short() -> None:
    text = "inside"
    for _ in range(18):
        text = f"(not ({text}) or case(inside, quantity, sold) > 1)"
    assert len(ibis.to_sql(TABLE.select(value=compiled(text)))) < 60_000


@pytest.mark.parametrize(
    "text",
    [
        "quantity * factor",
        "factor * quantity",
        "(1 - share) * quantity",
        "quantity * factor * 2",
        "months * sold",
        "months * months * months",
        "tco2 - tco2 + sold + 0.000000000001",
        "tco2 * 1234567890123456789",
        "0.999999999999 * 123456 * months",
    ],
)
def test_operands_are_narrow_enough_for_spark(text: str) -> None:
    """Spark types a product as p1 + p2 + 1, a sum as one digit more, and drops decimals where that is above 38.

    DecimalPrecision in Spark's documentation of decimal arithmetic; DuckDB keeps the scale or raises.
    """
    tree = compiled(text).op()
    found = tree.find((ops.Multiply, ops.Add, ops.Subtract))
    assert found
    for node in found:
        one, two = node.left.dtype, node.right.dtype
        scale = one.scale + two.scale if isinstance(node, ops.Multiply) else max(one.scale, two.scale)
        whole = max(one.precision - one.scale, two.precision - two.scale)
        width = one.precision + two.precision if isinstance(node, ops.Multiply) else scale + whole
        assert width + 1 <= 38
        assert scale <= 18
    assert not tree.find((ops.Divide, ops.Mean))
    casts = {cast.arg for cast in tree.find(ops.Cast)}
    assert set(found) <= casts  # ibis mistypes a bare decimal product


def test_the_types_of_what_comes_back() -> None:
    assert str(compiled("quantity").type()) == str(compiled("7").type()) == "decimal(38, 18)"
    assert compiled("inside and 1 < 2").type().is_boolean()
    nodes = [parse("sum(tco2)", "figure"), parse("sum(quantity, flow='loss')", "figure")]
    assert compile_sums(nodes, TABLE).columns == ("s0", "n0", "s1", "n1")
    assert compile_sums(nodes, TABLE, by=["flow"]).columns == ("flow", "s0", "n0", "s1", "n1")
