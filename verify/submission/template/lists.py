"""The lists behind the drop-downs: which words and units a column offers, and where the workbook keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from verify import resources
from verify.submission.contract import Carrier, Column, Contract, Product, Word, Words, vocabulary
from verify.submission.template.tongues import Tongue, languages, offered, told
from verify.units import Unit, Units

ANY: tuple[str, ...] = ("any",)
_BY_KIND = {"carrier": "carriers", "product": "products"}
_CHINESE = (re.compile(r"[\u4e00-\u9fff]+"), re.compile(r"[\u4e00-\u9fff].*"))  # 万吨 rather than 万t
# statistics forms write 万立方米 for gas at standard state; water has no units of its own
_SPOKEN_AS = {"gas_volume": ("volume",), "water": ("volume", "mass")}


@dataclass(frozen=True, slots=True)
class List:
    """One list: the defined name that a drop-down refers to, its headings, and its rows (the word first, notes behind)."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def word_lists(tables: Iterable[Contract], tongue: Tongue) -> list[List]:
    """A list for every vocabulary that a column of `tables` offers, in the order of the columns."""
    found: dict[str, List] = {}
    for contract in tables:
        for column in contract.columns.values():
            name = vocabulary_of(column)
            if name is not None and name not in found:
                rows = tuple(_row(word, tongue) for word in vocabulary(name).values())
                heads = [column.title.en if language == "en" else column.title.zh for language in languages(tongue)]
                if len(rows[0]) > len(heads):
                    heads.append(told("words_units", tongue))
                found[name] = List(f"words_{name}", tuple(heads), rows)
    return list(found.values())


def unit_lists(tables: Iterable[Contract], tongue: Tongue) -> list[List]:
    """A list of units for every set of dimensions that a unit column of `tables` may be asked for."""
    wanted: dict[tuple[str, ...], None] = {}
    for contract in tables:
        for name, column in contract.columns.items():
            if column.type == "unit":
                wanted.update(dict.fromkeys(_dimensions_of(contract, name)))
    wanted.pop(ANY, None)  # the longest list stands last
    return [List(units_name(one), _unit_heads(one, tongue), _units(one, tongue)) for one in (*wanted, ANY)]


def vocabulary_of(column: Column) -> str | None:
    """The vocabulary that the column offers, or None."""
    return "boolean" if column.type == "boolean" else column.vocabulary


def units_name(dimensions: Sequence[str]) -> str:
    """The defined name of the units of these dimensions."""
    return "units_" + "_".join(dimensions)


def fixed_dimensions(contract: Contract, unit_column: str) -> tuple[str, ...] | None:
    """The dimensions of a unit column that do not depend on another cell of the row; None where they do."""
    for column in contract.columns.values():
        if column.unit_column == unit_column:
            if column.dimension_of is not None:
                return None
            return tuple(column.dimensions) or (column.dimension or "any",)
    return ANY


def governing(contract: Contract, unit_column: str) -> str | None:
    """The column (a carrier or a product) whose cell decides the dimension of `unit_column`."""
    columns = contract.columns.values()
    return next((one.dimension_of for one in columns if one.unit_column == unit_column and one.dimension_of), None)


def dimensions_of_word(word: Word) -> tuple[str, ...]:
    """The dimensions in which a quantity of this carrier or product is filed."""
    if isinstance(word, Carrier):
        return (word.dimension, "mass") if word.mass_too else (word.dimension,)
    return (word.dimension,) if isinstance(word, Product) and word.dimension else ANY


def _dimensions_of(contract: Contract, unit_column: str) -> list[tuple[str, ...]]:
    fixed = fixed_dimensions(contract, unit_column)
    if fixed is not None:
        return [fixed]
    kind = governing(contract, unit_column)
    words = vocabulary(_BY_KIND.get(kind or "", "carriers")).values()
    return [dimensions_of_word(word) for word in words]


def _row(word: Word, tongue: Tongue) -> tuple[str, ...]:
    """The offered word, its English where both are wanted, and for what has a dimension the list of its units."""
    units = (units_name(dimensions_of_word(word)),) if isinstance(word, Carrier | Product) else ()
    return (offered(word, tongue), *((word.en,) if tongue == "both" else ()), *units)


def _unit_heads(dimensions: Sequence[str], tongue: Tongue) -> tuple[str, ...]:
    """The dimensions by name, in the columns of `_unit_row`."""
    titles = dimension_titles()
    zh = "、".join(titles[one].zh for one in dimensions)
    en = ", ".join(titles[one].en for one in dimensions)
    return {"zh": (zh,), "en": (en,), "both": (zh, en)}[tongue]


@cache
def dimension_titles() -> Mapping[str, Words]:
    """The dimensions of the table of units by name, and ``any``."""
    import yaml

    path = resources.rules() / "units.yaml"
    written: dict[str, Any] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    found = {name: Words.model_validate(body["title"]) for name, body in written["dimensions"].items()}
    return {**found, "any": Words(zh=told("units_any", "zh"), en=told("units_any", "en"))}


def _units(dimensions: Sequence[str], tongue: Tongue) -> tuple[tuple[str, ...], ...]:
    units = Units.standard()
    wanted = units.dimensions if tuple(dimensions) == ANY else dimensions
    found: dict[str, Unit] = {}
    for dimension in wanted:
        accepted = units.accepted(dimension)
        spoken = (dimension, *_SPOKEN_AS.get(dimension, ()))
        found.update({unit.id: unit for unit in accepted if unit.dimension in spoken})
    return tuple(_unit_row(unit, tongue) for unit in found.values())


def _unit_row(unit: Unit, tongue: Tongue) -> tuple[str, ...]:
    if tongue == "en":
        return (unit.id,)
    chinese = next((name for shape in _CHINESE for name in unit.names if shape.fullmatch(name)), unit.id)
    return (chinese, unit.id) if tongue == "both" else (chinese,)
