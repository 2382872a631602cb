"""GW-23 to GW-29: carbon and labels."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, per_unit, units_of
from benchmarks.greenwash.kinds.base import kind
from benchmarks.greenwash.kinds.scope import GAS, gas
from fixtures.simulator.annex import annex
from fixtures.simulator.evidence_kinds import CONTRACT, HEAT_BILL, LABORATORY_REPORT, POWER_BILL, SUPPLIER_STATEMENT
from fixtures.simulator.quanta import text


def _inside_heat(draft: Draft, tonnes: Fraction, *, outside: bool) -> None:
    """A boiler house sells steam to a neighbour; with the trick its own books say that the steam left the park."""
    seller = draft.plant("gw23", industry="4430", kind="boiler", process="供热站", population="energy_supply")
    buyer = draft.plant("gw23用户", industry="1711", kind="process", process="染整")
    steam = units_of(tonnes, annex().heat_tco2, 2)
    burned = units_of(Fraction(steam) / Fraction("0.85"), annex().fuels[GAS].ncv, 4)
    for year in draft.years:
        draft.burn(seller, year, GAS, burned, flow="transformation_in", activity="供热")
        paper = {"evidence_id": draft.paper(CONTRACT, year, "gw23供汽"), "supply": "fossil_heat", "basis": "meter"}
        draft.row(seller, year, "heat", "transformation_out", steam, activity_type="供热", **paper)
        away = outside and year == draft.year
        draft.row(seller, year, "heat", "sold", steam, **paper | {"counterparty": "outside" if away else buyer.code})
        draft.row(buyer, year, "heat", "purchased", steam, **paper | {"counterparty": seller.code})
        draft.row(buyer, year, "heat", "final_use", steam, activity_type="终端消费", basis="meter")
        draft.made(buyer, year, "gw23布", Decimal(900))
        if away:
            draft.post(year, "heat", -Fraction(steam) * annex().heat_tco2)
            draft.energy(year, -Fraction(steam) * annex().heat_tce)


@kind("GW-23", "steam used inside booked as sold outside", lambda d, h: _inside_heat(d, h, outside=False))
def inside_heat(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The seller's row names the outside, the buyer's row names the seller."""
    _inside_heat(draft, tonnes, outside=tricked)


_KEPT = Fraction("0.9999")  # of the carbon is in the product; the rest leaves as gas, for no process keeps all of it


def _fed(draft: Draft, key: str, tonnes: Fraction, years: tuple[str, ...], *, balanced: bool) -> None:
    """Gas booked as feedstock in `years` (and burned in the others); with a product and its carbon where `balanced`."""
    plant = draft.plant(key, industry="2614", kind="process", process="合成装置")
    volume = gas(tonnes)
    for year in draft.years:
        draft.burn(plant, year, GAS, volume)
        if year not in years:
            continue
        paper = draft.paper(LABORATORY_REPORT, year, f"{key}碳平衡") if balanced else draft.paper("gas_bill", year, GAS)
        draft.row(plant, year, GAS, "purchased", volume, evidence_id=draft.paper("gas_bill", year, f"{key}原料"))
        draft.row(plant, year, GAS, "feedstock", volume, evidence_id=paper)
        draft.account(year, GAS, volume)
        draft.energy(year, Fraction(volume) * annex().tce(GAS, None))
        if balanced:
            content = annex().carbon(GAS, None, None)
            about = {
                "period": year,
                "enterprise_id": plant.code,
                "source_id": key,
                "product": f"{key}树脂",
                "evidence_id": paper,
            }
            made = Decimal(round(Fraction(volume) * content * _KEPT / Fraction("0.8") * 1000)).scaleb(-3)
            draft.made(plant, year, f"{key}树脂", made)
            # the content of a gas is tC per 10^3 Nm3 (rules/tables/process_balances.yaml)
            rows = (
                ("carbon_in", GAS, GAS, volume, "10^4Nm3", content / 10),
                ("carbon_out", f"{key}树脂", "", made, "t", Fraction("0.8")),
            )
            for flow, material, carrier, amount, unit, of in rows:
                draft.add("process_balances", about | {"flow": flow, "material": material, "carrier": carrier, "quantity": text(amount), "unit": unit,
                                                       "carbon_content": text(Decimal(round(of * 10**9)).scaleb(-9))})  # fmt: skip
            draft.post(
                year,
                "process",
                (Fraction(volume) * content - Fraction(made) * Fraction("0.8")) * annex().co2_per_carbon,
            )


