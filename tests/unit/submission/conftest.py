"""One engine for all tests of this folder, and a door to hand submissions in at."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from verify.engine import Engine
from verify.submission import SteamValues, Submission, read

from .handing import Tables, folder

REFERENCE_ENTHALPY = Decimal("83.74")  # factors.md section 4
Door = Callable[..., Submission]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(threads=1)


@pytest.fixture
def door(engine: Engine, tmp_path: Path) -> Door:
    """``door(tables_or_path)``: the submission after the door."""

    def hand_in(what: Tables | Path, **settings: Any) -> Submission:
        made = what if isinstance(what, Path) else folder(tmp_path / "handed-in", what)
        values = settings.pop("values", SteamValues(REFERENCE_ENTHALPY))
        return read(made, engine=engine, workdir=tmp_path / "work", values=values, **settings)

    return hand_in
