"""Writing files together, all or none; and one file that must be new."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` by name into `folder`: all of them, or none.

    A folder that is not there yet is built beside its place and appears complete, by one rename. In one that is there,
    every file is on disk under another name before the first takes its place; other files stay. Raises OSError; then
    everything is as it was.
    """
    if folder.is_dir():
        write_over({folder / name: data for name, data in files.items()})
        return
    if folder.exists():
        raise NotADirectoryError(f"{folder} is a file")
    missing = [one for one in folder.parents if not one.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        _built(folder, files)
    except BaseException:
        for made in missing:  # the innermost first; one that somebody else filled meanwhile stays
            with suppress(OSError):
                made.rmdir()
        raise
    _sync(folder.parent)


def write_over(files: Mapping[Path, bytes]) -> None:
    """Write `files` by path, in folders that are there: all of them, or none; what stands there is replaced.

    Every file is on disk under another name before the first takes its place, and they take their places in the order
    given: of a run that is killed, the first ones are there. Raises OSError; then everything is as it was.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
            os.close(handle)
            staged[Path(temporary)] = path
            _write(Path(temporary), data)
        for part, final in staged.items():
            part.replace(final)
    except BaseException:
        for part in staged:
            part.unlink(missing_ok=True)
        raise
    for folder in {path.parent for path in files}:
        _sync(folder)


def write_new(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write a file that is not there yet: whole or not at all, never over another, `mode` less the umask.

    Raises FileExistsError where anything stands at `path`, a link to nowhere too, and OSError.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")  # for its owner alone from the start
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(mode & ~_umask())
        _named(part, path)
    finally:
        part.unlink(missing_ok=True)
    _sync(path.parent)


def _named(part: Path, path: Path) -> None:
    """A second name for a complete file, which fails where the name is taken: a rename would replace."""
    try:
        os.link(part, path)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS}:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        part.replace(path)  # a file system without second names (FAT)


def _built(folder: Path, files: Mapping[str, bytes]) -> None:
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:40]}."))
    try:
        building.chmod(0o777 & ~_umask())  # mkdtemp makes it private; a report is not
        for name, data in files.items():
            _write(building / name, data)
        _sync(building)
        building.replace(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    path.chmod(0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to sync it
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
