"""The frozen vectors: made by an independent oracle, unchanged, and met by the exact evaluator on every case."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from tests.unit.formula.vectors import FOLDER, Case, cases, written
from verify.formula import OPERATIONS, REASONS, Undefined, Value, evaluate, explain, parse, sum_rows, text_of
from verify.formula import evaluator as machine
from verify.formula import names as names_of
from verify.formula import sums as sums_of
from verify.formula.tree import walk


def wrong() -> list[str]:
    """The cases that the exact evaluator gets wrong."""
    return [
        case.id
        for case in cases()
        if written(evaluate(case.tree, case.names, lambda node, rows=case.rows: sum_rows(node, rows))) != case.expected
    ]


def test_generating_again_gives_the_same_bytes() -> None:
    made = subprocess.run([sys.executable, str(FOLDER / "make_formula.py"), "-"], capture_output=True, check=True)
    assert made.stdout == (FOLDER / "formula.jsonl").read_bytes()


def test_the_generator_imports_nothing_of_truezero() -> None:
    for file in FOLDER.glob("*formula*.py"):
        assert not re.search(r"^\s*(?:from|import) verify", file.read_text(encoding="utf-8"), re.MULTILINE), file.name


def test_there_are_enough_cases_and_each_is_one() -> None:
    families = Counter(case.id.split("-")[0] for case in cases())
    assert len(cases()) >= 5000
    assert families["hand"] >= 60
    assert min(families[family] for family in ("line", "figure", "sum", "mixed")) >= 500
    assert len({case.id for case in cases()}) == len(cases())
    assert (FOLDER / "formula.jsonl").stat().st_size < 4_000_000


def test_every_operation_and_every_reason_is_met() -> None:
    seen = Counter(node["op"] for case in cases() for node in walk(case.tree))
    assert set(seen) == {*OPERATIONS, "constant", "name", "sum"}
    assert min(seen.values()) >= 150
    reasons = Counter(case.expected["undefined"] for case in cases() if isinstance(case.expected, dict))
    assert set(reasons) == REASONS - {"missing_sum"}  # what no caller worked out: tested in test_formula_rows.py
    assert min(reasons.values()) >= 100


def test_the_exact_evaluator_agrees_on_every_case() -> None:
    assert wrong() == []


def test_text_and_tree_are_one() -> None:
    for case in cases():
        tree = parse(case.text, case.stratum)
        assert tree == case.tree, case.id
        assert parse(text_of(tree), case.stratum) == tree, case.id


def test_every_undefined_value_can_be_said() -> None:
    from verify.words import say

    said = set()
    for case in cases():
        value = evaluate(case.tree, case.names, lambda node, rows=case.rows: sum_rows(node, rows))
        if isinstance(value, Undefined) and value.arguments:  # the inputs of a vector carry the reason only
            for language in ("zh", "en"):
                assert "{" not in say(f"formula.undefined_{value.reason}", language, **value.arguments)
            said.add(value.reason)
    assert said == {"division_by_zero", "null_in_sum", "missing_name", "type"}


def test_the_explanation_ends_in_the_value_and_skips_what_was_not_looked_at() -> None:
    for case in cases()[::7]:
        looked: list[str] = []

        def name_of(name: str, case: Case = case, looked: list[str] = looked) -> Value:
            looked.append(name)
            return case.names.get(name, Undefined("missing_name"))  # type: ignore[no-any-return]

        def sum_of(node: Any, case: Case = case) -> Value:
            return sum_rows(node, case.rows)

        evaluate(case.tree, name_of, sum_of)
        steps = explain(case.tree, case.names, sum_of)
        last = steps["value"]
        assert ({"undefined": last["undefined"]} if isinstance(last, dict) else exact(last)) == case.expected, case.id
        assert [text for text, op in leaves(steps) if op == "name"] == looked, case.id


def exact(text: str) -> str:
    return text if text in {"true", "false"} else written(Fraction(text))


def leaves(step: dict[str, Any]) -> list[tuple[str, str]]:
    if not step["parts"]:
        return [(step["text"], step["op"])]
    return [leaf for part in step["parts"] for leaf in leaves(part)]


def test_pythons_own_arithmetic_agrees() -> None:
    """A second judge: the same text, read by Python's own grammar, over Fractions and plain truth values."""
    functions = {"case_": taken, "min_": lambda *given: min(given), "max_": lambda *given: max(given), "abs_": abs}
    judged = 0
    for case in cases():
        if isinstance(case.expected, dict) or sums_of(case.tree) or not all_there(case):
            continue
        names = {python_word(name): value for name, value in case.names.items()}
        source = re.sub(r"[a-z][\w.]*|\d[\d.]*", lambda found: python_word(found.group()), case.text)
        try:
            value = eval(source, {"Fraction": Fraction, **functions, **names})
        except ZeroDivisionError:
            continue  # Python works out the branches that a case does not take
        judged += 1
        expected = case.expected == "true" if case.expected in {"true", "false"} else Fraction(case.expected)
        assert value == expected, case.id
    assert judged > 3000


