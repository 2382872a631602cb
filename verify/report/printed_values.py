"""The name of a printed number of rules/factors: ``electricity_national.average@2021`` as title, data year and document.

``standard_coal.raw_coal#heat`` is the heat value behind a coefficient.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from verify import resources
from verify.words import Language, say


def printed_name(key: str, language: Language) -> str | None:
    """Title of the number, with its data year and the document that prints it; None where no factor file has it."""
    key, _, heat = key.partition("#")
    identifier, _, year = key.partition("@")
    name, _, rest = identifier.partition(".")
    data = _factor_file(name)
    value = data.get("values", {}).get(rest)
    if value is None:
        return None
    title = str((value.get("title") or {}).get(language) or identifier)
    entry = _entry(value, year)
    document = _document(data, entry, language)
    if heat:
        return say("report.printed_heat", language, title=title, printed=entry["value"], unit=value["unit"])
    if year:
        return say("report.printed_of_year", language, title=title, year=year, document=document)
    return say("report.printed", language, title=title, document=document) if document else title


def _entry(value: Mapping[str, Any], year: str) -> Mapping[str, Any]:
    """The entry of a data year; the value itself where it prints one number."""
    entries = value.get("entries") or [value]
    return next((one for one in entries if str(one.get("from") or "").startswith(year)), value)


def _document(data: Mapping[str, Any], entry: Mapping[str, Any], language: Language) -> str:
    cite = entry.get("cite") or data.get("defaults", {}).get("cite") or {}
    document = data.get("documents", {}).get(cite.get("document"))
    return "" if document is None else str(document.get("number") or document["title"][language])


@cache
def _factor_file(name: str) -> dict[str, Any]:
    import yaml

    path = resources.rules() / "factors" / f"{name.replace('_', '-')}.yaml"
    if not name.isidentifier() or not path.is_file():
        return {}
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
