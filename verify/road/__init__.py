"""The road: submission in, report out. The public Python API, and all that cli, serve and engagement compose from.

    from verify import road
    report = road.verify(Path("park/"), ruler="cn-national-2025")
    report.facts["headline"]

Every stage is a function from values to a value; what needs a path or a clock gets it from here.
"""

from verify.report.document import write_report
from verify.road.marking import marked_or_why, marked_workbook, workbook_of
from verify.road.run import Journey, Progress, Report, Settings, check, explain, travel, verify

__all__ = [
    "Journey",
    "Progress",
    "Report",
    "Settings",
    "check",
    "explain",
    "marked_or_why",
    "marked_workbook",
    "travel",
    "verify",
    "workbook_of",
    "write_report",
]
