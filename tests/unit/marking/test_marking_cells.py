"""Which cell a remark is put into, how many are marked, and what the list links to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_book import ACTIVITY, COVER, book, remark, spot

from tests.acceptance.marked_book import CHARTS, part_of, parts
from verify.submission.marking import Marked, Remark, Spot, mark_workbook

_RULE = re.compile(rb'<conditionalFormatting sqref="([^"]*)"><cfRule[^>]*dxfId="(\d+)"[^>]*><formula>ISTEXT')


def run(path: Path, *remarks: Remark) -> Marked:
    """The marked book."""
    return mark_workbook(path, path.name, remarks, COVER, "zh")


def where(data: bytes, sheet: str = ACTIVITY) -> list[str]:
    """The ranges of our marks in one sheet."""
    content = parts(data)
    return [found[0].decode() for found in _RULE.findall(content[part_of(content, sheet)])]


@pytest.mark.parametrize(
    ("columns", "cell"),
    [
        (("unit",), "L2"),  # a column of the contract
        (("数量 * / Quantity",), "K2"),  # a heading as typed
        (("nonsense", "flow"), "G2"),  # the first that the sheet has
        ((), "K2"),  # the whole row: its quantity
    ],
)
def test_the_column_that_is_meant(tmp_path: Path, columns: tuple[str, ...], cell: str) -> None:
    assert where(run(book(tmp_path), remark(spot(2, *columns))).data) == [cell]


def test_neighbours_become_one_range_and_the_worst_severity_wins(tmp_path: Path) -> None:
    lines = [spot(line, "quantity") for line in (2, 3, 5)]
    made = run(book(tmp_path), remark(*lines), remark(spot(3, "quantity"), severity="note", code="TZ-SUB-28"))
    assert where(made.data) == ["K2:K3 K5"]
    assert made.cells == 3


def test_a_line_without_a_number_is_the_headings(tmp_path: Path) -> None:
    assert where(run(book(tmp_path), remark(spot(0, "quantity"))).data) == ["K1"]


def test_a_sheet_that_is_no_table_is_linked_and_stays_as_it_was(tmp_path: Path) -> None:
    path = book(tmp_path)
    made = run(path, remark(Spot(CHARTS, 0, ()), severity="note"))
    before, after = parts(path.read_bytes()), parts(made.data)
    assert after[part_of(before, CHARTS)] == before[part_of(before, CHARTS)]
    assert (made.cells, made.elsewhere) == (0, 0)
    assert f"'{CHARTS}'!A1".encode() in after[part_of(after, "TrueZero 核查结果")]


def test_a_merged_cell_is_marked_as_a_whole(tmp_path: Path) -> None:
    made = run(book(tmp_path), remark(Spot(CHARTS, 9, ())))
    assert where(made.data, CHARTS) == ["A9:C9"]


def test_ten_thousand_rows_are_capped_and_say_so(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    made = run(book(tmp_path), remark(*[spot(line, "quantity") for line in range(2, 10_002)]))
    assert made.cells == 201  # and the heading
    assert where(made.data) == ["K1:K201"]
    out = tmp_path / "out.xlsx"
    out.write_bytes(made.data)
    said = "共涉及 10000 行，其中 200 个单元格已标出"
    sheets = load_workbook(out)
    assert said in sheets[ACTIVITY]["K1"].comment.text
    listed = sheets[sheets.sheetnames[-1]]
    assert any(said in str(cell.value) for row in listed.iter_rows() for cell in row)


def test_the_list_is_the_last_sheet_and_links_to_every_cell(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    elsewhere = Remark("question", "TZ-SCP-02", "名单", "另有一家。", "补交。", elsewhere="整个园区", rows=1)
    made = run(book(tmp_path), remark(spot(2, "quantity"), spot(4, "unit")), elsewhere)
    assert made.elsewhere == 1
    out = tmp_path / "out.xlsx"
    out.write_bytes(made.data)
    sheets = load_workbook(out)
    assert sheets.sheetnames[-1] == "TrueZero 核查结果"
    assert sheets.active.title == "TrueZero 核查结果"
    assert [one.title for one in sheets if one.sheet_view.tabSelected] == ["TrueZero 核查结果"]
    links = [cell.hyperlink.location for row in sheets.active.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{ACTIVITY}'!K2", f"'{ACTIVITY}'!L4"]
    table = [[cell.value for cell in row] for row in sheets.active.iter_rows(min_row=13)]
    assert [row[1] for row in table if row[1]][-3:] == ["TZ-SUB-07", "TZ-SUB-07", "TZ-SCP-02"]
    assert table[-1][2] == "整个园区"


def test_the_list_is_no_data_when_it_is_handed_in_again(tmp_path: Path) -> None:
    from verify.submission.workbook.reader import read_workbook

    made = run(book(tmp_path), remark(spot(2, "quantity")))
    assert "TrueZero" not in "".join(sheet.sheet for sheet in read_workbook(made.data, "park.xlsx"))
