"""The members of a hostile zip, in memory; nothing is ever extracted (attestation Z3 to Z7)."""

from __future__ import annotations

import zlib

from verify.bundle.limits import STANDARD, Limits
from verify.bundle.member_names import check_names
from verify.bundle.refused import Refused
from verify.bundle.zip_directory import DEFLATED, Entry, read_directory


def read_zip(data: bytes, limits: Limits = STANDARD) -> dict[str, bytes]:
    """Members by name, names sorted. Raises `Refused` with the rule that the archive breaks.

    An entry for the folder of a member is framing, not a member: empty, stored, and of no effect but *repacked* (Z9).
    """
    entries = read_directory(data, limits)
    files = [entry for entry in entries if not entry.folder]
    check_names(entry.name for entry in files)
    _folders(entries, files)
    members: dict[str, bytes] = {}
    total = 0
    for entry in files:
        members[entry.name] = _content(data, entry, limits, total)
        total += len(members[entry.name])
    return dict(sorted(members.items()))


def _folders(entries: list[Entry], files: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if not entry.folder:
            continue
        empty = entry.size == entry.packed == entry.crc == 0
        if not empty or entry.name in seen or not any(one.name.startswith(entry.name) for one in files):
            raise Refused("not_a_file", "Z5", member=entry.name)
        seen.add(entry.name)


def _content(data: bytes, entry: Entry, limits: Limits, total: int) -> bytes:
    room = limits.total - total
    packed = data[entry.start : entry.end]
    content = _inflated(packed, entry, limits, room) if entry.method == DEFLATED else packed
    limits.size(total + len(content), entry.name)
    if len(content) != entry.size:
        raise Refused("size", "Z4", member=entry.name)
    if zlib.crc32(content) != entry.crc:
        raise Refused("checksum", "Z7", member=entry.name)
    return content


def _inflated(packed: bytes, entry: Entry, limits: Limits, room: int) -> bytes:
    """What really comes out, stopped one byte above what may come out."""
    by_ratio = limits.ratio * len(packed)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, min(room, by_ratio, entry.size) + 1)
    except zlib.error:
        raise Refused("damaged", "Z7", member=entry.name) from None
    if len(content) > by_ratio:
        raise Refused("ratio", "Z4", member=entry.name, limit=limits.ratio)
    limits.size(limits.total - room + len(content), entry.name)
    if len(content) > entry.size:
        raise Refused("size", "Z4", member=entry.name)
    if not inflater.eof or inflater.unused_data:
        raise Refused("damaged", "Z7", member=entry.name)
    return content
