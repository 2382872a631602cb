"""What the engine says when it is stopped or short of room, and where it keeps what is computed from large files."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from verify.engine import Engine
from verify.engine.faults import translated
from verify.errors import Exhausted


def numbers(path: Path, count: int) -> Path:
    parquet.write_table(pa.table({"a": list(range(count)), "word": ["same"] * count}), path)
    return path


def test_a_query_that_was_stopped_is_a_stop_from_the_keyboard() -> None:
    """DuckDB says so in a RuntimeError of its own; any other is left as it is."""
    with pytest.raises(KeyboardInterrupt), translated():
        raise RuntimeError("Query interrupted")
    with pytest.raises(KeyboardInterrupt), translated():
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
    with pytest.raises(RuntimeError, match="other"), translated():
        raise RuntimeError("other")


def test_too_little_memory_is_said_as_such(tmp_path: Path) -> None:
    engine = Engine(threads=1, memory_limit="4MB", spill=tmp_path / "spill")
    large = engine.parquet("large", [numbers(tmp_path / "large.parquet", 1_000_000)])
    with pytest.raises(Exhausted) as caught:
        engine.arrow(large.order_by("word"))
    assert caught.value.key == "engine.memory"
    assert caught.value.exit_code == 2


def test_what_comes_from_files_is_kept_in_a_file(tmp_path: Path) -> None:
    engine = Engine(spill=tmp_path / "spill")
    large = engine.parquet("large", [numbers(tmp_path / "large.parquet", 500_000)])
    kept = engine.keep("kept", large.mutate(b=large["a"] * 2))
    assert engine.rows(kept.aggregate(n=kept.count(), total=kept["b"].sum())) == [
        {"n": 500_000, "total": 500_000 * 499_999}
    ]
    assert (tmp_path / "spill" / "kept.duckdb").is_file()


def test_small_tables_stay_in_memory(tmp_path: Path) -> None:
    engine = Engine(spill=tmp_path / "spill")
    small = engine.table("small", pa.table({"a": [1, 2]}))
    kept = engine.keep("kept", small)
    assert engine.rows(kept.aggregate(n=kept.count())) == [{"n": 2}]
    assert not (tmp_path / "spill").exists()


def test_the_seal_holds_and_what_is_kept_stays_readable(tmp_path: Path) -> None:
    engine = Engine(spill=tmp_path / "spill")
    file = numbers(tmp_path / "large.parquet", 10)
    kept = engine.keep("kept", engine.parquet("large", [file]))
    engine.seal()
    again = engine.keep("again", kept.filter(kept["a"] > 7))
    assert [row["a"] for row in engine.rows(again.order_by("a"))] == [8, 9]
    with pytest.raises(Exception, match=r"(?i)permission|disabled"):
        engine.parquet("other", [file])
