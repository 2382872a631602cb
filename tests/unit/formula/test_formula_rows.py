"""The evaluator's edges to its callers: rows, names and sums that are not there, values of another type, explanations."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from verify.formula import FormulaError, Undefined, evaluate, explain, given_sums, of_row, parse, sum_rows, value_text


def line(text: str, **row: Any) -> Any:
    return evaluate(parse(text, "line"), of_row(row))


def test_a_row_gives_the_names() -> None:
    assert line("quantity * factor", quantity=Decimal("1.5"), factor=Decimal("0.000000000001")) == Fraction(
        3, 2 * 10**12
    )
    assert line("case(inside, 0, months)", inside=False, months=12) == 12
    assert line("quantity + 1", quantity=None) == Undefined("missing_value", {"name": "quantity"})
    assert line("quantity + 1") == Undefined("missing_name", {"name": "quantity"})
    assert line("flow + 1", flow="loss") == Undefined("type", {"expected": "number", "text": "flow"})


def test_a_float_is_no_cell() -> None:
    with pytest.raises(FormulaError) as caught:
        line("quantity + 1", quantity=0.1)
    assert caught.value.key == "formula.column_type"


def test_a_caller_may_not_hand_in_other_numbers() -> None:
    for value in (1, 0.5, Decimal(1), "1"):
        with pytest.raises(TypeError):
            evaluate(parse("x", "figure"), lambda _, value=value: value)


def test_a_sum_that_nobody_worked_out_is_undefined() -> None:
    tree = parse("1 + sum(tco2, term='fuel')", "figure")
    missing = Undefined("missing_sum", {"text": 'sum(tco2, term="fuel")'})
    assert evaluate(tree, {}) == missing
    assert evaluate(tree, {}, given_sums([], [])) == missing
    assert evaluate(tree, {}, given_sums([tree["args"][1]], [Fraction(2)])) == 3


@pytest.mark.parametrize(
    ("text", "row", "key"),
    [
        ("sum(tco2)", {"flow": "loss"}, "formula.no_column"),
        ("sum(tco2)", {"tco3": Decimal(1)}, "formula.no_column_meant"),
        ("sum(tco2, flow='loss')", {"tco2": Decimal(1)}, "formula.no_column"),
        ("sum(tco2)", {"tco2": 0.5}, "formula.column_type"),
        ("sum(tco2)", {"tco2": True}, "formula.column_type"),
        ("sum(tco2)", {"tco2": "1"}, "formula.column_type"),
        ("sum(tco2, year='2025')", {"tco2": Decimal(1), "year": 2025}, "formula.column_type"),
    ],
)
def test_a_row_that_does_not_fit_is_an_error(text: str, row: dict[str, Any], key: str) -> None:
    with pytest.raises(FormulaError) as caught:
        sum_rows(parse(text, "figure"), [row])
    assert caught.value.key == key


def test_an_undefined_value_has_no_truth() -> None:
    with pytest.raises(TypeError):
        bool(Undefined("division_by_zero"))


def test_the_explanation_of_the_core_indicator() -> None:
    """PX-like numbers: 280,000 t over 1,000,000 tce; at exactly 1,000,000 the stricter limit decides."""
    tree = parse("case(energy.tce <= 1000000, total.tco2 / energy.tce <= 0.2, 1 / 0 > 0)", "figure")
    steps = explain(tree, {"energy.tce": Fraction(1000000), "total.tco2": Fraction(280000)})
    name = {"op": "name", "text": "energy.tce", "value": "1000000", "parts": []}
    assert steps == {
        "op": "case",
        "text": "case(energy.tce <= 1000000, total.tco2 / energy.tce <= 0.2, 1 / 0 > 0)",
        "value": "false",
        "parts": [
            {
                "op": "le",
                "text": "energy.tce <= 1000000",
                "value": "true",
                "parts": [name, {"op": "constant", "text": "1000000", "value": "1000000", "parts": []}],
            },
            {
                "op": "le",
                "text": "total.tco2 / energy.tce <= 0.2",
                "value": "false",
                "parts": [
                    {
                        "op": "divide",
                        "text": "total.tco2 / energy.tce",
                        "value": "0.28",
                        "parts": [{"op": "name", "text": "total.tco2", "value": "280000", "parts": []}, name],
                    },
                    {"op": "constant", "text": "0.2", "value": "0.2", "parts": []},
                ],
            },
        ],
    }


def test_values_as_text() -> None:
    assert [value_text(value) for value in (Fraction(1, 3), Fraction(-7, 4), Fraction(5), True, False)] == [
        "1/3", "-1.75", "5", "true", "false",
    ]  # fmt: skip
    assert value_text(Undefined("missing_name", {"name": "x"})) == {
        "undefined": "missing_name",
        "arguments": {"name": "x"},
    }
