"""Texts of a submission before a person sees them: a cell must not steer a terminal or a page, nor hide what it says."""

from __future__ import annotations

from typing import Any
from unicodedata import category

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, halves of characters


def visible(text: str) -> str:
    """`text` with every sign that is obeyed or not shown written out, as ``\\x1b`` or ``\\u202e``."""
    if text.isprintable():
        return text
    return "".join(one if category(one) not in _HIDDEN else one.encode("unicode_escape").decode() for one in text)


def all_visible(value: Any) -> Any:
    """The same for every text in a report ({facts, places})."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(key): all_visible(one) for key, one in value.items()}
    return [all_visible(one) for one in value] if isinstance(value, (list, tuple)) else value
