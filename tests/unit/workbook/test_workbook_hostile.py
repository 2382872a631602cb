"""Files that are broken, locked or made to hurt: each ends in one clear Unreadable, in little memory, before it is unfolded."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from legacy_by_hand import ole
from ooxml_by_hand import HEADER, MAIN, sheet, texts, workbook, zipped
from readings_of import only, outcome, read

from verify.errors import Unreadable
from verify.submission.workbook import Limits, read_workbook
from verify.words import LANGUAGES, say

GOOD = workbook({"能源活动": sheet(texts(1, "期间", "数量"), texts(2, "2027", 1))})
SMALL = Limits(total=4 << 20, ratio=200, ratio_from=1 << 20, entries=50, directory=1 << 16)


def refused(content: bytes, limits: Limits | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(content, limits=limits)
    for language in LANGUAGES:
        assert "park.xlsx" in say(caught.value.key, language, **caught.value.arguments)
    assert caught.value.exit_code == 3
    return caught.value


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "workbook.empty"),
        (b"period,quantity\n2027,1\n", "workbook.not_a_zip"),
        (b"<html><table/></html>", "workbook.not_a_zip"),
        (b"PK", "workbook.truncated"),
        (b"PK\x03\x04" + bytes(100), "workbook.truncated"),
        (GOOD[: len(GOOD) // 2], "workbook.truncated"),
        (GOOD[:-30], "workbook.truncated"),
        (zipped({"a.txt": b"hello"}), "workbook.not_a_workbook"),
        (zipped({"xl/workbook.bin": b"\x00"}), "workbook.binary_workbook"),
        (ole("EncryptedPackage", b"secret"), "workbook.encrypted"),
        (ole("WordDocument", b"letter"), "workbook.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "workbook.damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_no_readable_workbook_is_named(content: bytes, key: str) -> None:
    assert refused(content).key == key


def test_every_cut_of_a_workbook_is_unreadable_and_never_a_traceback() -> None:
    keys = {refused(GOOD[:length]).key for length in range(0, len(GOOD) - 22, 7)}
    assert keys <= {"workbook.empty", "workbook.not_a_zip", "workbook.truncated"}


def test_every_flipped_byte_ends_in_a_reading_or_in_unreadable() -> None:
    for at in range(0, len(GOOD), 3):
        flipped = GOOD[:at] + bytes([GOOD[at] ^ 0xFF]) + GOOD[at + 1 :]
        assert outcome(flipped).partition(".")[0] in {"", "workbook"}


def test_a_bomb_is_stopped_by_the_bytes_it_really_unfolds_to() -> None:
    zeros = b"<c/>" * (2 << 20)
    bomb = workbook({"能源活动": sheet()}, more={"xl/worksheets/sheet9.xml": zeros})
    assert len(bomb) < len(zeros) // 200
    assert refused(bomb, SMALL).key == "workbook.bomb"
    assert refused(bomb, Limits(total=64 << 20, ratio_from=1 << 20)).arguments["part"] == "xl/worksheets/sheet9.xml"


def test_a_bomb_that_lies_about_its_size_is_stopped_too(tmp_path: Path) -> None:
    """Both headers say 100 bytes; the stream gives 64 MiB. A reader that trusts the directory would not count them."""
    stored = _deflated(64 << 20)
    lying = _zip_with(b"xl/workbook.xml", stored=stored, size=100)
    path = tmp_path / "park.xlsx"
    path.write_bytes(lying)
    with pytest.raises(Unreadable) as caught:
        read_workbook(path, "park.xlsx", SMALL)
    assert caught.value.key == "workbook.bomb"
    assert zipfile.ZipFile(path).infolist()[0].file_size == 100


def test_many_parts_that_share_one_stream_count_each_time() -> None:
    """Overlapping entries: one stored stream of half a megabyte, named forty times in the directory."""
    stored = zlib.compress(random.Random(7).randbytes(1 << 19), 1)[2:-4]
    bomb = _zip_with(*[b"part%d" % at for at in range(40)], stored=stored, size=1 << 19)
    assert refused(bomb, SMALL).key == "workbook.bomb"


def test_too_many_parts_and_twins() -> None:
    assert refused(zipped({f"p{at}": b"" for at in range(51)}), SMALL).key == "workbook.too_many_entries"
    assert refused(zipped({f"p{at}" * 60: b"" for at in range(600)}), SMALL).key == "workbook.too_many_entries"
    assert refused(_zip_with(b"a", b"a", stored=_deflated(10), size=10)).key == "workbook.twin_entries"


def test_a_part_behind_a_password_of_the_zip() -> None:
    assert refused(_zip_with(b"a", stored=_deflated(10), size=10, flags=1)).key == "workbook.encrypted"


def test_a_damaged_part_is_named() -> None:
    wrong = bytearray(workbook({"能源活动": sheet(texts(1, "期间"))}))
    wrong[wrong.index(b"PK\x01\x02") + 16] ^= 0xFF  # the checksum of the first entry in the directory
    assert refused(bytes(wrong)).key == "workbook.damaged_part"
    broken = workbook({"能源活动": f'{HEADER}<worksheet xmlns="{MAIN}"><sheetData><row r="1">'})
    assert refused(broken).arguments["part"] == "xl/worksheets/sheet1.xml"


LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
DOCTYPES = {
    "billion laughs": f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l11;</t></is></c></row></sheetData></worksheet>',
    "laughs in an attribute": f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]><worksheet xmlns="{MAIN}"><sheetData><row r="&l11;"/></sheetData></worksheet>',
    "a file of the machine": f'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>&x;</v></c></row></sheetData></worksheet>',
    "the network": f'<!DOCTYPE w SYSTEM "http://example.org/w.dtd"><worksheet xmlns="{MAIN}"><sheetData><row r="1"/></sheetData></worksheet>',
    "an unknown entity": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v>&x;</v></c></row></sheetData></worksheet>',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", DOCTYPES)
def test_document_types_and_entities_are_refused(name: str, encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?>{DOCTYPES[name]}'.encode(encoding)
    whole = workbook({"能源活动": ""}, more={})
    parts = {info.filename: zipfile.ZipFile(_io(whole)).read(info) for info in zipfile.ZipFile(_io(whole)).infolist()}
    error = refused(zipped({**parts, "xl/worksheets/sheet1.xml": part}))
    assert error.key == "workbook.forbidden_xml"
    assert error.arguments["part"] == "xl/worksheets/sheet1.xml"


def test_utf16_parts_without_a_document_type_are_read() -> None:
    text = sheet(
        texts(1, "期间", "数量"), texts(2, "2027", 1), after='<mergeCells><mergeCell ref="B2:C2"/></mergeCells>'
    )
    part = text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    parts = {info.filename: zipfile.ZipFile(_io(GOOD)).read(info) for info in zipfile.ZipFile(_io(GOOD)).infolist()}
    seen = only(zipped({**parts, "xl/worksheets/sheet1.xml": part}))
    assert seen.columns == {"期间": ["2027"], "数量": ["1"]}
    assert seen.kinds() == {"merged_cell"}


def test_a_row_without_an_end_is_stopped_in_bounded_memory() -> None:
    cells = "<c/>" * (5 << 20)
    content = workbook(
        {"能源活动": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'}
    )
    assert refused(content, Limits(ratio=10_000)).key in {"workbook.bomb", "workbook.damaged_part"}


def test_a_relationship_to_the_outside_is_not_followed() -> None:
    parts = {info.filename: zipfile.ZipFile(_io(GOOD)).read(info) for info in zipfile.ZipFile(_io(GOOD)).infolist()}
    outside = parts["xl/_rels/workbook.xml.rels"].replace(
        b'Target="worksheets/sheet1.xml"', b'Target="http://example.org/s.xml" TargetMode="External"'
    )
    assert read(zipped({**parts, "xl/_rels/workbook.xml.rels": outside})) == []
    climbing = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")
    assert refused(zipped({**parts, "xl/_rels/workbook.xml.rels": climbing})).key == "workbook.part_missing"


def _io(content: bytes):  # type: ignore[no-untyped-def]
    import io

    return io.BytesIO(content)


def _deflated(zeros: int) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.compress(bytes(zeros)) + compressor.flush()


def _zip_with(*names: bytes, stored: bytes, size: int, flags: int = 0) -> bytes:
    """A zip whose directory names the same deflated stream under every name and states `size` for it."""
    checksum = zlib.crc32(zlib.decompress(stored, -15))
    fixed = struct.pack("<5HIIIHH", 20, flags, 8, 0, 0, checksum, len(stored), size, len(names[0]), 0)
    body = b"PK\x03\x04" + fixed + names[0] + stored
    directory = b"".join(
        b"PK\x01\x02"
        + struct.pack("<6HIIIHHHHHII", 20, 20, flags, 8, 0, 0, checksum, len(stored), size, len(name), 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(names), len(names), len(directory), len(body), 0)
    return body + directory + end
