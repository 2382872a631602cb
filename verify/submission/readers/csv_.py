"""CSV as text, streamed: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030; comma, semicolon or tab.

Which encoding holds is decided by a strict decode of the whole stream in pieces, never by a guess on its beginning.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator

from verify.submission.raw import BATCH_ROWS, RawBatch, RawNote, RawSheet
from verify.submission.readers.entries import Entry

_DELIMITERS = ",;\t"
_SEARCHED = 10  # rows in which the headings are looked for, below title rows
_LONGEST_CELL = 1 << 20

Knows = Callable[[str], str | None]


def csv_sheet(entry: Entry, knows: Knows, *, batch_rows: int = BATCH_ROWS) -> RawSheet:
    """The CSV file `entry` as one sheet. `knows` gives the contract's column for a heading, or None."""
    encoding = encoding_of(entry)
    if encoding is None:
        return RawSheet(entry.stem, entry.name, "", iter(()), notes=[RawNote("not_utf8")])
    sheet = RawSheet(entry.stem, entry.name, "", iter(()))
    sheet.batches = _batches(entry, encoding, knows, sheet, batch_rows)
    return sheet


def encoding_of(entry: Entry) -> str | None:
    """The encoding under which every byte of `entry` decodes, or None."""
    with entry.stream() as stream:
        start = stream.read(3)
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    return next((encoding for encoding in candidates if _decodes(entry, encoding)), None)


def _decodes(entry: Entry, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for piece in entry.pieces():
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _batches(entry: Entry, encoding: str, knows: Knows, sheet: RawSheet, batch_rows: int) -> Iterator[RawBatch]:
    csv.field_size_limit(_LONGEST_CELL)
    with io.TextIOWrapper(entry.stream(), encoding=encoding, newline="") as text:
        records = _records(text, sheet)
        head = [record for _, record in zip(range(_SEARCHED), records, strict=False)]
        at = _heading_row(head, knows)
        if at is None:
            return
        headings, kept = _headings(head[at], sheet)
        batch = RawBatch([], {})
        rows: list[list[str]] = []
        for line, row in (*head[at + 1 :], *()):
            _take(batch, rows, line, row, len(headings))
        for line, row in records:
            _take(batch, rows, line, row, len(headings))
            if len(rows) >= batch_rows:
                yield _filled(batch, rows, headings, kept)
                batch, rows = RawBatch([], {}), []
        yield _filled(batch, rows, headings, kept)


def _records(text: io.TextIOWrapper, sheet: RawSheet) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank with the physical line on which it starts; blank lines count."""
    first = text.readline()
    blank_lines = 0
    while first and not first.strip("\r\n \t,;"):
        blank_lines += 1
        first = text.readline()
    if not first:
        return
    delimiter = max(_DELIMITERS, key=first.count)
    lines = _chain(first, text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            sheet.notes.append(RawNote("broken", line=blank_lines + before + 1, raw=str(error)))
            return
        if any(row):
            yield blank_lines + before + 1, row
        before = reader.line_num


def _chain(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest


def _heading_row(head: list[tuple[int, list[str]]], knows: Knows) -> int | None:
    """The row that the contract knows best (the first where none is known)."""
    if not head:
        return None
    scores = [len({column for cell in row if (column := knows(cell))}) for _, row in head]
    return max(range(len(head)), key=lambda at: (scores[at], -at))


def _headings(record: tuple[int, list[str]], sheet: RawSheet) -> tuple[list[str], list[int]]:
    """The headings, and the positions of those that are read: a heading that stands again is set aside and noted."""
    line, row = record
    while row and not row[-1].strip():
        row = row[:-1]
    kept: list[int] = []
    seen: set[str] = set()
    for position, heading in enumerate(row):
        name = heading.strip()
        if name in seen:
            sheet.notes.append(RawNote("twin_heading", line, name))
        elif name:
            seen.add(name)
            kept.append(position)
    return [heading.strip() for heading in row], kept


def _take(batch: RawBatch, rows: list[list[str]], line: int, row: list[str], width: int) -> None:
    if len(row) != width:
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            extra = next(cell for cell in row[width:] if cell.strip())
            batch.notes.append(RawNote("shifted_row", line, "", extra))
        row = row[:width] + [""] * (width - len(row))
    batch.lines.append(line)
    rows.append(row)


def _filled(batch: RawBatch, rows: list[list[str]], headings: list[str], kept: list[int]) -> RawBatch:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(headings)
    batch.columns = {headings[position]: list(columns[position]) for position in kept}
    return batch
