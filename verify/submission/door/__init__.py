"""The checks at the door that need more than one row: keys, references, spells, evidence; then what becomes of each row."""

from verify.submission.door.ingest import Ingest, TableStore
from verify.submission.door.resolve import Resolved, resolve

__all__ = ["Ingest", "Resolved", "TableStore", "resolve"]
