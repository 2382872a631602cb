"""The words of a finding: templates/findings/<CODE>.yaml, read once, filled by the face.

Keys: title, says, why, mend, proves, does_not_prove ({zh, en} each), arguments (name -> unit, number, share, count or
text), cells (columns in which a marked workbook shows it, best first), alias, cite. A code without words is our own fault: a finding that nobody can read must not pass unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from verify import resources
from verify.errors import OurFault
from verify.report.reader import Reader

_NEEDED = ("title", "says", "why", "mend")
_AT_THE_DOOR = "TZ-SUB-"


def words_of(code: str) -> Mapping[str, Any]:
    """The words of `code`. Raises OurFault where the file or a needed key is missing."""
    return _load(resources.templates() / "findings" / f"{code}.yaml")


@cache
def _load(path: Path) -> Mapping[str, Any]:
    import yaml

    if not path.is_file():
        raise OurFault("report.finding_without_words", code=path.stem)
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    missing = [key for key in _NEEDED if not isinstance(loaded.get(key), dict) or {"zh", "en"} - set(loaded[key])]
    if missing:
        raise OurFault("report.finding_words_incomplete", code=path.stem, missing=", ".join(missing))
    return dict(loaded)


def says(finding: Mapping[str, Any], reader: Reader) -> str:
    """The sentence of one finding in the reader's language. Raises OurFault where the words ask for what is not there."""
    words = words_of(finding["code"])
    units = words.get("arguments") or {}
    given = dict(finding["arguments"])
    if "raw" in units and not given.get("raw"):
        given["raw"] = reader.raw(finding["row_ids"]) or (reader.t("withheld_value") if reader.held("places") else None)
    arguments = {name: _argument(reader, name, value, _unit(name, units, given)) for name, value in given.items()}
    arguments |= {name: reader.argument(name, None) for name in units if name not in arguments}
    for name in {"column", "earlier"} & given.keys():
        arguments[name] = reader.column(given.get("table"), given[name])
    if "reason" in units and finding["code"].startswith(_AT_THE_DOOR):  # a sentence of its own; elsewhere a word
        arguments["reason"] = reader.fault(given) if given.get("reason") else ""
    arguments["subject"] = reader.name("subject", finding["subject"])
    arguments["period"] = finding["period"]
    effect = finding["effect"]  # without a plus: the sentence itself says whether tonnes are hidden
    arguments["effect"] = reader.no_effect() if effect is None else reader.with_unit(effect["value"], effect["unit"])
    try:
        return str(reader.title(words["says"])).format(**arguments).rstrip()
    except (KeyError, IndexError) as error:
        raise OurFault("report.finding_words_incomplete", code=finding["code"], missing=str(error)) from error


def _argument(reader: Reader, name: str, value: str | None, unit: str | None) -> str:
    """One argument in words; one that a public report has taken out says so."""
    if value is None and reader.held("findings.arguments"):
        return reader.t("withheld_value")
    return reader.argument(name, value, unit)


def _unit(name: str, units: Mapping[str, str], given: Mapping[str, str | None]) -> str | None:
    """How an argument is written: a plain number as its unit is (the words print the unit themselves), a factor as it is."""
    unit = units.get(name)
    if unit == "number" and given.get("unit") and not name.endswith("factor"):
        return f"number of {given['unit']}"
    return unit


def title(code: str, reader: Reader) -> str:
    """The title of a code in the reader's language."""
    return reader.title(words_of(code)["title"])


def part(code: str, key: str, reader: Reader) -> str:
    """One more part of the words (why, mend, proves, does_not_prove); '' where the file does not have it."""
    words = words_of(code).get(key)
    return "" if not words else reader.title(words)
