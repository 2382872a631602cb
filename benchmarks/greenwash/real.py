"""Parks of real facilities: US counties of the GHGRP workbooks under the corporate ruler, with the kinds that such tables can hold.

A county is a park, a facility of both years a member, its printed gases the rows of `emissions` (tests.acceptance.ghgrp). A
kind here is a function from the facilities to a park with the trick, its twin, and the tonnes hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks.greenwash.checked import ALARMS, checked
from benchmarks.greenwash.peers import Peer, counted, noticed
from benchmarks.greenwash.planted import judged
from benchmarks.greenwash.tally import Caught, Honest
from benchmarks.greenwash.touched import touched
from fixtures.simulator.park import Park, Row
from tests.acceptance.ghgrp import ABSENT, DATA, YEARS, Facility, facilities, write_submission

Tell = Callable[[str], None]
_LEAST, _MOST = 10, 25  # facilities of a county
_MATERIAL = Fraction(1, 20)  # of the county's total; rules/ghg-protocol-corporate practice.materiality
FIRST, LAST = YEARS
_BEFORE = f"{int(LAST) - 1}-12-31"
_WEIGHT = {"CO2": 1, "CH4": 25, "N2O": 298, "SF6": 22800, "NF3": 17200}  # AR4, as the workbooks
_PAPERS: tuple[Row, ...] = (
    {"evidence_id": "X-closure", "kind": "register_extract", "issuer": "State", "covers": "closure"},
    {"evidence_id": "X-sale", "kind": "contract", "issuer": "parties", "covers": "sale"},
)
_BIOGENIC = "CO2_biogenic"
_HIDDEN = Fraction(9, 10)  # of a facility, at most, is filed to one authority and not here


@dataclass(frozen=True)
class Planted:
    """The park with the trick, its twin, and the tonnes CO2e that a finding should name.

    What a struck facility emitted in the claim year stands in nobody's rows, so there `hidden` is its last year inside, at
    which the common boundary carries it (decomposition 3.1).
    """

    tricked: Park
    twin: Park
    hidden: Fraction


def county_park(years: Mapping[str, Mapping[str, Facility]], name: str) -> Park:
    """The park of a county, as the acceptance test writes it, read back as rows."""
    import csv

    with TemporaryDirectory() as place:
        folder = write_submission(Path(place, "county"), years, name)
        tables = {file.stem: list(csv.DictReader(file.open(encoding="utf-8"))) for file in sorted(folder.glob("*.csv"))}
        meta: dict[str, Any] = yaml.safe_load((folder / "park.yaml").read_text(encoding="utf-8"))
    tables["evidence"] += [dict(row) for row in _PAPERS]
    _prove_biogenic(tables)
    meta["declarations"] = [
        {"kind": kind, "table": table, "text": "none", "signed_by": name, "signed_on": f"{int(LAST) + 1}-02-28"}
        for kind, table in (("no_affiliate", "affiliates"), ("no_other_scheme", "certificates"), ("no_other_installation", "sources"),
                            ("no_other_supplier", "statements"), ("no_offsets", "emissions"))
    ]  # fmt: skip
    return Park(tables=tables, meta=meta, truth={})


def _prove_biogenic(tables: dict[str, list[Row]]) -> None:
    """Biogenic CO2 gets what an honest park hands in with it: the statement of who sold the fuel, one for each facility and year.

    The workbook proves what was published, not that it was biomass; a zero without its proof is not honest under the ruler.
    """
    for row in tables["emissions"]:
        if row["gas"] == _BIOGENIC:
            row["evidence_id"] = f"X-biomass-{row['enterprise_id']}-{row['period']}"
            tables["evidence"].append({"evidence_id": row["evidence_id"], "kind": "supplier_statement", "issuer": "fuel supplier",
                                       "covers": f"biomass burned {row['period']}"})  # fmt: skip


def counties(count: int, seed: int) -> list[tuple[str, dict[str, dict[str, Facility]]]]:
    """`count` counties drawn from those with enough facilities that reported in both years."""
    by_year = {year: {one.id: one for one in facilities(year)} for year in YEARS}
    both = by_year[FIRST].keys() & by_year[LAST].keys()
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in sorted(both):
        grouped.setdefault(by_year[LAST][one].county, []).append(one)
    fit = sorted(county for county, ids in grouped.items() if _LEAST <= len(ids) <= _MOST and county[1])
    drawn = Random(seed).sample(fit, count)
    return [
        (" ".join(county), {year: {one: by_year[year][one] for one in grouped[county]} for year in YEARS})
        for county in drawn
    ]


def tonnes_of(row: Row) -> Fraction:
    """tCO2e of a row of `emissions`; biogenic CO2 stands outside the total."""
    if row["unit"] == "tCO2e":
        return Fraction(row["quantity"])
    return Fraction(row["quantity"]) * _WEIGHT.get(row["gas"], 0)


def sizes(park: Park, year: str = LAST) -> dict[str, Fraction]:
    """tCO2e of each member in a year."""
    found: dict[str, Fraction] = {}
    for row in park.rows("emissions"):
        if row["period"] == year:
            found[row["enterprise_id"]] = found.get(row["enterprise_id"], Fraction(0)) + tonnes_of(row)
    return found


def nearest(park: Park, tonnes: Fraction) -> str:
    """The member whose tonnes are nearest to those asked for."""
    known = sizes(park)
    return min(sorted(known), key=lambda one: abs(known[one] - tonnes))


def smallest(park: Park, tonnes: Fraction) -> list[str]:
    """The smallest members that together hold at least the tonnes asked for."""
    chosen, whole = [], Fraction(0)
    for one, amount in sorted(sizes(park).items(), key=lambda item: item[1]):
        if whole >= tonnes:
            break
        chosen.append(one)
        whole += amount
    return chosen


def gone(park: Park, members: list[str], reason: str, paper: str) -> Park:
    """A copy in which members ended before the claim year and have no rows in it."""
    copy = park.twin()
    for row in copy.rows("enterprises"):
        if row["enterprise_id"] in members:
            row |= {"to": _BEFORE, "reason": reason, "evidence_id": paper}
    copy.tables["emissions"] = [
        row for row in copy.rows("emissions") if not (row["period"] == LAST and row["enterprise_id"] in members)
    ]
    return refiled(copy)


def refiled(park: Park, less: Fraction = Fraction(0)) -> Park:
    """The same park with the total of the claim year filed as its rows now give it, less what it deducts."""
    total = sum(sizes(park).values(), Fraction(0)) - less
    for row in park.rows("reported"):
        if row["year"] == LAST and not row.get("authority"):
            row["value"] = f"{Decimal(round(total * 10**6)).scaleb(-6):f}"
    return park


def struck(park: Park, tonnes: Fraction) -> Planted:
    """GW-01: a facility struck from the list."""
    one = nearest(park, tonnes)
    return Planted(gone(park, [one], "left", ""), gone(park, [one], "closed", "X-closure"), sizes(park, FIRST)[one])


def ten_small(park: Park, tonnes: Fraction) -> Planted:
    """GW-06: small ones sold, base year as it was."""
    some = smallest(park, tonnes)
    return Planted(
        gone(park, some, "left", "X-sale"),
        gone(park, some, "closed", "X-closure"),
        sum((sizes(park, FIRST)[one] for one in some), Fraction(0)),
    )


def _slipped(park: Park, one: str, times: Decimal, unit: str) -> Park:
    copy = park.twin()
    for row in copy.rows("emissions"):
        if row["period"] == LAST and row["enterprise_id"] == one and row["gas"] == "CO2" and row["unit"] == "t":
            row["quantity"], row["unit"] = f"{Decimal(row['quantity']) * times:f}", unit
    return copy


def unit_slip(park: Park, tonnes: Fraction) -> Planted:
    """GW-28: the CO2 of a facility a thousandfold too small; the twin files kilograms."""
    one = nearest(park, tonnes)
    amount = sum((tonnes_of(row) for row in park.rows("emissions")
                  if row["period"] == LAST and row["enterprise_id"] == one and row["gas"] == "CO2"), Fraction(0))  # fmt: skip
    right = _slipped(park, one, Decimal(1000), "kg")
    return Planted(refiled(_slipped(park, one, Decimal("0.001"), "t")), right, amount * Fraction(999, 1000))


def deducted(park: Park, tonnes: Fraction) -> Planted:
    """GW-29: offsets taken off the total; the twin lists them apart."""
    amount = Fraction(round(tonnes))
    item = {"year": LAST, "item": "offset", "unit": "tCO2e"}
    tricked, twin = park.twin(), park.twin()
    tricked.tables["reported"].append(item | {"value": str(-amount)})
    twin.tables["reported"].append(item | {"value": str(amount)})
    return Planted(refiled(tricked, amount), twin, amount)


def told_elsewhere(park: Park, tonnes: Fraction) -> Planted:
    """GW-39: the same total as another authority has it; the park files a facility lower."""
    known = sizes(park)
    large = [name for name in sorted(known) if known[name] * _HIDDEN >= tonnes]  # so large that it can hide all of them
    one = min(large, key=known.__getitem__) if large else max(sorted(known), key=known.__getitem__)
    share = min(tonnes / known[one], _HIDDEN)
    true = {"year": LAST, "item": "total.tco2", "unit": "tCO2e", "authority": "ets",
            "value": next(row["value"] for row in park.rows("reported") if row["year"] == LAST)}  # fmt: skip
    twin = park.twin()
    twin.tables["reported"].append(true)
    tricked = twin.twin()
    for row in tricked.rows("emissions"):
        if row["period"] == LAST and row["enterprise_id"] == one:
            row["quantity"] = f"{Decimal(round(Fraction(row['quantity']) * (1 - share) * 10**6)).scaleb(-6):f}"
    return Planted(refiled(tricked), twin, sizes(park)[one] - sizes(tricked)[one])


def new_code(park: Park, tonnes: Fraction) -> Planted:
    """GW-03: the facility goes on under a new code that reports nothing; the twin is renamed, with its lineage and rows."""
    one = nearest(park, tonnes)
    name = next(row["name"] for row in park.rows("enterprises") if row["enterprise_id"] == one)
    new = {"enterprise_id": f"{one}-N", "name": name, "from": f"{LAST}-01-01", "to": "", "reason": "new"}
    tricked = gone(park, [one], "renamed", "X-closure")
    tricked.tables["enterprises"].append(dict(new))
    twin = park.twin()
    for row in twin.rows("enterprises"):
        if row["enterprise_id"] == one:
            row |= {"to": _BEFORE, "reason": "renamed", "evidence_id": "X-closure"}
    for row in twin.rows("emissions"):
        if row["period"] == LAST and row["enterprise_id"] == one:
            row["enterprise_id"] = f"{one}-N"
    twin.tables["enterprises"].append(new | {"reason": "renamed", "evidence_id": "X-closure"})
    twin.tables["lineage"] = [{"kind": "renamed", "predecessor": one, "successor": f"{one}-N", "at": f"{LAST}-01-01",
                               "evidence_id": "X-closure"}]  # fmt: skip
    return Planted(tricked, twin, sizes(park, FIRST)[one])


Plant = Callable[[Park, Fraction], Planted]
# id: name, function, whether the trick is park-wide
KINDS: dict[str, tuple[str, Plant, bool]] = {
    "GW-01": ("facility struck from the list", struck, False),
    "GW-03": ("same facility under a new code without rows", new_code, False),
    "GW-06": ("small ones sold, each below every threshold", ten_small, False),
    "GW-28": ("unit slip by a thousand", unit_slip, False),
    "GW-29": ("offset deducted from the total", deducted, True),
    "GW-39": ("other figures told to emission trading", told_elsewhere, True),
}


def measure(
    count: int, strengths: tuple[int, ...], seed: int, only: tuple[str, ...], peers: Mapping[str, Peer], tell: Tell
) -> dict[str, Any]:
    """The kinds in `count` real counties; a reason instead where the workbooks are not on this machine."""
    if not DATA.is_dir():
        tell(f"real counties skipped: {ABSENT}")
        return {"skipped": ABSENT}
    kinds = {name: one for name, one in KINDS.items() if not only or name in only}
    caught = {name: {strength: Caught() for strength in strengths} for name in kinds}
    twins, honest = {name: Honest() for name in kinds}, Honest()
    names = []
    for name, years in counties(count, seed) if kinds else ():
        park = county_park(years, name)
        names.append(name)
        bare = checked(park)
        honest.add(bare, counted(peers, park))
        said = sorted({f"{one.code}({one.severity})" for one in bare.findings})
        tell(f"{name}, {len(years[LAST])} facilities: {' '.join(said) or 'silent'}")
        unit = sum(sizes(park).values(), Fraction(0)) * _MATERIAL
        known = {_key(one) for one in bare.findings}
        for kind, (_, plant, park_wide) in kinds.items():
            for strength, counts in caught[kind].items():
                planted = plant(park, unit * strength)
                mark = touched(park, planted.tricked, park_wide=park_wide)
                result = checked(planted.tricked)
                about = [one for one in result.findings if mark.answered_by(one) and _key(one) not in known]
                seen = judged(about, planted.hidden)
                counts.add(seen, noticed(peers if strength == 1 else {}, park, planted.tricked))
                tell(
                    f"{kind} {name} {float(planted.hidden):.0f} t: {'caught' if seen.caught else 'MISSED'} {' '.join(seen.codes)} {seen.told}"
                )
            twin = plant(park, unit * strengths[0]).twin
            result = checked(twin)
            twins[kind].add(result, counted(peers, twin))
            new = sorted({one.code for one in result.findings if one.severity in ALARMS and _key(one) not in known})
            tell(f"{kind} {name} twin: {' '.join(new) or 'silent'}")
    return {
        "counties": names,
        "kinds": {
            name: {"name": kinds[name][0], "strengths": {str(at): counts.record() for at, counts in caught[name].items()}, "twin": twins[name].record()}
            for name in kinds
        },
        "honest": honest.record(),
    }  # fmt: skip


def _key(one: Any) -> tuple[str, str, str]:
    return (one.code, one.subject, str(sorted(one.words)))
