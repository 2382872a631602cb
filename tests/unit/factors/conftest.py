"""The factor files as plain data (every scalar as typed), and the domain pack beside the checkout."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verify import resources
from verify.ruler.marks import load_marked

FACTORS = resources.rules() / "factors"
PACK = Path(__file__).resolve().parents[4] / "shared" / "domain" / "factors"


@pytest.fixture(scope="session")
def factor() -> Callable[[str], dict[str, Any]]:
    """A value by its full id (``standard_coal.coke``), as written in its file."""
    loaded = {path.stem.replace("-", "_"): load_marked(path).data["values"] for path in FACTORS.glob("*.yaml")}

    def find(identifier: str) -> dict[str, Any]:
        set_, _, name = identifier.partition(".")
        return loaded[set_][name]

    return find


@pytest.fixture(scope="session")
def printed() -> Callable[[str], list[dict[str, str]]]:
    """The rows of one CSV file of the domain pack; skips where the pack is absent."""

    def read(name: str) -> list[dict[str, str]]:
        path = PACK / name
        if not path.is_file():
            pytest.skip(f"the domain pack is not beside this checkout ({name})")
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    return read
