"""Several files are written all or none, whatever goes wrong on the way."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from verify.canonical import files
from verify.canonical.files import write_all

FILES = {"one.json": b"1", "two.html": b"2"}


def inside(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def full_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full from the `count`-th flush on."""
    flushed = iter(range(10_000))

    def flush(_: int) -> None:
        if next(flushed) >= count:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", flush)


@pytest.mark.parametrize("count", [0, 1])
def test_a_full_disk_leaves_no_folder(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full_after(count, monkeypatch)
    with pytest.raises(OSError):
        write_all(tmp_path / "new" / "report", FILES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [0, 1])
def test_a_full_disk_leaves_an_old_report_as_it_was(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(tmp_path, {"one.json": b"old", "two.html": b"old", "note.txt": b"mine"})
    full_after(count, monkeypatch)
    with pytest.raises(OSError):
        write_all(tmp_path, FILES)
    assert inside(tmp_path) == {"one.json": b"old", "two.html": b"old", "note.txt": b"mine"}


def test_a_stop_from_the_keyboard_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_all(tmp_path / "report", FILES)
    assert list(tmp_path.iterdir()) == []


def test_new_files_stand_beside_those_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_bytes(b"mine")
    write_all(tmp_path, FILES)
    assert inside(tmp_path) == {**FILES, "note.txt": b"mine"}


def test_a_file_where_the_folder_should_be_is_kept(tmp_path: Path) -> None:
    (tmp_path / "report").write_bytes(b"mine")
    with pytest.raises(NotADirectoryError):
        write_all(tmp_path / "report", FILES)
    assert inside(tmp_path) == {"report": b"mine"}
