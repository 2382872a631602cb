"""Reading a bundle loads no table engine, no ruler, no park: a stranger's verify-bundle stays small and offline."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ["duckdb", "ibis", "numpy", "openpyxl", "pandas", "polars", "pyarrow", "pydantic", "socket", "ssl"]
OURS = ["checks", "engine", "ledger", "report", "ruler", "submission"]


def test_a_bundle_is_read_without_them() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, verify.bundle, verify.bundle.recompute; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "verify.bundle.zip_read" in loaded
    assert [name for name in [*HEAVY, *(f"verify.{one}" for one in OURS)] if name in loaded] == []
