"""Which judges are on this machine, and why a test skips where one is not. tests/judges/install.sh installs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

_CACHE = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
PLACE = Path(os.environ.get("TRUEZERO_JUDGES") or Path(_CACHE, "truezero", "judges"))
PYTHON = PLACE / "python" / "bin" / "python"
MODULES = PLACE / "node" / "node_modules"
SCRIPTS = Path(__file__).parent
_LEAST_NODE = 18  # of Debian 12; tried with 18 and 20
_HINT = "not on this machine: tests/judges/install.sh installs it"


def programs(*names: str) -> pytest.MarkDecorator:
    """Skips the tests of a module where one of these programs is missing."""
    absent = [name for name in names if shutil.which(name) is None]
    return pytest.mark.skipif(bool(absent), reason=f"{', '.join(absent)} {_HINT}")


def openssl() -> pytest.MarkDecorator:
    """Skips where there is no OpenSSL 3, as VERIFY.md asks (LibreSSL and 1.1.1 lack options)."""
    found = re.match(r"OpenSSL (\d+)", _first_line("openssl", "version"))
    return pytest.mark.skipif(found is None or int(found[1]) < 3, reason=f"OpenSSL 3 {_HINT}")


def python_package(name: str) -> pytest.MarkDecorator:
    """Skips where the judges' own environment lacks this package."""
    return pytest.mark.skipif(not _python_version(name), reason=f"PyPI's {name} {_HINT}")


def node_package(name: str) -> pytest.MarkDecorator:
    """Skips where Node.js or this package of npm is missing."""
    node = re.match(r"v(\d+)", _first_line("node", "--version"))
    there = node is not None and int(node[1]) >= _LEAST_NODE and bool(_node_version(name))
    return pytest.mark.skipif(not there, reason=f"npm's {name}, or Node.js {_LEAST_NODE} for it, {_HINT}")


def run(
    words: Iterable[object], cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A judge with these words; what it printed on either stream is in `stdout`. No exit code is an error."""
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        timeout=180,
    )


def versions() -> dict[str, str]:
    """Every judge by name with its version; empty where it is not here."""
    return {
        "openssl": _first_line("openssl", "version"),
        "certtool (GnuTLS)": _first_line("certtool", "--version"),
        "Java": _first_line("javac", "-version"),
        "Node.js": _first_line("node", "--version"),
        "jq": _first_line("jq", "--version"),
        "sha256sum": _first_line("sha256sum", "--version"),
        "unzip": _first_line("unzip", "-v"),
        **{name: _python_version(name) for name in ("securesystemslib", "frictionless", "rfc8785")},
        **{name: _node_version(name) for name in ("@noble/curves", "@sigstore/verify", "@microsoft/sarif-multitool")},
    }


def _first_line(*words: str) -> str:
    return next(iter(run(words).stdout.splitlines()), "") if shutil.which(words[0]) else ""


def _python_version(name: str) -> str:
    found = sorted((PLACE / "python").glob(f"lib/python3*/site-packages/{name}-*.dist-info"))
    return found[0].name.split("-")[1].removesuffix(".dist") if found and _whole("python") else ""


def _node_version(name: str) -> str:
    package = MODULES / name / "package.json"
    there = package.is_file() and _whole("node")
    return str(json.loads(package.read_text(encoding="utf-8"))["version"]) if there else ""


def _whole(environment: str) -> bool:
    """Did install.sh come to its end with this one?"""
    return (PLACE / f"{environment}.made").is_file()
