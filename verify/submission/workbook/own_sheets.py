"""The sheets of a workbook that are no table: those that the template adds, and the one that stands for park.yaml."""

from __future__ import annotations

import re
from functools import cache

from verify.submission.naming import folded, table_named
from verify.words import LANGUAGES, say

PARK = "park"  # the hint of the sheet whose rows are key and value of park.yaml
GUIDES = ("sheet_readme", "sheet_dictionary", "sheet_words", "sheet_units", "sheet_marks")
PARK_COLUMNS = ("key", "value")
_CHINESE_THEN_LATIN = re.compile(r"([^A-Za-z]+?)[\s\n]+([A-Za-z].*)", re.DOTALL)


def titles(key: str) -> tuple[str, str, str]:
    """How the template names one of its own sheets: in Chinese, in English, in both."""
    zh, en = (say(f"workbook.{key}", language) for language in LANGUAGES)
    return zh, en, f"{zh} {en}"


def guide_sheet(name: str) -> bool:
    """A sheet that explains and holds no data: those of the template, and the list of findings of an earlier check."""
    return folded(name) in _guides()


def marks_sheet(name: str) -> bool:
    """The list of findings that a self-check put into the workbook (verify.submission.marking)."""
    return folded(name) in {folded(title) for title in titles("sheet_marks")}


def park_sheet(name: str) -> bool:
    """The sheet that stands for park.yaml."""
    return folded(name) in _parks()


def known_park_heading(text: str) -> str | None:
    """``key`` or ``value`` for a heading of the park sheet."""
    return _park_headings().get(folded(text))


def hint(name: str) -> str:
    """The part of a sheet name that names a table: of ``能源活动 Energy activity`` either half, if they agree."""
    if table_named(name) is not None:
        return name
    halves = _CHINESE_THEN_LATIN.fullmatch(name.strip())
    if halves is not None:
        tables = {table_named(half) for half in halves.groups()} - {None}
        if len(tables) == 1:
            return next(half for half in halves.groups() if table_named(half) is not None)
    return PARK if park_sheet(name) else name


@cache
def _guides() -> frozenset[str]:
    return frozenset(folded(title) for key in GUIDES for title in titles(key))


@cache
def _parks() -> frozenset[str]:
    return frozenset({PARK, *(folded(title) for title in titles("sheet_park"))})


@cache
def _park_headings() -> dict[str, str]:
    return {folded(word): column for column in PARK_COLUMNS for word in (column, *titles(f"park_{column}"))}
