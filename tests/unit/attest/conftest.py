"""What several files of tests build once."""

from __future__ import annotations

import pytest

from tests.unit.attest import further_signed
from tests.unit.attest.further_signed import Nation


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Nation:
    """SM2 authorities and persons, by openssl; only tests that need the program ask for it."""
    return further_signed.nation(tmp_path_factory.mktemp("nation"))