def taken(*parts: Any) -> Any:
    """What `case` gives."""
    return next((value for met, value in zip(parts[:-1:2], parts[1::2], strict=True) if met), parts[-1])


def python_word(word: str) -> str:
    if word[0].isdigit():
        return f"Fraction('{word}')"
    return word if word in {"and", "or", "not"} else word.replace(".", "_") + "_"


def all_there(case: Case) -> bool:
    """Has every name of the formula a value?"""
    values = [case.names.get(name) for name in names_of(case.tree)]
    return all(isinstance(value, Fraction | bool) for value in values)


# Broken twins: an evaluator with one plausible mistake. The vectors must reject each of them.
def zero_for_division_by_zero(value: Callable[..., Value]) -> Callable[..., Value]:
    def broken(node: Any, names: Any, sums: Any) -> Value:
        found = value(node, names, sums)
        lost = node["op"] == "divide" and isinstance(found, Undefined) and found.reason == "division_by_zero"
        return Fraction(0) if lost else found

    return broken


def symmetric_and(value: Callable[..., Value]) -> Callable[..., Value]:
    def broken(node: Any, names: Any, sums: Any) -> Value:
        if node["op"] == "and" and False in [value(part, names, sums) for part in node["args"]]:
            return False
        return value(node, names, sums)

    return broken


def undefined_condition_is_false(value: Callable[..., Value]) -> Callable[..., Value]:
    def broken(node: Any, names: Any, sums: Any) -> Value:
        if node["op"] == "case" and isinstance(value(node["args"][0], names, sums), Undefined):
            rest = node["args"][2:]
            return broken({"op": "case", "args": rest}, names, sums) if len(rest) > 1 else value(rest[0], names, sums)
        return value(node, names, sums)

    return broken


def least_of_what_is_there(value: Callable[..., Value]) -> Callable[..., Value]:
    def broken(node: Any, names: Any, sums: Any) -> Value:
        if node["op"] in {"min", "max"}:
            found = [value(part, names, sums) for part in node["args"]]
            numbers = [number for number in found if isinstance(number, Fraction)]
            if numbers:
                return min(numbers) if node["op"] == "min" else max(numbers)
        return value(node, names, sums)

    return broken


def floats(value: Callable[..., Value]) -> Callable[..., Value]:
    def broken(node: Any, names: Any, sums: Any) -> Value:
        found = value(node, names, sums)
        return Fraction(float(found)) if isinstance(found, Fraction) else found

    return broken


@pytest.mark.parametrize(
    "twin",
    [zero_for_division_by_zero, symmetric_and, undefined_condition_is_false, least_of_what_is_there, floats],
)
def test_the_vectors_reject_a_broken_evaluator(twin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_value", twin(machine._value))
    assert len(wrong()) >= 5


def test_the_vectors_reject_a_sum_that_skips_empty_cells() -> None:
    def skipping(node: Any, rows: Any) -> Value:
        return sum_rows(node, [row for row in rows if row[node["column"]] is not None])

    found = [
        case.id
        for case in cases()
        if written(evaluate(case.tree, case.names, lambda node, rows=case.rows: skipping(node, rows))) != case.expected
    ]
    assert len(found) >= 5
