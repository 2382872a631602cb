"""One hostile ruler in a process of its own: what it was refused with, how much memory and time the whole process took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = """
import json, sys
from pathlib import Path
from verify.errors import Located, WrongUsage
from verify.ruler import load_ruler
try:
    load_ruler(Path(sys.argv[1]))
    told = {"loaded": True}
except Located as error:
    told = {"problems": [[one.file, one.line, one.column, one.key] for one in error.problems[:50]]}
with open("/proc/self/status") as status:  # of this program alone: ru_maxrss begins with the parent's
    told["peak"] = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Measured:
    """`problems`: file, line, column and key; peak memory and processor seconds of the whole process, Python included."""

    problems: list[list[Any]]
    peak_mib: float
    seconds: float


def measured(folder: Path) -> Measured:
    """Load the ruler in `folder` apart. AssertionError where the process does not end by itself with a refusal."""
    read, write = os.pipe()
    child = subprocess.Popen([sys.executable, "-c", _SCRIPT, str(folder)], cwd=ROOT, stdout=write)
    os.close(write)
    with os.fdopen(read) as out:
        answer = out.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, (folder.name, child.returncode)
    told = json.loads(answer)
    return Measured(told.get("problems", []), told["peak"] / 1024, usage.ru_utime + usage.ru_stime)
