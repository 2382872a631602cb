"""The directory of a hostile zip, read strictly (attestation Z5 to Z7): what each entry says it is and where it stands.

Read from the end record at the very last byte; local headers must say the same. Zip64 and split archives are refused:
a bundle within the limits needs neither.
"""

from __future__ import annotations

import stat
import struct
from dataclasses import dataclass

from verify.bundle.limits import Limits
from verify.bundle.refused import Refused, shown

STORED, DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DESCRIPTOR = 1 << 3
_UTF8 = 1 << 11
_HARMLESS = 0b110 | _DESCRIPTOR | _UTF8  # how hard it was packed, sizes behind the data, name in UTF-8
_ENCRYPTED = 1 | 1 << 6 | 1 << 13
_OTHER_NAME, _ZIP64 = 0x7075, 0x0001  # extra fields that would change name or sizes for some programs
_DOS_FOLDER, _DOS_VOLUME = 0x10, 0x08


@dataclass(frozen=True)
class Entry:
    """One entry of the central directory; `start` and `end` enclose its packed bytes."""

    name: str
    folder: bool
    method: int
    crc: int
    packed: int
    size: int
    start: int
    end: int


def read_directory(data: bytes, limits: Limits) -> list[Entry]:
    """Every entry, in the order of its bytes; they tile the archive without gap or overlap. Raises `Refused`."""
    count, at, last = _end_record(data)
    limits.count(count)
    found: list[tuple[int, bytes, tuple[int, ...]]] = []
    place = at
    for _ in range(count):
        if place + _CENTRAL.size > last:
            raise Refused("framing", "Z7")
        magic, *fields = _CENTRAL.unpack_from(data, place)
        name_length, extra, comment, offset = fields[9], fields[10], fields[11], fields[15]
        begin, place = place + _CENTRAL.size, place + _CENTRAL.size + name_length + extra + comment
        if magic != b"PK\x01\x02" or place > last:
            raise Refused("framing", "Z7")
        raw = data[begin : begin + name_length]
        _extras(data[begin + name_length : begin + name_length + extra], raw)
        found.append((offset, raw, tuple(fields)))
    if place != last:
        raise Refused("framing", "Z7")
    found.sort(key=lambda one: one[0])
    offsets = [offset for offset, _, _ in found]
    if [*offsets, at][0] != 0:
        raise Refused("framing", "Z7")
    ends = [*offsets[1:], at][: len(found)]
    return [_entry(data, *one, end) for one, end in zip(found, ends, strict=True)]


def _end_record(data: bytes) -> tuple[int, int, int]:
    """Number of entries, start of the directory, start of the end record."""
    last = len(data) - _END.size
    if last < 0:
        raise Refused("not_a_zip", "Z7")
    magic, disk, first_disk, here, count, size, at, comment = _END.unpack_from(data, last)
    if magic != b"PK\x05\x06" or comment:
        if b"PK\x05\x06" in data:
            raise Refused("framing", "Z7")
        raise Refused("not_a_zip", "Z7")
    if disk or first_disk or here != count or at + size != last:
        raise Refused("framing", "Z7")
    return count, at, last


def _entry(data: bytes, offset: int, raw: bytes, fields: tuple[int, ...], end: int) -> Entry:
    _, _, flags, method, _, _, crc, packed, size, _, _, _, disk, _, attributes, _ = fields
    name = _name(raw)
    folder = name.endswith("/")
    if flags & _ENCRYPTED:
        raise Refused("encrypted", "Z5", member=name)
    if method not in {STORED, DEFLATED} or flags & ~_HARMLESS:
        raise Refused("method", "Z5", member=name)
    _regular(name, attributes, folder)
    if offset + _LOCAL.size > end or disk:
        raise Refused("overlap", "Z7", member=name)
    magic, _, local_flags, local_method, _, _, *sizes, name_length, extra = _LOCAL.unpack_from(data, offset)
    begin = offset + _LOCAL.size
    start = begin + name_length + extra
    if magic != b"PK\x03\x04" or start + packed > end:
        raise Refused("overlap", "Z7", member=name)
    if data[begin : begin + name_length] != raw:
        raise Refused("two_names", "Z7", member=name)
    _extras(data[begin + name_length : start], raw)
    behind = data[start + packed : end]
    said = [crc, packed, size]
    if (local_flags, local_method) != (flags, method):
        raise Refused("two_headers", "Z7", member=name)
    if flags & _DESCRIPTOR:
        agreed = sizes in (said, [0, 0, 0]) and behind in _descriptors(said)
    else:
        agreed = sizes == said and not behind
    if not agreed:
        raise Refused("two_headers", "Z7", member=name)
    if method == STORED and packed != size:
        raise Refused("size", "Z4", member=name)
    return Entry(name, folder, method, crc, packed, size, start, start + packed)


def _descriptors(said: list[int]) -> tuple[bytes, bytes]:
    """The two forms of a data descriptor (APPNOTE 4.3.9): with its signature and without."""
    plain = struct.pack("<3I", *said)
    return plain, b"PK\x07\x08" + plain


def _name(raw: bytes) -> str:
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError:
        raise Refused("name", "Z6", member=shown(raw)) from None


def _regular(name: str, attributes: int, folder: bool) -> None:
    """A regular file, or the folder that its name says; no link, device or volume, whatever system wrote it."""
    kind = stat.S_IFMT(attributes >> 16)
    wanted = {0, stat.S_IFDIR if folder else stat.S_IFREG}
    if kind not in wanted or attributes & _DOS_VOLUME or (attributes & _DOS_FOLDER and not folder):
        raise Refused("not_a_file", "Z5", member=name)


def _extras(extra: bytes, raw: bytes) -> None:
    place = 0
    while place < len(extra):
        if place + 4 > len(extra):
            raise Refused("framing", "Z7")
        identifier, length = struct.unpack_from("<2H", extra, place)
        place += 4 + length
        if place > len(extra):
            raise Refused("framing", "Z7")
        if identifier == _OTHER_NAME:
            raise Refused("two_names", "Z7", member=shown(raw))
        if identifier == _ZIP64:
            raise Refused("zip64", "Z7", member=shown(raw))
