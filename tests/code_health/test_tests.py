"""Tests assert the real thing: no empty assertion, no skip without a reason, no expected failure, no sleep."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.code_health.tree import nothing, python_trees

EXPECTED_FAILURE = "x" + "fail"
NEVER_RUN = {"pytest.mark." + "skip", "unittest.skip"}
SKIPS = {"pytest.skip", "pytest.mark.skipif", "pytest.importorskip"}


def weak(tree: ast.Module) -> Iterator[str]:
    """``line: what`` for every weak place of a test file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant | ast.Tuple):
            yield f"{node.lineno}: an assertion that cannot fail"
        elif isinstance(node, ast.Attribute) and node.attr == EXPECTED_FAILURE:
            yield f"{node.lineno}: an expected failure"
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in NEVER_RUN:
            yield f"{node.lineno}: a test that never runs"
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            named = [word.value for word in node.keywords if word.arg in {"reason", "msg"}]
            reasons = [*node.args, *named] if called == "pytest.skip" else named
            if called in SKIPS and not any(said(reason) for reason in reasons):
                yield f"{node.lineno}: a skip without a reason"
            elif called in {"time.sleep", "sleep", "asyncio.sleep"}:
                yield f"{node.lineno}: a sleep"


def said(value: ast.expr) -> bool:
    """Is there a text, or something that becomes one?"""
    return not isinstance(value, ast.Constant) or (isinstance(value.value, str) and bool(value.value.strip()))


def test_no_weak_test() -> None:
    trees = {**python_trees("tests"), **python_trees("benchmarks")}
    nothing(f"{name}:{place}" for name, tree in trees.items() for place in weak(tree))


@pytest.mark.parametrize(
    "line",
    [
        "assert " + "True",
        "assert (value == 1, 'always')",
        "pytest." + "skip()",
        "pytest." + "skip('')",
        "pytest.mark." + "skip(reason='later')",
        "pytest.mark." + "skipif(windows)",
        "pytest." + "importorskip('pyspark')",
        "pytest.mark." + EXPECTED_FAILURE,
        "time." + "sleep(1)",
    ],
)
def test_the_scan_sees_a_planted_line(line: str) -> None:
    assert list(weak(ast.parse(line)))


def test_the_scan_lets_a_reasoned_skip_pass() -> None:
    assert (
        list(weak(ast.parse("pytest.skip('no Java here')\npytest.importorskip('pyspark', reason='extra spark')"))) == []
    )
