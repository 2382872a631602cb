"""A submission as the later stages see it: exact tables, the fate of every row, findings, places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from verify.engine import Table
from verify.ruler.marks import Marked
from verify.submission.findings import FindingGroup, SubmissionFinding
from verify.submission.park import Park
from verify.submission.pdf_marks import PdfMarks
from verify.submission.places import PlaceIndex

DISPOSITIONS = ("used", "excluded", "blocking")
_UNREAD = frozenset(  # reasons of findings
    {"broken", "not_utf8", "mixed_encodings", "zero_bytes", "no_headings", "missing_table", "empty_table"}
)


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """A row that does not count, as far as it could be read; unreadable fields are '' or None.

    `incomplete`: what the row would have added is missing from its term. A second copy and a row of a time in which its
    enterprise was no member take nothing away.
    """

    table: str
    row_id: str
    code: str
    incomplete: bool
    year: str = ""
    period: str = ""
    enterprise_id: str = ""
    source_id: str = ""
    carrier: str = ""
    flow: str = ""
    activity_type: str = ""
    product: str = ""
    quantity: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One handed-in file."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Submission:
    """What was handed in, after the door.

    `tables` holds all canonical tables (used and blocking rows only), those not handed in empty; `handed_in` names the tables
    with a row, or with rows that could not be read; `dispositions` one row per handed-in row; `finding_counts` is complete where `findings` is cut. `excluded` lists at most some thousand rows per
    table, ordered by row id; `disposition_counts` is complete.
    """

    id: str
    park: Park
    tables: Mapping[str, Table]
    handed_in: frozenset[str]
    dispositions: Table
    disposition_counts: Mapping[str, Mapping[str, int]]
    excluded: tuple[ExcludedRow, ...]
    findings: tuple[SubmissionFinding, ...]
    finding_groups: tuple[FindingGroup, ...]
    finding_counts: Mapping[str, int]
    places: PlaceIndex
    sources: tuple[Source, ...]
    set_aside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # table -> headings that no column knows
    park_marks: Marked = field(  # where each key of park.yaml stands
        default_factory=lambda: Marked("park.yaml", {}, {}), repr=False
    )

    paper_marks: Mapping[str, PdfMarks] = field(default_factory=dict, repr=False)  # cell of evidence.file -> the PDF

    @property
    def unread(self) -> frozenset[str]:
        """Tables of which nobody knows how many rows are missing: unreadable from some place on, or required and absent."""
        return frozenset(one.table for one in self.findings if one.arguments.get("reason") in _UNREAD)

    @property
    def blocking(self) -> int:
        """Rows that no conclusion may rest on."""
        return sum(counts["blocking"] for counts in self.disposition_counts.values())
