"""What each member puts into a kind of conversion and gets out of it, in tce at calorific value (TZ-BAL-06).

Power and heat of one plant are one conversion, for how their fuel is shared between them is a convention.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.checks.world import FILED, World

_YEAR = 4  # characters of a period that is a whole year
_NOTHING = Fraction(0)
_GAS, _HEAT = "gas", "heat"  # kinds of energy: fuel whose vapour may condense, heat; else the class of the carrier
Row = tuple[str, str, bool, Fraction, str]


@dataclass(frozen=True)
class Conversion:
    """One member, year and kind of conversion. `rows`: (period, type, whether put in, tce, what kind of energy it is)."""

    enterprise_id: str
    year: str
    types: tuple[str, ...]
    lifts_heat: bool  # power goes in: heat pumps give more than they take
    rows: tuple[Row, ...]

    def put_in(self, period: str = "") -> Fraction:
        """Energy put in, of the year or of one period."""
        return self._sum(True, period)

    def given(self, period: str = "") -> Fraction:
        """Energy that came out, of the year or of one period."""
        return self._sum(False, period)

    def latent(self, share: Fraction) -> Fraction:
        """What may come out beyond net heat value: the condensed vapour of gas, `share` of it, and only as heat."""
        gas = sum((amount for *_, put_in, amount, kind in self.rows if put_in and kind == _GAS), _NOTHING)
        heat = sum((amount for *_, put_in, amount, kind in self.rows if not put_in and kind == _HEAT), _NOTHING)
        return min(share * gas, heat)

    @property
    def months(self) -> list[str]:
        """The months, where every row is of a month; else none, because the sides could not be compared."""
        periods = {period for period, *_ in self.rows}
        return sorted(periods) if all(len(period) > _YEAR for period in periods) else []

    def usual(self, whole: Fraction) -> Fraction:
        """What a month has of a side of the year."""
        return whole / max(len(self.months), 1)

    @property
    def main_type(self) -> str:
        """The activity type under which most of the energy stands."""
        sums: dict[str, Fraction] = {}
        for _, word, _, amount, _ in self.rows:
            sums[word] = sums.get(word, _NOTHING) + amount
        return max(sorted(sums), key=lambda word: sums[word])

    def _sum(self, put_in: bool, period: str) -> Fraction:
        amounts = (amount for when, _, side, amount, _ in self.rows if side is put_in and period in {"", when})
        return sum(amounts, _NOTHING)


def conversions(world: World, params: Mapping[str, Any]) -> tuple[list[Conversion], list[str]]:
    """Every conversion that a member books any side of, by member, year and kind; and who has energy of no known heat value."""
    kinds = {word: tuple(words) for words in params["kinds"] for word in words}
    calorific = world.number(params["calorific"])
    found: dict[tuple[str, str, tuple[str, ...]], list[Row]] = {}
    lifting = set()
    for row in _lines(world, [*params["inputs"], *params["outputs"]], sorted(kinds)):
        key = (row["enterprise_id"], row["year"], kinds[row["activity_type"]])
        put_in, power = row["flow"] in params["inputs"], row["item_class"] == "electricity"
        amount = Fraction(row["quantity"]) * calorific if power else Fraction(row["tce"])
        kind = _GAS if row["carrier"] in params["condensing"] else row["item_class"]
        found.setdefault(key, []).append((row["period"], row["activity_type"], put_in, abs(amount), kind))
        if put_in and power:
            lifting.add(key)
    gaps = {
        (gap["enterprise_id"], gap["year"]) for gap in world.ledger.gaps if gap["boundary"] == FILED and not gap["term"]
    }
    known = [
        Conversion(*key, key in lifting, tuple(rows)) for key, rows in sorted(found.items()) if key[:2] not in gaps
    ]
    return known, [f"{enterprise} {year}" for enterprise, year in sorted({key[:2] for key in found} & gaps)]


def _lines(world: World, flows: list[str], types: list[str]) -> list[dict[str, Any]]:
    lines = world.lines()
    lines = lines.filter((lines.measure == "energy") & (lines.side == "use"))
    lines = lines.filter(lines.flow.isin(flows) & lines.activity_type.isin(types))
    keys = ["enterprise_id", "year", "period", "activity_type", "flow", "item_class", "carrier"]
    sums = lines.group_by(keys).aggregate(
        tce=lines.tce.sum().cast("decimal(38, 18)"), quantity=lines.quantity.sum().cast("decimal(38, 6)")
    )
    return world.engine.rows(sums.order_by(keys))
