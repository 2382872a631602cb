"""What a model objects to in a YAML text, as a message key with its arguments: pydantic's own prose is English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LONGEST = 60
_KEYS = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "literal_error": "not_one_of",
    "string_type": "not_text",
    "bool_type": "not_true_or_false",
    "bool_parsing": "not_true_or_false",
    "int_type": "not_a_number",
    "int_parsing": "not_a_number",
    "dict_type": "not_mapping",
    "mapping_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
    "list_type": "not_a_list",
    "too_short": "empty",
    "string_too_short": "empty",
}


def refused(error: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Key (``ruler.…``) and arguments for one of `ValidationError.errors()`."""
    path = path_of(error)
    allowed = str((error.get("ctx") or {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    arguments = {
        "key": str(path[-1]) if path else "",
        "value": shown(error["input"]),
        "allowed": allowed,
        "problem": str(error["msg"]).removeprefix("Value error, "),
    }
    return f"ruler.{_KEYS.get(str(error['type']), 'invalid')}", arguments


def path_of(error: Mapping[str, Any]) -> tuple[str | int, ...]:
    """Where in the text, without what only the model knows."""
    return tuple(part for part in error["loc"] if not str(part).startswith("function-"))


def shown(value: object, longest: int = _LONGEST) -> str:
    """The value as it was written, cut where it is long."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
