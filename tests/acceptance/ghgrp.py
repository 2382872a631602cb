"""US EPA GHGRP yearly workbooks as submissions under the corporate ruler: every facility of a county an enterprise.

The workbook prints each gas in tCO2e at AR4. Single gases are handed in as tonnes of gas (printed / GWP), mixed columns
as tCO2e with gwp_set AR4, biogenic CO2 as such: the workbook's total leaves it out (sheet "FAQs about this Data", 4).

Places: tonnes carry six decimals, all that a canonical quantity holds. Rounding the quotient moves a row by at most half
a unit of the sixth decimal times its GWP: 0.0000125 t (CH4), 0.000149 t (N2O), 0.0114 t (SF6), 0.0086 t (NF3), so a
facility by less than 0.021 t and a county of 74 with a handful of SF6 and NF3 rows by less than 0.1 t.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "ghgrp_us_2010_2014"
ABSENT = "../shared/data/ghgrp_us_2010_2014 is not on this machine"
SHEET, HEADINGS = "Direct Emitters", 3  # the row of headings, counted from 0
COUNTY = ("CA", "LOS ANGELES")
YEARS = ("2011", "2014")
TOTAL = "Total reported direct emissions"
BIOGENIC = "Biogenic CO2 emissions (metric tons)"
GASES = {  # column: gas, GWP of AR4 (IPCC AR4 WG1 Table 2.14)
    "CO2 emissions (non-biogenic)": ("CO2", 1),
    "Methane (CH4) emissions": ("CH4", 25),
    "Nitrous Oxide (N2O) emissions": ("N2O", 298),
    "SF6 emissions": ("SF6", 22800),
    "NF3 emissions": ("NF3", 17200),
}
MIXTURES = {
    "HFC emissions": "HFC",
    "PFC emissions": "PFC",
    "Other Fully Fluorinated GHG emissions": "other fully fluorinated GHG",
    "HFE emissions": "HFE",
    "Very Short-lived Compounds emissions": "very short-lived compounds",
    "Other GHGs (metric tons CO2e)": "other",
}
_PLACES = Decimal("1E-6")
Columns = Mapping[str, Decimal]


@dataclass(frozen=True)
class Facility:
    """One facility of one year: printed tCO2e by column (biogenic CO2 in tonnes); columns left blank are absent."""

    id: str
    name: str
    county: tuple[str, str]
    printed: Columns
    naics: str = ""
    place: tuple[Decimal, Decimal] | None = None  # longitude, latitude


def facilities(year: str) -> list[Facility]:
    """Every direct emitter of a year, in the order of the workbook."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(DATA / f"ghgp_data_{year}.xlsx")
    rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    headings = [str(heading).strip() for heading in rows[HEADINGS]]
    found = []
    for row in rows[HEADINGS + 1 :]:
        cells = dict(zip(headings, row, strict=True))
        printed = {
            name: Decimal(repr(cells[name])) for name in (TOTAL, *GASES, *MIXTURES, BIOGENIC) if cells[name] != ""
        }
        county = str(cells["County"]).upper().strip().removesuffix(" COUNTY")  # both spellings occur for one county
        found.append(
            Facility(
                str(int(cells["Facility Id"])),
                str(cells["Facility Name"]),
                (str(cells["State"]), county),
                printed,
                str(cells["Primary NAICS Code"]),
                _place(cells["Longitude"], cells["Latitude"]),
            )
        )
    return found


def _place(longitude: object, latitude: object) -> tuple[Decimal, Decimal] | None:
    """Longitude and latitude to the sixth decimal, None where either is blank."""
    if longitude == "" or latitude == "":
        return None
    east, north = (Decimal(repr(one)).quantize(_PLACES, ROUND_HALF_EVEN) for one in (longitude, latitude))
    return east, north


def of_county(many: Iterable[Facility], county: tuple[str, str] = COUNTY) -> dict[str, Facility]:
    """The facilities of a county, by id."""
    return {one.id: one for one in many if one.county == county}


