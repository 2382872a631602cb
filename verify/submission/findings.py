"""Findings at the door: code, place, raw value. Their words live in templates/findings and templates/messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from verify import resources
from verify.submission.places import Place

SHOWN = 200  # objects per code; counts stay complete, and a cut list says so
SEVERITIES = ("error", "warning", "question", "note")


@dataclass(frozen=True, slots=True)
class SubmissionFinding:
    """One fault of what was handed in.

    `row_id`, `subject` (an enterprise) and `period` are '' where the fault is of a file or a sheet; `column` is a column of
    the contract, or a heading that no contract knows; `raw` is what stood in the cell; `arguments["reason"]` names the
    sentence ``submission.reason_<reason>``. `disposition` is what became of the row.
    """

    code: str
    severity: str
    table: str
    row_id: str = ""
    subject: str = ""
    period: str = ""
    column: str = ""
    raw: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    disposition: str = ""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """All findings of one code, table and column: the complete count, the first row ids, and the arguments of the first."""

    code: str
    severity: str
    table: str
    column: str
    rows: int
    row_ids: tuple[str, ...]
    arguments: Mapping[str, str]


@cache
def severity_of(code: str) -> str:
    """error, warning, question or note, as the finding's own file says."""
    import yaml

    path = resources.templates() / "findings" / f"{code}.yaml"
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return str(loaded["severity"])


def grouped(
    findings: Iterable[SubmissionFinding], counts: Mapping[tuple[str, str, str], int]
) -> tuple[FindingGroup, ...]:
    """`findings`, ordered, by code, table and column; `counts` are complete."""
    groups: dict[tuple[str, str, str], list[SubmissionFinding]] = {}
    for one in findings:
        groups.setdefault((one.code, one.table, one.column), []).append(one)
    return tuple(
        FindingGroup(
            code,
            severity_of(code),
            table,
            column,
            counts[code, table, column],
            tuple(dict.fromkeys(one.row_id for one in found if one.row_id)),
            {"table": table, "column": column, "raw": found[0].raw, **found[0].arguments},
        )
        for (code, table, column), found in groups.items()
    )


def cut(findings: Iterable[SubmissionFinding]) -> list[SubmissionFinding]:
    """At most `SHOWN` of each code and column, in an order that does not depend on the form of the submission."""
    room: Counter[tuple[str, str, str]] = Counter()
    kept = []
    for one in sorted(
        findings, key=lambda one: (SEVERITIES.index(one.severity), one.code, one.table, one.column, one.row_id, one.raw)
    ):
        room[one.code, one.table, one.column] += 1
        if room[one.code, one.table, one.column] <= SHOWN:
            kept.append(one)
    return kept
