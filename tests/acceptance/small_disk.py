"""Disks that are too small: a tmpfs of so many KiB or files, on which `sign`, `countersign` and `publish` have no room."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from tests.acceptance.command import no_trace_of_us, said
from tests.acceptance.signing_desk import Desk

Words = list[str | Path]
LARGEST = 4096  # KiB, and files: what is never needed


@contextmanager
def small_disk(kib: int, files: int) -> Iterator[Path]:
    """The folder of an empty disk. Raises OSError where none can be mounted."""
    with tempfile.TemporaryDirectory(prefix="truezero-disk-") as place:
        size = f"size={kib}k,nr_inodes={files}"
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", size, "tmpfs", place], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise OSError(done.stderr.strip() or "mount")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", place], check=True)


def not_here() -> str | None:
    """Why no disk can be mounted here; None where one can."""
    if not sys.platform.startswith("linux") or shutil.which("mount") is None:
        return "no tmpfs on this system"
    try:
        with small_disk(64, 16):
            return None
    except OSError as error:
        return f"no tmpfs can be mounted: {error}"


def publications(desk: Desk, step: int) -> dict[str, int]:
    """`publish` on disks that grow by `step` KiB, then by files, until there is room."""
    return _growing(step, lambda _: None, lambda disk: desk.publish(desk.at / "both", disk / "bundle"))


def signatures(desk: Desk, step: int) -> dict[str, int]:
    """`sign`, whose draft is ready: only its writing is looked at."""
    with mock.patch("verify.road.draft.draft", return_value=desk.draft()):
        return _growing(step, lambda _: None, lambda disk: desk.sign(desk.at, disk / "draft"))


def reviews(desk: Desk, step: int) -> dict[str, int]:
    """`countersign` of a draft that is there already."""
    return _growing(
        step,
        lambda disk: shutil.copytree(desk.at / "one", disk / "draft"),
        lambda disk: desk.countersign(disk / "draft"),
    )


def _growing(step: int, prepare: Callable[[Path], object], words: Callable[[Path], Words]) -> dict[str, int]:
    by_size = _until_room(((kib, LARGEST) for kib in range(4, LARGEST, step)), prepare, words)
    by_files = _until_room(((LARGEST, files) for files in range(2, LARGEST)), prepare, words)
    assert by_size > 0 < by_files  # the commands did meet a full disk
    return {"too_little_room": by_size, "too_few_files": by_files}


def _until_room(
    sizes: Iterator[tuple[int, int]], prepare: Callable[[Path], object], words: Callable[[Path], Words]
) -> int:
    """How many of the disks were too small for the command, and large enough for what was there before."""
    refused = 0
    for kib, files in sizes:
        with small_disk(kib, files) as disk:
            try:
                prepare(disk)
            except OSError:
                continue
            if run(words(disk), disk):
                return refused
            refused += 1
    raise AssertionError("no disk was large enough")


def run(words: Words, disk: Path) -> bool:
    """Whether the command had room. Asserts that otherwise it says so, ends with 2 and leaves the disk as it was."""
    before = inside(disk)
    one = said(*words)
    if one.code == 0:
        return True
    assert one.code == 2, one.all
    assert "The disk is full" in one.err, one.all
    no_trace_of_us(one)
    assert inside(disk) == before
    return False


def inside(folder: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
