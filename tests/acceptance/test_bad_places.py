"""Places that fail: a read-only or full disk, a reader that goes away, a stop from the keyboard. Nothing is left half-written."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance import bad_files, large_csv
from tests.acceptance.command import ROOT, complete_or_absent, environment, no_trace_of_us, said, typed

LANGUAGES = ("zh", "en")
CARELESS = ROOT / "fixtures" / "parks" / "careless"


@contextmanager
def tiny_disk(at: Path, options: str) -> Iterator[Path]:
    """A file system of its own at `at`; skips where this user may not mount one."""
    at.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {mounted.stderr.decode(errors='replace').strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


@pytest.mark.parametrize(("language", "words"), [("zh", ("不能写入", "-o")), ("en", ("cannot be written to", "-o"))])
def test_a_folder_that_may_not_be_written_to(language: str, words: tuple[str, ...], tmp_path: Path) -> None:
    with tiny_disk(tmp_path / "disk", "ro") as disk:
        one = said("verify", bad_files.park(tmp_path), "-o", disk / "out", "--lang", language)
    assert one.code == 2
    assert [word for word in (*words, "disk") if word not in one.err] == []
    no_trace_of_us(one)


@pytest.mark.parametrize(("language", "words"), [("zh", ("磁盘已满", "-o")), ("en", ("disk is full", "-o"))])
def test_a_full_disk_takes_no_report_and_keeps_nothing(language: str, words: tuple[str, ...], tmp_path: Path) -> None:
    with tiny_disk(tmp_path / "disk", "size=64k") as disk:
        one = said("verify", bad_files.park(tmp_path), "-o", disk / "out", "--lang", language)
        assert list(disk.iterdir()) == []
        (disk / "old").mkdir()
        (disk / "old" / "report.json").write_bytes(b"old")
        again = said("verify", bad_files.park(tmp_path), "-o", disk / "old", "--lang", language)
        assert {path.name: path.read_bytes() for path in (disk / "old").iterdir()} == {"report.json": b"old"}
    for said_ in (one, again):
        assert said_.code == 2
        assert [word for word in words if word not in said_.err] == []
        no_trace_of_us(said_)


@pytest.mark.parametrize(("language", "words"), [("zh", ("磁盘已满", "TMPDIR")), ("en", ("disk is full", "TMPDIR"))])
def test_a_full_temporary_folder(language: str, words: tuple[str, ...], tmp_path: Path) -> None:
    large_csv.readings_park(tmp_path / "large", 12_000_000)
    with tiny_disk(tmp_path / "disk", "size=1m") as disk:
        out = tmp_path / "out"
        one = typed("verify", tmp_path / "large", "-o", out, "--lang", language, env={"TMPDIR": str(disk)})
        assert list(disk.iterdir()) == []
    assert one.code == 2, one.all
    assert [word for word in words if word not in one.err] == []
    assert not complete_or_absent(out)
    no_trace_of_us(one)


def test_a_reader_that_goes_away_changes_nothing(tmp_path: Path) -> None:
    """``truezero verify … | head -1``: the report is written, the exit code is that of the findings, no word of a pipe."""
    command = [
        sys.executable,
        "-m",
        "verify",
        "verify",
        str(CARELESS),
        "-o",
        str(tmp_path / "out"),
        "--lang",
        "zh",
        "--all",
    ]
    child = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    err = child.stderr.read()
    child.stderr.close()
    assert (child.wait(), err) == (1, b"")
    assert complete_or_absent(tmp_path / "out")


@pytest.mark.parametrize(
    ("number", "language", "words"), [(signal.SIGINT, "zh", "已中止"), (signal.SIGTERM, "en", "Stopped")]
)
def test_a_stop_leaves_no_report_and_no_temporary_file(
    number: signal.Signals, language: str, words: str, tmp_path: Path
) -> None:
    large_csv.readings_park(tmp_path / "large", 20_000_000)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    out = tmp_path / "out"
    command = [sys.executable, "-m", "verify", "verify", str(tmp_path / "large"), "-o", str(out), "--lang", language]
    terminal, side = pty.openpty()  # progress is shown on a terminal alone: it says when reading has begun
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment({"TMPDIR": str(temporary), "TERM": "xterm"}), stdout=side, stderr=side
    )
    os.close(side)
    told = _until(terminal, b"readings.csv")
    child.send_signal(number)
    told += _rest(terminal)
    assert child.wait() == 130, told.decode(errors="replace")
    assert words in told.decode(errors="replace")
    assert b"Traceback" not in told
    assert not complete_or_absent(out)
    assert list(temporary.iterdir()) == []


def _until(terminal: int, word: bytes) -> bytes:
    told = b""
    while word not in told:
        piece = os.read(terminal, 4096)
        assert piece, told
        told += piece
    return told


def _rest(terminal: int) -> bytes:
    told = b""
    try:
        while piece := os.read(terminal, 4096):
            told += piece
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(terminal)
    return told
