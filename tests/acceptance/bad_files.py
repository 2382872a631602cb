"""What parks and programs hand in by mistake, and what somebody hands in on purpose: one function makes one of them."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

from tests.unit.submission.handing import PARK, changed, csv_text, folder, sound, with_row
from verify import resources

RULER = "cn-national-2025"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def park(at: Path, text: str = PARK) -> Path:
    """A sound small park with this park.yaml."""
    return folder(at / "park", sound(), park=text)


def many_faults(at: Path) -> Path:
    """One submission with a fault in every third row: each is found in one run."""
    tables = changed("activity", 0, quantity="12O0")
    rows = tables["activity"]
    rows[1] |= {"unit": "桶"}
    rows[2] |= {"period": "2025-13"}
    blank = dict.fromkeys(rows[0], "")
    diesel = {"enterprise_id": "A", "carrier": "diesel", "flow": "final_use", "activity_type": "终端消费", "unit": "t"}
    rows.append({**blank, **diesel, "period": "2027-03", "quantity": "-3"})
    tables["enterprises"].append(
        {"enterprise_id": "B", "name": "乙厂", "industry_code": "4420", "from": "2026-01-01", "to": ""}
    )
    return folder(at / "many", tables)


def wrong_check_character(at: Path) -> Path:
    """A credit code whose last character is not the one that the others give."""
    tables = with_row("enterprises", enterprise_id="91140800MA8C0D016A", name="丙厂", industry_code="2614")
    return folder(at / "codes", tables, park=PARK.replace("id_scheme: free", "id_scheme: uscc"))


def foreign_workbook(at: Path) -> Path:
    """A workbook with a sheet that is no table, and a table without its column of quantities."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    keys = [("id", "T-1"), ("id_scheme", "free"), ("base_year", "2025"), ("reporting_year", "2027")]
    _sheet(book, "园区", [("标识", "填写内容"), *keys])
    _sheet(book, "会议纪要", [("议题", "结论"), ("零碳", "通过")])
    for table, rows in sound().items():
        left_out = {"quantity"} if table == "activity" else set()
        columns = [column for column in rows[0] if column not in left_out]
        _sheet(book, table, [tuple(columns), *(tuple(row[column] for column in columns) for row in rows)])
    target = at / "workbook.xlsx"
    book.save(target)
    return target


def bomb(at: Path) -> Path:
    """A small .xlsx whose one part unfolds to 64 MiB."""
    target = at / "bomb.xlsx"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    assert target.stat().st_size < 1 << 20
    return target


def cut_workbook(at: Path) -> Path:
    """The first half of a workbook."""
    whole = foreign_workbook(at)
    content = whole.read_bytes()
    target = at / "cut.xlsx"
    target.write_bytes(content[: len(content) // 2])
    return target


def encrypted_workbook(at: Path) -> Path:
    """An .xlsx behind a password is an OLE container with a stream of this name."""
    return _bytes(at / "locked.xlsx", (_OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")).ljust(8192, b"\0"))


def climbing_zip(at: Path) -> Path:
    """A zip whose member would land beside the folder that it is unpacked to."""
    return _zip(at / "climbs.zip", {"../park.yaml": PARK.encode(), "activity.csv": b"a\n"})


def twin_zip(at: Path) -> Path:
    """Two members that are one file where letters have no case."""
    return _zip(at / "twins.zip", {"park.yaml": PARK.encode(), "activity.csv": b"a\n", "Activity.csv": b"a\n"})


def damaged(at: Path, kind: str) -> Path:
    """The sound park with its activity table spoiled in one way."""
    path = folder(at / kind, sound())
    file = path / "activity.csv"
    text = file.read_text(encoding="utf-8")
    if kind == "nul":
        file.write_bytes(text.encode().replace(b"120.5", b"12\x000.5", 1))
    elif kind == "escape":
        file.write_bytes(text.encode().replace(b"120.5", b"\x1b[2J120.5", 1))
    elif kind == "utf16_unmarked":
        file.write_bytes(text.encode("utf-16-le"))
    elif kind == "mixed":
        lines = text.splitlines(keepends=True)
        file.write_bytes(b"".join(line.encode("gb18030" if at == 2 else "utf-8") for at, line in enumerate(lines)))
        (path / "enterprises.csv").write_bytes(_mixed_names())
    elif kind == "cut_parquet":
        _cut_parquet(file)
    elif kind == "open_quote":
        file.write_text(text + '2027-04,"', encoding="utf-8")
    return path


def utf16_park(at: Path) -> Path:
    """Every table in UTF-16 with its mark, as Excel's "Unicode text": it is read."""
    path = folder(at / "utf16", sound())
    for file in path.glob("*.csv"):
        file.write_bytes(file.read_text(encoding="utf-8").encode("utf-16"))
    return path


def ruler(at: Path, file: str, old: str, new: str) -> Path:
    """A copy of the national ruler with one text replaced."""
    target = at / "my-ruler"
    shutil.copytree(resources.rules() / RULER, target)
    text = (target / file).read_text(encoding="utf-8")
    assert old in text
    (target / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


def line_of(file: str, text: str) -> int:
    """The line of the national ruler on which `text` begins."""
    whole = (resources.rules() / RULER / file).read_text(encoding="utf-8")
    return whole[: whole.index(text)].count("\n") + 1


def _mixed_names() -> bytes:
    rows = [{"enterprise_id": id_, "name": name} for id_, name in (("A", "甲化工厂"), ("B", "乙热电厂"), ("C", "丙厂"))]
    head, first, second, third = csv_text(rows).splitlines(keepends=True)
    return head.encode() + first.encode() + second.encode() + third.encode("gb18030")


def _cut_parquet(file: Path) -> None:
    import pyarrow.csv as arrow_csv
    from pyarrow import parquet

    whole = io.BytesIO()
    parquet.write_table(arrow_csv.read_csv(file), whole)
    file.with_suffix(".parquet").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    file.unlink()


def _sheet(book: object, name: str, rows: list[tuple[str, ...]]) -> None:
    sheet = book.create_sheet(name)  # type: ignore[attr-defined]
    for row in rows:
        sheet.append(row)


def _zip(target: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def _bytes(target: Path, content: bytes) -> Path:
    target.write_bytes(content)
    return target
