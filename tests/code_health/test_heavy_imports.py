"""Heavy packages are imported inside the function that needs them, so that `--help` and completion stay quick."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.code_health.tree import ROOT, nothing, python_trees

HEAVY = {
    *("duckdb", "great_expectations", "ibis", "lxml", "numpy", "openpyxl", "pandas", "pandera", "polars"),
    *("pyarrow", "pyspark", "python_calamine", "scipy", "sqlglot"),
}


def at_import_time(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """Imports that run when the module is imported: not those inside functions, nor under TYPE_CHECKING."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield statement
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            yield from at_import_time(statement.orelse)
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in ("body", "orelse", "finalbody"):
                yield from at_import_time(getattr(statement, part, []))
            for handler in getattr(statement, "handlers", []):
                yield from at_import_time(handler.body)


def heavy(tree: ast.Module) -> list[str]:
    """The heavy packages that importing this module would import."""
    found = []
    for statement in at_import_time(tree.body):
        names = (
            [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else [statement.module or ""]
        )
        found += [name for name in names if name.partition(".")[0] in HEAVY]
    return found


def test_no_heavy_import_at_module_level() -> None:
    nothing(f"{name}: {package}" for name, tree in python_trees("verify").items() for package in heavy(tree))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import pandas as pd", ["pandas"]),
        ("from lxml import etree", ["lxml"]),
        ("try:\n    import ibis.expr.types\nexcept ImportError:\n    pass", ["ibis.expr.types"]),
        ("class A:\n    import polars", ["polars"]),
        ("if TYPE_CHECKING:\n    import duckdb\nelse:\n    import pyarrow", ["pyarrow"]),
        ("def f():\n    import pandas", []),
    ],
)
def test_the_scan_sees_a_planted_import(source: str, found: list[str]) -> None:
    assert heavy(ast.parse(source)) == found


@pytest.mark.parametrize(
    "room", ["attest", "bundle", "canonical", "errors", "formula", "resources", "ruler", "units", "words"]
)
def test_a_leaf_brings_no_table_engine(room: str) -> None:
    script = f"import sys, verify.{room}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()


@pytest.mark.skipif(not (ROOT / "verify/cli/__init__.py").is_file(), reason="verify.cli does not exist yet")
@pytest.mark.parametrize("arguments", [["--help"], ["--lang", "zh", "--help"], ["verify", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "verify", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    imported = {
        match.partition(".")[0] for match in re.findall(r"^import time:.*\|\s+([\w.]+)$", done.stderr, re.MULTILINE)
    }
    assert "click" in imported  # the trace is really there
    assert imported & HEAVY == set()
