"""What one needs to know of the machine to read a measured time. Never a path, a user or a host name."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("duckdb", "ibis-framework", "pandera", "polars", "pyarrow", "great-expectations")


def facts() -> dict[str, object]:
    """Cores, memory, system, Python and the versions that decide speed."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": round(pages / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def revision(root: Path) -> str:
    """The commit that was run, with ``+changes`` if the tree differs from it; empty outside a repository."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False).stdout.strip()

    changed = git("status", "--porcelain", "--", ":!docs/acceptance.json")
    return git("rev-parse", "--short=12", "HEAD") + ("+changes" if changed else "")
