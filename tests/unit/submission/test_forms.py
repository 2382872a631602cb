"""One submission in every form: the same canonical tables, row for row; and readers that lose no line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from verify.engine import Engine
from verify.errors import Unreadable
from verify.submission import SteamValues, Submission, read
from verify.submission.contract import contracts
from verify.submission.raw import RawSheet
from verify.submission.readers import entries
from verify.submission.readers.csv_ import csv_sheet, encoding_of
from verify.submission.workbook import Limits

from .handing import PARK, Tables, csv_text, folder, sound


def park() -> Tables:
    """The sound park with a duplicate, a conflict, an unreadable quantity and Chinese words, in no particular order."""
    tables = sound()
    rows = tables["activity"]
    rows.append({**rows[2], "period": "2027-05", "quantity": "12O0"})
    rows.append({**rows[2], "quantity": "380000", "unit": "MWh"})
    rows.append({**rows[1], "period": "2027-03", "carrier": "柴油", "quantity": "1.5", "unit": "吨", "ncv": ""})
    rows.append({**rows[1], "period": "2027-03", "carrier": "diesel", "quantity": "2.5", "unit": "t", "ncv": ""})
    rows.append({**rows[1], "period": "2027年4月", "quantity": "1,200.5", "unit": "万Nm3"})
    return tables


def as_folder(path: Path) -> Path:
    return folder(path, park())


def as_reversed(path: Path) -> Path:
    return folder(path, {table: rows[::-1] for table, rows in park().items()})


def as_gb18030(path: Path) -> Path:
    return folder(path, park(), encoding="gb18030")


def as_bom(path: Path) -> Path:
    return folder(path, park(), encoding="utf-8-sig")


def as_utf16(path: Path) -> Path:
    return folder(path, park(), encoding="utf-16")


def as_parquet(path: Path) -> Path:
    folder(path, {})
    for table, rows in park().items():
        pq.write_table(pa.table({name: [row[name] for row in rows] for name in rows[0]}), path / f"{table}.parquet")
    return path


def as_semicolons(path: Path) -> Path:
    made = folder(path, park())
    for file in made.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"1,200.5"', "1200.5").replace(",", ";"), encoding="utf-8")
    return made


def as_workbook(path: Path) -> Path:
    """Chinese headings and sheet names, the park as a sheet, numbers as numbers."""
    path.mkdir()
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = book.create_sheet("园区")
    for row in (
        ("项目", "填写内容"),
        ("id", "T-1"),
        ("id_scheme", "free"),
        ("base_year", 2025),
        ("reporting_year", 2027),
    ):
        sheet.append(row)
    for table, rows in park().items():
        contract = contracts()[table]
        sheet = book.create_sheet(contract.title.zh)
        sheet.append([contract.columns[name].title.zh for name in rows[0]])
        for row in rows:
            sheet.append(
                [
                    float(cell) if name == "quantity" and cell.replace(".", "").isdigit() else cell or None
                    for name, cell in row.items()
                ]
            )
    book.save(path / "申报.xlsx")
    return path / "申报.xlsx"


def as_zip(path: Path) -> Path:
    return zipped(path, as_folder(path / "inside"), prefix="提交包/")


def as_zipped_workbook(path: Path) -> Path:
    path.mkdir()
    return zipped(path, as_workbook(path / "inside").parent)


def zipped(path: Path, folder_: Path, prefix: str = "") -> Path:
    made = path / "submission.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder_.rglob("*")):
            archive.write(file, prefix + file.relative_to(folder_).as_posix())
        archive.writestr("__MACOSX/._activity.csv", b"x")
    return made


FORMS: list[Callable[[Path], Path]] = [
    as_reversed, as_gb18030, as_bom, as_utf16, as_parquet, as_semicolons, as_workbook, as_zip, as_zipped_workbook,
]  # fmt: skip


def everything(submission: Submission, engine: Engine) -> dict[str, Any]:
    """All that may not depend on the form."""
    return {
        "tables": {table: engine.rows(one.order_by("row_id")) for table, one in submission.tables.items()},
        "dispositions": sorted(tuple(row.values()) for row in engine.rows(submission.dispositions)),
        "excluded": submission.excluded,
        "counts": submission.finding_counts,
        "findings": [
            (one.code, one.row_id, one.column, one.raw if one.code != "TZ-SUB-14" else "", one.subject, one.period)
            for one in submission.findings
        ],
        "park": submission.park,
        "handed_in": submission.handed_in,
    }


@pytest.fixture(scope="module")
def plain(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("plain")
    return everything(
        read(as_folder(path / "p"), engine=engine, workdir=path / "w", values=SteamValues(Decimal("83.74"))), engine
    )


def test_the_plain_form_is_what_it_should_be(plain: dict[str, Any]) -> None:
    assert plain["counts"] == {"TZ-SUB-07": 1, "TZ-SUB-14": 1, "TZ-SUB-15": 2}
    rows = plain["tables"]["activity"]
    assert [row["row_id"] for row in rows] == sorted(row["row_id"] for row in rows)
    assert [(row["period"], row["carrier"], row["quantity"]) for row in rows if row["flow"] == "final_use"] == [
        ("2027-01", "natural_gas", Decimal(1205)),
        ("2027-04", "natural_gas", Decimal(12005)),
    ]


@pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])
def test_every_form_gives_the_same(
    form: Callable[[Path], Path], plain: dict[str, Any], engine: Engine, tmp_path: Path
) -> None:
    submission = read(
        form(tmp_path / "form"), engine=engine, workdir=tmp_path / "w", values=SteamValues(Decimal("83.74"))
    )
    assert everything(submission, engine) == plain


@pytest.mark.parametrize("form", [as_folder, as_workbook])
def test_the_streaming_path_gives_the_same(form: Callable[[Path], Path], plain: dict[str, Any], tmp_path: Path) -> None:
    engine = Engine(threads=1)
    submission = read(
        form(tmp_path / "form"),
        engine=engine,
        workdir=tmp_path / "w",
        spill_rows=1,
        values=SteamValues(Decimal("83.74")),
    )
    engine.seal()  # the Parquet files stay readable after the end of ingest
    assert everything(submission, engine) == plain
    ids = [row["row_id"] for row in plain["tables"]["activity"]]
    assert submission.places.find(ids).keys() == set(ids)
    assert (tmp_path / "w" / "activity.parquet").is_file()


def test_places_differ_with_the_form(engine: Engine, tmp_path: Path) -> None:
    rows = {}
    for form in (as_folder, as_reversed, as_workbook):
        submission = read(form(tmp_path / form.__name__), engine=engine, workdir=tmp_path / "w", values=None)
        (fault,) = [one for one in submission.findings if one.code == "TZ-SUB-07"]
        assert fault.place is not None
        rows[form.__name__] = (
            fault.place.file,
            fault.place.sheet,
            fault.place.line,
            fault.place.column,
            fault.place.cell,
        )
    assert rows == {
        "as_folder": ("activity.csv", "", 5, "quantity", ""),
        "as_reversed": ("activity.csv", "", 6, "quantity", ""),
        "as_workbook": ("申报.xlsx", "能源活动", 5, "数量", "K5"),
    }


# the CSV reader -------------------------------------------------------------------------------------------------------


def sheet_of(path: Path, content: bytes, *, batch_rows: int = 1000) -> RawSheet:
    file = path / "activity.csv"
    file.write_bytes(content)
    return csv_sheet(
        entries(file)[0], lambda heading: heading if heading in {"a", "b", "期间"} else None, batch_rows=batch_rows
    )


@pytest.mark.parametrize("batch_rows", [1, 2, 3, 1000])
def test_lines_are_physical_through_quoted_breaks_and_blank_lines(tmp_path: Path, batch_rows: int) -> None:
    sheet = sheet_of(tmp_path, b'a,b\r\n\r\n1,"x\r\ny"\r\n2,z\r\n,\r\n3,"p\nq\nr"\n4,w\n', batch_rows=batch_rows)
    batches = list(sheet.batches)
    assert [line for batch in batches for line in batch.lines] == [3, 5, 7, 10]
    assert [cell for batch in batches for cell in batch.columns["b"]] == ["x\r\ny", "z", "p\nq\nr", "w"]
    assert sheet.notes == []


def test_title_rows_and_blank_lines_stand_above_the_headings(tmp_path: Path) -> None:
    (batch,) = sheet_of(tmp_path, "\n某园区能源活动表\n\na,b\n1,2\n".encode()).batches
    assert (batch.lines, batch.columns) == ([5], {"a": ["1"], "b": ["2"]})


def test_what_cannot_be_parsed_ends_the_sheet_and_says_where(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, b'a,b\n1,2\n3,"bad"x\n5,6\n')
    assert [batch.lines for batch in sheet.batches] == [[2]]
    assert [(note.kind, note.line) for note in sheet.notes] == [("broken", 3)]


def test_headings_only_still_name_their_columns(tmp_path: Path) -> None:
    (batch,) = sheet_of(tmp_path, b"a;b\n").batches
    assert (batch.lines, list(batch.columns)) == ([], ["a", "b"])
    assert list(sheet_of(tmp_path, b"").batches) == []


@pytest.mark.parametrize(
    ("text", "encoding"), [("期间", "utf-8"), ("期间", "gb18030"), ("〇𠮷", "gb18030"), ("a", "ascii")]
)
def test_the_encoding_is_decided_over_the_whole_stream(tmp_path: Path, text: str, encoding: str) -> None:
    """The telling bytes stand at the very end, behind 3 MiB of ASCII."""
    file = tmp_path / "activity.csv"
    file.write_bytes(b"a,b\n" + b"1,2\n" * 800_000 + text.encode(encoding))
    assert encoding_of(entries(file)[0]) == ("gb18030" if encoding == "gb18030" else "utf-8-sig")


def test_bytes_of_no_encoding_are_a_finding(engine: Engine, tmp_path: Path) -> None:
    path = folder(tmp_path / "p", sound())
    (path / "production.csv").write_bytes(b"\xff\xff\xff\x80,a\n1,2\n")
    submission = read(path, engine=engine, workdir=tmp_path / "w")
    assert {(one.code, one.arguments["reason"]) for one in submission.findings} == {("TZ-SUB-30", "not_utf8")}


# Parquet --------------------------------------------------------------------------------------------------------------


def test_parquet_types_are_written_out_without_loss(engine: Engine, tmp_path: Path) -> None:
    import datetime

    path = folder(tmp_path / "p", {key: rows for key, rows in sound().items() if key != "activity"})
    row = sound()["activity"][0]
    columns: dict[str, Any] = {name: [cell] for name, cell in row.items() if cell}
    columns |= {
        "period": pa.array([datetime.date(2027, 1, 1)]),
        "quantity": pa.array([Decimal("120.500")], pa.decimal128(20, 3)),
        "ncv": pa.array([389.31]),
        "uncertainty_pct": pa.array([2]),
        "carrier": pa.array(["天然气"]).dictionary_encode(),
    }
    pq.write_table(pa.table(columns), path / "activity.parquet")
    submission = read(path, engine=engine, workdir=tmp_path / "w")
    assert submission.finding_counts == {}
    (kept,) = engine.rows(submission.tables["activity"])
    assert (kept["period"], kept["quantity"], kept["ncv"], kept["uncertainty_pct"]) == (
        "2027-01",
        Decimal(1205),
        Decimal("389.31"),
        Decimal(2),
    )


def test_a_broken_parquet_is_a_finding(engine: Engine, tmp_path: Path) -> None:
    path = folder(tmp_path / "p", sound())
    (path / "production.parquet").write_bytes(b"PAR1 nothing")
    submission = read(path, engine=engine, workdir=tmp_path / "w")
    assert {(one.code, one.table) for one in submission.findings} == {("TZ-SUB-30", "production")}


# what cannot be read at all -------------------------------------------------------------------------------------------


def refused(path: Path, engine: Engine, tmp_path: Path) -> str:
    with pytest.raises(Unreadable) as error:
        read(path, engine=engine, workdir=tmp_path / "w")
    assert error.value.exit_code == 3
    return error.value.key


def test_nothing_to_read(engine: Engine, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refused(empty, engine, tmp_path) == "submission.nothing"
    assert refused(tmp_path / "missing", engine, tmp_path) == "submission.no_such_path"
    assert refused(folder(tmp_path / "no-park", sound(), park=""), engine, tmp_path) == "submission.no_park"
    assert refused(folder(tmp_path / "no-table", {}), engine, tmp_path) == "submission.no_table"


def archive(path: Path, members: dict[str, bytes]) -> Path:
    made = path / "hostile.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return made


@pytest.mark.parametrize(
    "name",
    [
        "../activity.csv",
        "a/../../activity.csv",
        "/activity.csv",
        "C:/activity.csv",
        "a\\activity.csv",
        "a//b.csv",
        "x\n.csv",
    ],
)
def test_hostile_names_are_refused(engine: Engine, tmp_path: Path, name: str) -> None:
    assert (
        refused(archive(tmp_path, {"park.yaml": PARK.encode(), name: b"a\n"}), engine, tmp_path)
        == "submission.zip_name"
    )


def test_twins_after_folding_are_refused(engine: Engine, tmp_path: Path) -> None:
    made = archive(tmp_path, {"activity.csv": b"a\n", "ACTIVITY.csv": b"a\n"})
    assert refused(made, engine, tmp_path) == "submission.zip_twins"


def test_a_zip_bomb_ends_as_a_clear_error(engine: Engine, tmp_path: Path) -> None:
    bomb = archive(tmp_path, {"park.yaml": PARK.encode(), "activity.csv": b"0" * (64 << 20)})
    assert refused(bomb, engine, tmp_path) == "workbook.bomb"
    named = bomb.rename(tmp_path / "申报.xlsx")
    assert refused(named, engine, tmp_path) == "workbook.bomb"


def test_the_total_is_counted_by_real_bytes(tmp_path: Path) -> None:
    import random

    noise = random.Random(7).randbytes(1 << 20)
    made = archive(tmp_path, {f"{at}.bin": noise for at in range(4)})
    assert len(entries(made, limits=Limits(total=5 << 20))) == 4
    with pytest.raises(Unreadable, match=r"workbook\.bomb"):
        entries(made, limits=Limits(total=3 << 20))


def test_a_truncated_zip_is_a_clear_error(engine: Engine, tmp_path: Path) -> None:
    whole = as_zip(tmp_path / "form").read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    assert refused(cut, engine, tmp_path).startswith("workbook.")


def test_streams_of_a_zip_member_are_the_file(tmp_path: Path) -> None:
    made = as_zip(tmp_path / "form")
    (entry,) = [one for one in entries(made) if one.name == "activity.csv"]
    assert io.TextIOWrapper(entry.stream(), encoding="utf-8", newline="").read() == csv_text(park()["activity"])