def write_submission(
    folder: Path, years: Mapping[str, Mapping[str, Facility]], park: str, *, sites: bool = False
) -> Path:
    """A CSV folder: enterprises with their spells, emissions, and the published total of each year as reported.

    `sites`: each facility is a source as well, with the position that the last workbook of its years prints.
    """
    folder.mkdir(parents=True)
    _write(folder / "enterprises.csv", _spells(years))
    _write(
        folder / "emissions.csv",
        [row for year, many in years.items() for one in many.values() for row in _emissions(year, one, sites)],
    )
    if sites:
        _write(folder / "sources.csv", _sources(years))
    _write(folder / "evidence.csv", [_evidence(year) for year in years])
    _write(folder / "reported.csv", [_reported(year, many) for year, many in years.items()])
    first, last = min(years), max(years)
    head = {
        "id": park,
        "names": {"en": park},
        "id_scheme": "free",
        "ruler": "ghg-protocol-corporate",
        "base_year": first,
    }
    head |= {"reporting_year": last, "parameters": {"gwp_set": "AR4"}}
    (folder / "park.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    return folder


def _spells(years: Mapping[str, Mapping[str, Facility]]) -> list[dict[str, str]]:
    """One row per facility and run of years. The workbooks give no reason for leaving or entering, so none is filed."""
    order = sorted(years)
    rows = []
    for identifier in sorted({one for many in years.values() for one in many}):
        name = next(many[identifier].name for many in years.values() if identifier in many)
        inside = [identifier in years[year] for year in order]
        for at, here in enumerate(inside):
            if not here or (at and inside[at - 1]):
                continue
            end = next((later for later in range(at, len(order)) if not inside[later]), len(order))
            came = f"{order[at]}-01-01" if at else ""
            went = f"{order[end - 1]}-12-31" if end < len(order) else ""
            rows.append({"enterprise_id": identifier, "name": name, "from": came, "to": went})
    return rows


def _sources(years: Mapping[str, Mapping[str, Facility]]) -> list[dict[str, str]]:
    """One installation per facility that prints where it is."""
    latest = {one.id: one for year in sorted(years) for one in years[year].values()}
    rows = []
    for one in latest.values():
        if one.place:
            east, north = (f"{axis:f}" for axis in one.place)
            row = {"source_id": f"S{one.id}", "enterprise_id": one.id, "kind": "process"}
            rows.append(row | {"process": f"NAICS {one.naics}", "longitude": east, "latitude": north})
    return rows


def _emissions(year: str, one: Facility, sites: bool) -> list[dict[str, str]]:
    row = {"period": year, "enterprise_id": one.id, "evidence_id": f"GHGRP-{year}"}
    if sites:
        row["source_id"] = f"S{one.id}" if one.place else ""
    rows = []
    for column, value in one.printed.items():
        if column in GASES:
            gas, gwp = GASES[column]
            tonnes = (value / gwp).quantize(_PLACES, ROUND_HALF_EVEN)
            rows.append({**row, "gas": gas, "quantity": f"{tonnes:f}", "unit": "t", "gwp_set": "", "method": column})
        elif column in MIXTURES:
            equivalent = {
                "gas": MIXTURES[column],
                "quantity": f"{value.quantize(_PLACES, ROUND_HALF_EVEN):f}",
                "unit": "tCO2e",
            }
            rows.append({**row, **equivalent, "gwp_set": "AR4", "method": column})
        elif column == BIOGENIC:
            tonnes = value.quantize(_PLACES, ROUND_HALF_EVEN)
            rows.append(
                {**row, "gas": "CO2_biogenic", "quantity": f"{tonnes:f}", "unit": "t", "gwp_set": "", "method": column}
            )
    return rows


def _evidence(year: str) -> dict[str, str]:
    """The workbook itself. It proves what was published, not that burned matter was biomass."""
    return {"evidence_id": f"GHGRP-{year}", "kind": "other", "issuer": "US EPA", "covers": f"emissions {year}"}


def _reported(year: str, many: Mapping[str, Facility]) -> dict[str, str]:
    published = sum((one.printed[TOTAL] for one in many.values()), Decimal(0)).quantize(_PLACES, ROUND_HALF_EVEN)
    return {"year": year, "item": "total.tco2", "value": f"{published:f}", "unit": "tCO2e"}


def _write(file: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
