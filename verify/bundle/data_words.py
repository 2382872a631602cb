"""Words of the metadata files: both languages side by side, since a data package and a crate have one text for each thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.words import LANGUAGES, catalogue, say


def both(key: str, **arguments: Mapping[str, str]) -> str:
    """The message ``data.<key>``, Chinese first; an argument is given in both languages. Equal words stand once."""
    texts: dict[str, str] = {}
    for one in LANGUAGES:
        texts[one] = say(f"data.{key}", one, **{name: of[one] for name, of in arguments.items()})
    return joined(texts)


def joined(texts: Mapping[str, str]) -> str:
    """A text in both languages as one."""
    return texts["zh"] if texts["zh"] == texts["en"] else say("data.both", "zh", **texts)


def column_words(table: str, column: str) -> Mapping[str, str]:
    """What a column of a table means, in both languages."""
    words = catalogue("data")
    return words.get(f"column.{table}.{column}") or words[f"column.{column}"]


def of_park(facts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Arguments that every text about a report may use: the park's name, the year, the ruler's title."""
    names = facts["park"]["names"]
    shown = {one: names.get(one) or names.get("zh") or names.get("en") or facts["park"]["id"] for one in LANGUAGES}
    year = dict.fromkeys(LANGUAGES, facts["year"])
    return {"park": shown, "year": year, "ruler": {one: facts["ruler"]["title"][one] for one in LANGUAGES}}


def mass_unit(facts: Mapping[str, Any]) -> str:
    """The unit of the emission total: tCO2, or tCO2e under a ruler of several gases."""
    return next((str(row["unit"]) for row in facts["items"] if row["item"] == "total.tco2"), "tCO2")
