"""park.yaml as a text: an empty one with every key explained, or a filled park."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.submission.template.park_keys import park_keys
from verify.submission.template.tongues import Tongue, text

_GIVEN = {"kind": "whole", "id_scheme": "uscc"}  # the two keys for which a blank is no answer


def park_yaml(park: Mapping[str, Any] | None, tongue: Tongue) -> bytes:
    """The bytes of park.yaml, UTF-8."""
    if park is not None:
        import yaml

        written: str = yaml.safe_dump(dict(park), allow_unicode=True, sort_keys=False, width=4096)
        return written.encode("utf-8")
    return ("\n".join(_lines(tongue)) + "\n").encode("utf-8")


def _lines(tongue: Tongue) -> list[str]:
    """Keys by indentation. What lies in a list or may be left out as a whole is commented out, ready to be filled."""
    lines: list[str] = []
    opened: list[str] = []
    for path, key in park_keys().items():
        parts = path.split(".")
        optional = "[" in parts[0] or "<" in path or parts[0] == "acceptance_record"
        before = "# " if optional else ""
        shared = _shared(opened, parts[:-1])
        for depth, part in enumerate(parts[:-1]):
            if depth >= shared:
                lines.append(f"{before}{_indent(depth, parts)}{part.replace('[0]', '')}:")
        first = "[" in parts[0] and shared < len(parts) - 1
        indent = _indent(len(parts) - 1, parts)
        name = f"{indent[:-2]}- {parts[-1]}" if first else f"{indent}{parts[-1]}"
        value = f" {_GIVEN[path]}" if path in _GIVEN else ""
        lines.append(f"{before}{name}:{value}  # {text(key.title, tongue, ' / ')}: {text(key.doc, tongue, ' ')}")
        opened = parts[:-1]
    return lines


def _shared(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _indent(depth: int, parts: list[str]) -> str:
    return "  " * (depth + ("[" in parts[0] and depth > 0))
