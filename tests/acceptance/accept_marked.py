"""Issue 9, must show 1: the careless park's own workbook comes back marked, and nothing else of it changed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from fixtures.simulator.careless import careless
from tests.acceptance.entries import acceptance
from tests.acceptance.marked_book import CHARTS, LEDGER, MACROS, OWN_NOTE, furnish, part_of, parts
from verify import road
from verify.submission.template import write_workbook

ACTIVITY = "能源活动 Energy activity"
_CHANGED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
_OURS = re.compile(rb"<conditionalFormatting[^>]*><cfRule[^>]*><formula>ISTEXT.*?</conditionalFormatting>")
_ADDED = re.compile(rb"<legacyDrawing xmlns:tzr=[^>]*/>")


@acceptance("8.1", "the careless park's workbook comes back marked in its cells; parts without a fault are byte-equal")
def marked() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        return _marked(Path(folder))


def _marked(folder: Path) -> dict[str, object]:
    planter = careless(1)
    plain, own = folder / "plain.xlsx", folder / "park.xlsm"
    write_workbook(plain, rows=planter.park.tables, park=planter.park.meta)
    line = _first_fault(planter.register())
    furnish(plain, own, note_at=(ACTIVITY, f"K{line}"), macros=True)
    report = road.check(own)
    out = folder / "marked.xlsm"
    made = {language: road.marked_workbook(own, report, language) for language in ("zh", "en")}
    assert made["zh"].data == road.marked_workbook(own, report, "zh").data, "same input, other bytes"
    out.write_bytes(made["zh"].data)
    before, after = parts(own.read_bytes()), parts(made["zh"].data)
    equal = _untouched(before, after)
    linked, found = _cells(out, report)
    again = road.marked_workbook(out, road.check(out), "en")
    return {
        "findings": len(report.facts["findings"]),
        "cells_marked": made["zh"].cells,
        "findings_without_a_cell": made["zh"].elsewhere,
        "places_of_findings_marked": f"{linked} of {found}",
        "parts_byte_equal": f"{equal} of {len(before)}",
        "cells_marked_when_the_marked_book_is_checked_again": again.cells,
        "libreoffice": _opened(out, folder),
    }


def _first_fault(register: list[dict[str, object]]) -> int:
    """The line of a fault in the column of quantities, which gets a note of the park beforehand."""
    lines = [one["line"] for one in register if one["file"] == "activity.csv" and one["column"] == "quantity"]
    return min(line for line in lines if isinstance(line, int) and line)


def _untouched(before: dict[str, bytes], after: dict[str, bytes]) -> int:
    """How many parts kept their bytes; of a marked sheet all but our own elements has to."""
    assert set(before) <= set(after)
    sheets = {name for name in before if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)}
    notes = {
        name
        for name in before
        if name.startswith(("xl/comments", "xl/drawings/commentsDrawing", "xl/worksheets/_rels"))
    }
    for name, data in before.items():
        if name in sheets:
            cleaned = _ADDED.sub(b"", _OURS.sub(b"", after[name]))
            assert cleaned == data.replace(b' tabSelected="1"', b""), name
        elif name not in _CHANGED | notes:
            assert after[name] == data, name
    for sheet in (CHARTS, LEDGER):
        assert after[part_of(before, sheet)] == before[part_of(before, sheet)], sheet
    assert after["xl/vbaProject.bin"] == MACROS
    assert after["xl/charts/chart1.xml"] == before["xl/charts/chart1.xml"]
    assert after["xl/media/image9.png"] == before["xl/media/image9.png"]
    return sum(after[name] == data for name, data in before.items())


def _cells(out: Path, report: road.Report) -> tuple[int, int]:
    """(places of the report whose row carries a mark, places in the workbook); each mark has its note and its link."""
    from openpyxl import load_workbook

    book = load_workbook(out, keep_vba=True)
    rows: dict[str, set[int]] = {}
    for sheet in book:
        for ranges in sheet.conditional_formatting:
            if any("ISTEXT" in rule.formula[0] for rule in ranges.rules if rule.formula):
                for one in ranges.sqref.ranges:
                    rows.setdefault(sheet.title, set()).update(range(one.min_row, one.max_row + 1))
    links = {cell.hyperlink.location for row in book.active.iter_rows() for cell in row if cell.hyperlink}
    assert book.active.title == book.sheetnames[-1]
    assert any(OWN_NOTE in cell.comment.text for cell in book[ACTIVITY]["K"] if cell.comment), "the park's note is gone"
    for link in links:
        tab, _, at = link.rpartition("!")
        if tab.strip("'") in (CHARTS, LEDGER):  # no table: listed, and left alone
            continue
        note = book[tab.strip("'")][at].comment
        assert note is not None, link
        assert "怎么改" in note.text, link
    mentioned = {row_id for one in report.facts["findings"] for row_id in one["row_ids"]}
    places = [
        place
        for row_id, place in report.places.items()
        if row_id in mentioned and place.get("sheet") and place.get("line")
    ]
    return sum(place["line"] in rows.get(place["sheet"], ()) for place in places), len(places)


def _opened(out: Path, folder: Path) -> str:
    """The marked book through LibreOffice: printed, and saved again with its notes."""
    program = shutil.which("soffice")
    if program is None:
        return "not installed: not opened"
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    for kind in ("pdf", "ods"):
        command = [program, home, "--headless", "--convert-to", kind, "--outdir", str(folder), str(out)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    pages = len(re.findall(rb"/Type\s*/Page\b", (folder / "marked.pdf").read_bytes()))
    assert pages > 1
    notes = parts((folder / "marked.ods").read_bytes())["content.xml"].count("怎么改：".encode())
    assert notes > 0
    return f"opened, {pages} pages printed, {notes} notes kept"
