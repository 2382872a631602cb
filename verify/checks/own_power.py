"""Plants behind the meter and on a direct line: what the park used of each, what each fed elsewhere (TZ-CER-14, 15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks import plants
from verify.checks.green_proof import zeros
from verify.checks.world import World, total

DIRECT_LINE, BEHIND_THE_METER = "direct_line", "behind_the_meter"


@dataclass(frozen=True)
class Own:
    """One plant in one year, MWh: used in the park at zero, fed elsewhere (None: not known); tCO2 per MWh at default."""

    id: str
    name: str
    used: Fraction
    elsewhere: Fraction | None
    default: Fraction


def own_plants(world: World, year: str, params: Mapping[str, Any]) -> Iterator[Own]:
    """Plants of `params.connections`; `params.own`: supplies of own power, `params.proof`: the check that names the kinds."""
    known = {row["generator_id"]: row for row in world.rows("generators")}
    if DIRECT_LINE in params["connections"]:
        yield from _on_a_line(world, year, params, known)
    if BEHIND_THE_METER in params["connections"]:
        yield from _behind(world, year, params["own"])


def _on_a_line(
    world: World, year: str, params: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]
) -> Iterator[Own]:
    shared = world.ruler.text.checks[params["proof"]].params
    supplies = shared["kinds"]["direct"]
    cells = [cell for cell in zeros(world, year, shared) if cell["supply"] in supplies]
    claimed = Fraction(total(cells, "quantity"))
    default = Fraction(total(cells, "strict_tco2")) / claimed if claimed else Fraction(0)
    for one in plants.direct(world, year, supplies, [DIRECT_LINE], claimed):
        row = known[one.generator_id]
        output = row["total_mwh"] if year == world.year else None
        elsewhere = None if output is None else max(Fraction(output) - one.quantity, Fraction(0))
        yield Own(one.generator_id, row["name"] or one.generator_id, one.quantity, elsewhere, default)


def _behind(world: World, year: str, supplies: Iterable[str]) -> Iterator[Own]:
    """What was sent out of own green power is shared among the plants by their generation."""
    rows = [row for row in world.rows("generators") if row["connection"] == BEHIND_THE_METER]
    made = {row["generator_id"]: generated(world, year, row, supplies, alone=len(rows) == 1) for row in rows}
    cells = world.cells(year, measure="carbon", carrier="electricity", supply=supplies)
    here = [cell for cell in cells if cell["flow"] == "primary_production"]
    away = [cell for cell in cells if cell["flow"] in ("sold", "tolled_out")]
    whole, sent = Fraction(total(here, "quantity")), abs(Fraction(total(away, "quantity")))
    default = Fraction(total(here, "strict_tco2")) / whole if whole else Fraction(0)
    for row in rows:
        output = made[row["generator_id"]]
        if output and whole:
            elsewhere = min(sent * output / whole, output)
            yield Own(row["generator_id"], row["name"] or row["generator_id"], output - elsewhere, elsewhere, default)


def generated(
    world: World, year: str, plant: Mapping[str, Any], supplies: Iterable[str], *, alone: bool
) -> Fraction | None:
    """MWh that the rows of the plant's meter generated; of all own power where it is `alone`; None where nothing says."""
    rows = world.table("activity").filter(
        lambda t: (
            (t.year == year)
            & (t.carrier == "electricity")
            & (t.flow == "primary_production")
            & t.supply.isin(list(supplies))
        )
    )
    if plant["receiving_meter_id"]:
        metered = rows.filter(rows.meter_id == plant["receiving_meter_id"])
        (one,) = world.engine.rows(metered.aggregate(mwh=metered.quantity.sum().cast("decimal(38, 6)")))
        if one["mwh"] is not None:
            return Fraction(one["mwh"])
    if not alone:
        return None
    (one,) = world.engine.rows(rows.aggregate(mwh=rows.quantity.sum().cast("decimal(38, 6)")))
    return None if one["mwh"] is None else Fraction(one["mwh"])
