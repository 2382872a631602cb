"""Names of what stands in a bridge: terms, switches, processes and their parts; and amounts as running text."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.canonical import decimal_text, exact
from verify.report import numbers
from verify.report.glance import headline_row
from verify.report.reader import NONE, Reader
from verify.report.vocabulary import name_of
from verify.words import catalogue, say

_OWN, _SENT = "own_", "_sent"  # as verify.bridge names carriers that are made inside
_CLASS = "#"  # before an industry code in the place of an enterprise
_BETWEEN = "|"
_TONNES = {"zh": (10_000, 4, 2), "en": (1_000, 3, 1)}  # from where on 万吨 or kt is printed, power, places


def words(reader: Reader, key: str, **gaps: object) -> str:
    """A message of the catalogue of bridges."""
    return say(f"bridge.{key}", reader.language, **gaps)


def named(reader: Reader, kind: str, name: str) -> str:
    """``<kind>.<name>`` of the catalogue; a name that it does not know as it is."""
    entry = catalogue("bridge").get(f"{kind}.{name}")
    return name if entry is None else entry[reader.language]


def switch(reader: Reader, row: Mapping[str, Any]) -> str:
    """A switch of the level bridge: by the title that it brings, else one of ours, an open point, or a rule of the method."""
    name = row["switch"]
    if row.get("title"):
        return reader.title(row["title"])
    for known in (named(reader, "switch", name), reader.name("parameter", name), reader.name("rule", name)):
        if known != name:
            return known
    return str(name)


def member(reader: Reader, enterprise: str) -> str:
    """An enterprise; the industry that stands for it under a classification; a carrier where it is the making of that."""
    if enterprise.startswith(_CLASS):
        return words(reader, "industry", code=enterprise.removeprefix(_CLASS))
    if (name := reader.name("enterprise", enterprise)) != enterprise:
        return name
    carrier = name_of("carrier", enterprise, reader.language)
    return enterprise if carrier is None else words(reader, "making", carrier=carrier)


def place(reader: Reader, enterprise: str, process: str, part: str) -> str:
    """Process and part of a cause in one line, without the enterprise that stands beside it: its source by its id, then words."""
    source, *rest = process.removeprefix(f"{enterprise}{_BETWEEN}").split(_BETWEEN)
    ids = [source] if source not in ("", enterprise) else []
    said = [_part(reader, one) for one in (*rest, part) if one]
    said = list(dict.fromkeys(said if enterprise or ids else [words(reader, "nobody"), *said]))
    if said and not ids:
        said[0] = said[0][:1].upper() + said[0][1:]
    return " · ".join([*ids, *said]) or NONE


def _part(reader: Reader, part: str) -> str:
    if part.startswith(_OWN):
        return words(reader, "own", carrier=reader.name("carrier", part.removeprefix(_OWN)))
    if part.endswith(_SENT):
        return words(reader, "sent", carrier=reader.name("carrier", part.removesuffix(_SENT)))
    known = catalogue("bridge").get(f"part.{part}")
    if known is not None:
        return known[reader.language]
    return name_of("of", part, reader.language) or named(reader, "switch", part)


def tonnes(reader: Reader, value: Fraction, *, sign: bool = False) -> str:
    """Tonnes as running text: 万吨 or kt where there are many, whole tonnes below, parts of one where there are few."""
    least, power, places = _TONNES[reader.language]
    unit = f"big.{reader.mass_unit}"
    if abs(value) < least:
        power, unit = 0, reader.mass_unit
        places = 0 if abs(value) >= 100 or value.denominator == 1 else 2
    shown = numbers.scaled(decimal_text(value, 6), reader.mass_unit, power, places, sign=sign).text
    return f"{shown}\N{NO-BREAK SPACE}{reader.unit(unit)}"


def share(reader: Reader, value: str) -> str:
    """A share with one place; with more where one would print a part as nothing or as everything."""
    number = exact(value) * 100
    places = 1
    while places < 6 and any(number != end and round(number, places) == end for end in (0, 100)):
        places += 1
    shown = numbers.scaled(decimal_text(number, 9), "%", 0, places).text
    return f"{shown}{'' if reader.language == 'zh' else chr(0x202F)}%"


def indicator(reader: Reader, unit: str) -> str:
    """The name of the figure that a bridge in `unit` is of: the total in tonnes, the headline where it has that unit."""
    if unit == reader.mass_unit:
        return words(reader, "tonnes_total")
    row = headline_row(reader)
    return reader.title(row["title"]) if row is not None and row["unit"] == unit else words(reader, "intensity")


def amount(reader: Reader, value: str, unit: str, *, sign: bool = False) -> str:
    """An amount in the unit of a bridge: tonnes scaled, a ratio as the house prints it."""
    return (
        tonnes(reader, exact(value), sign=sign)
        if unit == reader.mass_unit
        else reader.with_unit(value, unit, sign=sign)
    )


def decimal(value: Fraction) -> str:
    """With nine places, as many as a ratio bridge has."""
    return decimal_text(value, 9)
