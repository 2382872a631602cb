"""The zip container of a workbook, inflated and counted once before anything else reads it.

What a zip says about its own sizes is not believed: every entry is inflated in pieces and the pieces are counted, so
a bomb ends here, in constant memory, whatever its directory declares.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from verify.errors import Unreadable

_MIB = 1 << 20
_PIECE = 1 << 18
_LOCAL = struct.Struct("<4s5HIIIHH")
_ENCRYPTED, _UTF8 = 0x1, 0x800


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be once inflated. Sizes in bytes; `ratio` (inflated : stored) counts beyond `ratio_from`."""

    total: int = 512 * _MIB
    ratio: int = 200
    ratio_from: int = 10 * _MIB
    entries: int = 10_000
    directory: int = 4 * _MIB  # 10,000 entries with names of 350 bytes


class Archive:
    """A zip that was inflated once within its limits and whose checksums hold.

    Raises Unreadable (workbook.not_a_zip, truncated, encrypted, bomb, damaged_part, …) from the constructor.
    """

    def __init__(self, source: Path | bytes, name: str, limits: Limits) -> None:
        self._source = source
        self._name = name
        self._limits = limits
        self._size = source.stat().st_size if isinstance(source, Path) else len(source)
        self._entries = self._directory()
        self._count()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries, as written."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str, at_most: int = 16 * _MIB) -> bytes:
        """A small part as a whole. Raises Unreadable where it is missing or larger than `at_most` bytes."""
        out = bytearray()
        for piece in self.pieces(name):
            out += piece
            if len(out) > at_most:
                raise Unreadable("workbook.bomb", file=self._name, part=name)
        return bytes(out)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of one part, piece by piece."""
        info = self._entries.get(name)
        if info is None:
            raise Unreadable("workbook.part_missing", file=self._name, part=name)
        with self._opened() as file:
            stored = self._stored(file, info)
            if info.compress_type == zipfile.ZIP_STORED:
                yield from stored
                return
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            for piece in stored:
                while piece and not inflate.eof:
                    try:
                        inflated = inflate.decompress(piece, _PIECE)
                    except zlib.error:
                        raise Unreadable("workbook.damaged_part", file=self._name, part=name) from None
                    piece = inflate.unconsumed_tail
                    if inflated:
                        yield inflated
            if not inflate.eof:
                raise Unreadable("workbook.truncated", file=self._name)

    def _opened(self) -> BinaryIO:
        """The zip, opened anew: a part read late must not depend on who closed what."""
        return self._source.open("rb") if isinstance(self._source, Path) else io.BytesIO(self._source)

    def _directory(self) -> dict[str, zipfile.ZipInfo]:
        with self._opened() as file:
            if directory_size(file, self._size) > self._limits.directory:
                raise Unreadable("workbook.too_many_entries", file=self._name, limit=self._limits.entries)
            try:
                infos = zipfile.ZipFile(file).infolist()
            except (zipfile.BadZipFile, struct.error, ValueError, EOFError, OSError, NotImplementedError):
                raise Unreadable("workbook.truncated", file=self._name) from None
        if len(infos) > self._limits.entries:
            raise Unreadable("workbook.too_many_entries", file=self._name, limit=self._limits.entries)
        entries = {_spelled(info): info for info in infos if not info.is_dir()}
        if len(entries) != sum(not info.is_dir() for info in infos):
            # two readers of one zip could each take another one of the twins
            raise Unreadable("workbook.twin_entries", file=self._name)
        return entries

    def _stored(self, file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of one entry as they lie in the file."""
        file.seek(max(0, info.header_offset))  # a directory with a flipped byte may point before the file
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
            raise Unreadable("workbook.truncated", file=self._name)
        name_length, extra_length = _LOCAL.unpack(head)[-2:]
        file.seek(name_length + extra_length, io.SEEK_CUR)
        left = info.compress_size
        while left > 0:
            piece = file.read(min(_PIECE, left))
            if not piece:
                raise Unreadable("workbook.truncated", file=self._name)
            left -= len(piece)
            yield piece

    def _count(self) -> None:
        total = 0
        for name, info in self._entries.items():
            if info.flag_bits & _ENCRYPTED:
                raise Unreadable("workbook.encrypted", file=self._name)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unreadable("workbook.damaged_part", file=self._name, part=name)
            inflated = checksum = 0
            for piece in self.pieces(name):
                inflated += len(piece)
                checksum = zlib.crc32(piece, checksum)
                self._within(name, total + inflated, self._size)  # entries may overlap: the file bounds them all
                self._within(name, inflated, info.compress_size)
            if checksum != info.CRC:
                raise Unreadable("workbook.damaged_part", file=self._name, part=name)
            total += inflated

    def _within(self, part: str, inflated: int, stored: int) -> None:
        limits = self._limits
        if inflated > limits.total or (inflated > limits.ratio_from and inflated > limits.ratio * stored):
            raise Unreadable("workbook.bomb", file=self._name, part=part)


def _spelled(info: zipfile.ZipInfo) -> str:
    """The name of an entry: where it is not said to be UTF-8, a Chinese Windows wrote it in GBK (or in UTF-8 after all)."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename


def directory_size(file: BinaryIO, size: int) -> int:
    """Bytes of the central directory as its end record states them (0: no end record); zip64 included."""
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        return 0
    stated = int.from_bytes(tail[at + 12 : at + 16], "little")
    locator = tail[at - 20 : at] if at >= 20 else b""
    if locator[:4] == b"PK\x06\x07":
        file.seek(int.from_bytes(locator[8:16], "little"))
        record = file.read(56)
        if record[:4] == b"PK\x06\x06":
            stated = max(stated if stated != 0xFFFFFFFF else 0, int.from_bytes(record[40:48], "little"))
    return stated
