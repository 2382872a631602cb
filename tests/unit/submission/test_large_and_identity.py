"""What large tables go through, held against the careful way; credit codes; workbook notes at the door."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.engine import Engine
from verify.submission import read
from verify.submission.contract import contracts
from verify.submission.door import repeats
from verify.submission.door.repeats import Repeats
from verify.submission.raw import RawBatch
from verify.submission.typed import FaultLog, TableTyper
from verify.submission.typed import plain as plain_module
from verify.submission.typed import table as table_module
from verify.submission.typed.codes import check_character, credit_code, industry_code

from .conftest import Door
from .handing import PARK, codes, folder, found, sound

READINGS = contracts()["readings"]


# keys of 10^8 rows ------------------------------------------------------------------------------------------------------


def twice(path: Path, batches: list[list[str]]) -> list[str]:
    repeats_ = Repeats(path / "keys")
    with pq.ParquetWriter(path / "t.parquet", pa.schema([("_key", pa.string())])) as writer:
        for keys in batches:
            batch = pa.record_batch({"_key": pa.array(keys, pa.string())})
            writer.write_batch(batch)
            repeats_.add(batch["_key"])
    assert sorted(path.glob("keys/*.hash"))
    result = repeats_.found(path / "t.parquet")
    assert not (path / "keys").exists()
    return result


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.text("ab|#", max_size=3), min_size=1, max_size=20), min_size=1, max_size=5))
def test_repeated_keys_are_those_that_a_counter_finds(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]]
) -> None:
    counted = Counter(key for keys in batches for key in keys)
    assert sorted(twice(tmp_path_factory.mktemp("r"), batches)) == sorted(
        key for key, count in counted.items() if count > 1
    )


def test_two_keys_of_one_hash_are_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.setattr(repeats, "_hashes", lambda keys: np.zeros(len(keys), dtype=np.uint64))
    assert twice(tmp_path, [["a", "b"], ["c", "b"]]) == ["b"]


# plain decimals at once -------------------------------------------------------------------------------------------------


def typed(cells: list[str | None], *, quick: bool, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], FaultLog]:
    log = FaultLog()
    monkeypatch.setattr(plain_module, "_LONG", 1)
    monkeypatch.setattr(table_module, "plain", plain_module.plain if quick else lambda column, cells: None)
    typer = TableTyper(READINGS, log, steam=None, free_ids=True)
    columns: dict[str, list[str | None]] = {
        "meter_id": ["M"] * len(cells),
        "at": [f"2027-01-01 {at // 60:02d}:{at % 60:02d}" for at in range(len(cells))],
        "value": cells,
    }
    batch = typer.batch(RawBatch(list(range(2, len(cells) + 2)), columns), {name: name for name in columns}, 0)
    return batch.to_pylist(), log


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "1,234", "12O0", "1e3", "1234567890123", "1.2345678", "-", "５", "-0", "+5", "5."]),
    st.decimals(min_value=-(10**11), max_value=10**11, places=6).map(lambda value: format(value, "f")),
    st.integers(-(10**11), 10**11).map(str),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12))
def test_the_quick_way_gives_what_the_careful_way_gives(cells: list[str | None]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick, quick_log = typed(cells, quick=True, monkeypatch=monkeypatch)
        careful, careful_log = typed(cells, quick=False, monkeypatch=monkeypatch)
    assert quick == careful
    assert quick_log.listed == careful_log.listed


def test_the_quick_way_is_taken() -> None:
    cells: list[str | None] = ["1.5", None, "", "-2"] * 600
    quick = plain_module.plain(READINGS.columns["value"], cells)
    assert quick is not None
    assert quick.array().to_pylist()[:4] == [Decimal("1.5"), None, None, Decimal(-2)]
    assert quick.blank().tolist()[:4] == [False, True, True, False]
    assert plain_module.plain(READINGS.columns["value"], [*cells, "1,5"]) is None


def test_readings_at_midnight_and_twice(engine: Engine, tmp_path: Path) -> None:
    path = folder(tmp_path / "p", sound())
    lines = [
        "表号,采集时间,示数",
        "M1,2027-01-01 24:00,5",
        "M1,2027-01-02 00:00,5.000",
        "M1,2027-01-02T00:15,6",
        "M9,2027-01-02 00:15,1",
    ]
    (path / "计量读数.csv").write_text("\n".join(lines), encoding="utf-8")
    submission = read(path, engine=engine, workdir=tmp_path / "w")
    assert submission.finding_counts == {"TZ-SUB-14": 1, "TZ-SUB-17": 1}
    assert [row["row_id"] for row in engine.rows(submission.tables["readings"])] == [
        "readings:M1|2027-01-02T00:00:00#1", "readings:M1|2027-01-02T00:15:00#1", "readings:M9|2027-01-02T00:15:00#1",
    ]  # fmt: skip


# row ids ----------------------------------------------------------------------------------------------------------------


def test_a_bar_inside_a_key_does_not_move_the_border_between_its_parts(door: Door, engine: Engine) -> None:
    tables = sound()
    row = {"verifier": "a|b", "person": "c", "date": "2027-01-01"}
    tables["visits"] = [row, {**row, "verifier": "a", "person": "b|c"}]
    submission = door(tables)
    assert submission.finding_counts == {}
    assert [one["row_id"] for one in engine.rows(submission.tables["visits"])] == [
        r"visits:a\|b|c|2027-01-01||#1",
        r"visits:a|b\|c|2027-01-01||#1",
    ]


# identity codes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91320000MA1000001C", "91320000MA2000005Y"])
def test_credit_codes_with_a_right_check_character(code: str) -> None:
    """The first is the example that GB 32100-2015 is usually explained with; the others are of park_examples.yaml."""
    assert credit_code(code) is None


def test_the_check_character_by_hand() -> None:
    """All zero but the first: 9 x 1 = 9, 31 - 9 = 22, the 23rd character of the alphabet is N."""
    assert check_character("9" + "0" * 16) == "N"
    assert check_character("0" * 17) == "0"


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_every_single_wrong_character_is_seen(position: int, character: str) -> None:
    right = "91320000MA1000001C"
    wrong = right[:position] + character + right[position + 1 :]
    assert (credit_code(wrong) is None) == (wrong == right)


def test_every_swap_of_neighbours_is_seen() -> None:
    right = "91350100M000100Y43"
    for at in range(17):
        swapped = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
        assert (credit_code(swapped) is None) == (swapped == right)


@pytest.mark.parametrize(
    ("text", "reason"), [("9132", "length"), ("91320000MA100000IC", "alphabet"), ("91320000ma1000001c", "alphabet")]
)
def test_credit_codes_of_a_wrong_form(text: str, reason: str) -> None:
    fault = credit_code(text)
    assert fault is not None
    assert fault.reason == f"credit_code_{reason}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4420", None),
        ("D4420", None),
        ("d4420", None),
        ("C4420", "section"),
        ("9910", "division"),
        ("0010", "division"),
        ("442", "form"),
        ("电力", "form"),
    ],
)
def test_industry_codes(text: str, reason: str | None) -> None:
    fault = industry_code(text)
    assert (fault.reason if fault else None) == (f"industry_code_{reason}" if reason else None)


# what a workbook says beside its text -----------------------------------------------------------------------------------


def test_notes_of_a_workbook_become_findings(engine: Engine, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = book.create_sheet("能源活动")
    rows = sound()["activity"]
    sheet.append([contracts()["activity"].columns[name].title.zh for name in rows[0]])
    for row in rows:
        sheet.append([cell or None for cell in row.values()])
    sheet["K2"] = "=60.25*2"  # no stored result
    sheet.row_dimensions[3].hidden = True
    sheet.merge_cells("B4:C4")
    path = folder(tmp_path / "p", {table: rows for table, rows in sound().items() if table != "activity"}, park=PARK)
    book.save(path / "能源.xlsx")
    submission = read(path, engine=engine, workdir=tmp_path / "w")
    assert codes(submission) == {"TZ-SUB-33", "TZ-SUB-34", "TZ-SUB-35"}
    assert found(submission) >= {("TZ-SUB-33", "activity", "quantity", 2), ("TZ-SUB-34", "activity", "", 3)}
    assert submission.disposition_counts["activity"] == {"used": 2, "excluded": 1, "blocking": 0}
    (excluded,) = submission.excluded
    assert (excluded.code, excluded.quantity) == ("TZ-SUB-33", None)


def test_a_hidden_column_carries_the_id_of_its_column_and_its_place_the_heading(engine: Engine, tmp_path: Path) -> None:
    """As every other fault does: the facts do not depend on the language of the headings."""
    submissions = []
    for language in ("zh", "en"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        sheet = book.create_sheet("能源活动")
        rows = sound()["activity"]
        sheet.append([getattr(contracts()["activity"].columns[name].title, language) for name in rows[0]])
        for row in rows:
            sheet.append([cell or None for cell in row.values()])
        sheet.column_dimensions["K"].hidden = True  # quantity
        others = {table: rows for table, rows in sound().items() if table != "activity"}
        path = folder(tmp_path / language, others, park=PARK)
        book.save(path / "能源.xlsx")
        submissions.append(read(path, engine=engine, workdir=tmp_path / f"w-{language}"))
    hidden = [one for submission in submissions for one in submission.findings]
    assert [(one.code, one.column, one.place.column if one.place else "") for one in hidden] == [
        ("TZ-SUB-34", "quantity", "数量"),
        ("TZ-SUB-34", "quantity", "Quantity"),
    ]
