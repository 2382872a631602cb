"""The name of an id in the reader's language: carriers and enumerations from rules/tables, codes of arguments from the
catalogue, terms and line rules from a ruler of ours.

Knows no report; `verify.report.reader` asks the report's own titles first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from verify import resources
from verify.report.printed_values import printed_name
from verify.words import Language, catalogue

_LISTS = {"carrier": "carriers", "product": "products"}
_OF = ("carrier", "product", "gas")
_OF_ANYTHING = {"of", "what", "other"}
_OF_CARRIERS = {"class": "classes", "item_class": "classes", "family": "families"}  # what a carrier is
_PRINTED = {"is_value", "due_value"}  # arguments that name a printed number
_OURS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)  # an id of a ruler that may name a folder of rules/
_ALIASES = {  # arguments whose words are those of another vocabulary
    "event": "certificate_event",
    "filed_as": "flow",
    "filed_set": "gwp_set",
    "kind": "park_kind",
    "reason": "spell_reason",
    "ruler_set": "gwp_set",
    "technology": "generator_technology",
}


def name_of(kind: str, value: str, language: Language) -> str | None:
    """The name of `value` in the vocabulary `kind` (carrier, flow, supply, …); None where nobody named it."""
    if kind in _OF_ANYTHING:  # a carrier, a product or a gas: whatever a number is of
        of = next((name for one in _OF if (name := name_of(one, value, language)) is not None), None)
        own = catalogue("arguments").get(f"of.{value}")
        return of if of is not None or own is None else str(own[language])
    tables = resources.rules() / "tables"
    if kind in _PRINTED and (printed := printed_name(value, language)) is not None:
        return printed
    if kind in _LISTS:
        entry = _read(tables / f"{_LISTS[kind]}.yaml").get(_LISTS[kind], {}).get(value)
    elif kind == "table":
        entry = _read(tables / f"{value}.yaml").get("title") if value.isidentifier() else None
    else:
        entry = _read(tables / "vocabulary.yaml").get(_ALIASES.get(kind, kind), {}).get(value)
    if entry is None:
        entry = catalogue("arguments").get(f"{kind}.{value}")
    return None if entry is None else str(entry[language])


def ruler_titles(ruler: str, kind: str) -> Mapping[str, Mapping[str, str]]:
    """Titles of the `terms` or `rules` of a ruler of ours by id; none of a ruler that does not lie here.

    Only for what a public report no longer tells itself: where a report has a title, that one is shown.
    """
    return _of_method(resources.rules() / ruler / "method.yaml")[kind] if _OURS.fullmatch(ruler) else {}


@cache
def _of_method(path: Path) -> dict[str, dict[str, dict[str, str]]]:
    method = _read(path).get("method", {})
    return {
        "terms": dict(method.get("terms", {})),
        "rules": {line["id"]: line["title"] for line in method.get("lines", []) if "title" in line},
    }


def column_name(table: str, column: str, language: Language) -> str | None:
    """The heading of a column in the contract of a table; None where it has none."""
    if not table.isidentifier():
        return None
    contract = _read(resources.rules() / "tables" / f"{table}.yaml")
    title = (contract.get("columns", {}).get(column) or {}).get("title")
    return None if title is None else str(title[language])


def word_of(table: str, column: str, value: str, language: Language) -> str | None:
    """The word that the contract of a table gives to a value of a column; None where nobody named it."""
    tables = resources.rules() / "tables"
    if column in _OF_CARRIERS:
        entry = _read(tables / "carriers.yaml").get(_OF_CARRIERS[column], {}).get(value)
        return None if entry is None else str(entry[language])
    contract = _read(tables / f"{table}.yaml") if table.isidentifier() else {}
    kind = str((contract.get("columns", {}).get(column) or {}).get("vocabulary") or column)
    return name_of("carrier" if kind == "carriers" else "product" if kind == "products" else kind, value, language)


def ids_of(kind: str) -> list[str]:
    """Every id of the vocabulary of carriers or products."""
    return list(_read(resources.rules() / "tables" / f"{_LISTS[kind]}.yaml").get(_LISTS[kind], {}))


@cache
def _read(path: Path) -> dict[str, Any]:
    import yaml

    if not path.is_file():
        return {}
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return dict(loaded or {})
