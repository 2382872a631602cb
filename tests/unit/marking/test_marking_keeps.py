"""What a marked workbook keeps: every other part byte by byte, and all that stood in the parts that change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_book import ACTIVITY, COVER, book, remark, spot

from tests.acceptance.marked_book import CHARTS, LEDGER, MACROS, OWN_NOTE, part_of, parts
from verify.submission.marking import mark_workbook

# what a book with a mark in one sheet has to change: package lists, the tabs, the looks, that sheet and its notes
_ALLOWED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def marked(path: Path, *remarks: object) -> bytes:
    """The bytes of the marked book."""
    return mark_workbook(path, path.name, remarks, COVER, "zh").data  # type: ignore[arg-type]


def test_parts_without_a_mark_keep_their_bytes(tmp_path: Path) -> None:
    made = book(tmp_path, macros=True)
    before, after = parts(made.read_bytes()), parts(marked(made, remark(spot(2, "quantity"), spot(4, "quantity"))))
    own = part_of(before, ACTIVITY)
    notes = {name for name in before if name.startswith(("xl/comments", "xl/drawings/"))}
    for name, data in before.items():
        if name not in _ALLOWED | notes | {own} and b'tabSelected="1"' not in data:
            assert after[name] == data, name
    for kept in ("xl/charts/chart1.xml", "xl/media/image9.png", "xl/drawings/drawing1.xml"):
        assert after[kept] == before[kept]
    assert after["xl/vbaProject.bin"] == MACROS
    for sheet in (CHARTS, LEDGER):
        assert after[part_of(before, sheet)] == before[part_of(before, sheet)]
    new = set(after) - set(before)
    assert len([name for name in new if name.startswith("xl/worksheets/sheet")]) == 1
    assert set(before) <= set(after)


def test_the_cells_of_a_marked_sheet_keep_their_bytes(tmp_path: Path) -> None:
    made = book(tmp_path)
    before, after = parts(made.read_bytes()), parts(marked(made, remark(spot(2, "quantity"))))
    own = part_of(before, ACTIVITY)
    was, is_ = before[own], after[own]
    ours = re.compile(rb"<conditionalFormatting[^>]*><cfRule[^>]*><formula>ISTEXT.*?</conditionalFormatting>")
    assert len(ours.findall(is_)) == 1
    assert ours.sub(b"", is_) == was.replace(b' tabSelected="1"', b"")
    old, new = before["xl/styles.xml"].decode(), after["xl/styles.xml"].decode()
    for kind in ("font", "fill", "border", "xf", "dxf"):
        assert len(re.findall(rf"<{kind}[ >]", new)) >= len(re.findall(rf"<{kind}[ >]", old))


def test_the_parks_own_note_is_kept_and_ours_stands_behind_it(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    made = book(tmp_path)
    out = tmp_path / "out.xlsx"
    out.write_bytes(marked(made, remark(spot(2, "quantity")), remark(spot(3, "quantity"), severity="warning")))
    sheets = load_workbook(out)
    both = sheets[ACTIVITY]["K2"].comment
    assert both.author == "张工"
    assert both.text.startswith(OWN_NOTE)
    assert "怎么改：照表计抄写。" in both.text
    alone = sheets[ACTIVITY]["K3"].comment
    assert alone.author == "TrueZero check"
    assert alone.text.startswith("TrueZero · 警告 TZ-SUB-07")
    assert (
        sheets[ACTIVITY]["L1"].comment.text == load_workbook(made)[ACTIVITY]["L1"].comment.text
    )  # that of the template
    assert sheets[CHARTS]["B3"].comment.text == "二月数据为估计。"
    assert sheets[CHARTS]["C2"].value == "=B2/1000-1"
    assert [str(one.sqref) for one in sheets[CHARTS].conditional_formatting] == ["B2:B7"]


def test_a_second_run_takes_the_first_marks_away(tmp_path: Path) -> None:
    made = book(tmp_path)
    first = tmp_path / "first.xlsx"
    first.write_bytes(marked(made, remark(spot(2, "quantity"), spot(3, "quantity"), spot(4, "unit"))))
    again, fresh = parts(marked(first, remark(spot(5, "quantity")))), parts(marked(made, remark(spot(5, "quantity"))))
    own = part_of(fresh, ACTIVITY)
    assert again[own].count(b"ISTEXT") == 1
    assert b'sqref="K5"' in again[own]
    notes = next(name for name in again if name.startswith("xl/comments") and "请与供电局".encode() in again[name])
    assert again[notes].count("TrueZero · ".encode()) == 1
    assert set(again) == set(fresh)
    clean = tmp_path / "clean.xlsx"
    clean.write_bytes(marked(first))
    assert b"ISTEXT" not in parts(clean.read_bytes())[own]


@pytest.mark.parametrize("macros", [False, True])
def test_equal_input_gives_equal_bytes(tmp_path: Path, *, macros: bool) -> None:
    made = book(tmp_path, macros=macros)
    assert marked(made, remark(spot(2, "quantity"))) == marked(made, remark(spot(2, "quantity")))
