"""Public functions, classes and modules of verify/ say what they are for, with units, errors and sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.code_health.tree import nothing, python_trees

LEAST_SHARE = 0.95


def public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public classes and functions of a module, and public methods of public classes; overloads and setters aside."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        decorators = " ".join(ast.unparse(decorator) for decorator in node.decorator_list)
        if "overload" not in decorators and ".setter" not in decorators:
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def test_every_module_has_a_docstring() -> None:
    nothing(name for name, tree in python_trees("verify").items() if not ast.get_docstring(tree))


def test_public_names_have_docstrings() -> None:
    names = [
        (f"{file}:{node.lineno} {node.name}", ast.get_docstring(node))
        for file, tree in python_trees("verify").items()
        for node in public(tree)
    ]
    without = [name for name, docstring in names if not docstring]
    assert len(without) <= len(names) * (1 - LEAST_SHARE), "\n".join(without)


def test_the_scan_sees_what_is_public() -> None:
    tree = ast.parse("def f(): ...\ndef _g(): ...\nclass A:\n    def m(self): ...\n    def _n(self): ...\n")
    assert [node.name for node in public(tree)] == ["f", "A", "m"]
