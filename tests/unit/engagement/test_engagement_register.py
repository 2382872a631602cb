"""The register on disk: chained, whole or as before, one writer; and what a report brings into it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.unit.engagement.reports import finding, report
from tests.unit.engagement.test_engagement import LEAD, NC, READY, case, on, opening, raised
from verify.engagement import desk, register, reported
from verify.engagement.fold import folded
from verify.engagement.register import NAME, START, Event, Register
from verify.errors import WrongUsage


def written(folder: Path, events: Sequence[Event] = (*READY, NC)) -> Path:
    desk.begin(folder, events[0])
    desk.add(folder, lambda _: events[1:])
    return folder / NAME


def test_each_line_is_canonical_and_names_the_one_before(tmp_path: Path) -> None:
    lines = written(tmp_path / "e").read_bytes().splitlines()
    before = START
    for line in lines:
        entry = json.loads(line)
        assert line == json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert entry["before"] == before
        before = sha256(line).hexdigest()
    found, held = desk.look(tmp_path / "e")
    assert (held.head, len(held.events), found) == (before, len(lines), case(*READY, NC))


def broken(lines: list[bytes], how: str) -> tuple[bytes, int]:
    """The file after something was done to it, and the line that has to be named."""
    if how == "altered":
        lines[3] = (
            lines[3]
            .replace("王芳".encode(), "王方".encode())
            .replace(b"Li Ming", b"Li Meng")
            .replace("赵敏".encode(), "赵民".encode())
        )
        return b"".join(lines), 5
    if how == "removed":
        del lines[4]
        return b"".join(lines), 5
    if how == "swapped":
        lines[2], lines[3] = lines[3], lines[2]
        return b"".join(lines), 3
    if how == "cut":
        return b"".join(lines)[:-5], len(lines)
    if how == "spaced":
        lines[1] = lines[1].replace(b'{"at":', b'{"at": ', 1)
        return b"".join(lines), 2
    lines[1] = b"{}\n"
    return b"".join(lines), 2


@pytest.mark.parametrize("how", ["altered", "removed", "swapped", "cut", "spaced", "empty"])
def test_a_broken_chain_is_refused_by_line(tmp_path: Path, how: str) -> None:
    path = written(tmp_path / "e")
    data, line = broken(path.read_bytes().splitlines(keepends=True), how)
    path.write_bytes(data)
    with pytest.raises(WrongUsage, match=r"engage\.(line|chain)") as refused:
        desk.look(tmp_path / "e")
    assert refused.value.arguments["line"] == line
    with pytest.raises(WrongUsage):
        desk.add(tmp_path / "e", lambda _: [raised("F002", "observation")])
    assert path.read_bytes() == data


def test_a_whole_chain_of_what_cannot_be_is_refused_by_line() -> None:
    """Somebody who chains anew still has to write what may follow."""
    for event in (
        on("03-04", LEAD, "close", finding="F001", text="x"),
        on("03-04", LEAD, "close"),
        on("03-04", LEAD, "declare", answers=7),
    ):
        made = register.extended(Register((), START), [opening(), event])
        with pytest.raises(WrongUsage, match=r"engage\.cannot") as refused:
            folded(register.parsed(made.lines, "r"), "r")
        assert refused.value.arguments["line"] == 2


def test_all_of_an_addition_or_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "e")
    before = path.read_bytes()
    with pytest.raises(WrongUsage, match=r"engage\.number"):
        desk.add(tmp_path / "e", lambda _: [raised("F002", "observation"), raised("F009", "observation")])
    assert path.read_bytes() == before


@pytest.mark.parametrize("stage", ["fsync", "replace"])
def test_a_crash_between_writes_leaves_the_old_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    path = written(tmp_path / "e")
    before = path.read_bytes()

    def crash(*_: Any) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(os if stage == "fsync" else Path, stage, crash)
        with pytest.raises(OSError, match="no space"):
            desk.add(tmp_path / "e", lambda _: [raised("F002", "observation")])
    assert path.read_bytes() == before
    assert {one.name for one in (tmp_path / "e").iterdir()} == {NAME, register.LOCK}
    assert len(desk.add(tmp_path / "e", lambda _: [raised("F002", "observation")]).findings) == 2


def test_a_killed_writer_leaves_the_old_register(tmp_path: Path) -> None:
    path = written(tmp_path / "e")
    before = path.read_bytes()
    program = (
        "import os, sys, pathlib; from verify.engagement import desk; "
        "from tests.unit.engagement.test_engagement import raised; "
        "pathlib.Path.replace = lambda *_: os._exit(9); "
        "desk.add(pathlib.Path(sys.argv[1]), lambda _: [raised('F002', 'observation')])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "e")], check=False)
    assert done.returncode == 9
    assert path.read_bytes() == before
    assert (
        len(desk.add(tmp_path / "e", lambda _: [raised("F002", "observation")]).findings) == 2
    )  # the lock went with it


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "e")
    with register.alone(tmp_path / "e"):
        before = path.read_bytes()
        with pytest.raises(WrongUsage, match=r"engage\.busy"):
            desk.add(tmp_path / "e", lambda _: [raised("F002", "observation")])
        assert path.read_bytes() == before
        desk.look(tmp_path / "e")  # readers are not held up
    with pytest.raises(WrongUsage, match=r"engage\.exists"):
        desk.begin(tmp_path / "e", opening())
    with pytest.raises(WrongUsage, match=r"engage\.none"):
        desk.look(tmp_path)


def test_each_finding_comes_once(tmp_path: Path) -> None:
    written(tmp_path / "e", READY)
    first = report(
        finding("TZ-ACC-01", "error", "activity:a#1"),
        finding(
            "TZ-ACC-01", "error", "activity:a#1", arguments={"due_factor": "1", "filed_factor": "0", "quantity": "3"}
        ),
        finding("TZ-ACC-01", "question", "activity:b#1"),
        finding("TZ-ACC-01", "note"),
    )

    def bring(given: dict[str, Any], at: str = "2028-03-20T09:00:00+08:00") -> reported.Brought:
        held: list[reported.Brought] = []

        def made(known: Any) -> Sequence[Event]:
            held.append(reported.brought(known, given, at, LEAD))
            return held[-1].events

        desk.add(tmp_path / "e", made)
        return held[-1]

    assert bring(first).raised == ("F001", "F002", "F003", "F004")
    found, _ = desk.look(tmp_path / "e")
    assert [one.kind for one in found.findings.values()] == [
        "non_conformity",
        "non_conformity",
        "clarification",
        "observation",
    ]
    assert found.findings["F001"].text["zh"] != found.findings["F001"].text["en"]
    desk.add(tmp_path / "e", lambda _: [on("03-21", LEAD, "close", finding="F004", text="x")])
    later = report(
        finding("TZ-ACC-01", "error", "activity:c#1"),
        finding("TZ-ACC-01", "error", "activity:a#1", effect={"unit": "tCO2", "value": "7", "year": "2027"}),
        finding("TZ-ACC-01", "note"),
    )
    with pytest.raises(WrongUsage, match=r"engage\.earlier"):
        bring(later)
    again = bring(later, "2028-03-22T09:00:00+08:00")
    assert (again.raised, again.known, again.returned, again.gone) == (
        ("F005",), ("F001",), ("F004",), ("F002", "F003"),
    )  # fmt: skip
    with pytest.raises(WrongUsage, match=r"engage\.other_park"):
        bring(report(year="2026"), "2028-03-23T09:00:00+08:00")


@pytest.mark.parametrize("data", [b"", b"{}", b'{"facts": {"findings": 3}, "places": {}}', b"[1]", b"\xff"])
def test_what_is_no_report_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "report.json").write_bytes(data)
    with pytest.raises(WrongUsage, match=r"engage\.no_report"):
        reported.read(tmp_path)
