"""The files of the project and their syntax trees, read once."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is tracked, or would be: git's list, without what it ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode("utf-8")
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


@cache
def project_texts() -> dict[str, str]:
    """Name from the root to text, for every text file of the project."""
    texts = {}
    for path in project_files():
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            texts[name_of(path)] = data.decode("utf-8", errors="replace")
    return texts


def nothing(found: Iterable[str]) -> None:
    """Fails with every line of `found`."""
    lines = sorted(found)
    if lines:
        raise AssertionError("\n".join([f"{len(lines)} found:", *lines]))


def name_of(path: Path) -> str:
    """The path from the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def python_trees(folder: str) -> dict[str, ast.Module]:
    """Name from the root to syntax tree, for every Python file under `folder`."""
    return {
        name: ast.parse(text, filename=name)
        for name, text in project_texts().items()
        if name.startswith(f"{folder}/") and name.endswith(".py")
    }


def plain_yaml(text: str) -> Any:
    """YAML with every scalar as the text that stands there. Raises ValueError for a key given twice."""
    return _plain(yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _plain(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in found:
                raise ValueError(f"line {key.start_mark.line + 1}: {key.value} stands twice")
            found[key.value] = _plain(value)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else None


@cache
def catalogues() -> dict[str, dict[str, dict[str, str]]]:
    """Area to key to language to words, as they stand in templates/messages."""
    return {
        Path(name).stem: plain_yaml(text) or {}
        for name, text in project_texts().items()
        if name.startswith("templates/messages/") and name.endswith(".yaml")
    }


@cache
def findings() -> dict[str, dict[str, Any]]:
    """Code to the words of its finding, as they stand in templates/findings."""
    return {
        Path(name).stem: plain_yaml(text) or {}
        for name, text in project_texts().items()
        if name.startswith("templates/findings/") and name.endswith(".yaml")
    }
