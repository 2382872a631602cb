"""A park's own workbook back with its faults marked in their cells (docs/adr/0038).

The OOXML parts are patched: a mark is a conditional format, a note a comment, and a sheet of its own lists all of them.
Parts that need no change keep their bytes, and marks of an earlier run are taken away first.
"""

from verify.submission.marking.marked import Marked, mark_workbook, markable
from verify.submission.marking.values import Cover, Remark, Spot

__all__ = ["Cover", "Marked", "Remark", "Spot", "mark_workbook", "markable"]
