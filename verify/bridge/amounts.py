"""The ledger lines of two years as a bridge reads them: summed by unit, carrier and rule, under one assignment and boundary.

A unit is an enterprise and one of its sources ('' where a row names none).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.bridge.exact import fraction
from verify.engine import AMOUNT, Engine, Table
from verify.ledger import Assignment, Ledger
from verify.ledger.basis import consistent, read_reading

Unit = tuple[str, str]  # enterprise, source
KEYS = (
    "year", "enterprise_id", "source_id", "table", "measure", "rule", "term", "side", "carrier", "flow", "activity_type",
    "supply", "where", "measured", "proved",
)  # fmt: skip


@dataclass(frozen=True)
class Error:
    """How exact an amount is: relative standard deviations of its quantity and of its tonnes, from one source of error.

    Amounts with the same source err together (verify.bridge.errors).
    """

    source: str
    quantity: float
    tonnes: float


@dataclass(frozen=True, slots=True)
class Amount:
    """Lines of one year that share everything a bridge looks at. `quantity` signed, base units; tCO2 and tce exact."""

    year: str
    unit: Unit
    table: str
    measure: str
    rule: str
    term: str
    side: str
    carrier: str
    flow: str
    activity_type: str
    supply: str
    where: str
    measured: bool
    proven: bool
    quantity: Fraction
    tco2: Fraction
    default_tco2: Fraction
    tce: Fraction
    errors: tuple[Error, ...] = ()


def amounts(
    engine: Engine,
    ledger: Ledger,
    assignment: Assignment,
    boundary: str,
    years: Sequence[str],
    networks: Collection[str],
    errors: Mapping[tuple[Any, ...], tuple[Error, ...]] | None = None,
) -> list[Amount]:
    """The amounts of these years inside a boundary. `errors` by the values of `KEYS`, where they are known.

    Of the energy that is used a bridge asks who used the carriers of the `networks`, power and heat; with errors also how sure
    all the rest is.
    """
    lines = lines_of(ledger, assignment, boundary).filter(lambda t: t.year.isin(list(years)))
    if errors is None:
        use = (lines.measure == "energy") & (lines.side == "use")
        lines = lines.filter(~use | lines.carrier.isin(list(networks)))
    summed = lines.group_by(list(KEYS)).aggregate(
        quantity=lines.quantity.sum().cast("decimal(38, 6)"),
        **{name: lines[name].sum().cast(AMOUNT) for name in ("tco2", "default_tco2", "tce")},
    )
    held = errors or {}
    return [
        _amount(row, held.get(tuple(row[key] for key in KEYS), ())) for row in engine.each(summed.order_by(list(KEYS)))
    ]


def lines_of(ledger: Ledger, assignment: Assignment, boundary: str) -> Table:
    """The lines inside a boundary under one assignment."""
    readings = sorted(
        {cell["reading"] for cell in ledger.cells if consistent(read_reading(cell["reading"]), assignment)}
    )
    return ledger.lines.filter(lambda t: (t.boundary == boundary) & t.reading.isin(readings or [""]))


def _amount(row: dict[str, Any], errors: tuple[Error, ...]) -> Amount:
    texts: dict[str, Any] = {key: row[key] for key in KEYS[3:13]}
    numbers: dict[str, Any] = {key: fraction(row[key]) for key in ("quantity", "tco2", "default_tco2", "tce")}
    unit = (row["enterprise_id"], row["source_id"])
    flags: dict[str, Any] = {"measured": bool(row["measured"]), "proven": bool(row["proved"])}
    return Amount(row["year"], unit, **texts, **flags, **numbers, errors=errors)
