"""The shape of a file of rule tests (rules/<id>/tests/*.yaml): small tables of rows, and what a ruler must make of them.

A table is a list of rows; the first holds the names of the columns. Columns after ``->`` say what is expected of the row.
Expected numbers are decimals or written-out arithmetic (``10000 * 0.8325``). Every test names where they come from.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from verify.ruler.model import Cite, Strict, Words

ARROW = "->"
# What may be expected of a row, by column name after the arrow. ``-`` in a rule column: no such line. `by`: the factor.
EXPECTED = (
    *("carbon", "term", "tco2", "default", "proven", "by"),
    *("memo", "memo_term", "memo_tco2", "memo_default"),
    *("energy", "side", "tce"),
    *("gap", "factor", "confidence"),
)  # fmt: skip
NUMBERS = ("tco2", "default", "memo_tco2", "memo_default", "tce", "factor")


def _cell(value: object) -> object:
    """YAML types the words true, false and null; a cell is text."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Cell = Annotated[str, BeforeValidator(_cell)]
Sheet = Annotated[list[list[Cell]], Field(min_length=2)]
Texts = Annotated[list[str], BeforeValidator(_listed)]


class Origin(Strict):
    """Where the expected values come from: a document of the ruler, a file of the domain pack, or arithmetic written out."""

    cite: Cite | None = None
    pack: str = ""
    arithmetic: str = ""


class IndicatorExpected(Strict):
    """An indicator of the year. `chosen` is the verdict under the test's readings, `verdict` the one over all of them."""

    value: str = ""
    size: str = ""
    limit: str = ""
    chosen: str = ""
    verdict: str = ""
    low: str = ""
    high: str = ""
    rests_on: list[str] | None = None
    flips: list[str] | None = None


class FindingExpected(Strict):
    """The outcome of a check; for ``found``: how grave, how many rows, the sum of the effects of its findings."""

    outcome: str
    severity: str = ""
    rows: str = ""
    effect: str = ""
    subject: str = ""
    reason: str = ""


class OpinionExpected(Strict):
    """The opinion on `grounds` (fields of `verify.opinion.Grounds`; those left out: all covered, nothing found)."""

    grounds: dict[str, str] = Field(default_factory=dict)
    value: str
    reasons: Texts = Field(default_factory=list)


class RuleTest(Strict):
    """One test. `tables`: rows by table; `rows_of`: the rows of another test of the file, without what is expected of them;
    `incomplete`: the core terms that lack a row (no opinion without them); `parameters`: readings other than the ruler's defaults (``value:<id>`` too)."""

    title: Words
    origin: Origin
    year: str = "2027"
    province: str = ""
    base_year: str = ""
    parameters: dict[str, str] = Field(default_factory=dict)
    park: dict[str, Any] = Field(default_factory=dict)
    tables: dict[str, Sheet] = Field(default_factory=dict)
    rows_of: str = ""
    figures: dict[str, str] = Field(default_factory=dict)
    proven: dict[str, str] = Field(default_factory=dict)
    strict: dict[str, str] = Field(default_factory=dict)
    indicators: dict[str, IndicatorExpected] = Field(default_factory=dict)
    findings: dict[str, FindingExpected] = Field(default_factory=dict)
    incomplete: list[str] | None = None
    opinion: list[OpinionExpected] = Field(default_factory=list)
    values: list[list[Cell]] = Field(default_factory=list)


class RuleTests(Strict):
    """A file of tests; `defaults`: cells that every row of a table has unless it says otherwise."""

    title: Words
    defaults: dict[str, dict[str, Cell]] = Field(default_factory=dict)
    tests: dict[str, RuleTest] = Field(min_length=1)
