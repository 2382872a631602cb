"""The judged rows handed over to the engine: canonical tables and the table of dispositions.

Small tables are copied in; a large one stays the Parquet file it is and is read where it lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.engine import Engine, Table
from verify.submission.contract import Contract
from verify.submission.door import Resolved
from verify.submission.door.ingest import canonical_fields

if TYPE_CHECKING:
    import pyarrow as pa


def canonical(contract: Contract, one: Resolved | None, submission: str, engine: Engine) -> Table:
    """The canonical table in the engine: used and blocking rows."""
    import ibis
    import pyarrow as pa

    columns = ["submission_id", "row_id", *contract.canonical_columns]
    if one is not None and one.file is not None:
        table = _large(engine, contract.table, one.file)
        used = table.filter(table["_disposition"] != "excluded") if one.excluded else table
        return used.mutate(submission_id=ibis.literal(submission)).select(*columns)
    if one is None or one.data is None:
        fields = [pa.field("submission_id", pa.string()), pa.field("row_id", pa.string()), *canonical_fields(contract)]
        return engine.table(contract.table, pa.schema(fields).empty_table())
    return engine.table(contract.table, _named(_kept(one), submission).select(columns))


def _kept(one: Resolved) -> pa.Table:
    import pyarrow.compute as pc

    assert one.data is not None
    return one.data.filter(pc.not_equal(one.data["_disposition"], "excluded")) if one.excluded else one.data


def _named(data: pa.Table, submission: str) -> pa.Table:
    import pyarrow as pa

    return data.append_column("submission_id", pa.array([submission] * len(data), type=pa.string()))


def _large(engine: Engine, name: str, file: Path) -> Any:
    """A Parquet file as a table that stays readable after the engine is sealed."""
    table: Any = engine.parquet(name, [file])
    folder = str(file.parent).replace("'", "''")
    table.get_backend().raw_sql(f"set allowed_directories = ['{folder}']")
    return table


def dispositions(resolved: Mapping[str, Resolved], submission: str, engine: Engine) -> Table:
    """One row per handed-in row: table, row_id, disposition, code, enterprise_id, period."""
    import ibis
    import pyarrow as pa

    names = ("submission_id", "table", "row_id", "disposition", "code", "enterprise_id", "period")
    schema = pa.schema([(name, pa.string()) for name in names])
    small: list[pa.Table] = [schema.empty_table()]
    large: list[Any] = []
    for table, one in resolved.items():
        if one.data is not None:
            count = len(one.data)
            columns = [
                [submission] * count,
                [table] * count,
                *(one.data[name] for name in ("row_id", "_disposition", "_code")),
            ]
            columns += [
                one.data[name] if name in one.data.schema.names else [""] * count
                for name in ("enterprise_id", "period")
            ]
            small.append(pa.table(columns, schema=schema))
        elif one.file is not None:
            read_ = _large(engine, f"{table}_rows", one.file)
            about = {
                name: read_[name] if name in one.contract.columns else ibis.literal("")
                for name in ("enterprise_id", "period")
            }
            given = {"submission_id": ibis.literal(submission), "table": ibis.literal(table), "row_id": read_["row_id"]}
            given |= {"disposition": read_["_disposition"], "code": read_["_code"], **about}
            large.append(read_.select(**given))
    held = engine.table("dispositions", pa.concat_tables(small))
    return ibis.union(held, *large) if large else held
