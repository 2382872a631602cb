"""When and with what a PDF was made: /Info and the XMP of its catalogue, read by a small reader that trusts nothing.

ISO 32000-1, 7.5 (objects, object streams), 14.3 (metadata). No parser of the whole format: the two objects are looked up by
number, every length is bounded, nothing is followed twice, and what cannot be read is said with a reason instead of raised.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

Unread = Literal["", "absent", "too_large", "not_pdf", "encrypted", "no_metadata"]

_OBJECT = 1 << 16  # bytes looked at of one object; /Info holds some hundred
_PACKET = 1 << 18  # bytes looked at of one XMP packet
_INFLATED = 1 << 25  # bytes inflated of one file, all object streams together
_STREAMS = 1 << 10  # object streams looked at of one file, and compressed bytes of each
_STREAM = 1 << 18
_DICTIONARY = 1 << 11  # bytes from an object's head to its stream
_INFO = re.compile(rb"/Info\s{1,8}(\d{1,10})\s{1,8}(\d{1,5})\s{1,8}R")
_ROOT = re.compile(rb"/Root\s{1,8}(\d{1,10})\s{1,8}(\d{1,5})\s{1,8}R")
_METADATA = re.compile(rb"/Metadata\s{1,8}(\d{1,10})\s{1,8}(\d{1,5})\s{1,8}R")
_ENCRYPT = re.compile(rb"/Encrypt(?:\s{1,8}\d{1,10}\s{1,8}\d{1,5}\s{1,8}R|\s{0,8}<<)")
_FIRST = re.compile(rb"/First\s{1,8}(\d{1,9})")
_DAY = re.compile(r"(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_XMP_KEYS = {"CreationDate": "xmp:CreateDate", "ModDate": "xmp:ModifyDate", "Creator": "xmp:CreatorTool", "Producer": "pdf:Producer"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PdfMarks:
    """Days of making and of the last change as the file says them, its tools, and why nothing was read ('' where it was)."""

    created: date | None = None
    modified: date | None = None
    tools: tuple[str, ...] = ()
    unread: Unread = ""


def pdf_marks(data: bytes) -> PdfMarks:
    """The marks of a PDF. Never raises: hostile or broken bytes end in `unread`."""
    if b"%PDF-" not in data[:1024]:
        return PdfMarks(unread="not_pdf")
    if _ENCRYPT.search(data):
        return PdfMarks(unread="encrypted")
    info, catalogue = _referred(data, _INFO), _referred(data, _ROOT)
    packet = b""
    if named := _METADATA.findall(catalogue):
        packet = _plain_object(data, named[-1], _PACKET)
    said = {key: _string(info, key) or _xmp(packet, name) for key, name in _XMP_KEYS.items()}
    tools = tuple(dict.fromkeys(one for key in ("Creator", "Producer") for one in (said[key],) if one))
    created, modified = _day(said["CreationDate"]), _day(said["ModDate"])
    if created is None and modified is None and not tools:
        return PdfMarks(unread="no_metadata")
    return PdfMarks(created, modified, tools)


def _referred(data: bytes, reference: re.Pattern[bytes]) -> bytes:
    """The object that the last such reference of the file names; b'' where it is not found."""
    named = reference.findall(data)
    if not named:
        return b""
    return _plain_object(data, named[-1], _OBJECT) or _packed_object(data, int(named[-1][0]))


def _plain_object(data: bytes, name: tuple[bytes, bytes], most: int) -> bytes:
    """The last object of that number and generation that stands in the file as it is."""
    head = re.compile(rb"(?<!\d)0{0,4}" + name[0].lstrip(b"0") + rb"\s{1,8}" + name[1] + rb"\s{1,8}obj\b")
    last = max(head.finditer(data), key=lambda mark: mark.start(), default=None)
    if last is None:
        return b""
    held = data[last.end() : last.end() + most]
    end = held.find(b"endobj")
    return held if end < 0 else held[:end]


def _packed_object(data: bytes, number: int) -> bytes:
    """The object of that number out of the last object stream that holds it."""
    found = b""
    for plain, first in _object_streams(data):
        numbers = plain[:first].split()
        for at in range(0, len(numbers) - 1, 2):
            if numbers[at].isdigit() and numbers[at + 1].isdigit() and int(numbers[at][:12]) == number:
                start = first + int(numbers[at + 1][:12])
                found = plain[start : start + _OBJECT].split(b">>endobj", 1)[0]
    return _one_dictionary(found)


def _object_streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The inflated object streams and where their first object begins, within the budget of a file."""
    left = _INFLATED
    for mark in islice(re.finditer(rb"/ObjStm\b", data), _STREAMS):
        start = max(data.rfind(b"obj", max(0, mark.start() - _DICTIONARY), mark.start()), 0)
        stream = data.find(b"stream", mark.end(), mark.end() + _DICTIONARY)
        first = _FIRST.search(data, start, stream) if stream > 0 else None
        if first is None or left <= 0:
            continue
        body = stream + len(b"stream")
        body += 2 if data[body : body + 2] == b"\r\n" else 1
        end = data.find(b"endstream", body, body + _STREAM)
        try:
            plain = zlib.decompressobj().decompress(data[body : end if end > 0 else body + _STREAM], left)
        except zlib.error:
            continue
        left -= len(plain)
        yield plain, int(first[1])


