"""Faults of the data, as findings of the report: grouped by code, table and column.

What was typed (`raw`) and where it stands differ with the form of a submission, so they go with the places, never into
the facts.
"""

from __future__ import annotations

from verify.checks import Finding
from verify.submission import Submission

_OF_THE_FORM = ("raw", "file", "sheet", "line", "heading")


def as_findings(submission: Submission) -> list[Finding]:
    """The faults of a submission in the shape of findings; `rows` is the complete count, row ids may be capped."""
    found = []
    for group in submission.finding_groups:
        arguments = {name: text for name, text in group.arguments.items() if name not in _OF_THE_FORM}
        found.append(Finding(group.code, group.severity, group.table, "", None, "", arguments, group.rows, group.row_ids))
    return found
