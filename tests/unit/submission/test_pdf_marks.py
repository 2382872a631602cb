"""The small PDF reader: what it reads, what it says it cannot read, and that no bytes make it raise or hang."""

from __future__ import annotations

import random
import zlib
from datetime import date

import pytest

from fixtures.simulator.laboratory import pdf
from verify.submission.pdf_marks import PdfMarks, pdf_marks


def _with_info(info: bytes, more: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
        + more
        + b"9 0 obj\n"
        + info
        + b"\nendobj\ntrailer << /Root 1 0 R /Info 9 0 R >>\n%%EOF"
    )


def test_days_and_tools_of_info() -> None:
    assert pdf_marks(pdf("20270312", "20280203", "Adobe Photoshop 24.1")) == PdfMarks(
        date(2027, 3, 12), date(2028, 2, 3), ("Adobe Photoshop 24.1",)
    )


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (rb"(WPS \(Beta\) \\ \101)", "WPS (Beta) \\ A"),
        (rb"(a (nested) tool)", "a (nested) tool"),
        (b"<FEFF7F168F9156685DE55177>", "编辑器工具"),
        (b"<4C 49 4d 5>", "LIMP"),
    ],
)
def test_strings(raw: bytes, read: str) -> None:
    marks = pdf_marks(_with_info(b"<< /Producer " + raw + b" /CreationDate (D:20270312) >>"))
    assert marks.created == date(2027, 3, 12)
    assert marks.tools == (read,)


def test_the_last_info_of_a_file_changed_later_counts() -> None:
    first = _with_info(b"<< /CreationDate (D:20270312) >>")
    changed = (
        first
        + b"\n9 0 obj\n<< /CreationDate (D:20270312) /ModDate (D:20280203) >>\nendobj\ntrailer << /Info 9 0 R >>\n%%EOF"
    )
    assert pdf_marks(changed).modified == date(2028, 2, 3)


def test_info_in_an_object_stream() -> None:

    packed = zlib.compress(b"8 0 9 10 " + b"<< /A 1 >><< /CreationDate (D:20270312) /Producer (LIMS) >>")

    head = b"5 0 obj\n<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode >>\nstream\n"
    data = b"%PDF-1.7\n" + head + packed + b"\nendstream\nendobj\n7 0 obj\n<< /Type /XRef /Info 9 0 R >>\nendobj"
    assert pdf_marks(data) == PdfMarks(date(2027, 3, 12), None, ("LIMS",))


def test_xmp_of_the_catalogue_and_not_of_a_picture() -> None:
    packet = b'<x:xmpmeta><rdf:Description xmp:CreateDate="2027-03-12T09:00:00+08:00"><xmp:CreatorTool>LIMS</xmp:CreatorTool></x:xmpmeta>'
    picture = b"4 0 obj\n<< /Type /XObject >>\nstream\n<xmp:CreatorTool>Adobe Photoshop</xmp:CreatorTool>\nendstream\nendobj\n"
    data = (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Metadata 3 0 R >>\nendobj\n3 0 obj\n<< /Type /Metadata >>\nstream\n"
        + packet
        + b"\nendstream\nendobj\n"
        + picture
        + b"trailer << /Root 1 0 R >>"
    )
    assert pdf_marks(data) == PdfMarks(date(2027, 3, 12), None, ("LIMS",))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_pdf"),
        (b"\x89PNG", "not_pdf"),
        (b"%PDF-1.4 trailer << /Encrypt 5 0 R /Info 9 0 R >>", "encrypted"),
        (b"%PDF-1.4 nothing", "no_metadata"),
        (_with_info(b"<< /CreationDate (D:20271399) >>"), "no_metadata"),
        (_with_info(b"<< /CreationDate (D:2027"), "no_metadata"),
        (b"%PDF-1.4 /Info 9999999999 99999 R", "no_metadata"),
    ],
)
def test_what_cannot_be_read_has_a_reason(data: bytes, reason: str) -> None:
    assert pdf_marks(data).unread == reason


def test_hostile_bytes_end() -> None:
    bomb = zlib.compress(b"\0" * (1 << 27))
    stream = b"5 0 obj << /Type /ObjStm /N 2 /First 9 >> stream\n" + bomb + b"\nendstream endobj "
    hostile = [
        b"%PDF-1.4 /Info 9 0 R " + stream * 20,
        b"%PDF-1.4 /Info 9 0 R " + b"<< /ObjStm /First 4 >> stream\n" * 100_000,
        b"%PDF-1.4 /Info 9 0 R 9 0 obj << /Producer " + b"(" * 1_000_000,
        b"%PDF-1.4 /Info 9 0 R " + b"9 0 obj " * 200_000 + b"<<" * 100_000,
        b"%PDF-1.4" + b" /Info 9 0 R" * 300_000 + b"<" * 1_000_000,
    ]
    chance = random.Random(1)
    sound = pdf("20270312", "20280203", "LIMS")
    hostile += [bytes(chance.randrange(256) if chance.random() < 0.03 else one for one in sound) for _ in range(300)]
    for data in hostile:
        assert isinstance(pdf_marks(data), PdfMarks)
