"""A workbook as parks have them: beside the tables a ledger with chart, picture, formats, checks, formulas and notes."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

LEDGER, CHARTS = "内部台账", "用电图表"
OWN_NOTE = "请与供电局核对后再报。"
MACROS = b"\xd0\xcf\x11\xe0 not really a macro project"
_PICTURE = "xl/media/image9.png"


def furnish(source: Path, target: Path, *, note_at: tuple[str, str] | None = None, macros: bool = False) -> None:
    """`source` with a ledger sheet of the park's own, at `target`; `note_at`: sheet and cell that carry a note already."""
    from openpyxl import load_workbook
    from openpyxl.chart import BarChart, Reference
    from openpyxl.comments import Comment
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = load_workbook(source)
    sheet = book.create_sheet(CHARTS)
    sheet.append(["月份", "用电量", "同比"])
    for month in range(1, 7):
        sheet.append([f"{month}月", 1000 + month * 37, f"=B{month + 1}/1000-1"])
    sheet.merge_cells("A9:C9")
    sheet["A9"] = "合计以电网结算单为准"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=7), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    red = PatternFill("solid", bgColor="FFFFC7CE")
    sheet.conditional_formatting.add("B2:B7", CellIsRule(operator="greaterThan", formula=["1150"], fill=red))
    check = DataValidation(type="list", formula1='"1月,2月,3月"')
    sheet.add_data_validation(check)
    check.add("A2:A7")
    sheet.freeze_panes = "A2"
    sheet["B3"].comment = Comment("二月数据为估计。", "张工")
    ledger = book.create_sheet(LEDGER)
    ledger["A1"] = "往来备忘"
    ledger["B1"] = "=SUM(B2:B4)"
    for at, one in enumerate(book.worksheets):
        one.sheet_view.tabSelected = at == 0
    book.active = 0
    if note_at is not None:
        cell = book[note_at[0]][note_at[1]]
        cell.comment = Comment(OWN_NOTE, "张工")
        book[note_at[0]].conditional_formatting.add(
            note_at[1], CellIsRule(operator="lessThan", formula=["0"], fill=red)
        )
    saved = io.BytesIO()
    book.save(saved)
    target.write_bytes(_with_picture(saved.getvalue(), macros=macros))


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def zipped(content: dict[str, bytes]) -> bytes:
    """Parts as a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in content.items():
            target.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def part_of(content: dict[str, bytes], sheet: str) -> str:
    """The part of a sheet by its tab name."""
    text = content["xl/workbook.xml"].decode()
    found = re.search(rf'<(?:\w+:)?sheet [^>]*name="{re.escape(sheet)}"[^>]*r:id="([^"]+)"', text)
    assert found is not None, sheet
    relations = content["xl/_rels/workbook.xml.rels"].decode()
    one = next(tag for tag in re.findall(r"<Relationship [^>]*>", relations) if f'Id="{found[1]}"' in tag)
    target = re.search(r'Target="([^"]+)"', one)
    assert target is not None
    return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"


def _with_picture(data: bytes, *, macros: bool) -> bytes:
    content = parts(data)
    drawing = next(name for name in content if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))
    relations = drawing.replace("drawings/", "drawings/_rels/") + ".rels"
    content[_PICTURE] = png()
    content[relations] = content[relations].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="/%s"/></Relationships>' % _PICTURE.encode(),
    )
    anchor = (
        '<xdr:twoCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:from><xdr:col>4</xdr:col>'
        "<xdr:colOff>0</xdr:colOff><xdr:row>18</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6</xdr:col>"
        "<xdr:colOff>0</xdr:colOff><xdr:row>24</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:pic><xdr:nvPicPr>"
        '<xdr:cNvPr id="9" name="Logo"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId99"/><a:stretch>'
        '<a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
        "</xdr:pic><xdr:clientData/></xdr:twoCellAnchor>"
    )
    end = re.search(rb"</(?:\w+:)?wsDr>", content[drawing])
    assert end is not None
    content[drawing] = content[drawing][: end.start()] + anchor.encode() + content[drawing][end.start() :]
    types = content["[Content_Types].xml"].decode()
    if 'Extension="png"' not in types:
        types = re.sub(r"(<Types[^>]*>)", r'\1<Default Extension="png" ContentType="image/png"/>', types, count=1)
    if macros:
        content["xl/vbaProject.bin"] = MACROS
        types = types.replace(
            "spreadsheetml.sheet.main+xml", "x"
        ).replace("application/vnd.openxmlformats-officedocument.x", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")  # fmt: skip
        types = types.replace(
            "</Types>",
            '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        )
        content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="rId98" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
            b'Target="vbaProject.bin"/></Relationships>',
        )
    content["[Content_Types].xml"] = types.encode()
    return zipped(content)


def png(width: int = 48, height: int = 48) -> bytes:
    """A small green square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x2e\x8b\x57" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
