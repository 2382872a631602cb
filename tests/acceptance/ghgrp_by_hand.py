"""Findings of real counties that were looked up by hand, and what the workbooks print of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from tests.acceptance.ghgrp import Facility, facilities, of_county, write_submission
from tests.acceptance.ghgrp_published import published
from verify import road

FOUR = ("2011", "2012", "2013", "2014")
_CENT = Decimal("0.01")  # t; the printed tCO2e are handed in with six decimals of each gas
County = tuple[str, str]


@dataclass(frozen=True)
class Lookup:
    """One finding, what the sheets print, and whether it is right."""

    county: County
    code: str
    subject: str
    effect: str
    printed: Mapping[str, str]
    elsewhere: Mapping[str, str]
    county_totals: Mapping[str, str]
    right: bool
    because: str


def lookups() -> list[Lookup]:
    """The ten of ghgrp_by_hand.yaml."""
    rows = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    blank: dict[str, Any] = {"printed": {}, "elsewhere": {}, "county_totals": {}}
    return [Lookup(**(blank | row | {"county": tuple(row["county"])})) for row in rows]


def read_years() -> dict[str, list[Facility]]:
    """Every direct emitter of the four years."""
    return {year: facilities(year) for year in FOUR}


def findings_of(county: County, years: Mapping[str, Sequence[Facility]]) -> list[dict[str, Any]]:
    """The county as a park of four years, through the whole road."""
    held = {year: of_county(many, county) for year, many in years.items()}
    with TemporaryDirectory() as place:
        folder = write_submission(Path(place, "county"), held, "_".join(county), sites=True)
        return list(road.verify(folder).facts["findings"])


def raised(one: Lookup, findings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the finding is there with its tonnes."""
    for found in findings:
        if (found["code"], found["subject"]) == (one.code, one.subject):
            value = found["effect"] and found["effect"]["value"]
            return abs(Decimal(value) - Decimal(one.effect)) < _CENT if one.effect else not value
    return False


def misquoted(one: Lookup) -> list[str]:
    """What the sheets print otherwise than the lookup says, read from their XML and not by the adapter."""
    wrong = []
    identifier = one.subject.removeprefix("S")
    for year in FOUR:
        rows = {row.id: row for row in published(year)}
        if one.county_totals:
            whole = sum((row.total for row in rows.values() if (row.state, row.county) == one.county), Decimal(0))
            wrong += [f"{year}: {whole}"] if abs(whole - Decimal(one.county_totals[year])) >= _CENT else []
            continue
        row = rows.get(identifier)
        said = one.printed.get(year)
        if (row is None) != (said is None) or (row and said and abs(row.total - Decimal(said)) >= _CENT):
            wrong.append(f"{year}: {row and row.total}, not {said}")
        if row and row.county != one.elsewhere.get(year, one.county[1]):
            wrong.append(f"{year}: {row.county}")
    return wrong
