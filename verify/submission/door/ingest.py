"""Where typed rows wait until every table is read: in memory, or in Parquet once a table is large.

One DuckDB of its own, without network and extensions, so that keys and references of 10^8 rows stay within its memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.engine.faults import translated
from verify.submission.contract import Contract
from verify.submission.door.repeats import Repeats
from verify.submission.typed import PLACES
from verify.submission.typed.kinds import stored_type

if TYPE_CHECKING:
    import pyarrow as pa

SPILL_ROWS = 250_000
MEMORY = "320MB"


class Ingest:
    """The connection behind the checks at the door. `workdir` takes spilled tables and temporary files.

    A stop from the keyboard, a full memory and a full disk are said as the engine says them (verify.engine.faults).
    """

    def __init__(self, workdir: Path, *, threads: int | None = None, memory: str = MEMORY) -> None:
        import duckdb

        self.workdir = workdir
        config: dict[str, Any] = {
            "memory_limit": memory,
            "temp_directory": str(workdir / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
        if threads is not None:
            config["threads"] = threads
        self._connection = duckdb.connect(":memory:", config=config)

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """A statement without a result."""
        with translated():
            self._connection.execute(sql, list(parameters))

    def one(self, sql: str, parameters: Sequence[object] = ()) -> tuple[Any, ...]:
        """The first row of a query."""
        with translated():
            row = self._connection.execute(sql, list(parameters)).fetchone()
        assert row is not None
        return tuple(row)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query that is known to be small."""
        with translated():
            return list(self._connection.execute(sql, list(parameters)).fetchall())

    def arrow(self, sql: str) -> pa.Table:
        """The result of a query as arrow."""
        with translated():
            return self._connection.sql(sql).to_arrow_table()

    def put(self, name: str, data: pa.Table) -> None:
        """An arrow table under `name`, not copied."""
        self._connection.register(name, data)

    def close(self) -> None:
        """Free its memory; spilled Parquet stays."""
        self._connection.close()


class TableStore:
    """The typed rows of one table, all sheets together."""

    def __init__(self, contract: Contract, ingest: Ingest, *, spill_rows: int = SPILL_ROWS) -> None:
        self.contract = contract
        self.rows = 0
        self._ingest = ingest
        self._spill_rows = spill_rows
        self._held: list[pa.RecordBatch] = []
        self._writer: Any = None
        self._repeats: Repeats | None = None

    @property
    def spilled(self) -> bool:
        """The rows lie in a Parquet file."""
        return self._writer is not None

    @property
    def name(self) -> str:
        """The relation of the rows in the ingest connection, after `finish`."""
        return f"typed_{self.contract.table}"

    def append(self, batch: pa.RecordBatch) -> None:
        """Take a typed batch."""
        self.rows += batch.num_rows
        if self._writer is None:
            self._held.append(batch)
            if self.rows > self._spill_rows:
                self._spill()
        else:
            self._write(batch)

    def repeated(self) -> str | None:
        """The relation of the keys (_key) that stand more than once, or None where there is none. After `finish`."""
        import pyarrow as pa

        name = f"repeated_{self.contract.table}"
        if self._repeats is not None:
            keys = self._repeats.found(self._path)
            self._ingest.put(name, pa.table({"_key": pa.array(keys, type=pa.string())}))
            return name if keys else None
        self._ingest.run(f"create temp table {name} as select _key from {self.name} group by _key having count(*) > 1")
        return name if self._ingest.one(f"select count(*) from {name}")[0] else None

    def finish(self) -> None:
        """Make the rows visible to the ingest connection."""
        import pyarrow as pa

        if self._writer is not None:
            self._writer.close()
            self._ingest.run(f"create view {self.name} as select * from read_parquet('{_quoted(self._path)}')")
        else:
            self._ingest.put(self.name, pa.Table.from_batches(self._held, schema=typed_schema(self.contract)))

    @property
    def _path(self) -> Path:
        return self._ingest.workdir / f"{self.contract.table}.typed.parquet"

    def _spill(self) -> None:
        import pyarrow.parquet as pq

        self._ingest.workdir.mkdir(parents=True, exist_ok=True)
        self._writer = pq.ParquetWriter(self._path, typed_schema(self.contract), compression="zstd")
        self._repeats = Repeats(self._ingest.workdir / f"{self.contract.table}.keys")
        for batch in self._held:
            self._write(batch)
        self._held = []

    def _write(self, batch: pa.RecordBatch) -> None:
        assert self._repeats is not None
        self._writer.write_batch(batch)
        self._repeats.add(batch["_key"])


def typed_schema(contract: Contract) -> pa.Schema:
    """The arrow schema of a typed batch."""
    import pyarrow as pa

    own = {"_sheet": pa.int32(), "_line": pa.int64()}
    return pa.schema([*canonical_fields(contract), *((name, own.get(name, pa.string())) for name in PLACES)])


def canonical_fields(contract: Contract) -> list[pa.Field]:
    """The arrow fields of a canonical table after `submission_id` and `row_id`."""
    import pyarrow as pa

    fields = [pa.field(name, stored_type(column)) for name, column in contract.columns.items()]
    return [*fields, pa.field("year", pa.string())] if contract.has_year else fields


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
