"""The report and its faces: pure functions of ({facts, places}, language). Values only; knows no table engine."""

from verify.report.document import Report, faces, facts_digest, write_report
from verify.report.html import render_html
from verify.report.junit import render_junit
from verify.report.public import public_pages
from verify.report.sarif import render_sarif

__all__ = [
    "Report",
    "faces",
    "facts_digest",
    "public_pages",
    "render_html",
    "render_junit",
    "render_sarif",
    "write_report",
]
