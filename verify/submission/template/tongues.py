"""In which language a template speaks: Chinese, English, or both at once."""

from __future__ import annotations

from typing import Literal

from verify.submission.contract import Column, Word, Words
from verify.words import Language, say

Tongue = Literal["zh", "en", "both"]
REQUIRED, SOMETIMES = "*", "(*)"  # marks that do not rest on colour; the reader of headings passes over them


def languages(tongue: Tongue) -> tuple[Language, ...]:
    """The languages of a tongue, the leading one first."""
    return ("zh", "en") if tongue == "both" else (tongue,)


def text(words: Words, tongue: Tongue, between: str = " ") -> str:
    """A text of the contract; both languages are joined with `between`, once where they are the same."""
    return between.join(dict.fromkeys(words.en if language == "en" else words.zh for language in languages(tongue)))


def told(key: str, tongue: Tongue, between: str = " ", **arguments: object) -> str:
    """A message of the catalogue ``workbook``, in the languages of `tongue`."""
    return between.join(dict.fromkeys(say(f"workbook.{key}", language, **arguments) for language in languages(tongue)))


def offered(word: Word, tongue: Tongue) -> str:
    """The spelling of a vocabulary word that a drop-down offers: one, so that the cell holds a word of the vocabulary."""
    return word.en if tongue == "en" else word.zh


def mark(column: Column) -> str:
    """``*`` for a column that every row needs, ``(*)`` for one that some rows need, else ''."""
    if column.required:
        return REQUIRED
    return SOMETIMES if column.required_when or column.required_with else ""


def heading(column: Column, tongue: Tongue) -> str:
    """The heading of a column in a sheet: ``数量 *``, and below it ``Quantity`` where both languages are wanted."""
    first, *second = (column.title.en if language == "en" else column.title.zh for language in languages(tongue))
    return "\n".join([f"{first} {mark(column)}".rstrip(), *second])


def plain_heading(column: Column, tongue: Tongue) -> str:
    """The heading of a column in a CSV file: one line, no mark."""
    return text(column.title, tongue, " / ")
