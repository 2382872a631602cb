"""Where the table lies in a sheet: titles above it, headings of one or two rows, hidden and merged cells, empty ends."""

from __future__ import annotations

import pytest
from ooxml_by_hand import cell, merges, row, sheet, texts, workbook
from readings_of import Seen, only, read

from verify.submission.contract import contracts
from verify.submission.naming import column_named
from verify.submission.raw import BATCH_ROWS
from verify.submission.workbook import read_workbook

HEAD = ("期间", "主体代码", "能源品种", "流向", "数量", "单位")
DATUM = ("2027-03", "E1", "天然气", "外购", 12.5, "万立方米")


def columns_of(seen: Seen, table: str = "activity") -> list[str | None]:
    return [column_named(contracts()[table], heading) for heading in seen.columns]


def test_merged_title_rows_above_the_headings_are_passed_over() -> None:
    xml = sheet(
        texts(1, "某某零碳园区能源活动数据表"),
        texts(2, "填报单位：园区管委会", None, None, None, "2027年"),
        texts(4, *HEAD),
        texts(5, *DATUM),
        after=merges("A1:F1", "A2:D2"),
    )
    seen = only(workbook({"能源活动": xml}))
    assert seen.lines == [5]
    assert list(seen.columns) == list(HEAD)
    assert seen.columns["数量"] == ["12.5"]
    assert seen.letters == dict(zip(HEAD, "ABCDEF", strict=True))
    assert seen.notes == []


def test_headings_below_the_twentieth_row_are_not_looked_for() -> None:
    below = sheet(texts(1, "说明文字"), texts(21, *HEAD), texts(22, *DATUM))
    assert "数量" not in only(workbook({"能源活动": below})).columns
    inside = sheet(texts(1, "说明文字"), texts(20, *HEAD), texts(21, *DATUM))
    assert only(workbook({"能源活动": inside})).lines == [21]


def test_english_headings_and_aliases_and_line_breaks() -> None:
    xml = sheet(
        texts(1, "Month", "enterprise_id", "Fuel", "FLOW", "实物\n量", "Unit", "低位发热量\nNet calorific value"),
        texts(2, *DATUM, 38.9),
    )
    assert columns_of(only(workbook({"Energy activity": xml}))) == [
        "period", "enterprise_id", "carrier", "flow", "quantity", "unit", "ncv",
    ]  # fmt: skip


def test_two_rows_of_headings_in_two_languages() -> None:
    xml = sheet(
        texts(1, *HEAD), texts(2, "Period", "Enterprise id", "Carrier", "Flow", "Quantity", "Unit"), texts(3, *DATUM)
    )
    seen = only(workbook({"能源活动": xml}))
    assert seen.lines == [3]
    assert columns_of(seen) == ["period", "enterprise_id", "carrier", "flow", "quantity", "unit"]


def test_groups_above_the_headings_and_columns_merged_down() -> None:
    """期间, 主体代码, 能源品种 and 流向 stand in the upper row, 数量 and 单位 below a group that names no column."""
    xml = sheet(
        texts(1, "园区能源活动"),
        texts(2, "期间", "主体代码", "能源品种", "流向", "本期发生", None, "实测参数", None),
        row(3, cell("E3", "数量"), cell("F3", "单位"), cell("G3", "低位发热量"), cell("H3", "单位热值含碳量")),
        texts(4, *DATUM, 38.9, 0.0153),
        after=merges("A1:H1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:H2"),
    )
    seen = only(workbook({"能源活动": xml}))
    assert seen.lines == [4]
    assert columns_of(seen) == [
        "period", "enterprise_id", "carrier", "flow", "quantity", "unit", "ncv", "carbon_content",
    ]  # fmt: skip
    assert seen.notes == []


def test_a_row_of_data_that_looks_like_words_is_no_heading() -> None:
    xml = sheet(texts(1, *HEAD), texts(2, "2027-03", "数量", "单位", "流向", 3, "t"))
    assert only(workbook({"能源活动": xml})).lines == [2]


def test_hidden_rows_columns_and_sheets_are_read_and_told() -> None:
    xml = sheet(
        texts(1, *HEAD),
        texts(2, *DATUM),
        texts(3, *DATUM, hidden="1"),
        texts(4, hidden="1"),  # hidden and empty: nothing to tell
        before='<cols><col min="5" max="5" width="9" hidden="1"/><col min="30" max="16384" width="0" hidden="1"/></cols>',
    )
    seen = only(workbook({"能源活动": xml}, hidden=("能源活动",)))
    assert seen.lines == [2, 3]
    assert seen.columns["数量"] == ["12.5", "12.5"]
    assert [(note.kind, note.line, note.column) for note in seen.notes] == [
        ("hidden_sheet", 0, ""),
        ("hidden_column", 0, "数量"),
        ("hidden_row", 3, ""),
    ]


def test_a_merged_range_inside_the_data_is_told_for_each_row_that_it_covers() -> None:
    xml = sheet(
        texts(1, *HEAD),
        texts(2, *DATUM),
        texts(3, *DATUM[:4], None, DATUM[5]),
        texts(4, *DATUM),
        after=merges("E2:E3", "J2:K9"),
    )
    seen = only(workbook({"能源活动": xml}))
    assert [(note.kind, note.line, note.column, note.raw) for note in seen.notes] == [
        ("merged_cell", 2, "数量", "12.5"),
        ("merged_cell", 3, "数量", ""),
    ]
    assert {note.arguments["range"] for note in seen.notes} == {"E2:E3"}
    assert [note.arguments["cell"] for note in seen.notes] == ["E2", "E3"]


