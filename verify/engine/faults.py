"""What DuckDB says when it is stopped or short of room, in the words of `verify.errors`."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from verify.errors import Exhausted

_INTERRUPTED = "Query interrupted"  # DuckDB says so in a plain RuntimeError when Ctrl-C comes during a query


@contextmanager
def translated() -> Iterator[None]:
    """KeyboardInterrupt for a query that was stopped; Exhausted for a full memory or disk; anything else as it is."""
    import duckdb

    try:
        yield
    except RuntimeError as error:
        if str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from None
        raise
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.OutOfMemoryException as error:
        key = "engine.disk_full" if "max_temp_directory_size" in str(error) else "engine.memory"
        raise Exhausted(key, folder=tempfile.gettempdir()) from error
    except duckdb.IOException as error:
        if os.strerror(errno.ENOSPC) in str(error):
            raise Exhausted("engine.disk_full", folder=tempfile.gettempdir()) from error
        raise
