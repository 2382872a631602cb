"""The example's words, for every test of the faces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.report.overlay import overlaid, speaking


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's templates with the example's words."""
    return overlaid(tmp_path_factory.mktemp("words"))


@pytest.fixture(autouse=True)
def _words(templates: Path) -> Iterator[None]:
    with speaking(templates):
        yield
