"""The name of an id in the reader's language: carriers and enumerations from rules/tables, codes of arguments from the catalogue.

Knows no report; `verify.report.reader` asks the report's own titles first.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from verify import resources
from verify.words import Language, catalogue

_LISTS = {"carrier": "carriers", "product": "products"}
_ALIASES = {"next_period": "period", "filed_as": "flow", "declared": "park_kind", "kind": "park_kind"}


def name_of(kind: str, value: str, language: Language) -> str | None:
    """The name of `value` in the vocabulary `kind` (carrier, flow, supply, …); None where nobody named it."""
    tables = resources.rules() / "tables"
    if kind in _LISTS:
        entry = _read(tables / f"{_LISTS[kind]}.yaml").get(_LISTS[kind], {}).get(value)
    elif kind == "table":
        entry = _read(tables / f"{value}.yaml").get("title") if value.isidentifier() else None
    else:
        entry = _read(tables / "vocabulary.yaml").get(_ALIASES.get(kind, kind), {}).get(value)
    if entry is None:
        entry = catalogue("arguments").get(f"{kind}.{value}")
    return None if entry is None else str(entry[language])


def column_name(table: str, column: str, language: Language) -> str | None:
    """The heading of a column in the contract of a table; None where it has none."""
    if not table.isidentifier():
        return None
    contract = _read(resources.rules() / "tables" / f"{table}.yaml")
    title = (contract.get("columns", {}).get(column) or {}).get("title")
    return None if title is None else str(title[language])


@cache
def _read(path: Path) -> dict[str, Any]:
    import yaml

    if not path.is_file():
        return {}
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return dict(loaded or {})
