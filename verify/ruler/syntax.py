"""What the YAML parser objects to, as a problem with a place and with words for it."""

from __future__ import annotations

from typing import Any

from verify.errors import Problem

# A part of what libyaml or PyYAML says -> the message; the first that fits.
_SAID = (
    ("mapping values are not allowed", "yaml_colon"),
    ("could not find expected ':'", "yaml_no_colon"),
    ("while scanning a quoted scalar", "yaml_quote"),
    ("unexpected end of stream", "yaml_quote"),
    ("expected ',' or", "yaml_bracket"),
    ("did not find expected key", "yaml_indent"),
    ("expected <block end>", "yaml_indent"),
    ("did not find expected '-' indicator", "yaml_indent"),
    ("expected <document start>", "yaml_indent"),
)


def not_yaml(error: Any, text: str, file: str) -> Problem:
    """The problem behind a `yaml.YAMLError` on `text`."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a sign that YAML does not allow anywhere: only its position is told
        at = int(getattr(error, "position", 0) or 0)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        return _character(text[at : at + 1], file, line, column)
    line, column = mark.line + 1, mark.column + 1
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}"
    if "start any token" in said or "tab" in said:
        lines = text.split("\n")
        here = lines[mark.line] if mark.line < len(lines) else ""
        return _character(here[mark.column : mark.column + 1], file, line, column)
    key = next((key for part, key in _SAID if part in said), "")
    if key:
        return Problem(file, line, column, "", f"ruler.{key}")
    return Problem(file, line, column, "", "ruler.not_yaml", problem=said.strip())


def _character(sign: str, file: str, line: int, column: int) -> Problem:
    if sign == "\t":
        return Problem(file, line, column, "", "ruler.yaml_tab")
    return Problem(file, line, column, "", "ruler.yaml_character", character=ascii(sign).strip("'"))
