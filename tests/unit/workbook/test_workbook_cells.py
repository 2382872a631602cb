"""A cell as the text that its reader sees: numbers, dates, percentages, booleans, errors."""

from __future__ import annotations

import pytest
from ooxml_by_hand import MAIN, cell, row, sheet, styles, texts, workbook
from readings_of import only

from verify.submission.coerce import dates
from verify.submission.coerce.decimals import Kept, reader
from verify.submission.contract import contracts

HEAD = texts(1, "期间", "数量", "单位")


def one_cell(xml: str, **parts: str) -> str | None:
    """The text of the cell C2 under a heading row of `activity`."""
    seen = only(workbook({"能源活动": sheet(HEAD, row(2, cell("A2", "2027"), xml))}, **parts))
    return seen.columns["数量"][0]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("1250", "1250"),
        ("0.35", "0.35"),
        ("0.30000000000000004", "0.3"),  # 0.1 + 0.2 in binary; Excel shows 0.3
        ("0.7999999999999999", "0.8"),  # 0.1 + 0.7
        ("1E-3", "0.001"),
        ("1.5E+3", "1500"),
        ("1.2345678901234567E+18", "1234567890123460000"),  # 15 digits are kept, as in Excel
        ("123456789012345", "123456789012345"),
        ("-0.0", "0"),
        ("-12.50", "-12.5"),
        ("100", "100"),
    ],
)
def test_numbers_are_plain_decimals_of_the_digits_that_excel_keeps(stored: str, shown: str) -> None:
    assert one_cell(f'<c r="B2"><v>{stored}</v></c>') == shown


@pytest.mark.parametrize("stored", ["1E+999999999", "INF", "NaN", "1E-999999999", "12,5", "abc"])
def test_what_is_no_finite_number_is_refused_with_its_address(stored: str) -> None:
    seen = only(workbook({"能源活动": sheet(HEAD, row(2, cell("A2", "2027"), f'<c r="B2"><v>{stored}</v></c>'))}))
    (note,) = seen.of_kind("error_value")
    assert (note.line, note.column, note.raw, note.arguments["cell"]) == (2, "数量", stored, "B2")
    assert seen.columns["数量"] == [None]


# Serial numbers from the calendar: 2024-01-01 is 45292 days after 1899-12-30, and 43830 days after 1904-01-01.
@pytest.mark.parametrize(
    ("serial", "code", "shown"),
    [
        ("45292", "yyyy-mm-dd", "2024-01-01"),
        ("45292", 14, "2024-01-01"),
        ("45292", 17, "2024-01"),  # what Excel makes of a typed 2024-01: Jan-24
        ("45292", 'yyyy"年"m"月"', "2024-01"),
        ("45292", 57, "2024-01"),
        ("45292", "yyyy", "2024"),
        ("45306", "yyyy-mm", "2024-01-15"),  # a month format over the 15th: the day is not lost
        ("45323", "yyyy", "2024-02-01"),
        ("45292.5", "yyyy-mm-dd h:mm", "2024-01-01 12:00:00"),
        ("45292", "yyyy/m/d h:mm:ss", "2024-01-01 00:00:00"),
        ("45292.5", "yyyy-mm-dd", "2024-01-01 12:00:00"),  # a date format over a moment: the time is not lost
        ("45292.010416666664", "yyyy-mm-dd hh:mm", "2024-01-01 00:15:00"),
        ("45291.99999999999", "yyyy-mm-dd hh:mm", "2024-01-01 00:00:00"),
        ("0.25", "h:mm", "06:00:00"),
        ("1.5", "[h]:mm", "36:00:00"),
        ("0.010416666666666666", "mm:ss", "00:15:00"),
        ("45292", "[$-804]yyyy\\-mm\\-dd;@", "2024-01-01"),
        ("45292", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "2024-01-01"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("60", "yyyy-mm-dd", "60"),  # 1900-02-29 never was
        ("-1", "yyyy-mm-dd", "-1"),
        ("2958465", "yyyy-mm-dd", "9999-12-31"),
        ("2958466", "yyyy-mm-dd", "2958466"),
    ],
)
def test_serial_dates_of_the_1900_system(serial: str, code: str | int, shown: str) -> None:
    assert one_cell(f'<c r="B2" s="1"><v>{serial}</v></c>', style=styles(code)) == shown


@pytest.mark.parametrize(
    ("serial", "shown"), [("43830", "2024-01-01"), ("0", "1904-01-01"), ("43830.75", "2024-01-01 18:00:00")]
)
def test_serial_dates_of_the_1904_system(serial: str, shown: str) -> None:
    xml = f'<c r="B2" s="1"><v>{serial}</v></c>'
    assert one_cell(xml, style=styles("yyyy-mm-dd"), properties='date1904="1"') == shown
    assert one_cell(xml, style=styles("yyyy-mm-dd"), properties='date1904="true"') == shown


@pytest.mark.parametrize(
    "code",
    [
        "0.00",
        "#,##0.00_);[Red](#,##0.00)",
        '0.0"day"',
        "0.00E+00",
        "General",
        "G/通用格式",
        "0.0\\d",
        "[>100]0;0.0",
        "@",
        "¥#,##0",
        3,
        11,
        44,
    ],
)
def test_a_format_without_a_date_leaves_the_number(code: str | int) -> None:
    assert one_cell('<c r="B2" s="1"><v>45292</v></c>', style=styles(code)) == "45292"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("0.35", "35%"), ("7.0000000000000007E-2", "7%"), ("1", "100%"), ("0.0005", "0.05%"), ("-0.1", "-10%")],
)
@pytest.mark.parametrize("code", [9, 10, "0.0%"])
def test_percent_formats_give_the_percentage_that_is_shown(stored: str, shown: str, code: str | int) -> None:
    assert one_cell(f'<c r="B2" s="1"><v>{stored}</v></c>', style=styles(code)) == shown


