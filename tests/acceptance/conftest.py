"""Acceptance tests run with `make accept` (entry 0.1): one of them failed under load at the last stop and is not yet understood."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/acceptance/" in item.path.as_posix():
            item.add_marker(pytest.mark.accept)
