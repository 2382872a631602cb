"""The script of the page, run in Node: jobs in, answers out."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from verify.bundle.page import script_of
from verify.bundle.trust import Held

_RUNNER = Path(__file__).with_name("run.mjs")
_PATIENCE = 600.0  # seconds for all jobs: the machine may be busy


def find() -> str | None:
    """The path of Node; None where there is none."""
    return shutil.which("node")


@cache
def core() -> str:
    """The parts of the page without the page itself."""
    return script_of("core")


def ask(jobs: Iterable[dict[str, Any]], script: str | None = None) -> list[Any]:
    """The answers to the jobs, in their order. `script`: another one than that of the page (a broken twin)."""
    program = find()
    assert program is not None
    lines = "".join(f"{json.dumps(job)}\n" for job in jobs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "verifier.js"
        path.write_text(core() if script is None else script, encoding="utf-8")
        done = subprocess.run(
            [program, str(_RUNNER), str(path)],
            input=lines,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == lines.count("\n"), done.stderr
    return found


def judging(zipped: bytes, held: Held | None) -> dict[str, Any]:
    """The job that judges a zip for a reader who holds this root."""
    root = None if held is None or held.file is None else base64.b64encode(held.file).decode("ascii")
    sha256 = None if held is None else held.sha256
    return {"job": "judge", "bundle": base64.b64encode(zipped).decode("ascii"), "root": root, "sha256": sha256}
