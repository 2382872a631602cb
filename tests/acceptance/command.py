"""The command line as a person types it: in this process, or in one of its own."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORT = {"report.json", "report.zh.html", "report.en.html", "findings.sarif", "junit.xml"}


@dataclass(frozen=True)
class Said:
    """What a command printed and the exit code that it ended with."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Both streams."""
        return self.out + self.err


def said(*words: str | Path) -> Said:
    """Run ``truezero <words>`` here. Nothing but the command's own output is captured."""
    from verify.cli.app import truezero
    from verify.cli.ending import ended

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = ended(truezero, [str(word) for word in words])
    return Said(code, out.getvalue(), err.getvalue())


def typed(*words: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Said:
    """Run ``python -m verify <words>`` in a process of its own, with no terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "verify", *map(str, words)],
        cwd=cwd or ROOT,
        env=environment(env),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's, with the checkout on the path, no colour and no language of its own."""
    left = {name: text for name, text in os.environ.items() if name not in {"LANG", "LC_ALL", "TRUEZERO_LANG"}}
    return {**left, "PYTHONPATH": str(ROOT), **(more or {})}


def block(out: str, code: str) -> str:
    """What a summary says under the headings of `code`."""
    parts = re.split(r"(?m)^(?=\S TZ-)|\n\n", out)
    return "".join(part for part in parts if part[2:].startswith(f"{code} "))


def no_trace_of_us(one: Said) -> None:
    """No traceback, no exception's name, no message key, and no line that stands for nothing."""
    for word in ("Traceback", "Error(", 'File "', "submission.", "ruler.", "road.", "None"):
        assert word not in one.all.replace("ruler.yaml", "").replace("ruler.json", ""), f"{word!r} in:\n{one.all}"


def complete_or_absent(folder: Path) -> bool:
    """Whether a report is there; asserts that it is whole and that nothing half-written lies beside it."""
    left = [path.name for path in folder.parent.glob(f".{folder.name[:8]}*")]
    assert left == []
    if not folder.exists():
        return False
    assert {path.name for path in folder.iterdir()} == REPORT
    return True
