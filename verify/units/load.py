"""rules/units.yaml, read into plain parts; `verify.units.table` makes a table of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from verify.errors import WrongUsage
from verify.units.unit import Unit


class Written(NamedTuple):
    """What the file holds: base unit by dimension, units with their scaled forms, factors between base units."""

    bases: dict[str, str]
    units: Iterator[Unit]
    conversions: dict[tuple[str, str], Fraction]


def load(path: Path) -> Written:
    """The YAML file `path`. Raises WrongUsage for a factor that is no positive number."""
    import yaml

    written = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Written(
        {dimension: entry["base"] for dimension, entry in written["dimensions"].items()},
        _units(written["units"], written["scales"]),
        {
            (entry["from"], entry["to"]): _factor(f"{entry['from']} -> {entry['to']}", entry["factor"])
            for entry in written["conversions"]
        },
    )


def _units(units: Mapping[str, Any], scales: Mapping[str, Any]) -> Iterator[Unit]:
    for id_, entry in units.items():
        plain = _unit(id_, entry)
        yield plain
        for scale in entry.get("scales", ()):
            yield _scaled(plain, scale, scales[scale], units)


def _unit(id_: str, entry: Mapping[str, Any]) -> Unit:
    cite = entry["cite"]
    return Unit(
        id=id_,
        dimension=entry["dimension"],
        to_base=_factor(id_, entry["to_base"]),
        names=(id_, *entry["names"]),
        exact_case=entry.get("case") == "exact",
        document=cite["document"],
        clause=cite["clause"],
    )


def _scaled(plain: Unit, scale: str, entry: Mapping[str, Any], units: Mapping[str, Any]) -> Unit:
    """`plain` times a power of ten: 万 and 10^4 before every name; a name that a unit already has is left to it."""
    taken = {name for id_, other in units.items() for name in (id_, *other["names"])}
    names = (before + name for before in entry["names"] for name in plain.names)
    return Unit(
        id=scale + plain.id,
        dimension=plain.dimension,
        to_base=_factor(scale, entry["factor"]) * plain.to_base,
        names=tuple(name for name in names if name not in taken),
        exact_case=plain.exact_case,
        document=plain.document,
        clause=plain.clause,
    )


def _factor(unit: str, text: object) -> Fraction:
    try:
        factor = Fraction(text) if isinstance(text, str) else Fraction(0)
    except (ValueError, ZeroDivisionError):
        factor = Fraction(0)
    if factor <= 0:
        raise WrongUsage("units.bad_number", unit=unit, text=text)
    return factor
