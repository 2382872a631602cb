"""GW-34: a meter that shows the same every month while the output goes up and down."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, Plant, per_unit, units_of
from benchmarks.greenwash.kinds.base import kind
from fixtures.simulator.annex import annex
from fixtures.simulator.evidence_kinds import METER_LEDGER
from fixtures.simulator.quanta import text

_FUEL = "diesel"
_GROWN = Fraction("1.15")  # output of the claim year over that of the others
_MONTHS = (104, 71, 96, 118, 127, 99, 88, 109, 131, 92, 77, 88)  # output by month, per cent of the mean
_SCATTER = (3, -2, 1, -4, 2, 4, -1, -3, 2, 0, 3, -5)  # of energy per unit of output, per mille
_HOLD = Fraction(4, 5)  # of the energy of a furnace that is only kept hot hardly moves with output


def _shares(turn: int, *, held: bool) -> list[Fraction]:
    """Twelve shares of a year's energy: with the output (a little scatter), or mostly the heat that keeps a furnace hot."""
    months = _MONTHS[turn:] + _MONTHS[:turn]
    scatter = _SCATTER[-turn:] + _SCATTER[:-turn] if turn else _SCATTER
    moving = [Fraction(month * (1000 + by), 1000) for month, by in zip(months, scatter, strict=True)]
    mean = sum(moving, Fraction(0)) / 12
    level = [_HOLD * mean + (1 - _HOLD) * one for one in moving] if held else moving
    whole = sum(level, Fraction(0))
    return [one / whole for one in level]


def _furnace(draft: Draft, tonnes: Fraction, *, flat: bool, held: bool = False) -> None:
    """A furnace by the month. Flat: every month of every year is a twelfth of the base year."""
    plant = draft.plant("gw34", process="退火炉")
    usual = units_of(tonnes / (_GROWN - 1), per_unit(_FUEL))
    for turn, year in enumerate(draft.years):
        last = year == draft.year
        whole = Fraction(usual) * (_GROWN if last and not held else 1)
        shares = [Fraction(1, 12)] * 12 if flat else _shares(turn, held=held)
        paper = draft.paper(METER_LEDGER, year, "gw34燃料表")
        for month, share in enumerate(shares, 1):
            amount = Decimal(round((Fraction(usual) if flat else whole) * share * 1000)).scaleb(-3)
            _burned(draft, plant, f"{year}-{month:02d}", amount, paper)
            made = Decimal(_MONTHS[(month - 1 + turn) % 12]) * (Decimal("1.15") if last and not held else 1)
            row = {"period": f"{year}-{month:02d}", "enterprise_id": plant.code, "product": "gw34带钢", "quantity": text(made), "unit": "t",
                   "evidence_id": draft.paper("production_record", year, "gw34带钢")}  # fmt: skip
            draft.add("production", row | {"source_id": plant.source, "flow": "made", "counterparty": ""},
                      row | {"source_id": "", "flow": "sold", "counterparty": "outside"})  # fmt: skip


def _burned(draft: Draft, plant: Plant, period: str, amount: Decimal, paper: str) -> None:
    draft.row(plant, period, _FUEL, "purchased", amount, basis="meter", evidence_id=paper)
    draft.row(plant, period, _FUEL, "final_use", amount, activity_type="终端消费", basis="meter", evidence_id=paper)
    draft.post(period[:4], "fuel", Fraction(amount) * per_unit(_FUEL))
    draft.energy(period[:4], Fraction(amount) * annex().tce(_FUEL, None))


@kind("GW-34", "meter flat while production varies", lambda d, h: _furnace(d, h, flat=False, held=True))
def flat_meter(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Every month shows the same, in the claim year too, when 15 % more was made."""
    _furnace(draft, tonnes, flat=tricked)
