"""Workbooks (.xlsx, .xlsm; .xls and .ods as values only) read as sheets of text, hostile files included."""

from verify.submission.workbook.archive import Archive, Limits
from verify.submission.workbook.reader import read_workbook

__all__ = ["Archive", "Limits", "read_workbook"]
