"""Zip archives laid out byte by byte from APPNOTE.TXT 4.3, every field open to a lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Item:
    """One entry. None in a field: the true value. `local_*`: what only the local header says."""

    name: bytes
    content: bytes = b""
    method: int = 0
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    attributes: int = 0o100644 << 16
    extra: bytes = b""
    comment: bytes = b""
    disk: int = 0
    local_name: bytes | None = None
    local_flags: int | None = None
    local_method: int | None = None
    local_sizes: tuple[int, int, int] | None = None
    local_extra: bytes = b""
    behind: bytes = b""
    packed: bytes | None = None
    offset: int | None = None

    def raw(self) -> bytes:
        """The bytes as they are stored."""
        if self.packed is not None:
            return self.packed
        return deflated(self.content) if self.method == 8 else self.content

    def said(self) -> tuple[int, int, int]:
        """Checksum, packed size and size of the central header."""
        return (
            zlib.crc32(self.content) if self.crc is None else self.crc,
            len(self.raw()) if self.packed_size is None else self.packed_size,
            len(self.content) if self.size is None else self.size,
        )


@dataclass
class Archive:
    """Entries, and what stands around them."""

    items: Sequence[Item]
    before: bytes = b""
    between: bytes = b""
    behind: bytes = b""
    comment: bytes = b""
    end: dict[str, int] = field(default_factory=dict)  # count, here, size, at, disk

    def data(self) -> bytes:
        """The bytes."""
        body, central = bytearray(self.before), bytearray()
        for item in self.items:
            offset = len(body) if item.offset is None else item.offset
            local = item.name if item.local_name is None else item.local_name
            flags = item.flags if item.local_flags is None else item.local_flags
            method = item.method if item.local_method is None else item.local_method
            sizes = item.local_sizes or item.said()
            head = (20, flags, method, 0, 33, *sizes, len(local), len(item.local_extra))
            body += struct.pack("<4s5H3I2H", b"PK\3\4", *head) + local + item.local_extra + item.raw() + item.behind
            lengths = (len(item.name), len(item.extra), len(item.comment))
            common = (20, item.flags, item.method, 0, 33, *item.said(), *lengths)
            central += struct.pack("<4s6H3I5H2I", b"PK\1\2", 0x314, *common, item.disk, 0, item.attributes, offset)
            central += item.name + item.extra + item.comment
        body += self.between
        said = {"count": len(self.items), "here": len(self.items), "size": len(central), "at": len(body), "disk": 0}
        said |= self.end
        end = (said["disk"], 0, said["here"], said["count"], said["size"], said["at"], len(self.comment))
        return bytes(body + central) + struct.pack("<4s4H2IH", b"PK\5\6", *end) + self.comment + self.behind


def deflated(content: bytes) -> bytes:
    """Raw DEFLATE."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def archive(*items: Item) -> bytes:
    """An archive of `items` and nothing else."""
    return Archive(items).data()
