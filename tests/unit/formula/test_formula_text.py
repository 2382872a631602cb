"""Text and tree are one: round trips over random trees, spacing, and trees that come from outside."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.canonical import canonical_bytes
from verify.formula import FormulaError, names, parse, read_tree, sums, text_of

NAMES = st.sampled_from(["x", "term.fuel.tco2", "parameter.a_b", "not_flow", "case.of", "android", "origin"])
WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\\\"'"), max_size=6)
CONSTANTS = st.from_regex(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{0,8}[1-9])?", fullmatch=True)


def normal(word: str) -> bool:
    import unicodedata

    return unicodedata.normalize("NFC", word) == word


def filters() -> st.SearchStrategy[dict[str, list[str]]]:
    values = st.sets(WORDS.filter(normal), min_size=1, max_size=3).map(sorted)
    return st.dictionaries(st.sampled_from(["flow", "term", "carrier"]), values, max_size=2)


LEAVES = st.one_of(
    CONSTANTS.map(lambda value: {"op": "constant", "value": value}),
    NAMES.map(lambda name: {"op": "name", "name": name}),
    st.builds(lambda only, out: {"op": "sum", "column": "tco2", "only": only, "except": out}, filters(), filters()),
)


def chained(op: str, args: list[Any]) -> dict[str, Any]:
    """A chain from the left is one node, as `parse` makes it."""
    if op in {"add", "multiply", "and", "or"} and args[0]["op"] == op:
        args = [*args[0]["args"], *args[1:]]
    return {"op": op, "args": args}


def numbers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pairs = st.lists(inner, min_size=2, max_size=2)
    truths = st.builds(chained, st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]), pairs)
    joined = st.builds(chained, st.sampled_from(["and", "or"]), st.lists(truths, min_size=2, max_size=3))
    joined |= truths | st.builds(chained, st.just("not"), st.tuples(truths).map(list))
    return st.one_of(
        st.builds(chained, st.sampled_from(["add", "multiply", "min", "max"]), st.lists(inner, min_size=2, max_size=3)),
        st.builds(chained, st.sampled_from(["subtract", "divide"]), pairs),
        st.builds(chained, st.sampled_from(["negate", "abs"]), st.tuples(inner).map(list)),
        st.builds(lambda truth, two: {"op": "case", "args": [truth, *two]}, joined, pairs),
    )


TREES = st.recursive(LEAVES, numbers, max_leaves=25)


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_the_text_of_a_tree_parses_to_it(tree: Any) -> None:
    text = text_of(tree)
    assert parse(text, "figure") == tree
    assert text_of(parse(text, "figure")) == text
    assert read_tree(json.loads(canonical_bytes(tree)), "figure") == tree


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_tree_or_a_refusal(text: str) -> None:
    loaded(text)


@given(st.text("xyz.019+-*/()<>=!,'\" \n[]_andornotmicase", max_size=40))
@settings(max_examples=500, deadline=None)
def test_any_text_of_these_signs_is_a_tree_or_a_refusal(text: str) -> None:
    loaded(text)


def loaded(text: str) -> None:
    """`text` loads and comes back, or is refused at a place inside it."""
    try:
        tree = parse(text, "figure")
    except FormulaError as error:
        place = error.column or 0
    else:
        place = 1
        assert parse(text_of(tree), "figure") == tree
    assert 1 <= place <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a+b*c", "a + b * c"),
        ("((a)) + (b * c)", "a + b * c"),
        ("(a + b) * c", "(a + b) * c"),
        ("a - (b - c)", "a - (b - c)"),
        ("a - (b + c)", "a - (b + c)"),
        ("(a - b) + c", "a - b + c"),
        ("a / (b * c)", "a / (b * c)"),
        ("(a / b) * c", "a / b * c"),
        ("-(-a)", "--a"),
        ("-(a * b)", "-(a * b)"),
        ("(-a) * b", "-a * b"),
        ("not (a < b)", "not a < b"),
        ("(not a) and b", "not a and b"),
        ("not (a and b)", "not (a and b)"),
        ("a or (b and c)", "a or b and c"),
        ("(a or b) and c", "(a or b) and c"),
        ("a and (b and c)", "a and (b and c)"),
        ("(a and b) and c", "a and b and c"),
        ("0.10 + 1.0", "0.1 + 1"),
        ("min( a ,b, )", "min(a, b)"),
        ("\n  case(a < b,\n    1,\n    2)\n", "case(a < b, 1, 2)"),
        ("sum(t, z='2', a=['y', 'x', 'y'], not_b='q')", 'sum(t, a=["x", "y"], z="2", not_b="q")'),
        ("sum(t, a='say \"no\"')", "sum(t, a='say \"no\"')"),
        ("sum(t, not_a='x', a='终端消费')", 'sum(t, a="终端消费", not_a="x")'),
    ],
)
def test_the_canonical_text(text: str, canonical: str) -> None:
    assert text_of(parse(text, "figure")) == canonical


def test_names_and_sums() -> None:
    tree = parse("sum(tco2, b='x') / sum(tce) + sum(tco2, b=['x', 'x']) * case(p.q > 0, r, p.q)", "figure")
    assert names(tree) == {"p.q", "r"}
    assert [text_of(node) for node in sums(tree)] == ["sum(tce)", 'sum(tco2, b="x")']


GOOD: dict[str, Any] = parse("case(a < 0.5, sum(t, b=['x', 'y']), -c + 2 + d)", "figure")


def broken() -> list[Any]:
    """Trees that are not canonical, each one change away from GOOD."""
    found: list[Any] = []

    def changed(change: Any) -> None:
        tree = deepcopy(GOOD)
        change(tree)
        found.append(tree)

    changed(lambda tree: tree.update(op="cases"))
    changed(lambda tree: tree.update(note="x"))
    changed(lambda tree: tree["args"].pop())
    changed(lambda tree: tree["args"][0].update(op="add"))
    changed(lambda tree: tree["args"][0]["args"].append({"op": "name", "name": "z"}))
    changed(lambda tree: tree["args"][0]["args"][1].update(value="0.50"))
    changed(lambda tree: tree["args"][0]["args"][1].update(value=0.5))
    changed(lambda tree: tree["args"][0]["args"][1].update(value="1e5"))
    changed(lambda tree: tree["args"][0]["args"][1].update(value="-1"))
    changed(lambda tree: tree["args"][0]["args"][0].update(name="a + b"))
    changed(lambda tree: tree["args"][0]["args"][0].update(name="__a"))
    changed(lambda tree: tree["args"][1].update(only={"b": ["y", "x"]}))
    changed(lambda tree: tree["args"][1].update(only={"b": []}))
    changed(lambda tree: tree["args"][1].update(only={"b": "x"}))
    changed(lambda tree: tree["args"][1].update(column="t, b='z'"))
    changed(lambda tree: tree["args"][1].pop("except"))
    changed(lambda tree: tree["args"][2].update(args=[]))
    changed(lambda tree: tree["args"][2]["args"].insert(0, {"op": "add", "args": [GOOD["args"][0]["args"][1]] * 2}))
    endless: dict[str, Any] = {"op": "negate", "args": []}
    endless["args"].append(endless)
    deep: dict[str, Any] = {"op": "name", "name": "x"}
    for _ in range(5000):
        deep = {"op": "negate", "args": [deep]}
    wide = {"op": "add", "args": [{"op": "name", "name": "x"}] * 100_000}
    return [
        *found,
        endless,
        deep,
        wide,
        None,
        [],
        "x",
        7,
        {},
        {"op": "name"},
        {"op": None},
        {"op": ["add"], "args": []},
    ]


@pytest.mark.parametrize("tree", broken(), ids=lambda tree: type(tree).__name__)
def test_a_tree_that_is_not_canonical_is_refused(tree: Any) -> None:
    assert read_tree(GOOD, "figure") == GOOD
    with pytest.raises(FormulaError):
        read_tree(tree, "figure")


def test_a_figure_tree_does_not_load_as_a_line_formula() -> None:
    with pytest.raises(FormulaError):
        read_tree(GOOD, "line")
