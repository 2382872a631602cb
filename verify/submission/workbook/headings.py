"""Which row of a sheet holds the headings: the one that the table's contract knows best, below any title rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verify.submission.workbook.rows import SheetRow

SEARCHED_ROWS = 20
_DATUM = re.compile(r"\s*[+\-]?[\d.]")  # a quantity, a year, a date: nothing that a heading starts with

Knows = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading of each 1-based column, and the last row that belongs to them (0: none found)."""

    by_column: dict[int, str]
    last_line: int


def find_headings(rows: Sequence[SheetRow], knows: Knows) -> Headings:
    """The headings among the first rows of a sheet. `knows` gives the contract's column for a text, or None.

    The row with the most known columns wins, the upper one where two are equal. A neighbour that is made of headings
    too (two languages, or groups above columns) belongs to it. Where no row is known the widest is taken, so that the
    missing columns can be named.
    """
    rows = [row for row in rows if row.line <= SEARCHED_ROWS]
    if not rows:
        return Headings({}, 0)
    scores = [len({column for text in _texts(row).values() if (column := _known(text, knows))}) for row in rows]
    best = max(range(len(rows)), key=lambda at: (scores[at], any(scores) or len(_texts(rows[at])), -at))
    chosen = [rows[best]]
    if scores[best]:
        if best + 1 < len(rows) and _adjoins(rows[best], rows[best + 1], knows):
            chosen.append(rows[best + 1])
        elif best > 0 and _adjoins(rows[best - 1], rows[best], knows) and _is_heading(rows[best - 1], knows):
            chosen.insert(0, rows[best - 1])
    return Headings(_joined(chosen, knows), chosen[-1].line)


def _adjoins(upper: SheetRow, lower: SheetRow, knows: Knows) -> bool:
    return lower.line == upper.line + 1 and _is_heading(lower, knows)


def _is_heading(row: SheetRow, knows: Knows) -> bool:
    """At least two known columns, at least half of the row known, and no cell that starts like a number."""
    texts = list(_texts(row).values())
    known = sum(_known(text, knows) is not None for text in texts)
    return known >= 2 and known * 2 >= len(texts) and not any(_DATUM.match(text) for text in texts)


def _joined(rows: Sequence[SheetRow], knows: Knows) -> dict[int, str]:
    """One heading per column: of several rows the text that is known, the lower one first, else all that stands there."""
    found: dict[int, str] = {}
    for column in sorted({column for row in rows for column in row.cells}):
        texts = [text for row in rows if (text := _texts(row).get(column))]
        candidates = [*(_one_line(text, knows) for text in reversed(texts)), " / ".join(texts), "".join(texts)]
        known = next((text for text in candidates if knows(text)), None)
        if texts:
            found[column] = known or " / ".join(_one_line(text, knows) for text in texts)
    return found


def _texts(row: SheetRow) -> dict[int, str]:
    return {column: cell.text for column, cell in row.cells.items() if cell.text is not None and cell.text.strip()}


def _known(text: str, knows: Knows) -> str | None:
    return knows(_one_line(text, knows))


def _one_line(text: str, knows: Knows) -> str:
    """A heading with line breaks as one line: wrapped (``低位↵发热量``), or one language per line (``数量↵Quantity``)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next(
        (joined for joined in ("".join(lines), " ".join(lines), " / ".join(lines)) if knows(joined)), " ".join(lines)
    )
