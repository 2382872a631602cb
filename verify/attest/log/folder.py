"""The folder of a log: one writer at a time, every file whole or not there, and the checkpoint last.

What lies there beside what the checkpoint needs (a tile of an append that was killed, a partial tile of an earlier size) is no
part of the log. The lock is the operating system's: it goes with the process that held it, however that ended.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verify.errors import WrongUsage

CHECKPOINT, LOCK, RELEASED = "checkpoint", ".lock", "released"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else appends or cosigns meanwhile. Raises WrongUsage `log.no_log`."""
    if not (folder / CHECKPOINT).is_file():
        raise WrongUsage("log.no_log", path=str(folder))
    with exclusively(folder / LOCK):
        yield


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Whoever else asks for the lock of this file waits."""
    with path.open("ab") as stream:
        if os.name == "nt":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined]
            yield
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def read(folder: Path, name: str) -> bytes | None:
    """What a file of the log holds, None where there is none."""
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        return None


def write(folder: Path, name: str, data: bytes) -> None:
    """A file of the log, whole and on disk when this returns; only under the lock, so a part that was left is written over."""
    path = folder / name
    _folders(folder, path.parent)
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    _sync(path.parent)


def _folders(top: Path, wanted: Path) -> None:
    """Make the folders of a file, each name of them on disk."""
    missing = []
    while wanted != top and not wanted.is_dir():
        missing.append(wanted)
        wanted = wanted.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        _sync(one.parent)


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to sync it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
