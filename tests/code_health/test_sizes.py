"""Every line of tests/sizes.yaml names a test that is there."""

from __future__ import annotations

import ast
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SIZES = yaml.safe_load((ROOT / "tests/sizes.yaml").read_text(encoding="utf-8"))


def test_every_size_is_of_a_test_that_is_there() -> None:
    assert SIZES
    for name in SIZES:
        path, _, function = name.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert function in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, name


def test_they_are_sorted_and_no_size_is_negative() -> None:
    assert list(SIZES) == sorted(SIZES)
    assert all(isinstance(size, int) and size >= 0 for size in SIZES.values())
