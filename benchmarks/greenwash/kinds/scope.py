"""GW-01 to GW-06: who and what is counted."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from benchmarks.greenwash.draft import Draft, Plant, per_unit, units_of
from benchmarks.greenwash.kinds.base import kind
from fixtures.simulator.evidence_kinds import BOUNDARY_APPROVAL, OTHER, REGISTER_EXTRACT

GAS = "natural_gas"


def gas(tonnes: Fraction) -> Decimal:
    """10^4 Nm3 of natural gas that burn to `tonnes`."""
    return units_of(tonnes, per_unit(GAS), 4)


def closed(draft: Draft, key: str, volume: Decimal, **spell: str) -> Plant:
    """An honest closure: the account ended, the equipment retired, the register says so, nothing burned any more."""
    proof = draft.paper(REGISTER_EXTRACT, draft.year, f"{key}注销")
    plant = draft.plant(key, **({"to": draft.before, "reason": "closed", "evidence_id": proof} | spell))
    draft.park.tables["sources"][-1] |= {"retired": draft.before, "evidence_id": proof}
    for year in draft.years[:-1]:
        draft.burn(plant, year, GAS, volume)
    return plant


def works(draft: Draft, plant: Plant, volume: Decimal, *, hidden: bool, seen: bool = True) -> None:
    """Burns in every year; where `hidden`, the last year is in the supplier's account only (`seen`) or nowhere."""
    for year in draft.years:
        if not (hidden and year == draft.year):
            draft.burn(plant, year, GAS, volume)
        elif seen:
            draft.account(year, GAS, volume)


def closed_once(draft: Draft, tonnes: Fraction) -> None:
    """The twin of GW-01."""
    closed(draft, "gw01", gas(tonnes))


