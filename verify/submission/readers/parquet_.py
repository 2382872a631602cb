"""Parquet as text: what a value was is written out without loss, and read again like any other cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from verify.submission.raw import BATCH_ROWS, RawBatch, RawNote, RawSheet
from verify.submission.readers.entries import Entry

if TYPE_CHECKING:
    import pyarrow as pa


def parquet_sheet(entry: Entry, *, batch_rows: int = BATCH_ROWS) -> RawSheet:
    """The Parquet file `entry` as one sheet; its line is the number of the row, from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    source: Any = entry.path if entry.path is not None else pa.BufferReader(entry.held())
    try:
        file = pq.ParquetFile(source)
    except (pa.ArrowException, OSError) as error:
        note = RawNote("broken", raw=str(error).splitlines()[0])
        return RawSheet(entry.stem, entry.name, "", iter(()), notes=[note])
    sheet = RawSheet(entry.stem, entry.name, "", iter(()), close=file.close)
    sheet.batches = _batches(file, sheet, batch_rows)
    return sheet


def _batches(file: Any, sheet: RawSheet, batch_rows: int) -> Iterator[RawBatch]:
    import pyarrow as pa

    names = file.schema_arrow.names
    twins = {name for name in names if names.count(name) > 1}
    sheet.notes.extend(RawNote("twin_heading", 0, name) for name in sorted(twins))
    line, some = 1, False
    try:
        for batch in file.iter_batches(batch_size=batch_rows):
            yield _raw(batch, line)
            line, some = line + batch.num_rows, True
    except (pa.ArrowException, OSError) as error:
        sheet.notes.append(RawNote("broken", line=line, raw=str(error).splitlines()[0]))
    if not some:
        yield RawBatch([], {name: [] for name in names})


def _raw(batch: pa.RecordBatch, line: int) -> RawBatch:
    notes: list[RawNote] = []
    columns: dict[str, list[str | None]] = {}
    for position, name in enumerate(batch.schema.names):
        if name in columns:
            continue
        column = batch.column(position)
        columns[name] = _texts(column)
        if columns[name] and _unwritable(column.type):
            notes.append(RawNote("not_text", line, name, str(column.type)))
    return RawBatch(list(range(line, line + batch.num_rows)), columns, notes)


def _texts(column: pa.Array) -> list[str | None]:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return list(column.to_pylist())
    if pa.types.is_integer(kind):
        return list(pc.cast(column, pa.string()).to_pylist())
    if _unwritable(kind):
        return [None] * len(column)
    return [None if value is None else _text(value) for value in column.to_pylist()]


def _text(value: Any) -> str | None:
    """Decimals plainly, floats by their shortest exact form (NaN is blank), dates and times in ISO form."""
    from datetime import date, datetime
    from decimal import Decimal

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return None if value != value else repr(value)  # noqa: PLR0124  the test for NaN
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _unwritable(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))
