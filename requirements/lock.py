"""Write the pins of this Python: `python requirements/lock.py [--fresh]` fills ``requirements/py3XX.txt``.

The pins are what pip resolves from pyproject.toml (build requirements, dependencies, extra `dev`). Versions already
pinned are kept where they still fit; `--fresh` takes the newest. The file holds names and versions only: where packages
come from is the business of the machine that installs them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent / "pyproject.toml"


def wanted() -> list[str]:
    """Everything a developer's environment needs, as requirement lines."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return [
        *project["build-system"]["requires"],
        "editables",  # hatchling asks for it when it builds an editable install
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]


def resolved(requirements: list[str], kept: list[str]) -> dict[str, str]:
    """Name to version, as pip resolves `requirements` with the pins `kept`. Raises CalledProcessError if it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder, "constraints.txt")
        constraints.write_text("\n".join(kept), encoding="utf-8")
        report = Path(folder, "report.json")
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"),
                *("--report", str(report), "--constraint", str(constraints), *requirements),
            ],
            check=True,
        )
        found = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower(): item["metadata"]["version"] for item in found}


def main() -> None:
    """Write the pins file of the running Python."""
    python = f"{sys.version_info.major}{sys.version_info.minor}"
    pins = HERE / f"py{python}.txt"
    lines = pins.read_text(encoding="utf-8").splitlines() if pins.is_file() and "--fresh" not in sys.argv else []
    kept = [line for line in lines if line and not line.startswith("#")]
    head = f"# Pins for Python {sys.version_info.major}.{sys.version_info.minor}. Written by requirements/lock.py (make lock).\n"
    body = "".join(f"{name}=={version}\n" for name, version in sorted(resolved(wanted(), kept).items()))
    pins.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
