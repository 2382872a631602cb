"""What a reader saw beside the text, as codes of findings."""

from __future__ import annotations

from verify.submission.raw import RawNote

_CODES = {
    "stale_formula": "TZ-SUB-33",
    "error_value": "TZ-SUB-33",
    "not_text": "TZ-SUB-33",
    "hidden_row": "TZ-SUB-34",
    "hidden_column": "TZ-SUB-34",
    "hidden_sheet": "TZ-SUB-34",
    "merged_cell": "TZ-SUB-35",
    "formulas_unseen": "TZ-SUB-36",
    "extra_cells": "TZ-SUB-35",
    "shifted_row": "TZ-SUB-30",
    "broken": "TZ-SUB-30",
    "not_utf8": "TZ-SUB-30",
    "mixed_encodings": "TZ-SUB-30",
    "zero_bytes": "TZ-SUB-30",
    "twin_heading": "TZ-SUB-31",
}
# the row cannot be read as it stands
EXCLUDING = frozenset({"stale_formula", "error_value", "not_text", "shifted_row"})


def code_of(note: RawNote) -> str:
    """The code of the finding that a note becomes."""
    return _CODES[note.kind]
