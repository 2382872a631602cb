"""Who may import whom (.importlinter), and that each contract can break."""

from __future__ import annotations

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.code_health.tree import ROOT

LINT = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter over the house in `folder`."""
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, check=False)


def test_the_house_keeps_its_contracts() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def empty_house(folder: Path) -> None:
    """The contracts, every room that they name with nothing in it, and the imports that they let pass."""
    shutil.copy(ROOT / ".importlinter", folder)
    contracts = ConfigParser()
    contracts.read(folder / ".importlinter", encoding="utf-8")
    rooms = contracts["importlinter:contract:floors"]["layers"].replace("|", " ").split()
    files = {f"verify/{room}/__init__.py": "" for room in rooms if room != "__main__"}
    files |= {"verify/__init__.py": "", "verify/__main__.py": ""}
    for name in contracts.sections():
        for allowed in filter(None, contracts[name].get("ignore_imports", "").splitlines()):
            importer, _, imported = allowed.partition(" -> ")
            files[f"{importer.replace('.', '/')}.py"] = f"import {imported}\n"
            files |= {
                f"{'/'.join(importer.split('.')[:depth])}/__init__.py": ""
                for depth in range(1, importer.count(".") + 1)
            }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_an_empty_house_keeps_its_contracts(tmp_path: Path) -> None:
    empty_house(tmp_path)
    done = lint(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("verify/ledger/planted.py", "import verify.report", "Every import runs down the floors"),
        ("verify/newroom/__init__.py", "", "Every import runs down the floors"),
        ("verify/road/planted.py", "import verify.cli", "Nothing imports cli or serve"),
        ("verify/formula/planted.py", "def late():\n    import duckdb", "The leaves know no table engine"),
        ("verify/statistics/planted.py", "import verify.canonical", "Statistics are pure mathematics"),
        ("verify/bundle/planted.py", "import verify.ruler", "Signatures and bundles"),
        ("verify/report/planted.py", "import verify.engine", "The table engine serves"),
        ("verify/report/planted.py", "import verify.ledger", "The report takes values"),
        ("verify/checks/planted.py", "import great_expectations", "great_expectations is imported"),
    ],
)
def test_a_planted_import_breaks_its_contract(tmp_path: Path, module: str, statement: str, contract: str) -> None:
    empty_house(tmp_path)
    planted = tmp_path / module
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f'"""Planted."""\n{statement}\n', encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    broken = " ".join(done.stdout.split("Broken contracts")[-1].split())
    assert contract in broken
