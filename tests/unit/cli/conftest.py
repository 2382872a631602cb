"""A small park with a few faults, checked once, and the report of a whole park."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance import bad_files
from tests.acceptance.command import Said, said
from verify import resources, road


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The submission with many faults."""
    return bad_files.many_faults(tmp_path_factory.mktemp("faulty"))


@pytest.fixture(scope="session")
def checked(faulty: Path) -> Said:
    """What `truezero check` says of it in Chinese."""
    return said("check", faulty, "--lang", "zh")


@pytest.fixture(scope="session")
def not_met() -> dict[str, Any]:
    """The report of the frozen park that does not meet its limit."""
    return road.verify(resources.parks() / "honest-not-met").document()
