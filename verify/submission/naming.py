"""Which word a person meant: headings, sheet names and vocabulary words, compared without width, case and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from verify.submission.contract import Contract, contracts, ignored_headings, vocabulary

_DROPPED = re.compile(r"[\s\-_·•.()\[\]<>《》【】/\\:、,;*'\"“”]+")
_PARENTHESIS = re.compile(r"[(\[][^()\[\]]*[)\]]\s*\*?$")


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """`text` in NFKC, without case, spaces and punctuation."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


@cache
def _table_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for table, contract in contracts().items():
        for name in (table, contract.title.zh, contract.title.en, *contract.aliases):
            names.setdefault(folded(name), table)
    return names


@cache
def _headings(table: str) -> Mapping[str, str]:
    names: dict[str, str] = {}
    columns = contracts()[table].columns
    for column in columns:  # ids and titles first: an alias never takes the name of another column
        names.setdefault(folded(column), column)
    for column, one in columns.items():
        names.setdefault(folded(one.title.zh), column)
        names.setdefault(folded(one.title.en), column)
    for column, one in columns.items():
        for alias in one.aliases:
            names.setdefault(folded(alias), column)
    return names


@cache
def _ignored() -> frozenset[str]:
    return frozenset(folded(heading) or heading for heading in ignored_headings())


@cache
def words(name: str) -> Mapping[str, str]:
    """Every folded word of a vocabulary and the id it means."""
    found: dict[str, str] = {}
    entries = vocabulary(name)
    for id_, word in entries.items():
        for text in (id_, word.zh, word.en):
            found.setdefault(folded(text), id_)
    for id_, word in entries.items():
        for alias in word.aliases:
            found.setdefault(folded(alias), id_)
    return found


def table_named(text: str) -> str | None:
    """The table that a file stem or a sheet name means: id, Chinese or English title, alias, also ``01 能源活动``."""
    name = folded(text)
    return _table_names().get(name) or _table_names().get(name.lstrip("0123456789"))


def column_named(contract: Contract, heading: str) -> str | None:
    """The column that a heading means; a trailing parenthesis such as ``压力（MPa）`` is set aside if needed."""
    known = _headings(contract.table)
    found = known.get(folded(heading))
    if found is None:
        found = known.get(folded(_PARENTHESIS.sub("", unicodedata.normalize("NFKC", heading).strip())))
    if found is None and "/" in heading:  # the bilingual headings of the template: 数量 / quantity
        candidates = {known.get(folded(part)) for part in heading.split("/")} - {None}
        found = candidates.pop() if len(candidates) == 1 else None
    return found


def is_ignored(heading: str) -> bool:
    """A heading that holds no fact (备注, 序号, …)."""
    return (folded(heading) or heading.strip()) in _ignored()


def nearest(text: str, candidates: Iterable[str]) -> str:
    """The candidate that is spelled most like `text`, or ''."""
    import difflib

    close = difflib.get_close_matches(folded(text), {folded(one): one for one in candidates}, n=1, cutoff=0.6)
    return next((one for one in candidates if close and folded(one) == close[0]), "")
