"""DuckDB behind ibis: tables in, exact rows out (DESIGN 6 and 12)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from verify.engine.faults import translated

if TYPE_CHECKING:
    import pyarrow as pa

Table: TypeAlias = Any  # an ibis table expression; ibis itself is typed too loosely to gain from naming it

QUANTITY = "decimal(18, 6)"  # in the base unit of its dimension
FACTOR = "decimal(19, 12)"  # rounded here, so that products need no rounding
AMOUNT = "decimal(38, 18)"  # quantity x factor, exact
_KEPT = "kept"  # the database file of tables computed from large ones
_MOST = 2_000  # questions remembered; a run asks some sixty
_AT_A_TIME = 20_000  # rows turned into dictionaries
_COMPILED: dict[Any, str] = {}
_TYPES: dict[str, Any] = {}


class Engine:
    """One in-memory DuckDB. Extensions are never installed or loaded, and after `seal` no file can be opened.

    `threads` and `memory_limit` (DuckDB text, e.g. ``768MB``) are the caller's; `spill` is the folder for temporary
    files, without which DuckDB may not exceed its memory. Once a table is read from files, what is computed is kept in
    a database file there: compressed, it takes a tenth of what spilled memory takes.
    """

    in_order = True  # what `keep` stored in an order is most likely read in it; whoever relies on that looks

    def __init__(
        self, *, threads: int | None = None, memory_limit: str | None = None, spill: Path | None = None
    ) -> None:
        import ibis

        settings: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
        if threads is not None:
            settings["threads"] = threads
        if memory_limit is not None:
            settings["memory_limit"] = memory_limit
        if spill is not None:
            settings["temp_directory"] = str(spill)
        self._connection: Any = ibis.duckdb.connect(**settings)
        self._duckdb: Any = (
            self._connection.con
        )  # ibis writes the SQL; it runs here, once, without a second compilation
        self._run("SET enable_progress_bar = false")  # it would be drawn into the output of a query of some seconds
        self._names = 0
        self._spill = spill
        self._attached = False

    def table(self, name: str, data: pa.Table) -> Table:
        """An arrow table under `name` (made unique), stored in the engine."""
        unique = self._unique(name)
        self._duckdb.register(f"{unique}_given", data)
        self._run(f'CREATE TEMP TABLE "{unique}" AS SELECT * FROM "{unique}_given"')
        self._duckdb.unregister(f"{unique}_given")
        return self._named(unique)

    def parquet(self, name: str, files: list[Path]) -> Table:
        """Parquet files as one table, read where they lie. They are large: see above."""
        self._attach()
        with translated():
            return self._connection.read_parquet([str(file) for file in files], table_name=self._unique(name))

    def roomy(self) -> None:
        """What is computed from here on is large: it is kept in the database file too, where there is a folder for one."""
        self._attach()

    def keep(self, name: str, expression: Table) -> Table:
        """Compute `expression` once and keep the result under `name` (made unique), in its order if it has one."""
        unique = self._unique(name)
        if not self._attached:
            self._run(f'CREATE TEMP TABLE "{unique}" AS {self._sql(expression)}')
            return self._named(unique)
        self._run(f'CREATE TABLE {_KEPT}.main."{unique}" AS {self._sql(expression)}')
        return self._named(unique, database=(_KEPT, "main"))

    def arrow(self, expression: Table) -> pa.Table:
        """The rows of `expression` as an arrow table, in DuckDB's own types."""
        with translated():
            return self._duckdb.execute(self._sql(expression)).to_arrow_table()

    def rows(self, expression: Table) -> list[dict[str, Any]]:
        """The rows of `expression` as dictionaries; decimals stay decimals."""
        return self.arrow(expression).to_pylist()  # type: ignore[no-any-return]

    def each(self, expression: Table) -> Iterator[dict[str, Any]]:
        """The rows as `rows` gives them, not all in memory at once: for what has a row per source and carrier.

        Words that repeat are one object.
        """
        same: dict[Any, Any] = {}
        for batch in self.arrow(expression).to_batches(max_chunksize=_AT_A_TIME):
            for row in batch.to_pylist():
                yield {name: same.setdefault(one, one) if type(one) is str else one for name, one in row.items()}

    def seal(self) -> None:
        """End of ingest: from here on the engine opens no file and no network."""
        self._run("SET enable_external_access = false")

    def _attach(self) -> None:
        if self._attached or self._spill is None:
            return
        self._spill.mkdir(parents=True, exist_ok=True)
        path = str(self._spill / f"{_KEPT}.duckdb").replace("'", "''")
        self._run(f"ATTACH '{path}' AS {_KEPT}")
        self._attached = True

    def _named(self, name: str, **where: Any) -> Table:
        """A stored table, by its name and columns alone: what is asked of it is not tied to this engine."""
        import ibis

        catalog, database = where.get("database", (None, None))
        place = ".".join(f'"{part}"' for part in (catalog, database, name) if part)
        with translated():
            stored = self._duckdb.sql(f"FROM {place}")
            columns = zip(stored.columns, map(str, stored.types), strict=True)
        schema = {column: self._type(text) for column, text in columns}
        return ibis.table(schema, name=name, catalog=catalog, database=database)

    def _type(self, text: str) -> Any:
        """DuckDB's word for a type as a type of ibis; parsed once a process, for a park's tables have hundreds of columns."""
        if text not in _TYPES:
            _TYPES[text] = self._connection.compiler.type_mapper.from_string(text)
        return _TYPES[text]

    def _sql(self, expression: Table) -> str:
        """The SQL of an expression. Names of tables repeat from run to run, so equal questions are compiled once a process:
        compiling takes longer than a park's rows do."""
        question = expression.op()
        if question not in _COMPILED:
            if len(_COMPILED) >= _MOST:
                _COMPILED.clear()
            _COMPILED[question] = self._connection.compile(expression)
        return _COMPILED[question]

    def _run(self, sql: str) -> None:
        with translated():
            self._duckdb.execute(sql)

    def _unique(self, name: str) -> str:
        self._names += 1
        return f"{name}_{self._names}"