def test_empty_rows_and_formatted_empty_cells_are_no_rows() -> None:
    xml = sheet(
        texts(1, *HEAD),
        texts(2, *DATUM),
        texts(3, None, None, None),
        texts(5, "  "),
        texts(9, *DATUM),
        texts(900, None),
    )
    assert only(workbook({"能源活动": xml})).lines == [2, 9]


def test_cells_beside_the_headings_and_twin_headings() -> None:
    xml = sheet(
        texts(1, "期间", "数量", "数量", "单位"),
        texts(2, "2027", 1, 2, "t", "批注", "另一批注"),
        texts(3, "2027", 1, 2, "t"),
    )
    seen = only(workbook({"能源活动": xml}))
    assert seen.columns == {"期间": ["2027", "2027"], "数量": ["1", "1"], "单位": ["t", "t"]}
    assert [(note.kind, note.line, note.column, note.raw, note.arguments["cell"]) for note in seen.notes] == [
        ("twin_heading", 1, "数量", "", "C1"),
        ("extra_cells", 2, "", "批注", "E2"),
    ]


def test_cells_and_rows_without_addresses_follow_each_other() -> None:
    xml = sheet(
        "<row><c t='inlineStr'><is><t>期间</t></is></c><c t='inlineStr'><is><t>数量</t></is></c></row>",
        "<row><c><v>2027</v></c><c><v>3</v></c></row>",
    )
    seen = only(workbook({"能源活动": xml}))
    assert (seen.lines, seen.columns) == ([2], {"期间": ["2027"], "数量": ["3"]})


def test_strict_ooxml_reads_the_same() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    xml = sheet(texts(1, *HEAD), texts(2, *DATUM), namespace=strict)
    assert only(workbook({"能源活动": xml}, namespace=strict)).columns["数量"] == ["12.5"]


def test_names_of_sheets_in_both_languages_and_guidance_left_out() -> None:
    xml = sheet(texts(1, *HEAD), texts(2, *DATUM))
    park = sheet(
        texts(1, "园区基本信息"), texts(2, "标识 Key", "填写内容 Value", "填写说明 Explanation"), texts(3, "id", "P1")
    )
    book = workbook(
        {
            "说明 Read me": sheet(texts(1, "请先读")),
            "园区 Park": park,
            "能源活动 Energy activity": xml,
            "Sheet3": sheet(),
            "随笔": xml,
        }
    )
    found = read(book)
    assert [(seen.hint, seen.sheet) for seen in found] == [
        ("park", "园区 Park"),
        ("能源活动", "能源活动 Energy activity"),
        ("随笔", "随笔"),  # unknown: handed on under its own name, to be told as such
    ]
    assert {key: found[0].columns[key] for key in ("key", "value")} == {"key": ["id"], "value": ["P1"]}


def test_a_lone_sheet_without_a_telling_name_takes_the_name_of_its_file() -> None:
    xml = sheet(texts(1, *HEAD), texts(2, *DATUM))
    assert only(workbook({"Sheet1": xml}), "数据/能源活动.xlsx").hint == "能源活动"
    assert only(workbook({"Sheet1": xml}), "数据/2027.xlsx").hint == "Sheet1"
    assert [seen.hint for seen in read(workbook({"Sheet1": xml, "Sheet2": xml}), "能源活动.xlsx")] == [
        "Sheet1",
        "Sheet2",
    ]


def test_a_table_without_rows_still_names_its_headings() -> None:
    seen = only(workbook({"能源活动": sheet(texts(1, *HEAD))}))
    assert seen.columns == {heading: [] for heading in HEAD}
    assert only(workbook({"能源活动": sheet()})).columns == {}


def test_a_long_sheet_comes_in_batches_and_nothing_is_read_before_it_is_wanted() -> None:
    rows = BATCH_ROWS + 5
    xml = sheet(
        texts(1, "期间", "数量"),
        *(
            f'<row r="{line}"><c r="A{line}"><v>2027</v></c><c r="B{line}"><v>{line}</v></c></row>'
            for line in range(2, rows + 2)
        ),
    )
    (found,) = read_workbook(workbook({"能源活动": xml}), "park.xlsx")
    batches = [(len(batch.lines), batch.lines[0], batch.columns["数量"][-1]) for batch in found.batches]
    assert batches == [(BATCH_ROWS, 2, str(BATCH_ROWS + 1)), (5, BATCH_ROWS + 2, str(rows + 1))]


@pytest.mark.parametrize(
    "rows",
    [
        (texts(2, "期间"), texts(1, "2027")),
        (texts(1, "期间"), texts(1, "2027")),
        (row(1, cell("B1", "期间"), cell("A1", "数量")),),
        (row(1, cell("A2", "期间")),),
        (row(1, '<c r="A1" t="s"><v>5</v></c>'),),
        ('<row r="9999999"/>',),
    ],
)
def test_a_sheet_whose_cells_contradict_themselves_is_unreadable(rows: tuple[str, ...]) -> None:
    from verify.errors import Unreadable

    with pytest.raises(Unreadable) as refused:
        read(workbook({"能源活动": sheet(*rows)}))
    assert refused.value.key == "workbook.damaged_part"
