"""A formula counts by its stored result, and only where the workbook does not itself say that the result is not fresh."""

from __future__ import annotations

import pytest
from ooxml_by_hand import cell, row, sheet, texts, workbook
from readings_of import Seen, only

HEAD = texts(1, "期间", "数量", "单位")


def read(*cells: str, calculation: str = "") -> Seen:
    rows = [row(at, cell(f"A{at}", "2027"), one) for at, one in enumerate(cells, start=2)]
    return only(workbook({"能源活动": sheet(HEAD, *rows)}, calculation=calculation))


def stale(seen: Seen) -> list[tuple[str, str]]:
    return [(note.arguments["cell"], note.raw) for note in seen.of_kind("stale_formula")]


def test_a_stored_result_is_the_value() -> None:
    seen = read('<c r="B2"><f>SUM(D2:E2)</f><v>30</v></c>', calculation='calcId="191029"')
    assert seen.columns["数量"] == ["30"]
    assert seen.notes == []


def test_an_empty_text_result_is_a_blank_cell() -> None:
    seen = read('<c r="B2" t="str"><f>IF(D2="","",D2)</f><v></v></c>')
    assert seen.columns["数量"] == [None]
    assert seen.notes == []


@pytest.mark.parametrize(
    "xml", ['<c r="B2"><f>D2*2</f></c>', '<c r="B2"><f>D2*2</f><v></v></c>', '<c r="B2"><f>D2*2</f><v/></c>']
)
def test_a_formula_without_a_result_is_refused_with_its_cell(xml: str) -> None:
    seen = read(xml)
    assert seen.columns["数量"] == [None]
    assert stale(seen) == [("B2", "=D2*2")]
    assert (seen.notes[0].line, seen.notes[0].column) == (2, "数量")


def test_later_cells_of_a_shared_formula_are_formulas() -> None:
    seen = read(
        '<c r="B2"><f t="shared" ref="B2:B3" si="0">D2*2</f><v>4</v></c>', '<c r="B3"><f t="shared" si="0"/></c>'
    )
    assert seen.columns["数量"] == ["4", None]
    assert stale(seen) == [("B3", "=")]


@pytest.mark.parametrize(
    "calculation",
    [
        'fullCalcOnLoad="1"',
        'forceFullCalc="true"',
        'calcMode="manual" calcOnSave="0"',
        'calcCompleted="0"',
    ],
)
def test_results_that_the_workbook_calls_stale_are_refused_and_typed_values_stay(calculation: str) -> None:
    seen = read('<c r="B2"><f>D2*2</f><v>4</v></c>', '<c r="B3"><v>5</v></c>', calculation=calculation)
    assert seen.columns["数量"] == [None, "5"]
    assert stale(seen) == [("B2", "=D2*2")]


@pytest.mark.parametrize("calculation", ['calcMode="manual"', 'calcMode="auto" fullCalcOnLoad="0"', ""])
def test_computing_by_hand_is_fresh_where_the_save_computed(calculation: str) -> None:
    assert read('<c r="B2"><f>D2*2</f><v>4</v></c>', calculation=calculation).columns["数量"] == ["4"]


def test_every_cell_of_an_array_formula_is_stale_with_it() -> None:
    cells = [
        '<c r="B2"><f t="array" ref="B2:B3">D2:D3*2</f><v>4</v></c>',
        '<c r="B3"><v>6</v></c>',
        '<c r="B4"><v>8</v></c>',
    ]
    assert read(*cells).columns["数量"] == ["4", "6", "8"]
    seen = read(*cells, calculation='fullCalcOnLoad="1"')
    assert seen.columns["数量"] == [None, None, "8"]
    assert stale(seen) == [("B2", "=D2:D3*2"), ("B3", "=")]
