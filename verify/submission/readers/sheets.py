"""Every raw sheet of a submission, and the files that are no table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verify.errors import Unreadable
from verify.submission.contract import contracts
from verify.submission.naming import column_named, table_named
from verify.submission.raw import BATCH_ROWS, RawSheet
from verify.submission.readers.csv_ import csv_sheet
from verify.submission.readers.entries import WORKBOOKS, Entry
from verify.submission.readers.parquet_ import parquet_sheet

_TEXTS = frozenset({".csv", ".tsv", ".txt"})
PARK_STEMS = frozenset({"park", "园区"})
_PARK_FILES = frozenset({".yaml", ".yml"})


def is_park(entry: Entry) -> bool:
    """park.yaml, at the top of the submission."""
    return entry.at_top and entry.suffix in _PARK_FILES and entry.stem.casefold() in PARK_STEMS


def raw_sheets(entry: Entry, *, batch_rows: int = BATCH_ROWS) -> Iterator[RawSheet] | None:
    """The sheets of one file; None where the file is no table. Raises Unreadable for a workbook that cannot be opened."""
    if entry.suffix in WORKBOOKS:
        from verify.submission.workbook import read_workbook

        return read_workbook(entry.path if entry.path is not None else entry.held(), entry.name)
    if entry.suffix not in {*_TEXTS, ".parquet"} or (entry.suffix == ".txt" and table_named(entry.stem) is None):
        return None
    if table_named(entry.stem) is None:
        return None
    if entry.suffix == ".parquet":
        return iter([parquet_sheet(entry, batch_rows=batch_rows)])
    return iter([csv_sheet(entry, _knows(entry), batch_rows=batch_rows)])


def _knows(entry: Entry) -> Callable[[str], str | None]:
    table = table_named(entry.stem)
    if table is None:
        raise Unreadable("submission.no_such_path", path=entry.name)
    contract = contracts()[table]
    return lambda heading: column_named(contract, heading)
