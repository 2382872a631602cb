"""The table compiler on DuckDB: equal to the vectors on every line formula and on every filtered sum, to the last digit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ibis
import pyarrow as pa
import pytest

from tests.unit.formula.vectors import Case, cases, written
from verify.canonical import quantise
from verify.engine import Engine
from verify.formula import Undefined, Value, compile_line, compile_sums, given_sums, read_sums, sum_rows, sums, text_of
from verify.formula import evaluate as evaluate_exact

QUANTITY, FACTOR, AMOUNT = pa.decimal128(18, 6), pa.decimal128(19, 12), pa.decimal128(38, 18)
LINE_COLUMNS = {
    "quantity": QUANTITY, "sold": QUANTITY, "stock_open": QUANTITY, "stock_close": QUANTITY,
    "factor": FACTOR, "share": FACTOR, "ncv": FACTOR, "months": pa.int64(), "inside": pa.bool_(), "metered": pa.bool_(),
}  # fmt: skip
ROW_COLUMNS = {"term": pa.string(), "flow": pa.string(), "carrier": pa.string(), "activity_type": pa.string()}
ROW_AMOUNTS = {"tco2": AMOUNT, "tce": AMOUNT, "quantity": QUANTITY}
BATCH = 60  # formulas per query


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(threads=2)


def batches(trees: dict[str, Any]) -> Iterator[list[tuple[str, Any]]]:
    entries = sorted(trees.items())
    for start in range(0, len(entries), BATCH):
        yield entries[start : start + BATCH]


def cell(case: Case, name: str) -> Any:
    """The value of a name as a table holds it; undefined is NULL."""
    value = case.names.get(name)
    if isinstance(value, Fraction):
        return int(value) if name == "months" else quantise(value, 12)
    return value if isinstance(value, bool) else None


def line_answers(engine: Engine, lines: list[Case]) -> dict[str, Any]:
    """Id of each line case to what the compiled formula gives in its row."""
    trees = {case.text: case.tree for case in lines}
    columns = {"id": pa.array([case.id for case in lines]), "formula": pa.array([case.text for case in lines])}
    for name, kind in LINE_COLUMNS.items():
        cells = [cell(case, name) for case in lines]
        columns[name] = pa.array([places(value, kind) for value in cells], kind)
    table = engine.table("lines", pa.table(columns))
    answers: dict[str, Any] = {}
    for batch in batches(trees):
        chosen = table.filter(table.formula.isin([text for text, _ in batch]))
        # Each formula only in its own rows: the others were not made for its inputs.
        values = {
            f"v{number}": ibis.cases((chosen.formula == text, compile_line(tree, chosen)), else_=None)
            for number, (text, tree) in enumerate(batch)
        }
        number_of = {text: number for number, (text, _) in enumerate(batch)}
        for row in engine.rows(chosen.select(chosen.id, chosen.formula, **values)):
            answers[row["id"]] = row[f"v{number_of[row['formula']]}"]
    return answers


def places(value: Any, kind: Any) -> Any:
    return quantise(Fraction(value), kind.scale) if isinstance(value, Decimal) else value


def as_written(answer: Any) -> Any:
    if isinstance(answer, Decimal):
        return written(Fraction(answer))
    return "null" if answer is None else str(answer).lower()


def test_line_formulas_agree_with_every_vector(engine: Engine) -> None:
    lines = [case for case in cases() if case.stratum == "line"]
    answers = line_answers(engine, lines)
    assert len(answers) == len(lines) > 2000
    wrong = {
        case.id: (case.text, as_written(answers[case.id]), case.expected)
        for case in lines
        if as_written(answers[case.id]) != ("null" if isinstance(case.expected, dict) else case.expected)
    }
    assert wrong == {}


def test_filtered_sums_agree_with_every_vector(engine: Engine) -> None:
    """Every sum of every case, grouped by case; then the whole figure from those sums."""
    summed = [case for case in cases() if sums(case.tree)]
    rows = [
        {"case": case.id, **dict.fromkeys([*ROW_COLUMNS, *ROW_AMOUNTS]), **row} for case in summed for row in case.rows
    ]
    schema = pa.schema([("case", pa.string()), *ROW_COLUMNS.items(), *ROW_AMOUNTS.items()])
    arrays = [pa.array([places(row[field.name], field.type) for row in rows], field.type) for field in schema]
    table = engine.table("rows", pa.Table.from_arrays(arrays, schema=schema))
    nodes = {text_of(node): node for case in summed for node in sums(case.tree)}
    found: dict[tuple[str, str], tuple[Value, int]] = {}
    for batch in batches(nodes):
        trees = [node for _, node in batch]
        by_case = {row["case"]: row for row in engine.rows(compile_sums(trees, table, by=["case"]))}
        for case in summed:
            row = by_case.get(case.id)
            for place, value in enumerate(read_sums(trees, row)):
                found[case.id, batch[place][0]] = value, row[f"n{place}"] if row else 0
    for case in summed:
        trees = sums(case.tree)
        values, counts = zip(*[found[case.id, text_of(node)] for node in trees], strict=True)
        assert list(values) == [sum_rows(node, case.rows) for node in trees], case.id
        assert list(counts) == [counted(node, case.rows) for node in trees], case.id
        assert written(evaluate_exact(case.tree, case.names, given_sums(trees, values))) == case.expected, case.id
    assert len(summed) > 1300


def counted(node: Any, rows: list[dict[str, Any]]) -> int:
    """The rows that a sum takes in."""
    ones = [{**row, "one": 1} for row in rows]
    value = sum_rows({**node, "column": "one"}, ones)
    assert not isinstance(value, Undefined | bool)
    return int(value)


def test_sums_over_an_empty_table_are_zero(engine: Engine) -> None:
    schema = pa.schema([("flow", pa.string()), ("tco2", AMOUNT)])
    table = engine.table("empty", schema.empty_table())
    node = {"op": "sum", "column": "tco2", "only": {"flow": ["loss"]}, "except": {}}
    (row,) = engine.rows(compile_sums([node], table))
    assert row == {"s0": Decimal(0), "n0": 0}
    assert read_sums([node], row) == read_sums([node], None) == [sum_rows(node, [])] == [Fraction(0)]


def test_the_table_vectors_reject_bare_sql(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin: `and`, `min` and `case` as SQL means them, where NULL is passed over."""
    from verify.formula import tables

    bare = {
        "and": lambda parts: tables.Part(parts[0].expression & parts[1].expression),
        "min": lambda parts: parts[0]._replace(
            expression=ibis.least(*[p.expression.cast("decimal(38, 18)") for p in parts])
        ),
    }
    lines = [case for case in cases() if case.id.startswith("hand-line")]
    for op, build in bare.items():
        with monkeypatch.context() as patch:
            patch.setitem(tables._BUILD, op, build)
            answers = line_answers(engine, lines)
        assert [case.id for case in lines if isinstance(case.expected, dict) and answers[case.id] is not None], op
