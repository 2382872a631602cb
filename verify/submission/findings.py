"""Findings at the door: code, place, raw value. Their words live in templates/findings and templates/messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from verify import resources
from verify.submission.places import Place

SHOWN = 200  # objects per code; counts stay complete and a cut list says so


@dataclass(frozen=True, slots=True)
class SubmissionFinding:
    """One fault of what was handed in.

    `row_id`, `subject` (an enterprise) and `period` are '' where the fault is of a file or a sheet; `raw` is what stood in
    the cell; `arguments["reason"]` names the sentence ``submission.reason_<reason>``.
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


@cache
def severity_of(code: str) -> str:
    """error, warning, question or note, as the finding's own file says."""
    import yaml

    path = resources.templates() / "findings" / f"{code}.yaml"
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return str(loaded["severity"])
