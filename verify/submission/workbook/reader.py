"""A workbook, whatever its dialect, as the sheets of a submission."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from verify.errors import Unreadable
from verify.submission.naming import table_named
from verify.submission.raw import RawNote, RawSheet
from verify.submission.workbook.archive import Archive, Limits
from verify.submission.workbook.legacy import LegacyBook
from verify.submission.workbook.opendocument import is_opendocument, refuse_repeats
from verify.submission.workbook.own_sheets import guide_sheet, hint, park_sheet
from verify.submission.workbook.package import opened
from verify.submission.workbook.rows import Layout, merged_ranges, sheet_rows
from verify.submission.workbook.sheet import Tab, raw_sheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIMITS = Limits()


def read_workbook(source: Path | bytes, name: str, limits: Limits = _LIMITS) -> Iterator[RawSheet]:
    """Every sheet of a workbook that holds a table or park.yaml, in the order of the tabs; sheets of guidance are left out.

    `name` is the file name that places show. .xlsx and .xlsm are read part by part, with formulas, formats, merged and
    hidden cells; .xls and .ods give values only and a note ``formulas_unseen``. The container is judged before this
    returns: Unreadable ``workbook.…`` for what is no workbook, is encrypted, damaged, or larger than `limits`.
    """
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    head = _head(source)
    if size == 0:
        raise Unreadable("workbook.empty", file=name)
    if head == _OLE:
        if size > limits.total:
            raise Unreadable("workbook.bomb", file=name, part=name)
        return _legacy(LegacyBook(_bytes(source), name), name)
    if head[:2] != b"PK":
        raise Unreadable("workbook.not_a_zip", file=name)
    archive = Archive(source, name, limits)
    if is_opendocument(archive):
        refuse_repeats(archive, name)
        return _legacy(LegacyBook(_bytes(source), name), name)
    return _ooxml(archive, name)


def _ooxml(archive: Archive, name: str) -> Iterator[RawSheet]:
    package = opened(archive, name)
    tabs = _tabs([(sheet.name, sheet.hidden) for sheet in package.sheets], name)

    def sheets() -> Iterator[RawSheet]:
        for sheet, tab in zip(package.sheets, tabs, strict=True):
            if tab is None:
                continue
            layout = Layout(merged=merged_ranges(archive, name, sheet))
            found = raw_sheet(tab, sheet_rows(archive, name, package, sheet, layout), layout)
            if found is not None:
                yield found

    return sheets()


def _legacy(book: LegacyBook, name: str) -> Iterator[RawSheet]:
    for (sheet, _), tab in zip(book.sheets, _tabs(book.sheets, name), strict=True):
        if tab is not None:
            layout = Layout(merged=book.merged(sheet))
            found = raw_sheet(tab, book.rows(sheet), layout, [RawNote("formulas_unseen", raw=name)])
            if found is not None:
                yield found


def _tabs(sheets: list[tuple[str, bool]], name: str) -> list[Tab | None]:
    """Each sheet with its hint; None for a sheet of guidance. A lone sheet with a name of no meaning takes the file's."""
    kept = [(sheet, hidden) for sheet, hidden in sheets if not guide_sheet(sheet)]
    lone = len(kept) == 1 and table_named(hint(kept[0][0])) is None and not park_sheet(kept[0][0])
    stem = PurePosixPath(name).stem
    by_file = stem if lone and table_named(stem) is not None else None
    return [
        None if guide_sheet(sheet) else Tab(name, sheet, by_file or hint(sheet), hidden) for sheet, hidden in sheets
    ]


def _head(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:8]
    with source.open("rb") as file:
        return file.read(8)


def _bytes(source: Path | bytes) -> bytes:
    return source.read_bytes() if isinstance(source, Path) else source
