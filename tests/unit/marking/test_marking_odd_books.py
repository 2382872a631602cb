"""Books that are not ours to change, and books that other programs wrote: threads, prefixes, odd sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_book import ACTIVITY, COVER, book, remark, spot

from tests.acceptance.marked_book import part_of, parts, zipped
from verify.errors import TrueZeroError, WrongUsage
from verify.submission.marking import mark_workbook, markable
from verify.submission.marking.outline import Outline
from verify.submission.marking.sheet import add_drawing, add_marks, unselected, without_marks
from verify.submission.workbook.addresses import Range

_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_FORMATS = {"error": 0, "warning": 1, "question": 2, "note": 3}


def test_what_is_refused(tmp_path: Path) -> None:
    content = parts(book(tmp_path).read_bytes())
    main = content["xl/workbook.xml"]
    strict = main.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    cases = {
        "marking.strict": zipped({**content, "xl/workbook.xml": strict}),
        "marking.encrypted": locked,
        "marking.not_ooxml": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    }
    for key, data in cases.items():
        with pytest.raises(WrongUsage) as error:
            markable(data, "park.xlsx")
        assert error.value.key == key
    for data in (b"a,b\n1,2\n", zipped({"a.csv": b""}), b""):
        with pytest.raises(TrueZeroError):
            markable(data, "park.xlsx")


def test_entities_are_refused(tmp_path: Path) -> None:
    content = parts(book(tmp_path).read_bytes())
    content["xl/styles.xml"] = b'<!DOCTYPE a [<!ENTITY e "x">]>' + content["xl/styles.xml"].split(b"?>")[-1]
    with pytest.raises(TrueZeroError) as error:
        mark_workbook(zipped(content), "park.xlsx", [], COVER, "zh")
    assert error.value.key == "workbook.forbidden_xml"


def test_a_thread_is_answered(tmp_path: Path) -> None:
    content = parts(book(tmp_path).read_bytes())
    sheet = part_of(content, ACTIVITY)
    relations = sheet.replace("worksheets/", "worksheets/_rels/") + ".rels"
    content[relations] = content[relations].replace(
        b"</Relationships>",
        b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        b'Target="/xl/threadedComments/threadedComment1.xml"/></Relationships>',
    )
    content["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="K2" dT="2027-02-01T08:00:00.00" personId="{{P}}" '
        'id="{A}"><text>?</text></threadedComment></ThreadedComments>'
    ).encode()
    first = mark_workbook(zipped(content), "park.xlsx", [remark(spot(2, "quantity"))], COVER, "zh").data
    thread = parts(first)["xl/threadedComments/threadedComment1.xml"].decode()
    assert 'parentId="{A}"' in thread
    assert "怎么改" in thread
    assert "TrueZero" in parts(first)["xl/persons/person1.xml"].decode()
    again = mark_workbook(first, "park.xlsx", [remark(spot(3, "quantity"))], COVER, "zh").data
    assert "parentId" not in parts(again)["xl/threadedComments/threadedComment1.xml"].decode()


def test_places_in_a_sheet_of_another_program() -> None:
    """Prefixed names, a comment with a tag in it, an attribute with an angle, parts behind: all at their schema places."""
    data = (
        b'<?xml version="1.0"?><x:worksheet xmlns:x="m"><!-- <x:pageMargins/> --><x:sheetData><x:row r="1"><x:c r="A1" '
        b't="inlineStr"><x:is><x:t><![CDATA[</x:sheetData>]]></x:t></x:is></x:c></x:row></x:sheetData>'
        b'<x:dataValidations><x:dataValidation prompt="a > b"/></x:dataValidations><x:drawing/><x:tableParts/></x:worksheet>'
    )
    outline = Outline(data, "f", "p")
    assert [one.name for one in outline.children] == ["sheetData", "dataValidations", "drawing", "tableParts"]
    add_marks(outline, {"error": [Range(1, 1, 1, 1)]}, _FORMATS)
    add_drawing(outline, "rId7")
    out = outline.spliced()
    assert b"</x:sheetData><x:conditionalFormatting" in out
    assert b"</x:conditionalFormatting><x:dataValidations>" in out
    assert b"<x:drawing/><x:legacyDrawing" in out
    again = Outline(out, "f", "p")
    without_marks(again)
    assert again.spliced() == out[: out.index(b"<x:conditionalF")] + out[out.index(b"<x:dataV") :]


def test_a_rule_of_the_park_over_the_same_cells_stays() -> None:
    ours = b'<cfRule type="expression" dxfId="1" priority="2"><formula>ISTEXT(&quot;TrueZero&quot;)</formula></cfRule>'
    theirs = b'<cfRule type="expression" dxfId="0" priority="1"><formula>A1&gt;1</formula></cfRule>'
    data = b'<worksheet><sheetData/><conditionalFormatting sqref="A1">%b%b</conditionalFormatting></worksheet>'
    outline = Outline(data % (theirs, ours), "f", "p")
    without_marks(outline)
    assert outline.spliced() == data % (theirs, b"")


@pytest.mark.parametrize("data", [b"<worksheet/>", b"<worksheet><sheetData>", b"", b"<worksheet><a></worksheet>"])
def test_a_broken_sheet_is_named(data: bytes) -> None:
    with pytest.raises(TrueZeroError) as error:
        Outline(data, "f", "p")
    assert error.value.key == "workbook.damaged_part"


def test_only_the_head_of_a_sheet_is_taken_from_the_front() -> None:
    data = b'<worksheet><sheetViews><sheetView tabSelected="1"/></sheetViews><sheetData> tabSelected="1"</sheetData></worksheet>'
    assert unselected(data) == data.replace(b' tabSelected="1"', b"", 1)
