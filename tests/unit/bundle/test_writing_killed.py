"""Writing that is stopped: kill -9 at random moments, a full disk. A bundle is whole or not there."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from verify.bundle.container import open_container
from verify.bundle.writing import write_folder, write_zip
from verify.canonical import files

MEMBERS = {f"data/{number}/part.csv": bytes([number]) * 40_000 for number in range(12)} | {"index.html": b"<html>"}
WRITER = """
import itertools, sys
from pathlib import Path
from verify.bundle.writing import write_bundle, write_zip
from tests.unit.bundle.test_writing_killed import MEMBERS
place = Path(sys.argv[1])
print("ready", flush=True)
for number in itertools.count():
    write_bundle(place / str(number) / "bundle", place / str(number) / "bundle.zip", MEMBERS)
    write_zip(place / "again.zip", MEMBERS)
    print("round", flush=True)
"""


def half_written(place: Path) -> list[str]:
    """What stands under the name of a bundle and is not the whole bundle."""
    shown = [path for name in ("bundle", "bundle.zip", "again.zip") for path in place.rglob(name)]
    return [str(path) for path in shown if not whole(path)]


def whole(path: Path) -> bool:
    container = open_container(path)
    return dict(container.members) == MEMBERS and not container.repacked


def test_kill_9_at_twenty_random_moments(tmp_path: Path) -> None:
    moments = random.Random(20261120)
    written = 0
    for run in range(20):
        place = tmp_path / str(run)
        place.mkdir()
        with subprocess.Popen([sys.executable, "-c", WRITER, str(place)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            for expected in [b"ready\n", b"round\n", b"round\n"][: 1 + run % 3]:
                assert writer.stdout.readline() == expected
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(timeout=moments.uniform(0.0, 0.12))
            writer.send_signal(signal.SIGKILL)
        written += len(list(place.rglob("bundle.zip")))
        assert half_written(place) == []
    assert written >= 19  # seven runs after a round, six after two: whole ones were looked at too


def test_the_watch_sees_half_a_bundle(tmp_path: Path) -> None:
    write_folder(tmp_path / "bundle", MEMBERS)
    assert half_written(tmp_path) == []
    (tmp_path / "bundle" / "data" / "3" / "part.csv").unlink()
    (tmp_path / "bundle" / "data" / "3").rmdir()
    assert half_written(tmp_path) == [str(tmp_path / "bundle")]


@pytest.mark.parametrize("count", [0, 1, 7, 25])
def test_a_full_disk_leaves_nothing(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = iter(range(10_000))

    def flush(_: int) -> None:
        if next(flushed) >= count:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", flush)
    with pytest.raises(OSError, match="No space"):
        write_folder(tmp_path / "bundle", MEMBERS)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_earlier_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_zip(tmp_path / "b.zip", {"a": b"earlier"})

    def flush(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", flush)
    with pytest.raises(OSError, match="No space"):
        write_zip(tmp_path / "b.zip", MEMBERS)
    assert dict(open_container(tmp_path / "b.zip").members) == {"a": b"earlier"}
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]
