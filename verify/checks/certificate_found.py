"""How a finding about serials is written: which serials, how many, on which rows; and what a check of certificates needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from verify.checks.certificates import Row
from verify.checks.listing import on_rows
from verify.checks.rows import CouldNotRun, Found, NotApplicable
from verify.checks.world import World
from verify.ledger.serials import Series
from verify.ledger.spans import Span, merged, size

_SHOWN = 3  # spans written out in a sentence


@dataclass(frozen=True)
class Serials:
    """The serials of a finding, the year they are about and the rows that name them."""

    series: Series
    spans: Sequence[Span]
    year: str
    table: str
    rows: Sequence[Row]


def certificate_found(world: World, serials: Serials, more: Mapping[str, str], effect: Decimal | None) -> list[Found]:
    """One finding on the rows; its subject is the series, its arguments the serials and `more`."""
    spans = merged(serials.spans)
    prefix = next((row["prefix"] for row in serials.rows if row["prefix"]), "")
    shown = ", ".join(f"{first}–{last}" if first != last else f"{first}" for first, last in spans[:_SHOWN])
    arguments = {
        "serials": prefix + " " + shown + (" …" if len(spans) > _SHOWN else ""),
        "certificates": str(size(spans)),
        **more,
    }
    subject = serials.rows[0]["registry"]
    one = Found(subject, serials.year, arguments, effect, effect_unit="tCO2" if effect is not None else "")
    return on_rows(one, serials.table, (row["row_id"] for row in serials.rows))


def needs_rows(world: World) -> None:
    """Certificates were handed in. Raises `NotApplicable` where no power is claimed by them, else `CouldNotRun`."""
    _needs(world, "certificates")


def needs_events(world: World) -> None:
    """What happened to certificates was handed in; raises as `needs_rows`."""
    _needs(world, "certificate_events")


def _needs(world: World, table: str) -> None:
    if world.handed_in(table):
        return
    if world.handed_in("certificates") or any(_claimed(world, year) for year in world.years):
        raise CouldNotRun("table_not_handed_in", tables=table)
    raise NotApplicable("no_certificates")


def _claimed(world: World, year: str) -> bool:
    return any(cell["supply"] in ("certificate", "green_trade") for cell in world.cells(year, carrier="electricity"))
