"""The page's evaluator meets the frozen vectors, as Python's does: the third evaluator, bound to the same ones."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.reader import node
from tests.unit.formula.vectors import FOLDER
from verify.formula import parse, text_of

pytestmark = pytest.mark.skipif(node.find() is None, reason="no Node here")


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / "formula.jsonl").read_text(encoding="utf-8").splitlines()]


def asked(cases: list[dict[str, Any]], script: str | None = None) -> list[dict[str, Any]]:
    return node.ask(({"job": "formula", "tree": one["tree"], "inputs": one["inputs"]} for one in cases), script)


def test_every_frozen_vector_has_the_value_and_the_text_that_python_gives() -> None:
    cases = lines()
    assert len(cases) >= 5000
    found = asked(cases)
    assert [one["id"] for one, got in zip(cases, found, strict=True) if got["value"] != one["expected"]] == []
    assert [one["id"] for one, got in zip(cases, found, strict=True) if got["text"] != text_of(one["tree"])] == []
    assert [one["id"] for one, got in zip(cases, found, strict=True) if not got["canonical"]] == []


@pytest.mark.parametrize(
    ("mine", "broken"),
    [
        ("if (truth === decides) return decides;", "if (truth !== decides) return decides;"),
        ('return undefinedAs("division_by_zero"', 'return node ? ZERO : undefinedAs("division_by_zero"'),
        ("if (value === null) empty = true;", "if (value === null) continue;"),
        ("(a, b) => (compare(b, a) < 0 ? b : a)", "(a, b) => (compare(b, a) > 0 ? b : a)"),
    ],
)
def test_the_vectors_reject_a_broken_evaluator(mine: str, broken: str) -> None:
    script = node.core()
    assert script.count(mine) == 1
    cases = lines()[::4]
    found = asked(cases, script.replace(mine, broken))
    assert sum(got["value"] != one["expected"] for one, got in zip(cases, found, strict=True)) >= 5


CANONICAL = ["1", "a.b + 2", "case(a > 1, 2, b)", 'sum(tco2, term=["a", "b"], not_flow=\'x"\')', "not (a and b) or c"]
NONE: list[Any] = [
    None,
    [],
    {"op": "constant", "value": "1.0"},
    {"op": "constant", "value": "01"},
    {"op": "constant", "value": 1},
    {"op": "name", "name": "sum"},
    {"op": "name", "name": "a b"},
    {"op": "constructor", "args": []},
    {"op": "add", "args": [{"op": "constant", "value": "1"}]},
    {"op": "add", "args": [parse("1 + 2", "figure"), parse("3", "figure")]},
    {"op": "add", "args": [parse("a > 1", "figure"), parse("3", "figure")]},
    {"op": "case", "args": [parse(one, "figure") for one in ("a > 1", "2", "b > 1")]},
    {"op": "sum", "column": "tco2", "only": {"term": ["b", "a"]}, "except": {}},
    {"op": "sum", "column": "tco2", "only": {"term": []}, "except": {}},
    {"op": "name", "name": "a", "more": "x"},
]


def test_a_tree_that_python_refuses_is_refused() -> None:
    from verify.formula import FormulaError, read_tree

    good = [parse(text, "figure") for text in CANONICAL]
    for tree in NONE:
        with pytest.raises(FormulaError):
            read_tree(tree, "figure")
    trees = [*good, *NONE]
    jobs = [{"job": "tree", "tree": tree} for tree in trees]
    assert node.ask(jobs) == [True] * len(good) + [False] * len(NONE)
