"""Files to raw sheets: folder, zip, CSV, Parquet; workbooks have a package of their own."""

from verify.submission.readers.entries import Entry, entries
from verify.submission.readers.sheets import is_park, raw_sheets

__all__ = ["Entry", "entries", "is_park", "raw_sheets"]
