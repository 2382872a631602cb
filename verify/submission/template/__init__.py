"""Empty submissions that a park fills, and filled ones for fixtures and tests: workbook, CSV folder, Parquet folder."""

from verify.submission.template.book import write_workbook
from verify.submission.template.folders import write_csv_folder, write_parquet_folder

__all__ = ["write_csv_folder", "write_parquet_folder", "write_workbook"]