def test_a_percentage_is_divided_once_by_the_coercion() -> None:
    """35 % shown and 0.35 stored are the same share, and 5 % shown is the 5 of a column in per cent."""
    column = contracts()["activity"].columns
    share, percent = reader(column["biogenic_fraction"]), reader(column["uncertainty_pct"])
    shown = one_cell('<c r="B2" s="1"><v>0.35</v></c>', style=styles(9))
    assert shown is not None
    results = [share(shown), share("0.35"), percent(shown), percent("35")]
    assert [str(result.value) for result in results if isinstance(result, Kept)] == ["0.35", "0.35", "35", "35"]


def test_a_month_that_excel_turned_into_a_date_is_still_a_period() -> None:
    shown = one_cell('<c r="B2" s="1"><v>45352</v></c>', style=styles(17))
    assert shown == "2024-03"
    assert dates.period(shown) == "2024-03"


def test_texts_of_every_kind() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>无烟煤</t></si>'
        '<si><r><t>洗</t></r><r><rPr/><t>精煤</t></r><rPh sb="0" eb="1"><t>xi</t></rPh></si>'
        "<si><t>a_x000A_b_x005F_x0041_</t></si><si/></sst>"
    )
    cells = "".join(f'<c r="B{at + 2}" t="s"><v>{at}</v></c>' for at in range(4)).split("</c>")[:-1]
    rows = [row(at + 2, cell(f"A{at + 2}", "2027"), one + "</c>") for at, one in enumerate(cells)]
    seen = only(workbook({"能源活动": sheet(HEAD, *rows)}, strings=strings))
    assert seen.columns["数量"] == ["无烟煤", "洗精煤", "a\nb_x0041_", None]


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ('<c r="B2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B2" t="b"><v>0</v></c>', "FALSE"),
        ('<c r="B2" t="str"><f>A1</f><v>12.5</v></c>', "12.5"),
        ('<c r="B2" t="d"><v>2024-01-31T00:00:00Z</v></c>', "2024-01-31"),
        ('<c r="B2" t="d"><v>2024-01-31T06:30:00</v></c>', "2024-01-31 06:30:00"),
        (
            '<c r="B2" t="inlineStr"><is><t> １，２３４ 万 </t></is></c>',
            " １，２３４ 万 ",
        ),  # never trimmed, never converted
        ('<c r="B2" t="inlineStr"><is><t></t></is></c>', None),
        ('<c r="B2"/>', None),
        ('<c r="B2" s="99"><v>7</v></c>', "7"),  # a style that the styles part does not have
    ],
)
def test_other_cells(xml: str, shown: str | None) -> None:
    assert one_cell(xml) == shown


def test_error_values_and_objects_are_refused_with_their_addresses() -> None:
    xml = sheet(
        HEAD,
        row(2, cell("A2", "2027"), '<c r="B2" t="e"><v>#REF!</v></c>'),
        row(3, cell("A3", "2027"), '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        row(4, cell("A4", "2027"), '<c r="B4" t="e" vm="1"><v>#VALUE!</v></c>'),
    )
    seen = only(workbook({"能源活动": xml}))
    assert seen.columns["数量"] == [None, None, None]
    assert [(note.kind, note.raw, note.arguments["cell"]) for note in seen.notes] == [
        ("error_value", "#REF!", "B2"),
        ("error_value", "#DIV/0!", "B3"),
        ("not_text", "#VALUE!", "B4"),
    ]
