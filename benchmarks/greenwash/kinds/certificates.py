"""GW-30 and GW-31: one certificate for two users, and certificates that were never the park's."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, Plant
from benchmarks.greenwash.kinds.base import kind
from fixtures.simulator.annex import annex
from fixtures.simulator.evidence_kinds import POWER_BILL

_OUT = Decimal(900)
_GROUP = "外省集团总部"


def _mwh(tonnes: Fraction) -> int:
    """Whole MWh, one certificate each, that emit at least `tonnes` at the factor of the grid."""
    return int(tonnes / annex().electricity_tco2) + 1


def _user(draft: Draft, key: str, tonnes: Fraction, *, certified: bool) -> Plant:
    """A member that buys as much power in every year: from the grid, in the claim year with certificates where `certified`."""
    plant = draft.plant(key, industry="3985", kind="motor", process="产线用电")
    for year in draft.years:
        if certified and year == draft.year:
            draft.certified(plant, year, _mwh(tonnes))
        else:
            draft.power(plant, year, Decimal(_mwh(tonnes)), "grid", POWER_BILL)
        draft.made(plant, year, f"{key}器件", _OUT)
    return plant


def _two(draft: Draft, tonnes: Fraction) -> None:
    """Two users, each with serials of its own."""
    for key in ("gw30甲", "gw30乙"):
        _user(draft, key, tonnes, certified=True)


def _one(draft: Draft, tonnes: Fraction) -> None:
    """Retired for the park, with the statement of the registry."""
    _user(draft, "gw31", tonnes, certified=True)


@kind("GW-30", "one certificate for two members", _two)
def one_for_two(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The second member retires the serials of the first once more. Without the trick its power is the grid's."""
    first = _user(draft, "gw30甲", tonnes, certified=True)
    second = _user(draft, "gw30乙", tonnes, certified=tricked)
    if tricked:
        for table in ("certificates", "certificate_events"):
            draft.park.tables[table] = [
                row for row in draft.park.rows(table) if not (_of(row, second) and row.get("event") != "retire")
            ]
        for row in draft.park.rows("certificate_events"):
            if _of(row, second):
                row |= {"prefix": f"GEC-{first.source}-{draft.year}-", "at": f"{int(draft.year) + 1}-02-25"}


@kind("GW-31", "certificates retired for a group, not the park", _one)
def of_the_group(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Serials that a group far away retired for itself stand in the park's table."""
    plant = _user(draft, "gw31", tonnes, certified=tricked)
    if tricked:
        for row in draft.park.rows("certificate_events"):
            if _of(row, plant) and row["event"] == "retire":
                row |= {"beneficiary": _GROUP, "used_by": "", "from_holder": _GROUP}
            elif _of(row, plant) and row["event"] == "transfer":
                row["to_holder"] = _GROUP
        for row in draft.park.rows("certificates"):
            if _of(row, plant):
                row["holder"] = _GROUP


def _of(row: dict[str, str], plant: Plant) -> bool:
    return row["prefix"].startswith(f"GEC-{plant.source}-")
