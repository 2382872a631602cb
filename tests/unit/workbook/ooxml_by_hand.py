"""Small workbooks written part by part, so that a test decides every byte that the reader sees."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def cell(address: str, value: str | int | float | None, style: int = 0) -> str:
    """A cell: text inline, numbers as they are written."""
    styled = f' s="{style}"' if style else ""
    if isinstance(value, str):
        return f'<c r="{address}"{styled} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{address}"{styled}/>' if value is None else f'<c r="{address}"{styled}><v>{value}</v></c>'


def row(line: int, *cells: str, **attributes: str) -> str:
    """A row of ready cells."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<row r="{line}"{more}>{"".join(cells)}</row>'


def texts(line: int, *values: str | int | float | None, **attributes: str) -> str:
    """A row of values from column A on."""
    return row(line, *(cell(f"{chr(65 + at)}{line}", value) for at, value in enumerate(values)), **attributes)


def sheet(*rows: str, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """A worksheet part."""
    return f'{HEADER}<worksheet xmlns="{namespace}">{before}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def merges(*ranges: str) -> str:
    """The merged ranges, which stand after the rows."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in ranges) + "</mergeCells>"


def styles(*codes: str | int) -> str:
    """A styles part: style 0 is General, style n shows `codes[n-1]` (a number format code, or a built-in id)."""
    own = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for at, code in enumerate(codes)
        if isinstance(code, str)
    )
    cells = "".join(f'<xf numFmtId="{code if isinstance(code, int) else 164 + at}"/>' for at, code in enumerate(codes))
    return f'{HEADER}<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>'


def workbook(
    sheets: dict[str, str],
    *,
    style: str | None = None,
    strings: str | None = None,
    properties: str = "",
    calculation: str = "",
    hidden: tuple[str, ...] = (),
    more: dict[str, bytes] | None = None,
    namespace: str = MAIN,
) -> bytes:
    """An .xlsx of the given parts. `properties` and `calculation` are the attributes of workbookPr and calcPr."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for at, name in enumerate(sheets, start=1)
    )
    related = {f"rId{at}": ("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)}
    if style is not None:
        related["rIdStyle"] = ("styles", "styles.xml")
    if strings is not None:
        related["rIdText"] = ("sharedStrings", "/xl/sharedStrings.xml")
    parts: dict[str, bytes] = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/_rels/workbook.xml.rels": _relations(related),
        "xl/workbook.xml": (
            f'{HEADER}<workbook xmlns="{namespace}" xmlns:r="{RELATED}"><workbookPr {properties}/>'
            f"<sheets>{listed}</sheets>{f'<calcPr {calculation}/>' if calculation else ''}</workbook>"
        ).encode(),
    }
    if style is not None:
        parts["xl/styles.xml"] = style.encode()
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings.encode()
    for at, text in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = text.encode()
    return zipped({**parts, **(more or {})})


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _relations(related: dict[str, tuple[str, str]]) -> bytes:
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in related.items()
    )
    return f'{HEADER}<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'.encode()
