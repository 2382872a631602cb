"""The contract of every table (rules/tables), read once: what a column is called, what it may hold, what it refers to.

Coercion, the checks at the door, pandera, the template and the data dictionary are all derived from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from verify import resources

Kind = Literal[
    "text", "id", "enum", "open_enum", "period", "date", "datetime", "quantity", "decimal", "share", "percent",
    "integer", "boolean", "unit",
]  # fmt: skip
TEXTUAL: frozenset[str] = frozenset(
    {"text", "id", "enum", "open_enum", "period", "unit"}
)  # stored as text, blank is ''
QUANTITY_DIGITS = (18, 6)
FACTOR_DIGITS = (19, 12)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words_ = Annotated[list[str], BeforeValidator(_listed)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Words(_Strict):
    """One text in both languages."""

    zh: str
    en: str


class Word(Words):
    """One word of a vocabulary with what else a park may write for it."""

    aliases: list[str] = []


class Carrier(Word):
    """One energy carrier; `dimension` is that of a row's quantity, `mass_too`: a row by the tonne is
    converted, `phases`: the words that say whether it is steam or water."""

    class_: str = Field(alias="class")
    family: str
    dimension: str
    mass_too: bool = False
    phases: Mapping[str, list[str]] = {}


class Product(Word):
    """One product; `dimension` is fixed where the process factors need it."""

    dimension: str | None = None


class Rule(_Strict):
    """A rule over several columns of one row, or over the rows of one enterprise."""

    rule: Literal["ordered", "no_overlap", "inside_spell"]
    columns: list[str]
    of: list[str] = []


class OneOf(_Strict):
    """At least one of these tables is needed."""

    one_of: list[str]


class Column(_Strict):
    """One column. `dimension*` say what a quantity measures, `*_when` and `only_for` tie it to other columns of the row.

    `keeps_row`: a fault in this column blanks the cell and leaves the row in, because no figure rests on it.
    """

    type: Kind
    title: Words
    doc: Words
    aliases: list[str] = []
    required: bool = False
    vocabulary: str | None = None
    default: str = ""
    references: str | None = None
    check: Literal["credit_code", "industry_code", "sha256"] | None = None
    dimension: str | None = None
    dimension_of: str | None = None
    dimensions: list[str] = []
    unit_column: str | None = None
    fixed_unit: str | None = None
    unit: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    above_minimum: bool = False
    places: int | None = None
    only_year: bool = False
    only_for: Mapping[str, Words_] = {}
    required_when: Mapping[str, Words_] = {}
    required_with: str | None = None
    keeps_row: bool = False

    @property
    def textual(self) -> bool:
        """Stored as text, never null."""
        return self.type in TEXTUAL

    @property
    def digits(self) -> tuple[int, int] | None:
        """Precision and scale of the decimal it is stored as, or None."""
        if self.type == "quantity" or self.places == QUANTITY_DIGITS[1]:
            return QUANTITY_DIGITS
        return FACTOR_DIGITS if self.type in {"decimal", "share", "percent"} else None


class Contract(_Strict):
    """One table: its names, its business key, its columns in order, its rules."""

    table: str
    title: Words
    doc: Words
    aliases: list[str] = []
    required: Literal["always", "optional"] | OneOf = "optional"
    key: list[str]
    columns: Mapping[str, Column]
    rules: list[Rule] = []

    @property
    def has_year(self) -> bool:
        """Whether the canonical table carries a derived `year` beside `period`."""
        return "period" in self.columns

    @property
    def canonical_columns(self) -> list[str]:
        """Columns of the canonical table in order, after `submission_id` and `row_id`."""
        return [*self.columns, "year"] if self.has_year else list(self.columns)


@cache
def contracts() -> Mapping[str, Contract]:
    """Every table by its id, in the order of DESIGN 4."""
    found = {}
    for table in _read("order.yaml")["tables"]:
        found[table] = Contract.model_validate(_read(f"{table}.yaml"))
    return found


@cache
def carriers() -> Mapping[str, Carrier]:
    """Every carrier by its id."""
    return {id_: Carrier.model_validate(body) for id_, body in _read("carriers.yaml")["carriers"].items()}


@cache
def products() -> Mapping[str, Product]:
    """Every listed product by its id."""
    return {id_: Product.model_validate(body) for id_, body in _read("products.yaml")["products"].items()}


@cache
def vocabulary(name: str) -> Mapping[str, Word]:
    """The words of a vocabulary by their id; `carriers` and `products` are vocabularies too."""
    if name == "carriers":
        return carriers()
    if name == "products":
        return products()
    return {str(id_): Word.model_validate(body) for id_, body in _read("vocabulary.yaml")[name].items()}


@cache
def vocabularies() -> tuple[str, ...]:
    """The names of all vocabularies."""
    return (*(name for name in _read("vocabulary.yaml") if name != "ignored_headings"), "carriers", "products")


@cache
def ignored_headings() -> tuple[str, ...]:
    """Headings that hold no fact of the contract and are passed over."""
    return tuple(str(heading) for heading in _read("vocabulary.yaml")["ignored_headings"])


@cache
def industry_sections() -> Mapping[str, tuple[int, int]]:
    """First and last division of each section of the industry classification, by its letter."""
    return {str(letter): (first, last) for letter, (first, last) in _read("industry.yaml")["sections"].items()}


@cache
def _read(name: str) -> dict[str, Any]:
    import yaml

    path: Path = resources.rules() / "tables" / name
    loaded: dict[str, Any] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return loaded
