"""What a verifier may draw from: the rows behind the total of a year, each with the tonnes that could be wrong in it.

A row counts with the larger of its tonnes as claimed and at the default factor of its class: a zero that was claimed
would otherwise never be drawn (verification-procedure 4; DESIGN 8 Z).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.engine import AMOUNT
from verify.road.run import Journey


@dataclass(frozen=True)
class Unit:
    """One row: `tonnes` as the ruler counts them (signed, tCO2), `at_risk` its size in the draw (tCO2, not negative),
    `place` where it stands (file, sheet, line)."""

    row_id: str
    table: str
    enterprise_id: str
    source_id: str
    period: str
    item: str
    quantity: Decimal
    unit: str
    tonnes: Decimal
    at_risk: Decimal
    evidence_id: str
    place: dict[str, Any]


@dataclass(frozen=True)
class Population:
    """The rows of a reporting year, in the order of their ids; the total of the year, and what of it no row holds."""

    park: str
    year: str
    ruler: str
    ruler_sha256: str
    facts_sha256: str
    materiality: Fraction
    total: Fraction
    units: tuple[Unit, ...]
    papers: tuple[str, ...]

    @property
    def at_risk(self) -> Decimal:
        """The size of the whole, tCO2."""
        return sum((one.at_risk for one in self.units), Decimal(0))

    @property
    def unlisted(self) -> Fraction:
        """Tonnes of the total that stand on no row (corrections of the ruler): they cannot be drawn."""
        return self.total - sum((Fraction(one.tonnes) for one in self.units), Fraction(0))


def population(journey: Journey) -> Population:
    """The rows of the reporting year of an open journey."""
    world = journey.world
    total = world.item("total.tco2")
    return Population(
        park=world.submission.park.id,
        year=world.year,
        ruler=world.ruler.id,
        ruler_sha256=world.ruler.sha256,
        facts_sha256=journey.report().digest,
        materiality=world.number(world.ruler.text.opinion.materiality),
        total=total if isinstance(total, Fraction) else Fraction(0),
        units=tuple(_units(journey)),
        papers=tuple(sorted({row["evidence_id"] for row in world.rows("evidence")})),
    )


def _units(journey: Journey) -> Iterable[Unit]:
    import ibis

    world = journey.world
    lines = world.lines()
    held = lines.filter((lines.measure == "carbon") & (lines.year == world.year))
    larger = ibis.greatest(held.tco2.abs(), held.default_tco2.abs())
    rows = world.engine.rows(
        held.mutate(at_risk=larger)
        .group_by("row_id")
        .aggregate(
            **{
                name: held[name].min()
                for name in ("table", "enterprise_id", "source_id", "period", "item", "unit", "evidence_id")
            },
            quantity=held.quantity.abs().max(),
            tonnes=held.tco2.sum().cast(AMOUNT),
            at_risk=ibis._.at_risk.sum().cast(AMOUNT),
        )
        .order_by("row_id")
    )
    places = world.submission.places.find([row["row_id"] for row in rows])
    for row in rows:
        if row["at_risk"] > 0:
            place = {key: places.get(row["row_id"], {}).get(key, "") for key in ("file", "sheet", "line")}
            yield Unit(**row, place=place)
