"""The sheet that lists every finding, with a link to each cell: always the last one, so that nothing that counts sheets moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from verify.submission.marking.package import MAIN
from verify.submission.marking.said import legible
from verify.submission.marking.styles import LOOKS, Styles
from verify.submission.marking.values import SEVERITIES, Cell, Cover, Placed
from verify.submission.template.looks import FONT, escaped, lines_needed
from verify.submission.workbook.addresses import letters
from verify.words import Language, say

_WIDTHS = (9.0, 13.0, 27.0, 58.0, 50.0, 17.0)  # severity, code, cell, what, how to mend, effect
_WHAT = 4  # the column of what is wrong
_LINE, _HIGHEST = 15.0, 405.0  # points
_EDGE = ("thin", "FFB7C0C7")


class _Looks:
    """The cell formats of the sheet."""

    def __init__(self, styles: Styles) -> None:
        self.heading = styles.cell(bold=True, size="16", wrap=False)
        self.label = styles.cell(bold=True, wrap=False)
        self.plain = styles.cell(wrap=False)
        edge: dict[str, Any] = {"line": _EDGE[0], "line_colour": _EDGE[1]}
        self.head = styles.cell(bold=True, fill="FFE7ECEF", middle=True, **edge)
        self.text = styles.cell(**edge)
        self.grey = styles.cell(colour="FF5B6770", **edge)
        self.link = styles.cell(link=True, **edge)
        self.severity = {
            one: styles.cell(bold=True, fill=ground, line="thin" if line == "hair" else line, line_colour=colour)
            for one, (ground, line, colour) in LOOKS.items()
        }


class _Sheet:
    """Rows of inline strings, so that the shared strings of the book stay as they are."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.links: list[tuple[str, str]] = []

    def row(self, cells: Sequence[tuple[str, int] | None], *, height: float = 0.0, bold_first: str = "") -> int:
        """One row of (text, format); None leaves a cell out; `bold_first` is a bold line above the text of `_WHAT`."""
        number = len(self.rows) + 1
        written = []
        for at, one in enumerate(cells, start=1):
            if one is not None:
                text, look = one
                leads = bold_first and at == _WHAT
                body = _run(bold_first + "\n", bold=True) + _run(text) if leads else _t(text)
                inside = f"<is>{body}</is>" if text or leads else ""
                kind = ' t="inlineStr"' if inside else ""
                written.append(f'<c r="{letters(at)}{number}" s="{look}"{kind}>{inside}</c>')
        size = f' ht="{height:g}" customHeight="1"' if height else ""
        self.rows.append(f'<row r="{number}"{size}>{"".join(written)}</row>')
        return number


def summary(
    styles: Styles, cover: Cover, found: Sequence[Placed], tabs: Sequence[str], language: Language
) -> tuple[bytes, int, int]:
    """The part of the sheet, the row of its headings and its last row. `tabs`: the names of the sheets by their index."""
    looks, sheet = _Looks(styles), _Sheet()
    sheet.row([(cover.heading, looks.heading)], height=26)
    for label, text in cover.lines:
        sheet.row([(label, looks.label), None, (text, looks.plain)])
    sheet.row([])
    for severity in SEVERITIES:
        count = sum(one.remark.severity == severity for one in found)
        word = say(f"report.severity_one.{severity}", language)
        meaning = say(f"marking.means_{severity}", language)
        sheet.row([(word, looks.severity[severity]), (str(count), looks.plain), (meaning, looks.plain)])
    sheet.row([])
    for key in ("how", "again"):
        sheet.row([(say(f"marking.{key}", language), looks.plain)])
    sheet.row([])
    head = sheet.row(
        [
            (say(f"marking.column_{one}", language), looks.head)
            for one in ("severity", "code", "cell", "what", "mend", "effect")
        ],
        height=20,
    )
    for placed in found:
        _lines(sheet, looks, placed, tabs, language)
    if not found:
        sheet.row([None, None, None, (say("marking.nothing", language), looks.text)])
    return _part(sheet, head), head, len(sheet.rows)


def address(cell: Cell, tabs: Sequence[str]) -> str:
    """``'能源活动'!G239``, as a link and a formula write it."""
    return "'" + tabs[cell.sheet].replace("'", "''") + f"'!{letters(cell.column)}{cell.row}"


def _lines(sheet: _Sheet, looks: _Looks, placed: Placed, tabs: Sequence[str], language: Language) -> None:
    remark = placed.remark
    severity = (say(f"report.severity_one.{remark.severity}", language), looks.severity[remark.severity])
    says = remark.says
    if placed.heading is not None:
        says += "\n" + say(
            "marking.capped", language, count=max(remark.rows, len(remark.spots)), shown=len(placed.cells)
        )
    first = True
    places: list[Cell | None] = [*placed.cells, *placed.linked] or [None]
    for cell in places:
        where = (_shown(cell, tabs), looks.link) if cell else (remark.elsewhere, looks.grey)
        if first:
            high = _height((f"{remark.title}\n{says}", _WIDTHS[3]), (remark.mend, _WIDTHS[4]), (where[0], _WIDTHS[2]))
            row = sheet.row(
                [severity, (remark.code, looks.text), where, (says, looks.text), (remark.mend, looks.text), (remark.effect, looks.text)],
                height=high, bold_first=remark.title,
            )  # fmt: skip
        else:
            same = say("marking.as_above", language)
            high = _height((remark.title, _WIDTHS[3]), (where[0], _WIDTHS[2]))
            row = sheet.row(
                [
                    severity,
                    (remark.code, looks.text),
                    where,
                    (remark.title, looks.grey),
                    (same, looks.grey),
                    ("", looks.grey),
                ],
                height=high,
            )
        if cell:
            sheet.links.append((f"C{row}", address(cell, tabs)))
        first = False


def _shown(cell: Cell, tabs: Sequence[str]) -> str:
    return f"{tabs[cell.sheet]} {letters(cell.column)}{cell.row}"


def _height(*columns: tuple[str, float]) -> float:
    lines = max(lines_needed(text, width - 1) for text, width in columns)
    return min(lines * _LINE + 4, _HIGHEST)


def _part(sheet: _Sheet, head: int) -> bytes:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(_WIDTHS, start=1)
    )
    links = "".join(f'<hyperlink ref="{ref}" location={quoteattr(where)}/>' for ref, where in sheet.links)
    last = letters(len(_WIDTHS))
    rows = len(sheet.rows)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="{LOOKS["error"][2]}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{rows}"/><sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        '<selection activeCell="A1" sqref="A1"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(sheet.rows)}</sheetData>'
        f'<autoFilter ref="A{head}:{last}{rows}"/>{f"<hyperlinks>{links}</hyperlinks>" if links else ""}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    ).encode()


def _run(text: str, *, bold: bool = False) -> str:
    return f'<r><rPr>{"<b/>" * bold}<sz val="10.5"/><rFont val="{FONT}"/></rPr>{_t(text)}</r>'


def _t(text: str) -> str:
    clean = legible(text)
    return f'<t xml:space="preserve">{escape(escaped(clean))}</t>'
