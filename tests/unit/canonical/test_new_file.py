"""A file that must be new: whole or not there, and nothing in its place is ever lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from verify.canonical.files import write_new


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
@pytest.mark.parametrize(("mask", "asked", "mode"), [(0o022, 0o666, 0o644), (0o077, 0o666, 0o600), (0, 0o600, 0o600)])
def test_it_is_there_with_its_mode(mask: int, asked: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        write_new(tmp_path / "a.pem", b"data", asked)
    finally:
        os.umask(before)
    assert (tmp_path / "a.pem").read_bytes() == b"data"
    assert (tmp_path / "a.pem").stat().st_mode & 0o777 == mode
    assert names(tmp_path) == ["a.pem"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "folder", "link"):
        with pytest.raises(FileExistsError):
            write_new(tmp_path / name, b"yours")
    assert names(tmp_path) == ["file", "folder", "link"]
    assert (tmp_path / "file").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("failing", ["fsync", "link"])
def test_a_full_disk_leaves_nothing(failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(OSError, match="full"):
        write_new(tmp_path / "a.pem", b"data")
    assert names(tmp_path) == []


def test_a_file_system_without_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    write_new(tmp_path / "a.pem", b"data")
    assert names(tmp_path) == ["a.pem"]
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a.pem", b"other")
    assert (tmp_path / "a.pem").read_bytes() == b"data"
