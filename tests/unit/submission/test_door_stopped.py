"""The database at the door says a stop and a full disk as such: under load Ctrl-C comes while it works, not while Python reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from verify.errors import Exhausted
from verify.submission.door import Ingest

ASK: list[Callable[[Ingest], Any]] = [
    lambda door: door.run("select 1"),
    lambda door: door.one("select 1"),
    lambda door: door.rows("select 1"),
    lambda door: door.arrow("select 1"),
]


class Stopped:
    """A connection in which every query ends with `error`."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def execute(self, *_: Any) -> Any:
        raise self._error

    sql = execute


@pytest.mark.parametrize("ask", ASK, ids=["run", "one", "rows", "arrow"])
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (RuntimeError("Query interrupted"), KeyboardInterrupt),
        (duckdb.IOException("IO Error: Could not write file: No space left on device"), Exhausted),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to pin block"), Exhausted),
    ],
    ids=["stop", "disk", "memory"],
)
def test_it_is_said_as_the_engine_says_it(
    ask: Callable[[Ingest], Any], said: Exception, meant: type[BaseException], tmp_path: Path
) -> None:
    door = Ingest(tmp_path, threads=1)
    door.close()
    door._connection = Stopped(said)
    with pytest.raises(meant):
        ask(door)
