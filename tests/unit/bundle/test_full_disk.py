"""The disk is full at every place of the writing: a bundle, as folder and zip, is not there at all; a draft is the earlier one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from verify.bundle.container import open_container
from verify.bundle.writing import renew_folder, write_bundle, write_folder, write_zip
from verify.canonical import files
from verify.errors import WrongUsage

MEMBERS = {f"data/{number}/part.csv": bytes([number]) * 9000 for number in range(3)} | {"index.html": b"<html>"}
DRAFT = {"index.html": b"<html>", "attest/verification.dsse.json": b"one", "attest/lead.tsr": b"lead"}
BOTH = {
    **DRAFT,
    "attest/verification.dsse.json": b"both",
    "attest/reviewer.tsr": b"reviewer",
    "trust/further.pem": b"x",
}


def inside(folder: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def full_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the `count`-th flush on there is no room."""
    flushed = iter(range(10_000))

    def flush(_: int) -> None:
        if next(flushed) >= count:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", flush)


def flushes(write: object, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the disk is asked when nothing goes wrong."""
    counted: list[int] = []
    with monkeypatch.context() as context:
        context.setattr(files.os, "fsync", counted.append)
        write()  # type: ignore[operator]
    return len(counted)


def test_neither_folder_nor_zip_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "there"
    (tmp_path / "counted").mkdir()
    count = flushes(lambda: _both(tmp_path / "counted"), monkeypatch)
    for full in range(count - 1):  # the last asks for what is there already
        with monkeypatch.context() as context:
            full_after(full, context)
            with pytest.raises(OSError, match="No space"):
                _both(place)
        assert not place.exists(), full
    _both(place)
    for name in ("bundle", "bundle.zip"):
        assert dict(open_container(place / name).members) == MEMBERS


def _both(place: Path) -> None:
    write_bundle(place / "bundle", place / "bundle.zip", MEMBERS)


def test_what_stands_beside_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "note.txt").write_bytes(b"mine")
    full_after(6, monkeypatch)
    with pytest.raises(OSError, match="No space"):
        _both(tmp_path)
    assert inside(tmp_path) == {"note.txt": b"mine"}


def test_a_stopped_publication_is_taken_up_again(tmp_path: Path) -> None:
    write_zip(tmp_path / "bundle.zip", MEMBERS)  # what a run leaves that is killed before the folder
    before = (tmp_path / "bundle.zip").stat()
    _both(tmp_path)
    assert dict(open_container(tmp_path / "bundle").members) == MEMBERS
    assert (tmp_path / "bundle.zip").stat().st_mtime_ns == before.st_mtime_ns


def test_the_zip_of_a_stopped_publication_stays_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_zip(tmp_path / "bundle.zip", MEMBERS)
    full_after(2, monkeypatch)
    with pytest.raises(OSError, match="No space"):
        _both(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]


def test_another_bundle_is_never_written_over(tmp_path: Path) -> None:
    write_zip(tmp_path / "bundle.zip", MEMBERS | {"index.html": b"other"})
    with pytest.raises(WrongUsage) as caught:
        _both(tmp_path)
    assert caught.value.key == "bundle.exists"
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]


def test_a_folder_in_use_leaves_no_zip(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "mine").write_bytes(b"x")
    with pytest.raises(WrongUsage):
        _both(tmp_path)
    assert inside(tmp_path) == {"bundle": None, "bundle/mine": b"x"}


def test_a_folder_leaves_no_parents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full_after(2, monkeypatch)
    with pytest.raises(OSError, match="No space"):
        write_folder(tmp_path / "a" / "b" / "bundle", MEMBERS)
    assert inside(tmp_path) == {}


def test_a_draft_is_the_earlier_one_byte_by_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "counted", DRAFT)
    count = flushes(lambda: renew_folder(tmp_path / "counted", BOTH), monkeypatch)
    draft = tmp_path / "draft"
    write_folder(draft, DRAFT)
    before = inside(draft)
    for full in range(len(BOTH) - len(DRAFT) + 1):  # one file after another
        with monkeypatch.context() as context:
            full_after(full, context)
            with pytest.raises(OSError, match="No space"):
                renew_folder(draft, BOTH)
        assert inside(draft) == before, full
    assert count > len(BOTH) - len(DRAFT)
    renew_folder(draft, BOTH)
    assert {name: data for name, data in inside(draft).items() if data is not None} == BOTH
