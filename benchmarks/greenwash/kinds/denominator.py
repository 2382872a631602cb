"""GW-18 to GW-22: the energy by which tonnes are divided. Where only T moves, the tonnes are what E would have to fall for it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, per_unit, units_of
from benchmarks.greenwash.kinds.base import VERDICT, kind
from benchmarks.greenwash.kinds.scope import GAS, gas
from fixtures.simulator.annex import annex
from fixtures.simulator.evidence_kinds import LABORATORY_REPORT

_CLASS = Fraction(1_000_000)  # tce at which the limit of the core indicator changes, annex 2


def _factory(draft: Draft, tce: Fraction) -> None:
    """A new factory with products, its energy burned and counted once."""
    since = {"from": f"{draft.year}-01-01", "reason": "new"}
    plant = draft.plant("gw18", industry="3985", process="新建产线", **since)
    draft.burn(plant, draft.year, GAS, units_of(tce, annex().tce(GAS, None)), basis="meter")
    draft.made(plant, draft.year, "gw18器件", Decimal(4000))


def _halls(draft: Draft, tce: Fraction) -> None:
    """Halls of servers on certificates: T without output."""
    plant = draft.plant(
        "gw18", industry="6450", kind="motor", process="数据中心", **{"from": f"{draft.year}-01-01", "reason": "new"}
    )
    draft.certified(plant, draft.year, round(tce / annex().electricity_tce))


def _diluting(draft: Draft, tonnes: Fraction) -> Fraction:
    """tce that lower E/T as much as `tonnes` off E would."""
    total, energy = draft.figures[draft.year]["total"], draft.figures[draft.year]["tce_fence"]
    return Fraction(energy * tonnes / (total - tonnes))


@kind("GW-18", "dilution by a consumer on certificates", lambda d, h: _factory(d, _diluting(d, h)), park_wide=True)
def diluted(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Halls of servers without output."""
    if tricked:
        _halls(draft, _diluting(draft, tonnes))


def _grown(draft: Draft, tonnes: Fraction) -> None:
    """Existing production grows, and its gas with it."""
    plant = draft.plant("gw19", industry="3985", process="扩产")
    for year in draft.years:
        times = 2 if year == draft.year else 1
        draft.burn(plant, year, GAS, gas(tonnes) * times, basis="meter")
        draft.made(plant, year, "gw19器件", Decimal(2000) * times)


@kind("GW-19", "size class switched by additions", _grown, scaled=False, park_wide=True, alone=True)
def switched_class(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """T rises to 2 % above the class boundary."""
    if tricked:
        _halls(draft, _CLASS * Fraction("1.02") - draft.figures[draft.year]["tce_fence"])


_HIGH = "22.3"
_LOW = "19.5"


def _coal(draft: Draft, tonnes: Fraction, bought: str, burned: str) -> None:
    plant = draft.plant("gw20", process="隧道窑")
    gap = per_unit("bituminous_coal", _HIGH) - per_unit("bituminous_coal", _LOW)
    amount = units_of(tonnes, gap)
    for year in draft.years:
        tested = {"moisture_basis": "as_received", "evidence_id": draft.paper(LABORATORY_REPORT, year, "gw20煤")}
        side = (bought, burned) if year == draft.year else (burned, burned) if bought == burned else (_HIGH, _HIGH)
        draft.row(plant, year, "bituminous_coal", "purchased", amount, ncv=side[0], **tested)
        draft.row(plant, year, "bituminous_coal", "final_use", amount, activity_type="终端消费", ncv=side[1], **tested)
        draft.post(year, "fuel", Fraction(amount) * per_unit("bituminous_coal", side[1]))
        draft.energy(year, Fraction(amount) * annex().tce("bituminous_coal", Decimal(side[0])))
        draft.made(plant, year, "gw20砖", Decimal(3000))


@kind("GW-20", "two heat values, low for CO2 and high for tce", lambda d, h: _coal(d, h, _LOW, _LOW))
def two_heat_values(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Bought at 22.3 GJ/t, burned at 19.5."""
    _coal(draft, tonnes, _HIGH, _LOW if tricked else _HIGH)


@kind("GW-21", "当量值 for green power, 等价值 for the rest", lambda d, h: None, scaled=False, park_wide=True)
def mixed_conventions(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """T filed with the green power (bought and own) at 0.1229 instead of 0.30 tce/MWh."""
    if tricked:
        green = draft.figures[draft.year]["sums"].get("green_mwh", Fraction(0))
        draft.filed.append((draft.year, "energy.tce", -green * (annex().electricity_tce - Fraction("0.1229"))))


@kind(
    "GW-22",
    "等价值 chosen for the result",
    lambda d, h: None,
    by=VERDICT,
    scaled=False,
    park_wide=True,
    alone=True,
    open_only=True,
)
def chosen_for_the_result(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """0.315 instead of 0.30 tce/MWh where the verdict hangs on it: the park files E/T at that value."""
    if tricked:
        draft.park.meta["parameters"]["electricity.tce_coefficient"] = "0.3150"
        for year in draft.years:
            mwh = draft.figures[year]["tce_by_carrier"]["electricity"] / annex().electricity_tce
            draft.energy(year, mwh * Fraction("0.015"))
