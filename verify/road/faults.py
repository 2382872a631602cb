"""Faults of the data, as findings of the report: grouped by code, table and column. Places stay in the place index."""

from __future__ import annotations

from verify.checks import Finding
from verify.submission import Submission


def as_findings(submission: Submission) -> list[Finding]:
    """The faults of a submission in the shape of findings; `rows` is the complete count, row ids may be capped."""
    groups: dict[tuple[str, str, str, tuple[tuple[str, str], ...]], set[str]] = {}
    for one in submission.findings:
        key = (one.code, one.severity, one.table, (("column", one.column),))
        groups.setdefault(key, set()).add(one.row_id)
    found = []
    for (code, severity, table, arguments), row_ids in sorted(groups.items()):
        listed = tuple(sorted(row_id for row_id in row_ids if row_id))
        found.append(Finding(code, severity, table, "", None, "", dict(arguments), max(1, len(listed)), listed))
    return found
