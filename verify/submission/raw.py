"""What a reader hands over: cells as text, as typed, with the physical line that the park sees.

A reader knows no contract. It tells a blank cell (None) from text, never trims, never converts, and names what it could
not pass on as text in a `RawNote` (a formula without a fresh value, a hidden row, …).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

BATCH_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class RawNote:
    """Something the reader saw beside the text.

    `kind` is a word of `NOTE_KINDS`; `line` is the physical line or sheet row (0: the whole sheet), `column` the heading
    as typed ('' : the whole row), `raw` what stood in the cell, `arguments` what the words of the finding need.
    """

    kind: str
    line: int = 0
    column: str = ""
    raw: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RawBatch:
    """Some rows of a sheet: `columns[heading][i]` stood in the physical line `lines[i]` (1-based)."""

    lines: list[int]
    columns: dict[str, list[str | None]]
    notes: list[RawNote] = field(default_factory=list)


@dataclass(slots=True)
class RawSheet:
    """One sheet, CSV or Parquet file.

    `table_hint` is the sheet name or the file stem that should name a table; `sheet` is '' where the file has no sheets.
    `letters` gives the column letter of a heading in a workbook. `batches` is read once; `close` is called after it.
    `heading_line` is the row of a workbook's sheet in which its headings end (0: none found).
    """

    table_hint: str
    file: str
    sheet: str
    batches: Iterator[RawBatch]
    letters: Mapping[str, str] = field(default_factory=dict)
    notes: list[RawNote] = field(default_factory=list)
    close: Callable[[], None] | None = None
    heading_line: int = 0


NOTE_KINDS = (
    "stale_formula",  # a formula whose stored value is missing or not fresh: the cell is None
    "error_value",  # #REF!, #DIV/0! and the like: the cell is None
    "hidden_row",  # the row is read all the same
    "hidden_column",
    "hidden_sheet",
    "merged_cell",  # a merged range inside the data
    "not_text",  # a value that has no text (an image, a rich object)
    "extra_cells",  # a cell beside the table, under no heading
    "shifted_row",  # more cells than headings in a CSV row: its cells cannot be told apart
    "twin_heading",  # a heading stands twice; the second column is not read
    "broken",  # the rest of the sheet cannot be read
    "not_utf8",  # the stream is neither UTF-8 nor GB18030
    "mixed_encodings",  # it is GB18030 with UTF-8 inside, from `line` on
    "zero_bytes",  # UTF-16 without its mark, or no text at all
    "formulas_unseen",  # a format whose formulas cannot be told from values (.xls, .ods)
)