@kind("GW-01", "member struck from the list, plant still works", closed_once)
def struck(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The spell ends without a paper; in the claim year only the supplier's account still knows the plant."""
    spell = {"to": draft.before, "reason": "left", "evidence_id": ""} if tricked else {}
    works(draft, draft.plant("gw01", **spell), gas(tonnes), hidden=tricked)


def _redrawn(draft: Draft, rings: list[list[list[Decimal]]], paper: str) -> None:
    """From the claim year on the fence has these rings."""
    boundary: dict[str, Any] = draft.park.meta["boundaries"][-1]
    shape = {"type": "Polygon", "coordinates": rings}
    draft.park.meta["boundaries"] = [
        boundary | {"to": draft.before},
        boundary | {"from": f"{draft.year}-01-01", "geojson": shape, "evidence_id": paper},
    ]


def _approved_line(draft: Draft, tonnes: Fraction) -> None:
    """A plant on the eastern strip was shut and taken down; then the authority took the strip out of the fence."""
    west, south = (Decimal(part) for part in draft.recipe.corner)
    closed(draft, "gw02", gas(tonnes))
    draft.park.tables["sources"][-1]["longitude"] = str(west + Decimal("0.0395"))
    paper = draft.paper(BOUNDARY_APPROVAL, draft.year, "四至调整")
    east, north = west + Decimal("0.0390"), south + Decimal("0.0300")
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    _redrawn(draft, [[[lon, lat] for lon, lat in corners]], paper)


@kind("GW-02", "hole in the fence around an emitter", _approved_line, park_wide=True)
def hole(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """A square around the source is cut out of the fence, and the member left with it."""
    spell = {"to": draft.before, "reason": "boundary_change", "evidence_id": ""} if tricked else {}
    plant = draft.plant("gw02", **spell)
    works(draft, plant, gas(tonnes), hidden=tricked)
    if tricked:
        place = draft.park.tables["sources"][-1]
        lon, lat, by = Decimal(place["longitude"]), Decimal(place["latitude"]), Decimal("0.0004")
        around = ((-by, -by), (-by, by), (by, by), (by, -by), (-by, -by))
        outer = draft.park.meta["boundaries"][-1]["geojson"]["coordinates"][0]
        _redrawn(draft, [outer, [[lon + x, lat + y] for x, y in around]], "")


def _shrank(draft: Draft, tonnes: Fraction) -> None:
    """Output and gas fell together; the member is below scale now and still counted."""
    plant = draft.plant("gw03", to=draft.before)
    again = dict(draft.park.tables["enterprises"][-1])
    draft.add(
        "enterprises",
        again | {"from": f"{draft.year}-01-01", "to": "", "population": "below_scale", "reason": "founding"},
    )
    for year in draft.years:
        part = Decimal("0.1") if year == draft.year else Decimal(1)
        draft.burn(plant, year, GAS, (gas(tonnes) * part).quantize(Decimal("0.0001")))
        draft.made(plant, year, "铸件毛坯", Decimal(300) * part)


@kind("GW-03", "same place under a new code, below scale, without rows", _shrank)
def below_scale(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The member ends as renamed; a new code at its place files nothing."""
    plant = draft.plant("gw03", **({"to": draft.before, "reason": "renamed"} if tricked else {}))
    place = draft.park.tables["sources"][-1]
    if tricked:
        new = draft.plant(
            "gw03新", industry="5430", **{"from": f"{draft.year}-01-01", "population": "below_scale", "reason": "new"}
        )
        draft.park.tables["sources"][-1] |= {"longitude": place["longitude"], "latitude": place["latitude"]}
        assert new.code != plant.code
    works(draft, plant, gas(tonnes), hidden=tricked)
    for year in draft.years:
        if not (tricked and year == draft.year):
            draft.made(plant, year, "铸件毛坯", Decimal(300))


def _affiliate(draft: Draft, group: str, product: str, outputs: dict[str, str]) -> None:
    for year, quantity in outputs.items():
        draft.add("affiliates", {"period": year, "group_id": group, "affiliate_id": f"AFF-{group}", "name": f"{group}江北厂", "product": product,
                                 "quantity": quantity, "unit": "t"})  # fmt: skip


def _closed_in_a_group(draft: Draft, tonnes: Fraction) -> None:
    plant = closed(draft, "gw04", gas(tonnes), group_id="GW04集团")
    for year in draft.years[:-1]:
        draft.made(plant, year, "铸件毛坯", Decimal(300))
    _affiliate(draft, "GW04集团", "铸件毛坯", dict.fromkeys(draft.years, "500"))


@kind("GW-04", "a plant that moved within its group filed as closed", _closed_in_a_group)
def moved_not_closed(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Closed by the park's own word; an affiliate makes 300 t more of the same."""
    spell = (
        {"to": draft.before, "reason": "closed", "evidence_id": draft.paper(OTHER, draft.year, "gw04")}
        if tricked
        else {}
    )
    plant = draft.plant("gw04", group_id="GW04集团", **spell)
    works(draft, plant, gas(tonnes), hidden=tricked, seen=False)
    for year in draft.years:
        if not (tricked and year == draft.year):
            draft.made(plant, year, "铸件毛坯", Decimal(300))
    more = {draft.year: "800"} if tricked else {}
    _affiliate(draft, "GW04集团", "铸件毛坯", dict.fromkeys(draft.years, "500") | more)


@kind("GW-05", "energy station of a third party on no list", lambda d, h: unlisted_station(d, h, False))
def unlisted_station(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Nobody on the list burns it in any year; the supplier's gateway shows it."""
    if tricked:
        for year in draft.years:
            draft.account(year, GAS, gas(tonnes))
    else:
        works(draft, draft.plant("gw05", kind="boiler", process="能源站"), gas(tonnes), hidden=False)


def _ten_closures(draft: Draft, tonnes: Fraction) -> None:
    for number in range(10):
        closed(draft, f"gw06-{number}", gas(tonnes / 10))


def at_threshold(draft: Draft, tonnes: Fraction) -> Fraction:
    """Tonnes whose share of the base year that holds them is the ruler's threshold, times the strength that `tonnes` is."""
    from verify.ruler import load_ruler

    ruler = load_ruler("cn-national-2025")
    due, material = (
        ruler.number(one, draft.year)
        for one in (ruler.text.baseline.recalculation_threshold, ruler.text.opinion.materiality)
    )
    share = due * tonnes / (material * Fraction(draft.bare[draft.year]["total"]))
    return share * draft.total(draft.base_year) / (1 - share)


@kind("GW-06", "ten small ones sold, each below every threshold", _ten_closures)
def ten_small_ones(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Each with its contract, a tenth of the tonnes each, together at the threshold; the base year stands as it was."""
    volume = gas(at_threshold(draft, tonnes) / 10) + Decimal(
        "0.0001"
    )  # the last figure up: no hair below the threshold
    contract = draft.paper("contract", draft.year, "资产转让") if tricked else ""
    spell = {"to": draft.before, "reason": "left", "evidence_id": contract} if tricked else {}
    for number in range(10):
        works(draft, draft.plant(f"gw06-{number}", **spell), volume, hidden=tricked, seen=False)
