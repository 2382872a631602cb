"""Folders of layers for tests: the examples of tests/layers beside a copy of the ruler below, pinned or not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from verify import resources
from verify.ruler.repin import repin

NATIONAL = "cn-national-2025"
EXAMPLES = Path(__file__).parents[2] / "layers"


def example(tmp_path: Path, name: str, *, pinned: bool = True) -> Path:
    """A copy of an example layer, pinned to the ruler below as it is now."""
    folder = tmp_path / name
    shutil.copytree(EXAMPLES / name, folder)
    if pinned:
        repin(folder).write()
    return folder


def national(tmp_path: Path, file: str = "", old: str = "", new: str = "") -> Path:
    """A copy of the national ruler beside the layers, with one text replaced."""
    folder = tmp_path / NATIONAL
    if not folder.is_dir():
        shutil.copytree(resources.rules() / NATIONAL, folder, ignore=shutil.ignore_patterns("tests"))
    if file:
        replaced(folder / file, old, new)
    return folder


def replaced(path: Path, old: str, new: str) -> None:
    """One text of a file replaced by another."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def valued(path: Path, name: str, key: str, new: str) -> None:
    """The first `key` after the first `name` of a file gets another value."""
    text = path.read_text(encoding="utf-8")
    found, count = re.subn(rf"({re.escape(name)}:.*?{key}: )\S+", rf"\g<1>{new}", text, count=1, flags=re.DOTALL)
    assert count, (path, name)
    path.write_text(found, encoding="utf-8")


def line_of(path: Path, text: str) -> int:
    """The line of the first occurrence of a text."""
    whole = path.read_text(encoding="utf-8")
    return whole[: whole.index(text)].count("\n") + 1