@kind(
    "GW-24",
    "feedstock since the first year whose gas is burned",
    lambda d, h: _fed(d, "gw24", h, d.years, balanced=True),
)
def fed_and_burned(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Half of the gas is feedstock in every year, and no product holds its carbon."""
    if tricked:
        _fed(draft, "gw24", tonnes, draft.years, balanced=False)
    else:
        plant = draft.plant("gw24", industry="2614", kind="process", process="合成装置")
        for year in draft.years:
            draft.burn(plant, year, GAS, gas(tonnes) * 2)


@kind("GW-25", "fuel re-labelled feedstock", lambda d, h: _fed(d, "gw25", h, (d.year,), balanced=True))
def relabelled(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Half of the gas is feedstock in the claim year, and output stays."""
    plant = draft.plant("gw25", industry="2614", kind="process", process="合成装置")
    for year in draft.years:
        last = tricked and year == draft.year
        draft.burn(plant, year, GAS, gas(tonnes) * (1 if last else 2))
        draft.made(plant, year, "gw25树脂", Decimal(500))
        if last:
            draft.row(plant, year, GAS, "purchased", gas(tonnes), evidence_id=draft.paper("gas_bill", year, "gw25原料"))
            draft.row(plant, year, GAS, "feedstock", gas(tonnes))
            draft.account(year, GAS, gas(tonnes))
            draft.energy(year, Fraction(gas(tonnes)) * annex().tce(GAS, None))


def _labelled(draft: Draft, tonnes: Fraction, label: str, paper: str) -> None:
    plant = draft.plant("gw26", industry="1711", kind="process", process="染整")
    for year in draft.years:
        last = year == draft.year
        steam = units_of(tonnes, annex().heat_tco2, 2)
        draft.heat(plant, year, steam, label if last else "fossil_heat", paper if last else HEAT_BILL)
        draft.made(plant, year, "gw26布", Decimal(900))


@kind(
    "GW-26", "zero by label: heat called non-fossil", lambda d, h: _labelled(d, h, "nonfossil_heat", SUPPLIER_STATEMENT)
)
def zero_by_label(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The label rests on a contract instead of the supplier's fuel."""
    _labelled(draft, tonnes, "nonfossil_heat" if tricked else "fossil_heat", CONTRACT if tricked else HEAT_BILL)


def _at_factor(draft: Draft, tonnes: Fraction, factor: str, filed: bool) -> None:
    plant = draft.plant("gw27", industry="3985", kind="motor", process="产线用电")
    gap = annex().electricity_tco2 - Fraction("0.5306")
    for year in draft.years:
        last = filed and year == draft.year
        power = units_of(tonnes, gap)
        draft.power(plant, year, power, "grid", POWER_BILL, factor=factor if last else "")
        draft.made(plant, year, "gw27器件", Decimal(900))
        if last:
            draft.post(year, "el", Fraction(power) * (Fraction(factor) - annex().electricity_tco2))


@kind("GW-27", "factor swap: the national average", lambda d, h: _at_factor(d, h, "0.8325", True))
def factor_swap(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """0.5306 instead of 0.8325 tCO2/MWh."""
    _at_factor(draft, tonnes, "0.5306", tricked)


def _in_units(draft: Draft, tonnes: Fraction, *, slip: bool, unusual: bool) -> None:
    """Diesel by the kilogram; with the slip a thousandth of it, in the purchase as in the use."""
    plant = draft.plant("gw28", kind="vehicle", process="矿用车辆")
    amount = units_of(tonnes, per_unit("diesel"))
    for year in draft.years:
        if unusual and year == draft.year:
            for row in _rows_of(draft, plant, year, amount):
                row["quantity"], row["unit"] = text(amount * 1000), "kg"
        elif slip and year == draft.year:
            draft.burn(plant, year, "diesel", (amount / 1000).quantize(Decimal("0.000001")))
        else:
            draft.burn(plant, year, "diesel", amount)
        draft.made(plant, year, "gw28石料", Decimal(90000))


def _rows_of(draft: Draft, plant: object, year: str, amount: Decimal) -> list[dict[str, str]]:
    count = len(draft.park.tables["activity"])
    draft.burn(plant, year, "diesel", amount)  # type: ignore[arg-type]
    return draft.park.tables["activity"][count:]


@kind("GW-28", "unit slip by a thousand", lambda d, h: _in_units(d, h, slip=False, unusual=True))
def unit_slip(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """A thousandth in the purchase as in the use."""
    _in_units(draft, tonnes, slip=tricked, unusual=False)


def _offset(draft: Draft, tonnes: Fraction, *, deducted: bool) -> None:
    item = {"year": draft.year, "item": "碳汇抵消", "value": text(Decimal(round(tonnes)) * (-1 if deducted else 1)), "unit": "tCO2",
            "boundary": "园区四至范围", "method": "CCER"}  # fmt: skip
    draft.said.append(("reported", item))
    if deducted:
        draft.filed.append((draft.year, "total.tco2", -Fraction(round(tonnes))))


def _listed_apart(draft: Draft, tonnes: Fraction) -> None:
    _offset(draft, tonnes, deducted=False)


@kind("GW-29", "offset deducted from the total", _listed_apart, park_wide=True)
def deducted(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The total is filed less the offsets."""
    if tricked:
        _offset(draft, tonnes, deducted=True)
