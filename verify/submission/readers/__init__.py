"""Files to raw sheets: folder, zip, CSV, Parquet; workbooks have a package of their own."""

from verify.submission.readers.entries import Entry, entries
from verify.submission.readers.sheets import raw_sheets

__all__ = ["Entry", "entries", "raw_sheets"]
