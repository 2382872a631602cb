"""The demo's bundle for every judge, and a copy that a test may alter."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.judges.parts import Parts, take_apart
from tests.judges.published import Published, shared


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """One bundle for all processes of one run."""
    base = tmp_path_factory.getbasetemp()
    return shared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def parts(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The good bundle taken apart."""
    return take_apart(published.folder, published.root, tmp_path_factory.mktemp("parts"))


@pytest.fixture
def bundle(published: Published, tmp_path: Path) -> Path:
    """The unpacked bundle, to be altered; the trust root lies beside it, as VERIFY.md asks."""
    shutil.copy(published.root, tmp_path)
    return Path(shutil.copytree(published.folder, tmp_path / "bundle"))
