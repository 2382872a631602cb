"""The smallest .ods and .xls (BIFF8 in an OLE container) that hold a table, written byte by byte."""

from __future__ import annotations

import struct

from ooxml_by_hand import HEADER, zipped

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ods(rows: str, *, sheet: str = "能源活动", more: dict[str, bytes] | None = None) -> bytes:
    """An .ods with one table of ready ``table:table-row`` elements."""
    content = (
        f'{HEADER}<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:table="{_ODF}:table:1.0"'
        f' xmlns:text="{_ODF}:text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="{sheet}">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = f'{HEADER}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>'
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    return zipped({**parts, "META-INF/manifest.xml": manifest.encode(), **(more or {})})


def ods_row(*values: str | float, repeated: int = 1) -> str:
    """A row of texts and numbers."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        if isinstance(value, str)
        else f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        for value in values
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def xls(rows: list[list[str | float]], *, sheet: str = "能源活动") -> bytes:
    """An .xls with one sheet of texts (LABEL) and numbers (NUMBER), [MS-XLS] 2.4."""
    bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    cells = b"".join(
        _record(0x0204, struct.pack("<HHHH", line, at, 0, len(value)) + b"\x01" + value.encode("utf-16-le"))
        if isinstance(value, str)
        else _record(0x0203, struct.pack("<HHHd", line, at, 0, value))
        for line, row in enumerate(rows)
        for at, value in enumerate(row)
    )
    body = bof + cells + _record(0x000A, b"")
    name = sheet.encode("utf-16-le")
    globals_ = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    sheet_length = 4 + 8 + len(name)
    start = len(globals_) + sheet_length + 4
    bound = _record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(sheet), 1) + name)
    return ole("Workbook", globals_ + bound + _record(0x000A, b"") + body)


def ole(stream: str, content: bytes) -> bytes:
    """An OLE container ([MS-CFB]) with one stream of at least 4096 bytes."""
    content = content.ljust(max(4096, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(content) // _SECTOR
    fat = [_FAT, _END, *range(3, sectors + 2), _END]
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, _END, 0, _END, 0,
    ) + struct.pack("<109I", 0, *[_FREE] * 108)  # fmt: skip
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry(stream, 2, _FREE, 2, len(content))
    return head + table + entries.ljust(_SECTOR, b"\0") + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<64sHBBIII", text, len(text), kind, 1, _FREE, _FREE, child)
    return links + bytes(36) + struct.pack("<IQ", start, size)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
