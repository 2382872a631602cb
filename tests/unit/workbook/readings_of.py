"""What the reader says of a workbook, flattened for assertions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from verify.errors import Unreadable
from verify.submission.raw import RawNote
from verify.submission.workbook import Limits, read_workbook


@dataclass
class Seen:
    """One sheet, its batches joined."""

    hint: str
    sheet: str
    lines: list[int]
    columns: dict[str, list[str | None]]
    notes: list[RawNote]
    letters: dict[str, str]

    def kinds(self) -> set[str]:
        return {note.kind for note in self.notes}

    def of_kind(self, kind: str) -> list[RawNote]:
        return [note for note in self.notes if note.kind == kind]


def read(source: bytes | Path, name: str = "park.xlsx", limits: Limits | None = None) -> list[Seen]:
    """Every sheet, read to its end."""
    found = []
    for sheet in read_workbook(source, name, limits or Limits()):
        seen = Seen(sheet.table_hint, sheet.sheet, [], {}, list(sheet.notes), dict(sheet.letters))
        for batch in sheet.batches:
            seen.lines += batch.lines
            seen.notes += batch.notes
            for heading, values in batch.columns.items():
                seen.columns.setdefault(heading, []).extend(values)
        found.append(seen)
    return found


def only(source: bytes | Path, name: str = "park.xlsx") -> Seen:
    """The one sheet of a workbook."""
    (found,) = read(source, name)
    return found


def outcome(source: bytes | Path, name: str = "park.xlsx") -> str:
    """The key of the refusal, or '' where the workbook could be read; anything else is raised."""
    try:
        read(source, name)
    except Unreadable as error:
        return error.key
    return ""
