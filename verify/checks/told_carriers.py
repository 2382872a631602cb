"""How much of a carrier an authority was told that a member, or the park, used, against what its rows hold (TZ-HIS-05; GW-35, 39)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks.closure import IN, RECEIVED, close
from verify.checks.defaults import burn_factor, default_factor
from verify.checks.listing import on_rows
from verify.checks.members import inside, trades
from verify.checks.rows import Found, text, tonnes
from verify.checks.subject import park
from verify.checks.world import World, total

_YEAR, _MONTHS = 4, 12  # characters of a period that is a whole year; months of it
_USES = ("final_use", "transformation_in", "feedstock", "flared", "loss", "charged", "bunker")


@dataclass(frozen=True)
class Amount:
    """One carrier in one year as an authority has it. `held`: what the rows hold, by each meaning that the word "used" has.

    `party` '' is the park as a whole; meanings: bought, bought less sold, used with and without feedstock.
    """

    authority: str
    carrier: str
    party: str
    year: str
    unit: str
    told: Fraction
    held: tuple[Fraction, ...]
    row_ids: tuple[str, ...]

    def finding(self, world: World, tolerance: Fraction) -> list[Found]:
        """Nothing where one meaning agrees within `tolerance`; else what was told beyond the nearest, as the carrier is burned."""
        nearest = min(self.held, key=lambda one: abs(self.told - one))
        gap = self.told - nearest
        if abs(gap) <= tolerance * max(abs(self.told), abs(nearest)):
            return []
        factor = (
            burn_factor(world, self.party, self.carrier, self.year)
            if self.party
            else default_factor(world, self.carrier, self.year)
        )
        arguments = {
            "authority": self.authority,
            "item": self.carrier,
            "told": text(self.told),
            "recomputed": text(nearest),
            "unit": self.unit,
            "deviation": text(gap / nearest) if nearest else "",
        }
        effect = None if factor is None else tonnes(gap * factor)
        one = Found(self.party or park(world), self.year, arguments, effect)
        return on_rows(one, "statements", self.row_ids)


def carriers_told(
    world: World, authorities: Collection[str], reconciled: Collection[tuple[str, str, str]]
) -> list[Amount]:
    """Every whole year of a carrier that one of `authorities` was told, of a member or of the park, and nobody reconciled."""
    spoken = [
        {**row, "party": "" if row["party_code"] == str(world.submission.park.id) else row["party_code"], "flow": "stated"}
        for row in world.rows("statements")
        if row["authority"] in authorities and row["carrier"] and not row["item"] and row["quantity"] is not None
    ]  # fmt: skip
    found = []
    for balance in close(spoken, ("authority", "carrier", "party", "year", "unit"), {"stated": IN}):
        key = balance.key
        months = {row["period"] for row in balance.rows if len(row["period"]) > _YEAR}
        whole = not months or (len(months) == _MONTHS and len(months) == len(balance.rows))
        member = not key["party"] or inside(world, key["party"], key["year"])
        said = (key["authority"], key["carrier"], key["year"]) in reconciled
        if whole and member and not said and world.cells(key["year"]):
            found.append(
                Amount(**key, told=balance.inflow, held=_held(world, key), row_ids=tuple(row["row_id"] for row in balance.rows))
            )  # fmt: skip
    return found


def _held(world: World, key: Mapping[str, str]) -> tuple[Fraction, ...]:
    """What the rows hold of the carrier: bought (across the fence, for the park), bought less sold, used, used less feedstock."""
    rows = [
        row
        for row in trades(world)
        if row["year"] == key["year"]
        and row["carrier"] == key["carrier"]
        and (row["enterprise_id"] == key["party"] if key["party"] else row["where"] != "inside")
    ]
    bought = _sum(row for row in rows if row["flow"] in RECEIVED)
    sold = _sum(row for row in rows if row["flow"] not in RECEIVED)
    whose = {"enterprise_id": key["party"]} if key["party"] else {}
    cells = world.cells(key["year"], measure="energy", carrier=key["carrier"], flow=_USES, **whose)
    used = Fraction(total(cells, "quantity"))
    fed = Fraction(total((cell for cell in cells if cell["flow"] == "feedstock"), "quantity"))
    return bought, bought - sold, used, used - fed


def _sum(rows: Iterable[Mapping[str, Any]]) -> Fraction:
    return sum((Fraction(row["quantity"]) for row in rows), Fraction(0))
