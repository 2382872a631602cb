"""Faults of the data, as findings of the report: grouped by code, table and column.

What was typed (`raw`) and where it stands differ with the form of a submission, so they go with the places, never into
the facts. A fault of a whole sheet or file has no row; it gets an id of its own (``storages:carrier#1``, ``file:#1``), so
that its place is found like any other.
"""

from __future__ import annotations

from typing import Any

from verify.checks import Finding
from verify.submission import Submission, SubmissionFinding

_OF_THE_FORM = ("raw", "file", "sheet", "line", "heading")
_FILE = "file"  # stands for the table where a file is no table at all


def as_findings(submission: Submission) -> list[Finding]:
    """The faults of a submission in the shape of findings; `rows` is the complete count, row ids may be capped."""
    sheets = _sheet_ids(submission)
    found = []
    for group in submission.finding_groups:
        arguments = {name: text for name, text in group.arguments.items() if name not in _OF_THE_FORM}
        row_ids = group.row_ids or tuple(sorted(sheets.get((group.code, group.table, group.column), {})))
        found.append(Finding(group.code, group.severity, group.table, "", None, "", arguments, group.rows, row_ids))
    return found


def add_faults(places: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """`places` with what was typed in the cells of faults, and with the places of faulty sheets and files."""
    for one in submission.findings:
        place = places.get(one.row_id)
        if place is not None and one.place is not None and one.place.column and one.raw:
            place.setdefault("raw", {})[one.place.column] = one.raw
    for ids in _sheet_ids(submission).values():
        for row_id, one in ids.items():
            if one.place is not None:
                columns = [one.place.column or one.column] if one.column else []
                places[row_id] = {
                    "file": one.place.file,
                    "sheet": one.place.sheet or None,
                    "line": one.place.line or None,
                    "columns": columns,
                }
    return places


def _sheet_ids(submission: Submission) -> dict[tuple[str, str, str], dict[str, SubmissionFinding]]:
    """Ids for the faults that have no row, by code, table and column."""
    found: dict[tuple[str, str, str], dict[str, SubmissionFinding]] = {}
    for one in submission.findings:
        if not one.row_id:
            ids = found.setdefault((one.code, one.table, one.column), {})
            ids[f"{one.table or _FILE}:{one.code}|{one.column}#{len(ids) + 1}"] = one
    return found
