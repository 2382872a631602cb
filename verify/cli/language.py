"""Which language to speak: what the command line says, else TRUEZERO_LANG, else the locale, else English."""

from __future__ import annotations

import os
from collections.abc import Sequence

from verify.words import Language

_ENVIRONMENT = ("TRUEZERO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language_of(value: str | None = None) -> Language:
    """`value`, else the first word of the environment; Chinese only where it says so."""
    word = value or next((found for name in _ENVIRONMENT if (found := os.environ.get(name))), "en")
    return "zh" if word.lower().startswith("zh") else "en"


def asked(words: Sequence[str]) -> Language:
    """The language that a command line asks for, also where it cannot be parsed."""
    for index, word in enumerate(words):
        if word.startswith("--lang="):
            return language_of(word.partition("=")[2])
        if word == "--lang" and index + 1 < len(words):
            return language_of(words[index + 1])
    return language_of()
