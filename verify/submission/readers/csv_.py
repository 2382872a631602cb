"""CSV as text, streamed: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030; comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from verify.submission.raw import BATCH_ROWS, RawBatch, RawNote, RawSheet
from verify.submission.readers.encodings import encoding_of, objection
from verify.submission.readers.entries import Entry

_DELIMITERS = ",;\t"
_SEARCHED = 10  # rows in which the headings are looked for, below title rows
_LONGEST_CELL = 1 << 20
_CELLS = 300_000  # of a batch: what is held at once does not grow with the number of columns
_BREAK = re.compile(r"\r\n|\r|\n")

Knows = Callable[[str], str | None]


def csv_sheet(entry: Entry, knows: Knows, *, batch_rows: int = BATCH_ROWS) -> RawSheet:
    """The CSV file `entry` as one sheet. `knows` gives the contract's column for a heading, or None."""
    encoding = encoding_of(entry)
    refused = objection(entry, encoding)
    if encoding is None or refused is not None:
        return RawSheet(entry.stem, entry.name, "", iter(()), notes=[refused or RawNote("not_utf8")])
    sheet = RawSheet(entry.stem, entry.name, "", iter(()))
    sheet.batches = _batches(entry, encoding, knows, sheet, batch_rows)
    return sheet


def _batches(entry: Entry, encoding: str, knows: Knows, sheet: RawSheet, batch_rows: int) -> Iterator[RawBatch]:
    csv.field_size_limit(_LONGEST_CELL)
    with io.TextIOWrapper(entry.stream(), encoding=encoding, newline="") as text:
        records = _Records(text, sheet)
        lines, rows = records.take(_SEARCHED)
        at = _heading_row(rows, knows)
        if at is None:
            return
        headings, kept = _headings(lines[at], rows[at], sheet)
        batch_rows = max(min(batch_rows, _CELLS // max(len(headings), 1)), 1)
        lines, rows = lines[at + 1 :], rows[at + 1 :]
        while True:
            more_lines, more_rows = records.take(batch_rows - len(rows))
            full = len(rows) + len(more_rows) >= batch_rows
            yield _filled(lines + more_lines, rows + more_rows, headings, kept)
            if not full:
                return
            lines, rows = [], []


class _Records:
    """The records of a CSV that are not blank, each with the physical line on which it starts; blank lines count."""

    def __init__(self, text: io.TextIOWrapper, sheet: RawSheet) -> None:
        first, self._line = text.readline(), 1  # the line on which the next record starts
        while first and not first.strip("\r\n \t,;"):
            first, self._line = text.readline(), self._line + 1
        delimiter = max(_DELIMITERS, key=first.count)
        self._reader = csv.reader(chain([first] if first else [], text), delimiter=delimiter, strict=True)
        self._sheet = sheet
        self._ended = False

    def take(self, count: int) -> tuple[list[int], list[list[str]]]:
        """Lines and cells of the next `count` records, fewer only at the end. What cannot be parsed ends the sheet and is noted."""
        lines: list[int] = []
        found: list[list[str]] = []
        while len(found) < count and not self._ended:
            before = self._reader.line_num
            rows: list[list[str]] = []
            try:
                rows.extend(islice(self._reader, count - len(found)))
                self._ended = len(rows) < count - len(found)
            except csv.Error as error:  # the rows before it are in the list
                self._ended = True
                self._sheet.notes.append(RawNote("broken", line=self._starts(rows, before)[-1], raw=str(error)))
            starts = self._starts(rows, before)
            self._line = starts.pop()
            if not all(map(any, rows)):
                starts = [line for line, row in zip(starts, rows, strict=True) if any(row)]
                rows = [row for row in rows if any(row)]
            lines += starts
            found += rows
        return lines, found

    def _starts(self, rows: list[list[str]], before: int) -> list[int]:
        """The line on which each of `rows` starts, and at the end the line after the last."""
        if self._reader.line_num - before == len(rows):
            return list(range(self._line, self._line + len(rows) + 1))
        lines = [self._line]
        for row in rows:  # a quoted cell holds line breaks
            lines.append(lines[-1] + 1 + sum(len(_BREAK.findall(cell)) for cell in row))
        return lines


def _heading_row(head: list[list[str]], knows: Knows) -> int | None:
    """The row that the contract knows best (the first where none is known)."""
    if not head:
        return None
    scores = [len({column for cell in row if (column := knows(cell))}) for row in head]
    return max(range(len(head)), key=lambda at: (scores[at], -at))


def _headings(line: int, row: list[str], sheet: RawSheet) -> tuple[list[str], list[int]]:
    """The headings, and the positions of those that are read: a heading that stands again is set aside and noted."""
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


def _filled(lines: list[int], rows: list[list[str]], headings: list[str], kept: list[int]) -> RawBatch:
    """The records as columns. A row longer than the headings is cut and noted; a shorter one is filled with blanks."""
    notes: list[RawNote] = []
    width = len(headings)
    if set(map(len, rows)) - {width}:
        for at, row in enumerate(rows):
            extra = next((cell for cell in row[width:] if cell.strip()), None)
            if extra is not None:
                notes.append(RawNote("shifted_row", lines[at], "", extra))
            if len(row) != width:
                rows[at] = row[:width] + [""] * (width - len(row))
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    return RawBatch(lines, {headings[position]: list(columns[position]) for position in kept}, notes)
