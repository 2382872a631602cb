"""The zip around unaltered files packed in another way, and names that two systems read as one."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.mutation.mutant import Mutant, group, zipped
from tests.mutation.small import GOOD
from tests.unit.bundle.archives import Archive, Item

ZIP = zipped(GOOD)
NAMES = sorted(GOOD)
CONTAINER = {"container"}


def _items(**changes: Any) -> list[Item]:
    return [Item(name.encode(), GOOD[name], **changes) for name in NAMES]


def _one(place: int, **changes: Any) -> list[Item]:
    """All as they should be, but for one."""
    items = _items()
    items[place] = replace(items[place], **changes)
    return items


@group("the zip packed in another way")
def packed() -> Iterator[Mutant]:
    for what, data in {
        "deflated": _by_python(zipfile.ZIP_DEFLATED),
        "deflated hard": _by_python(zipfile.ZIP_DEFLATED, level=9),
        "stored by another program": _by_python(zipfile.ZIP_STORED),
        "bzip2": _by_python(zipfile.ZIP_BZIP2),
        "lzma": _by_python(zipfile.ZIP_LZMA),
        "with a comment": _by_python(zipfile.ZIP_STORED, comment=b"x"),
        "with folders": _by_python(zipfile.ZIP_STORED, folders=True),
        "in another order": Archive(_items()[::-1]).data(),
        "directory in another order": _directory_turned(),
        "bytes before": b"MZ" + ZIP,
        "bytes before, places moved": Archive(_items(), before=b"#!").data(),
        "bytes between": Archive(_items(), between=b"x").data(),
        "bytes behind": ZIP + b"\0",
        "a comment": Archive(_items(), comment=b"x").data(),
        "twice": ZIP + ZIP,
        "cut short": ZIP[:-1],
        "cut in half": ZIP[: len(ZIP) // 2],
        "a gzip of it": b"\x1f\x8b\x08\x00" + ZIP,
        "empty": b"",
        "the report alone": GOOD["index.html"],
        **{f"all {what}": Archive(_items(**changes)).data() for what, changes in _CHANGES.items()},
    }.items():
        yield Mutant(what, data, CONTAINER, alone=True)


_CHANGES: dict[str, dict[str, Any]] = {
    "deflated": {"method": 8},
    "in a method of no name": {"method": 99},
    "executable": {"attributes": 0o100755 << 16},
    "readable by nobody": {"attributes": 0o100000 << 16},
    "without a mode": {"attributes": 0},
    "links": {"attributes": 0o120777 << 16},
    "folders": {"attributes": 0o040755 << 16},
    "devices": {"attributes": 0o020666 << 16},
    "volumes": {"attributes": 0x08},
    "encrypted by name": {"flags": 1},
    "patches": {"flags": 1 << 5},
    "named in UTF-8": {"flags": 1 << 11},
    "strongly encrypted by name": {"flags": 1 << 6},
    "with a time": {"extra": struct.pack("<2HBI", 0x5455, 5, 1, 0)},
    "with another name": {"extra": struct.pack("<2HBI4s", 0x7075, 9, 1, 0, b"evil")},
    "with sizes of zip64": {"extra": struct.pack("<2HQ", 1, 8, 5)},
    "with an extra field cut short": {"extra": b"\x55"},
    "with a local time": {"local_extra": struct.pack("<2HBI", 0x5455, 5, 1, 0)},
    "with a comment": {"comment": b"x"},
    "on another disk": {"disk": 1},
    "with another local name": {"local_name": b"other"},
    "with other local flags": {"local_flags": 2},
    "with another local method": {"local_method": 8},
    "with other local sizes": {"local_sizes": (0, 0, 0)},
    "with a byte behind": {"behind": b"x"},
    "larger than they are": {"size": 10**6},
    "smaller than they are": {"size": 1},
    "with another sum": {"crc": 1},
    "in one place": {"offset": 0},
    "in no place": {"offset": 10**6},
}


@group("one file packed in another way")
def one_packed() -> Iterator[Mutant]:
    for what, changes in _CHANGES.items():
        for place in (0, len(NAMES) // 2, len(NAMES) - 1):
            if (what, place) == ("in one place", 0):  # where it is
                continue
            yield Mutant(f"{NAMES[place]} {what}", Archive(_one(place, **changes)).data(), CONTAINER, alone=True)
    for field in ("count", "here", "size", "at", "disk"):
        for value in (0, 1, 0xFFFF):
            if (field, value) != ("disk", 0):  # as it is
                data = Archive(_items(), end={field: value}).data()
                yield Mutant(f"the end says {field} {value}", data, CONTAINER, alone=True)


@group("names that are read in two ways")
def names() -> Iterator[Mutant]:
    for what, name in {
        "above": "../index.html",
        "above, inside": "data/../index.html",
        "here": "./index.html",
        "from the root": "/index.html",
        "on a drive": "C:/index.html",
        "on a drive of Windows": "C:index.html",
        "backslash": "data\\items.csv",
        "backslash above": "..\\index.html",
        "capitals": "INDEX.HTML",
        "one capital": "Index.html",
        "a folder in capitals": "DATA/items.csv",
        "wide letters": "ｉndex.html",
        "a long s": "report.jſon",
        "a Kelvin sign": "\u212aeys.pem",
        "a trailing dot": "index.html.",
        "a trailing blank": "index.html ",
        "a leading blank": " index.html",
        "a NUL": "index.html\0.txt",
        "a line end": "index\n.html",
        "a stream": "index.html:evil",
        "a device": "con",
        "a device with an ending": "nul.html",
        "a short name": "INDEX~1.HTM",
        "a folder's place": "data",
        "inside a file": "index.html/x",
        "an empty part": "data//items.csv",
        "no name": "",
        "a dot": ".",
        "a right-to-left mark": "index\u202elmth.exe",
        "a name of 300 letters": "x" * 300,
    }.items():
        raw = name.encode()
        yield Mutant(f"more: {what}", Archive([*_items(), Item(raw, b"x")]).data(), CONTAINER, alone=True)
        items = [replace(one, name=raw) if one.name == b"index.html" else one for one in _items()]
        checks = {"container", "members"}
        yield Mutant(f"instead: {what}", Archive(sorted(items, key=lambda one: one.name)).data(), checks)
    for what, name in {"of nothing": b"other/", "of a file": b"index.html/", "of the root": b"/"}.items():
        yield Mutant(f"a folder {what}", Archive([*_items(), Item(name)]).data(), CONTAINER, alone=True)
    yield Mutant("a folder with content", Archive([*_items(), Item(b"data/", b"x")]).data(), CONTAINER, alone=True)


def _by_python(method: int, *, level: int | None = None, comment: bytes = b"", folders: bool = False) -> bytes:
    """As Python's own program packs them, with its dates and systems."""
    packed_in = io.BytesIO()
    with zipfile.ZipFile(packed_in, "w", method, compresslevel=level) as archive:
        for name in [*(("attest/", "data/", "trust/") if folders else ()), *NAMES]:
            archive.writestr(zipfile.ZipInfo(name, (2028, 4, 7, 0, 0, 0)), GOOD.get(name, b""), method)
        archive.comment = comment
    return packed_in.getvalue()


def _directory_turned() -> bytes:
    """The central headers in the other order; the files stand where they stood."""
    at = struct.unpack_from("<I", ZIP, len(ZIP) - 6)[0]
    end = len(ZIP) - 22
    headers, place = [], at
    while place < end:
        length = 46 + struct.unpack_from("<H", ZIP, place + 28)[0]
        headers.append(ZIP[place : place + length])
        place += length
    return ZIP[:at] + b"".join(headers[::-1]) + ZIP[end:]
