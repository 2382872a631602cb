"""The parts of an OOXML workbook that belong to no single sheet: sheets and their parts, date system, freshness, formats."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from verify.errors import Unreadable
from verify.submission.workbook.archive import Archive
from verify.submission.workbook.formats import PLAIN, Format, understood
from verify.submission.workbook.parts import attribute, elements, local, truth
from verify.submission.workbook.strings import shared_strings


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its tab name, its part in the zip, and whether the tab is hidden (or very hidden)."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """What every sheet needs: strings, the format of each cell style, the date system, and whether results are fresh.

    `fresh` is false where the workbook itself says that its stored results were not computed when it was saved.
    """

    sheets: tuple[SheetPart, ...]
    strings: list[str]
    formats: list[Format]
    since_1904: bool
    fresh: bool


def opened(archive: Archive, file: str) -> Package:
    """The package of a workbook. Raises Unreadable ``workbook.not_a_workbook`` where the zip is something else."""
    main = _main_part(archive, file)
    related = _relationships(archive, file, main)
    by_kind = dict(related.values())
    sheets: list[SheetPart] = []
    since_1904 = False
    fresh = True
    wanted = ["workbookPr", "sheet", "calcPr"]
    for element in elements(archive.pieces(main), file, main, wanted):
        if local(element) == "workbookPr":
            since_1904 = truth(element.get("date1904"))
        elif local(element) == "calcPr":
            fresh = _fresh(element.attrib)
        else:
            kind, target = related.get(attribute(element, "id"), ("", ""))
            if kind == "worksheet":  # chart sheets and macro sheets hold no table
                hidden = element.get("state", "visible") != "visible"
                sheets.append(SheetPart(str(element.get("name", "")), target, hidden))
    return Package(
        tuple(sheets),
        shared_strings(archive, file, by_kind.get("sharedStrings", "")),
        _formats(archive, file, by_kind.get("styles", "")),
        since_1904,
        fresh,
    )


def _main_part(archive: Archive, file: str) -> str:
    if "xl/workbook.bin" in archive:
        raise Unreadable("workbook.binary_workbook", file=file)
    if "_rels/.rels" in archive:
        for kind, target in _relationships(archive, file, "").values():
            if kind == "officeDocument" and target in archive:
                return target
    if "xl/workbook.xml" in archive:
        return "xl/workbook.xml"
    raise Unreadable("workbook.not_a_workbook", file=file)


def _relationships(archive: Archive, file: str, source: str) -> dict[str, tuple[str, str]]:
    """Relationship id to (last word of its type, target part). External targets are never followed."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    if part not in archive:
        return found
    for element in elements(archive.pieces(part), file, part, ["Relationship"]):
        if element.get("TargetMode") == "External":
            continue
        target = str(element.get("Target", ""))
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[str(element.get("Id", ""))] = (str(element.get("Type", "")).rpartition("/")[2], path)
    return found


def _fresh(calculation: object) -> bool:
    """Whether the stored results are those of the last calculation (ECMA-376 part 1, 18.2.2, ``calcPr``).

    Not so: the application was told to compute all again on opening, computing had not finished at the save, or
    computing is by hand and was left out at the save.
    """
    stated = {str(key): str(value) for key, value in calculation.items()}  # type: ignore[attr-defined]
    by_hand = stated.get("calcMode") == "manual" and stated.get("calcOnSave", "1") in ("0", "false")
    unfinished = stated.get("calcCompleted", "1") in ("0", "false")
    return not (truth(stated.get("fullCalcOnLoad")) or truth(stated.get("forceFullCalc")) or by_hand or unfinished)


def _formats(archive: Archive, file: str, part: str) -> list[Format]:
    """The number format of each cell style, by its index (attribute ``s`` of a cell)."""
    codes: dict[int, str] = {}
    styles: list[Format] = []
    if part not in archive:
        return styles
    for element in elements(archive.pieces(part), file, part, ["numFmt", "cellXfs"]):
        if local(element) == "numFmt":
            codes[_number(element.get("numFmtId"))] = str(element.get("formatCode", ""))
        else:
            ids = [_number(style.get("numFmtId")) for style in element if local(style) == "xf"]
            styles = [understood(id_, codes.get(id_)) if id_ else PLAIN for id_ in ids]
    return styles


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else 0
