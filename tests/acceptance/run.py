"""Runs one entry in a process of its own, so that its time and its memory are its own and a crash ends nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from tests.acceptance.entries import Entry, entries

ROOT = Path(__file__).resolve().parents[2]


def apart(entry: Entry) -> dict[str, Any]:
    """The record of one entry: outcome ``passed`` or ``failed``, its result, wall seconds, peak memory of the tree."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "answer.json")
        started = time.monotonic()
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance", "--inside", entry.id, str(answer)], cwd=ROOT
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started
        told = (
            json.loads(answer.read_text(encoding="utf-8"))
            if answer.is_file()
            else {"failure": f"exit {child.returncode}"}
        )
    return {
        "title": entry.title,
        "command": entry.command,
        "outcome": "failed" if "failure" in told else "passed",
        **told,
        "seconds": round(seconds, 1),
        "peak_mib": usage.ru_maxrss // 1024,
    }


def inside(entry_id: str, answer: Path) -> None:
    """Run one entry here and write ``{"result": …}`` or ``{"failure": …}`` to `answer`."""
    try:
        told: dict[str, Any] = {"result": entries()[entry_id].run()}
        text = json.dumps(told, ensure_ascii=False)
    except Exception as error:  # whatever went wrong is the record
        traceback.print_exc()
        text = json.dumps({"failure": without_paths(f"{type(error).__name__}: {error}")}, ensure_ascii=False)
    answer.write_text(text, encoding="utf-8")


def without_paths(text: str) -> str:
    """The first 2,000 characters of a failure, with the places of this machine taken out."""
    for place, name in ((str(ROOT), "."), (tempfile.gettempdir(), "<temp>"), (str(Path.home()), "<home>")):
        text = text.replace(place, name)
    return text[:2000]
