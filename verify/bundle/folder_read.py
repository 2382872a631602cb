"""The members of an unpacked bundle: a folder under the same rules as an archive (attestation Z3 to Z6)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from verify.bundle.limits import STANDARD, Limits
from verify.bundle.member_names import check_name, check_names
from verify.bundle.refused import Refused

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_folder(folder: Path, limits: Limits = STANDARD) -> dict[str, bytes]:
    """Members by name, names sorted. Raises `Refused` for a link, a device, an empty folder, a name or a size.

    OSError where the folder cannot be read.
    """
    names = _names(folder, limits)
    check_names(names)
    members: dict[str, bytes] = {}
    total = 0
    for name in sorted(names):
        members[name] = read_file(folder / name, limits, limits.total - total, name)
        total += len(members[name])
    return members


def _names(folder: Path, limits: Limits) -> list[str]:
    found: list[str] = []
    waiting, count = [""], 0
    while waiting:
        prefix = waiting.pop()
        empty = True
        with os.scandir(folder / prefix) as entries:
            for entry in entries:
                empty, count = False, count + 1
                limits.count(count)
                name = f"{prefix}{entry.name}"
                check_name(name)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    found.append(name)
                else:
                    raise Refused("not_a_file", "Z5", member=name)
        if empty and prefix:
            raise Refused("empty_folder", "Z5", member=prefix)
    return found


def read_file(path: Path, limits: Limits, room: int, name: str = "") -> bytes:
    """The bytes of a regular file, at most `room` of them. Raises `Refused` (Z4, Z5) and OSError; never waits for a pipe."""
    try:
        handle = os.open(path, os.O_RDONLY | _NO_FOLLOW)
    except OSError:
        if path.is_symlink():
            raise Refused("not_a_file", "Z5", member=name) from None
        raise
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise Refused("not_a_file", "Z5", member=name)
        data = stream.read(room + 1)
    if len(data) > room:
        raise Refused("too_large", "Z4", member=name, limit=limits.total // (1024 * 1024))
    return data
