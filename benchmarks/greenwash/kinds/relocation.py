"""GW-10 to GW-14: make or buy, here or there."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, Plant, per_unit, units_of
from benchmarks.greenwash.kinds.base import kind
from benchmarks.greenwash.kinds.scope import GAS, gas
from fixtures.simulator.annex import annex
from fixtures.simulator.evidence_kinds import HEAT_BILL, POWER_BILL

_GOODS = Decimal(300)
_STEAM_OWN = Fraction("0.144")  # tCO2 per GJ of an old boiler, above the 0.11 at which bought steam counts
_POWER_OWN = Fraction("1.05")  # tCO2 per MWh of an old coal unit, above the 0.8325 of the grid
_ACTIVITY = {"heat": "供热", "electricity": "火力发电"}


def _blanks(draft: Draft, tonnes: Fraction, *, bought: bool, used: bool) -> None:
    """A foundry makes blanks for its neighbour; in the claim year they are bought outside (`bought`), or not `used` at all."""
    maker, user = draft.plant("gw10"), draft.plant("gw10用户", industry="3525", kind="motor", process="机加工")
    for year in draft.years:
        last = year == draft.year
        makes = not last or (used and not bought)
        draft.burn(
            maker,
            year,
            GAS,
            gas(tonnes) + gas(tonnes) / 10 if makes else (gas(tonnes) / 10).quantize(Decimal("0.0001")),
        )
        if makes:
            draft.made(maker, year, "gw10毛坯", _GOODS, ("made", ""), ("sold", user.code))
            draft.made(user, year, "gw10毛坯", _GOODS, ("bought", maker.code), ("consumed", ""))
        elif used:
            draft.made(user, year, "gw10毛坯", _GOODS, ("bought", "outside"), ("consumed", ""))
        draft.made(user, year, "gw10整机" if used or not last else "gw10新机", _GOODS)


@kind("GW-10", "process step outsourced, blanks bought", lambda d, h: _blanks(d, h, bought=False, used=False))
def outsourced(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The blanks are bought outside; a tenth of the gas of their maker is left."""
    _blanks(draft, tonnes, bought=tricked, used=True)


def _own(draft: Draft, at: Plant, year: str, carrier: str, amount: Decimal, fuel: str, quantity: Decimal) -> None:
    """Heat or power made from fuel and used by its maker."""
    draft.burn(at, year, fuel, quantity, flow="transformation_in", activity=_ACTIVITY[carrier])
    supply = {"supply": "self_fossil" if carrier == "electricity" else "fossil_heat"}
    draft.row(
        at, year, carrier, "transformation_out", amount, activity_type=_ACTIVITY[carrier], basis="meter", **supply
    )
    draft.row(at, year, carrier, "final_use", amount, activity_type="终端消费", basis="meter")
    if carrier == "electricity":
        draft.figures[year]["sums"]["electricity_used_mwh"] += Fraction(amount)


def _boiler(draft: Draft, tonnes: Fraction, bought: tuple[str, ...]) -> None:
    at = draft.plant("gw11", kind="boiler", process="锅炉")
    steam = units_of(tonnes, _STEAM_OWN - annex().heat_tco2, 2)
    for year in draft.years:
        if year in bought:
            draft.heat(at, year, steam, "fossil_heat", HEAT_BILL)
        else:
            _own(draft, at, year, "heat", steam, GAS, gas(Fraction(steam) * _STEAM_OWN))
        draft.made(at, year, "铸件毛坯", _GOODS)


@kind("GW-11", "steam plant spun off, its steam bought", lambda d, h: _boiler(d, h, d.years))
def spun_off(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The member buys as much steam as it made, at 0.11 instead of 0.144 tCO2/GJ."""
    _boiler(draft, tonnes, (draft.year,) if tricked else ())


def _generator(draft: Draft, tonnes: Fraction, *, bought: bool, retired: bool = False) -> None:
    at = draft.plant("gw12", kind="power_unit", process="自备机组")
    power = units_of(tonnes, _POWER_OWN - annex().electricity_tco2)
    coal = units_of(Fraction(power) * _POWER_OWN, per_unit("bituminous_coal"))
    if retired:
        proof = draft.paper("register_extract", draft.year, "机组退役")
        draft.park.tables["sources"][-1] |= {"retired": draft.before, "evidence_id": proof}
    for year in draft.years:
        if (bought or retired) and year == draft.year:
            draft.power(at, year, power, "grid", POWER_BILL)
        else:
            _own(draft, at, year, "electricity", power, "bituminous_coal", coal)
        draft.made(at, year, "铸件毛坯", _GOODS)


@kind("GW-12", "captive power behind the boundary meter", lambda d, h: _generator(d, h, bought=False, retired=True))
def behind_the_meter(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The member buys the power that it made, at 0.8325 instead of 1.05 tCO2/MWh."""
    _generator(draft, tonnes, bought=tricked)


def _hydrogen(draft: Draft, tonnes: Fraction, *, own: tuple[str, ...], bought: tuple[str, ...]) -> None:
    at = draft.plant("gw13", industry="2614", kind="converter", process="制氢装置")
    volume = units_of(tonnes, annex().carbon(GAS, None, None) * annex().co2_per_carbon, 4)
    for year in draft.years:
        if year in own:
            draft.row(at, year, GAS, "purchased", volume)
            draft.row(at, year, GAS, "transformation_in", volume, activity_type="制气")
            draft.account(year, GAS, volume)
            draft.post(
                year, "transformation", Fraction(volume) * annex().carbon(GAS, None, None) * annex().co2_per_carbon
            )
            draft.energy(year, Fraction(volume) * annex().tce(GAS, None))
            draft.made(at, year, "hydrogen", volume * 2, ("made", ""), ("consumed", ""))
        elif year in bought:
            draft.made(at, year, "hydrogen", volume * 2, ("bought", "outside"), ("consumed", ""))
        if year in own + bought:
            draft.made(at, year, "gw13树脂", volume * 10)


@kind("GW-13", "hydrogen bought over the fence", lambda d, h: _hydrogen(d, h, own=(), bought=(d.year,)))
def hydrogen_over_the_fence(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The reformer stands still and as much hydrogen is bought."""
    _hydrogen(draft, tonnes, own=draft.years[:-1] if tricked else draft.years, bought=(draft.year,) if tricked else ())


def _group(draft: Draft, tonnes: Fraction, *, falls: bool, grows: bool) -> None:
    at = draft.plant("gw14", group_id="GW14集团")
    for year in draft.years:
        part = Decimal(2) / 3 if falls and year == draft.year else Decimal(1)
        draft.burn(at, year, GAS, (gas(tonnes) * 3 * part).quantize(Decimal("0.0001")))
        draft.made(at, year, "gw14铸件", (_GOODS * part).quantize(Decimal("0.001")))
        outside = "600" if grows and year == draft.year else "500"
        draft.add("affiliates", {"period": year, "group_id": "GW14集团", "affiliate_id": "AFF-14", "name": "江北厂", "product": "gw14铸件",
                                 "quantity": outside, "unit": "t"})  # fmt: skip


@kind("GW-14", "park down, affiliates up", lambda d, h: _group(d, h, falls=False, grows=True))
def affiliates_up(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """A third less made inside, 100 t more outside."""
    _group(draft, tonnes, falls=tricked, grows=tricked)
