"""A stream of rows and the headings above them as a `RawSheet`: batches of text, notes with their addresses."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from verify.submission.contract import contracts
from verify.submission.naming import column_named, table_named
from verify.submission.raw import BATCH_ROWS, RawBatch, RawNote, RawSheet
from verify.submission.workbook.addresses import Range, letters
from verify.submission.workbook.cells import BLANK
from verify.submission.workbook.headings import SEARCHED_ROWS, Knows, find_headings
from verify.submission.workbook.own_sheets import known_park_heading, park_sheet
from verify.submission.workbook.rows import Layout, SheetRow


@dataclass(frozen=True, slots=True)
class Tab:
    """What is known of a sheet before its rows: the file, the tab, the name that hints at its table, its state."""

    file: str
    sheet: str
    hint: str
    hidden: bool = False


def raw_sheet(tab: Tab, rows: Iterable[SheetRow], layout: Layout, notes: Iterable[RawNote] = ()) -> RawSheet | None:
    """The sheet of `rows`; None where it is empty and names no table, as the spare sheets of a new workbook are."""
    stream = (row for row in rows if any(cell.kind or (cell.text or "").strip() for cell in row.cells.values()))
    head: list[SheetRow] = []
    for row in stream:
        head.append(row)
        if row.line >= SEARCHED_ROWS:
            break
    if not head and table_named(tab.hint) is None:
        return None
    found = find_headings(head, _knowing(tab.hint))
    columns, twins = _distinct(_named(tab.hint, found.by_column))
    own = [RawNote("hidden_sheet", raw=tab.sheet)] if tab.hidden else []
    line = found.last_line
    own += [RawNote("twin_heading", line, heading, arguments=_at(column, line)) for column, heading in twins]
    own += [
        RawNote("hidden_column", 0, heading, arguments={"letters": letters(column)})
        for column, heading in columns.items()
        if column in layout.hidden_columns
    ]
    data = (row for row in chain(head, stream) if row.line > line)
    skipped = frozenset(column for column, _ in twins)
    return RawSheet(
        table_hint=tab.hint,
        file=tab.file,
        sheet=tab.sheet,
        batches=_batches(data, columns, skipped, [one for one in layout.merged if one.bottom > line]),
        letters={heading: letters(column) for column, heading in columns.items()},
        notes=[*own, *notes],
        heading_line=line,
    )


def _knowing(hint: str) -> Knows:
    if park_sheet(hint):
        return known_park_heading
    table = table_named(hint)
    if table is None:
        return lambda _: None
    contract = contracts()[table]
    return lambda text: column_named(contract, text)


def _named(hint: str, by_column: dict[int, str]) -> dict[int, str]:
    """The headings as typed; those of the park sheet by their own names, since no contract will know them."""
    if not park_sheet(hint):
        return by_column
    return {column: known_park_heading(heading) or heading for column, heading in by_column.items()}


def _distinct(by_column: dict[int, str]) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """The headings that are read, and the later ones that repeat a text."""
    columns: dict[int, str] = {}
    twins = []
    for column, heading in by_column.items():
        if heading in columns.values():
            twins.append((column, heading))
        else:
            columns[column] = heading
    return columns, twins


def _batches(
    rows: Iterable[SheetRow], columns: dict[int, str], skipped: frozenset[int], merged: list[Range]
) -> Iterator[RawBatch]:
    """Batches of at most BATCH_ROWS rows; a sheet without rows gives one empty batch, which still names its columns."""
    batch = _empty(columns)
    none_yet = True
    waiting = deque(one for one in merged if any(one.left <= column <= one.right for column in columns))
    open_: list[Range] = []
    for row in rows:
        batch.lines.append(row.line)
        for column, heading in columns.items():
            batch.columns[heading].append(row.cells.get(column, BLANK).text)
        while waiting and waiting[0].top <= row.line:
            open_.append(waiting.popleft())
        if open_:
            open_ = [one for one in open_ if one.bottom >= row.line]
        batch.notes += _notes(row, columns, skipped, open_)
        if len(batch.lines) >= BATCH_ROWS:
            yield batch
            batch, none_yet = _empty(columns), False
    if batch.lines or none_yet:
        yield batch


def _notes(row: SheetRow, columns: dict[int, str], skipped: frozenset[int], merged: list[Range]) -> Iterator[RawNote]:
    if row.hidden:
        yield RawNote("hidden_row", row.line)
    extra = False
    for column, cell in row.cells.items():
        heading = columns.get(column)
        if heading is not None:
            if cell.kind:
                yield RawNote(cell.kind, row.line, heading, cell.raw, _at(column, row.line))
        elif not extra and column not in skipped and (cell.text or "").strip():
            extra = True  # once per row: it is the row that is wider than its headings
            yield RawNote("extra_cells", row.line, "", cell.text or "", _at(column, row.line))
    for one in merged:
        for column, heading in columns.items():
            if one.left <= column <= one.right:
                raw = row.cells.get(column, BLANK).text or ""
                yield RawNote("merged_cell", row.line, heading, raw, {**_at(column, row.line), "range": str(one)})


def _empty(columns: dict[int, str]) -> RawBatch:
    return RawBatch([], {heading: [] for heading in columns.values()})


def _at(column: int, line: int) -> dict[str, str]:
    return {"cell": f"{letters(column)}{line}"}
