"""Words of a vocabulary, identifiers and free text."""

from __future__ import annotations

import re
import unicodedata

from verify.submission.coerce.faults import NOT_IN_VOCABULARY, Fault, fault
from verify.submission.contract import vocabulary
from verify.submission.naming import folded, nearest, words

_SPACES = re.compile(r"\s+")


def text_(text: str) -> str:
    """Free text as typed, trimmed."""
    return text.strip()


def identifier(text: str) -> str:
    """An id: NFKC, trimmed, inner white space as one blank. Case is kept: two spellings are two ids."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).strip())


def enum(name: str, text: str) -> str | Fault:
    """The id of a vocabulary word."""
    found = words(name).get(folded(text))
    if found is not None:
        return found
    spellings = [spelling for word in vocabulary(name).values() for spelling in (word.zh, word.en)]
    return fault(NOT_IN_VOCABULARY, "unknown_word", nearest=nearest(text, spellings), vocabulary=name)


def open_enum(name: str, text: str) -> str:
    """The id of a vocabulary word, else the word as typed."""
    return words(name).get(folded(text)) or identifier(text)


def boolean(text: str) -> bool | Fault:
    """Yes or no."""
    found = enum("boolean", text)
    return found if isinstance(found, Fault) else found == "true"
