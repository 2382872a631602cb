"""What each unit took in and gave out in a year: carriers and products, with the tonnes and the energy of their lines.

A unit is an enterprise and one of its sources ('' where a row names none). Quantities are those of the rows, base units.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks.world import FILED, World
from verify.engine import AMOUNT, Table

ACTIVITY, PRODUCTION = "activity", "production"
BOUGHT = ("purchased", "tolled_in", "bought")
SENT = ("sold", "tolled_out")
MADE = ("made", "transformation_out", "recovered")
USED = ("final_use", "transformation_in", "charged", "flared", "feedstock", "consumed")
_TEXTS = (
    "year", "enterprise_id", "source_id", "table", "thing", "flow", "activity_type", "supply", "counterparty", "where", "kind", "unit",
)  # fmt: skip
_NOTHING = Fraction(0)
Unit = tuple[str, str]


@dataclass(frozen=True, slots=True)
class UnitFlow:
    """Rows of one year that agree in every word. `kind`: of the evidence; `tco2` as counted, `default` at the class default;
    `tce` of the side of the energy identity that the flow is on, signed as there."""

    year: str
    enterprise_id: str
    source_id: str
    table: str
    thing: str
    flow: str
    activity_type: str
    supply: str
    counterparty: str
    where: str
    kind: str
    unit: str
    proven: bool
    quantity: Fraction
    tco2: Fraction
    default: Fraction
    tce: Fraction

    @property
    def of(self) -> Unit:
        """Enterprise and source."""
        return self.enterprise_id, self.source_id


def unit_flows(world: World, year: str) -> list[UnitFlow]:
    """Every flow of a year inside the filed boundary, fetched once for all years."""
    if "unit_flows" not in world.cache:
        held: dict[str, list[UnitFlow]] = {}
        for one in _fetched(world):
            held.setdefault(one.year, []).append(one)
        world.cache["unit_flows"] = held
    found: list[UnitFlow] = world.cache["unit_flows"].get(year, [])
    return found


def by_member(flows: Iterable[UnitFlow]) -> dict[str, list[UnitFlow]]:
    """The flows of each member, in their order."""
    return _by("enterprise_id", flows)


def by_thing(flows: Iterable[UnitFlow]) -> dict[str, list[UnitFlow]]:
    """The flows of each carrier and product, in their order."""
    return _by("thing", flows)


def _by(column: str, flows: Iterable[UnitFlow]) -> dict[str, list[UnitFlow]]:
    found: dict[str, list[UnitFlow]] = {}
    for one in flows:
        found.setdefault(getattr(one, column), []).append(one)
    return found


def summed(flows: Iterable[UnitFlow], column: str = "quantity") -> Fraction:
    """The sum of one number over flows."""
    return sum((getattr(one, column) for one in flows), _NOTHING)


class Rises:
    """How much more each member bought in the later year, of `unshown` alone, and what a unit of that counts there."""

    def __init__(
        self, then: Iterable[UnitFlow], now: Iterable[UnitFlow], unshown: Callable[[UnitFlow], bool] = lambda _: True
    ) -> None:
        before, after = list(then), list(now)
        self._of: dict[str, tuple[Fraction, Fraction]] = {}
        earlier, later = by_member(before), by_member(after)
        for member in later:
            mine = [earlier.get(member, []), later[member]]
            open_ = [[one for one in some if unshown(one)] for some in mine]
            rise = min(summed(mine[1]) - summed(mine[0]), summed(open_[1]) - summed(open_[0]))
            if rise > 0:
                self._of[member] = rise, summed(open_[1], "tco2") / summed(open_[1])
        whole = max(summed(after) - summed(before), _NOTHING)  # what one bought less another may have bought more
        self.total = min(sum((rise for rise, _ in self._of.values()), _NOTHING), whole)

    def tonnes(self, amount: Fraction, makers: Collection[str]) -> Fraction:
        """What `amount` of the rise counts: that of the makers themselves first, then that of all others alike."""
        found = _NOTHING
        for some in (
            [one for member, one in self._of.items() if member in makers],
            [one for member, one in self._of.items() if member not in makers],
        ):
            rise = sum((one for one, _ in some), _NOTHING)
            part = min(amount, rise)
            if part > 0:
                found += part * sum((one * factor for one, factor in some), _NOTHING) / rise
                amount -= part
        return found


def _fetched(world: World) -> list[UnitFlow]:
    import ibis

    found: list[UnitFlow] = []
    lines = world.lines()
    carbon = lines.filter(lines.measure == "carbon").select("row_id", "tco2", "default_tco2", "proved")
    energy = lines.filter(lines.measure == "energy").group_by("row_id").aggregate(tce=lines.tce.sum().cast(AMOUNT))
    members = {row["enterprise_id"] for row in world.spells()}
    for name, thing in ((ACTIVITY, "carrier"), (PRODUCTION, "product")):
        if name not in world.ledger.facts:
            continue
        rows: Table = world.ledger.facts[name].filter(lambda t: t.boundary == FILED)
        blank = ibis.literal("")
        own = {
            column: rows[column] if column in rows.columns else blank for column in ("activity_type", "supply", "where")
        }
        rows = rows.select(
            "row_id", "year", "enterprise_id", "source_id", "flow", "counterparty", "unit", "quantity",
            table=ibis.literal(name), thing=rows[thing], kind=rows.evidence_kind, **own,
        )  # fmt: skip
        rows = rows.left_join(carbon, "row_id", rname="{name}_c").left_join(energy, "row_id", rname="{name}_e")
        rows = rows.mutate(proven=rows.proved.fill_null(False))
        keys = [*_TEXTS, "proven"]
        sums = rows.group_by(keys).aggregate(
            quantity=rows.quantity.sum().cast("decimal(38, 6)"),
            tco2=rows.tco2.sum().cast(AMOUNT),
            default=rows.default_tco2.sum().cast(AMOUNT),
            tce=rows.tce.sum().cast(AMOUNT),
        )
        for row in world.engine.each(sums.order_by(keys)):
            texts: dict[str, Any] = {key: row[key] for key in _TEXTS}
            if not texts["where"] and texts["counterparty"]:
                texts["where"] = "inside" if texts["counterparty"] in members else "outside"
            numbers: dict[str, Any] = {
                key: Fraction(row[key]) if row[key] else _NOTHING for key in ("quantity", "tco2", "default", "tce")
            }
            found.append(UnitFlow(**texts, proven=bool(row["proven"]), **numbers))
    return found
