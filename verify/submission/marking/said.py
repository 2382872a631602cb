"""What a note says: the findings of its cell, the worst first, each with how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.submission.marking.values import MAKER, SEVERITIES, Cell, Placed
from verify.words import Language, say

_NOTED = 5  # findings that one note spells out
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
BEGINS = f"{MAKER} · "  # how every note of ours begins, should a program have lost its author

Note = list[tuple[str, bool]]  # pieces of text, bold or not


def legible(text: str) -> str:
    """Without the characters that XML cannot hold; a cell of a park may have held them."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def note_texts(
    placed: Sequence[Placed], language: Language, sheet_name: str
) -> dict[Cell, tuple[str, list[tuple[str, bool]]]]:
    """Severity and note of every cell: the worst first; beyond `_NOTED` the note points at the list."""
    by_cell: dict[Cell, list[Placed]] = {}
    for one in placed:
        for cell in one.cells:
            by_cell.setdefault(cell, []).append(one)
        if one.heading is not None:
            by_cell.setdefault(one.heading, []).append(one)
    found = {}
    for cell, ones in by_cell.items():
        ones.sort(key=lambda one: SEVERITIES.index(one.remark.severity))
        pieces: list[tuple[str, bool]] = []
        for at, one in enumerate(ones[:_NOTED]):
            remark = one.remark
            word = say(f"report.severity_one.{remark.severity}", language)
            lead = f"{word} {remark.code}  {remark.title}"
            pieces.append((("\n\n" + lead) if at else BEGINS + lead, True))
            body = remark.says
            if cell == one.heading:
                body = say("marking.capped", language, count=max(remark.rows, len(remark.spots)), shown=len(one.cells))
            pieces.append((f"\n{body}\n" + say("marking.mend", language, text=remark.mend), False))
        if len(ones) > _NOTED:
            pieces.append(("\n\n" + say("marking.more", language, count=len(ones) - _NOTED, sheet=sheet_name), False))
        found[cell] = (ones[0].remark.severity, [(legible(text), bold) for text, bold in pieces])
    return found