def _one_dictionary(held: bytes) -> bytes:
    """The first dictionary of `held`: objects of a stream follow each other without a word between."""
    depth, at = 0, held.find(b"<<")
    if at < 0:
        return b""
    for mark in re.finditer(rb"<<|>>", held):
        depth += 1 if mark[0] == b"<<" else -1
        if depth == 0:
            return held[at : mark.end()]
    return held[at:]


def _string(held: bytes, key: str) -> str:
    """A string of a dictionary, literal or hexadecimal; '' where there is none."""
    mark = re.search(rb"/" + key.encode() + rb"\s{0,8}([(<])", held)
    if mark is None:
        return ""
    if mark[1] == b"<":
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", held[mark.end() :].split(b">", 1)[0])
        return _text(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
    return _text(_literal(held, mark.end()))


def _literal(held: bytes, at: int) -> bytes:
    """A literal string from behind its bracket, with nested brackets and escapes."""
    out, depth = bytearray(), 1
    while at < len(held):
        one = held[at : at + 1]
        at += 1
        if one == b"\\":
            octal = re.compile(rb"[0-7]{1,3}").match(held, at)
            if octal:
                out.append(int(octal[0], 8) & 0xFF)
                at = octal.end()
            else:
                out += _ESCAPES.get(held[at : at + 1], held[at : at + 1])
                at += 1
            continue
        depth += {b"(": 1, b")": -1}.get(one, 0)
        if depth == 0:
            break
        out += one
    return bytes(out)


def _text(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff"):
        decoded = raw[2:].decode("utf-16-be", "replace")
    elif raw.startswith(b"\xef\xbb\xbf"):
        decoded = raw[3:].decode("utf-8", "replace")
    else:
        decoded = raw.decode("latin-1")
    return "".join(one for one in decoded if one.isprintable()).strip()


def _xmp(packet: bytes, name: str) -> str:
    """A property of an XMP packet, as attribute or as element; no XML parser, so no entity is ever expanded."""
    mark = re.search(name.encode() + rb"\s{0,8}(?:=\s{0,8}[\"']([^\"'<]{1,256})|>([^<]{1,256})<)", packet)
    return "" if mark is None else _text(b"\xef\xbb\xbf" + (mark[1] or mark[2]))


def _day(said: str) -> date | None:
    mark = _DAY.match(said)
    try:
        return date(int(mark[1]), int(mark[2]), int(mark[3])) if mark else None
    except ValueError:
        return None
