"""Reading a bundle loads no table engine, no ruler, no park: a stranger's verify-bundle stays small and offline."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ["duckdb", "ibis", "jinja2", "numpy", "openpyxl", "pandas", "polars", "pyarrow", "pydantic", "ssl", "yaml"]
OURS = ["checks", "engine", "ledger", "report", "ruler", "submission"]


@pytest.mark.parametrize(
    ("modules", "more"),
    [
        ("verify.bundle, verify.bundle.recompute", ["socket", "cryptography"]),
        ("verify.bundle.judge", []),  # cryptography brings email, and that brings socket, which nobody opens
    ],
)
def test_a_bundle_is_read_without_them(modules: str, more: list[str]) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, {modules}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {"verify.bundle.zip_read", "verify.bundle.recompute"} <= set(loaded)
    assert [name for name in [*HEAVY, *more, *(f"verify.{one}" for one in OURS)] if name in loaded] == []
