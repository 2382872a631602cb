"""One worksheet part: our conditional formats in, those of an earlier run out, the drawing of the notes named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from verify.submission.marking.outline import Outline
from verify.submission.marking.package import OFFICE
from verify.submission.marking.values import MAKER, SEVERITIES
from verify.submission.workbook.addresses import Range, area

# CT_Worksheet (ECMA-376 part 1, 18.3.1.99): what stands behind conditional formats, and behind the legacy drawing
_BEHIND_DRAWING = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
)  # fmt: skip
_BEHIND_FORMATS = frozenset({
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    *_BEHIND_DRAWING,
})  # fmt: skip
_RULE = re.compile(
    rb"<(?P<tag>(?:[^\s:<>]+:)?cfRule)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?:/>|>.*?</(?P=tag)\s*>)", re.DOTALL
)
_PRIORITY = re.compile(rb"\bpriority\s*=\s*[\"'](\d{1,9})[\"']")
_SELECTED = re.compile(rb"\s+tabSelected\s*=\s*(?:\"(?:1|true)\"|'(?:1|true)')")
_OURS = re.compile(rb"ISTEXT\(\s*(?:\"|&quot;|&#34;)" + MAKER.encode())
_REFERENCES = 100  # ranges in one element, well below what any program reads
FORMULA = f'ISTEXT("{MAKER}")'  # always true; says whose mark it is


def held_formats(outline: Outline) -> bool:
    """Whether an earlier run left its marks here."""
    return any(one.name == "conditionalFormatting" and _OURS.search(outline.text(one)) for one in outline.children)


def without_marks(outline: Outline) -> None:
    """Take our conditional formats away; other rules over the same cells stay."""
    for child in outline.children:
        if child.name == "conditionalFormatting" and _OURS.search(outline.text(child)):
            text = outline.text(child)
            kept = _RULE.sub(lambda found: b"" if _OURS.search(found[0]) else found[0], text)
            outline.replace(child.start, child.end, kept if _RULE.search(kept) else b"")


def add_marks(outline: Outline, marks: Mapping[str, Iterable[Range]], formats: Mapping[str, int]) -> None:
    """A conditional format per severity over its ranges, behind the park's own; `formats`: the dxf of a severity."""
    tails = (outline.text(one) for one in outline.children if one.name in ("conditionalFormatting", "extLst"))
    priority = max((int(found) for tail in tails for found in _PRIORITY.findall(tail)), default=0)
    out = []
    p = outline.prefix
    for severity in SEVERITIES:
        ranges = [_written(one) for one in marks.get(severity, ())]
        for at in range(0, len(ranges), _REFERENCES):
            priority += 1
            rule = b'<%bcfRule type="expression" dxfId="%d" priority="%d"><%bformula>%b</%bformula></%bcfRule>' % (
                p, formats[severity], priority, p, FORMULA.encode(), p, p
            )  # fmt: skip
            where = " ".join(ranges[at : at + _REFERENCES]).encode()
            out.append(b'<%bconditionalFormatting sqref="%b">%b</%bconditionalFormatting>' % (p, where, rule, p))
    place = outline.before(_BEHIND_FORMATS)
    outline.replace(place, place, b"".join(out))


def drawing_of(outline: Outline) -> str:
    """The relationship of the drawing that holds the notes, '' where there is none."""
    child = outline.first("legacyDrawing")
    found = re.search(rb":id\s*=\s*[\"']([^\"']*)[\"']", outline.text(child)) if child else None
    return found[1].decode() if found else ""


def add_drawing(outline: Outline, relation: str) -> None:
    """Name the drawing that holds the notes."""
    place = outline.before(frozenset(_BEHIND_DRAWING))
    text = f'legacyDrawing xmlns:tzr="{OFFICE}" tzr:id="{relation}"/>'
    outline.replace(place, place, b"<" + outline.prefix + text.encode())


def merged_in(outline: Outline) -> list[Range]:
    """The merged ranges of the sheet."""
    child = outline.first("mergeCells")
    if child is None:
        return []
    found = re.findall(rb"\bref\s*=\s*[\"']([^\"']*)[\"']", outline.text(child))
    return [one for text in found if (one := area(text.decode("ascii", "replace"))) is not None]


def unselected(data: bytes) -> bytes:
    """A sheet that is not the one shown on opening: two shown at once would both take what is typed into either."""
    at = re.search(rb"<(?:[^\s:<>]+:)?sheetData\b", data)
    end = at.start() if at else len(data)
    return _SELECTED.sub(b"", data[:end]) + data[end:]


def runs(cells: Iterable[tuple[int, int]]) -> list[Range]:
    """Single cells (row, column) as ranges: neighbours in one column become one."""
    found: list[Range] = []
    for column, row in sorted({(column, row) for row, column in cells}):
        last = found[-1] if found else None
        if last is not None and last.left == column and last.bottom == row - 1:
            found[-1] = Range(last.top, column, row, column)
        else:
            found.append(Range(row, column, row, column))
    return found


def _written(one: Range) -> str:
    first, _, last = str(one).partition(":")
    return first if first == last else f"{first}:{last}"


def widths(outline: Outline) -> Sequence[tuple[int, int, float]]:
    """(first column, last column, width in characters) as the sheet states them."""
    child = outline.first("cols")
    found = []
    for tag in re.findall(rb"<(?:[^\s:<>]+:)?col\b[^>]*>", outline.text(child)) if child else ():
        named = {
            key.decode(): value.decode("ascii", "replace")
            for key, value in re.findall(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']", tag)
        }
        try:
            found.append((int(named["min"]), int(named["max"]), float(named.get("width", "8.43"))))
        except (KeyError, ValueError):
            continue
    return found
