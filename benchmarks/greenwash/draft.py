"""A park being written: a copy of an honest one, more members with their papers, and the figures that it files.

The figures move with the rows (`post`), by the simulator's own numbers (fixtures.simulator.annex): two drafts of one base
differ by exactly what was done to one of them, and that difference is the truth a finding is held against.
"""

from __future__ import annotations

import copy
import zlib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fixtures.simulator.annex import annex
from fixtures.simulator.credit_code import credit_code
from fixtures.simulator.evidence_kinds import CERTIFICATE_STATEMENT, GAS_BILL, INVOICE, REGISTER_EXTRACT
from fixtures.simulator.filing import file_in, printed
from fixtures.simulator.green import REGISTRY
from fixtures.simulator.papers import Papers
from fixtures.simulator.park import Park, Row
from fixtures.simulator.quanta import text, unit
from fixtures.simulator.recipe import Recipe

_STATION, _DIRECT = "certificate_wind_farm", "direct_line"
_ALUMINIUM = Decimal(6000)  # t a year
SUPPLIERS = {"natural_gas": "gas_supplier", "electricity": "grid_company", "heat": "heat_supplier"}


@dataclass(frozen=True)
class Plant:
    """A member with one source."""

    code: str
    source: str


class Draft:
    """A copy of `base` that can be written on; `finish` files it."""

    def __init__(self, base: Park, recipe: Recipe) -> None:
        self.park = base.twin()
        self.bare = base.truth  # figures before anything was written
        self.recipe = recipe
        self.figures: dict[str, Any] = copy.deepcopy(base.truth)
        self.years, self.base_year, self.year = recipe.years, recipe.base_year, recipe.reporting_year
        self.filed: list[tuple[str, str, Fraction]] = []  # year, item, what the park files beside its rows
        self.said: list[tuple[str, Row]] = []  # rows of `reported` and `claims` that stand after the usual ones
        self._rows: list[Row] = []
        self._papers = Papers(self._rows)

    @property
    def before(self) -> str:
        """The last day of the year before the claim year."""
        return f"{int(self.year) - 1}-12-31"

    # who and what is there

    def plant(
        self, key: str, *, industry: str = "3391", kind: str = "furnace", process: str = "熔炼炉", **spell: str
    ) -> Plant:
        """A member called `key` with one source of that name; `spell` fills its row of `enterprises`."""
        code = credit_code(self.recipe.region, f"MB{zlib.crc32(key.encode()) % 10**6:06d}")
        row = {"enterprise_id": code, "name": f"{key}有限公司", "industry_code": industry, "population": "above_scale", "from": "2022-01-01",
               "to": "", "reason": "founding", "evidence_id": self.paper(REGISTER_EXTRACT, self.year, key)}  # fmt: skip
        self.add("enterprises", row | spell)
        return self.source(Plant(code, ""), key, kind=kind, process=process)

    def source(self, owner: Plant, key: str, *, kind: str = "furnace", process: str = "熔炼炉", **cells: str) -> Plant:
        """One more source of a member, at a place inside the fence that follows from its name."""
        west, south = (Decimal(part) for part in self.recipe.corner)
        step = zlib.crc32(key.encode()) % 200
        place = {"longitude": text(west + Decimal("0.0150") + step * Decimal("0.00005")),
                 "latitude": text(south + Decimal("0.0100") + step * Decimal("0.00004"))}  # fmt: skip
        row = {"source_id": key, "enterprise_id": owner.code, "owner_id": owner.code, "operator_kind": "own", "kind": kind,
               "process": process, "commissioned": "2018-06-01"}  # fmt: skip
        self.add("sources", row | place | cells)
        return Plant(owner.code, key)

    def paper(self, kind: str, year: str, about: str) -> str:
        """The id of a paper of `kind`; issued once, with its file."""
        known = self._papers.issue(kind, about, year)
        row = next(row for row in self._rows if row["evidence_id"] == known)
        mine = known.replace("EV-", "EX-")
        if mine not in {one["evidence_id"] for one in self.park.rows("evidence")}:
            name = row["file"].replace("EV-", "EX-")
            self.park.files[name] = self._papers.files[row["file"]]
            self.add("evidence", row | {"evidence_id": mine, "file": name, "report_number": "X" + row["report_number"]})
        return mine

    def add(self, table: str, *rows: Row) -> None:
        """More rows at the end of a table."""
        self.park.tables.setdefault(table, []).extend(dict(row) for row in rows)

    # energy

    def row(self, at: Plant, year: str, carrier: str, flow: str, quantity: Decimal, **cells: str) -> Row:
        """One row of `activity`, without anything that follows from it."""
        row = {"period": year, "enterprise_id": at.code, "source_id": at.source, "carrier": carrier, "flow": flow, "activity_type": "",
               "supply": "", "counterparty": "outside" if flow in {"purchased", "sold"} else "", "quantity": text(quantity),
               "unit": unit(carrier), "basis": "invoice"}  # fmt: skip
        if "evidence_id" not in cells:
            row["evidence_id"] = self.paper(GAS_BILL if carrier == "natural_gas" else INVOICE, year, carrier)
        self.add("activity", row | cells)
        return self.park.tables["activity"][-1]

    def burn(self, at: Plant, year: str, carrier: str, quantity: Decimal, *, flow: str = "final_use", activity: str = "终端消费",
             ncv: str = "", **cells: str) -> None:  # fmt: skip
        """Fuel bought and burned: both rows, the supplier's account, tonnes and tce."""
        measured = {"ncv": ncv, "moisture_basis": "as_received"} if ncv else {}
        self.row(at, year, carrier, "purchased", quantity, **measured, **cells)
        self.row(at, year, carrier, flow, quantity, activity_type=activity, **measured, **cells)
        self.account(year, carrier, quantity)
        self.post(year, "fuel", Fraction(quantity) * per_unit(carrier, ncv))
        self.energy(year, Fraction(quantity) * annex().tce(carrier, Decimal(ncv) if ncv else None))

    def power(self, at: Plant, year: str, mwh: Decimal, supply: str, kind: str, **cells: str) -> None:
        """Power bought from outside and used, less the loss of its lines, under a label of supply with a paper of `kind`."""
        paper = {"evidence_id": self.paper(kind, year, f"{at.source}受电")}
        lost = (mwh * self.recipe.supply.loss_permille / (1000 + self.recipe.supply.loss_permille)).quantize(
            Decimal("0.001")
        )
        self.row(at, year, "electricity", "purchased", mwh, supply=supply, **paper, **cells)
        self.row(at, year, "electricity", "final_use", mwh - lost, activity_type="终端消费", basis="meter")
        self.row(at, year, "electricity", "loss", lost, basis="meter")
        self.account(year, "electricity", mwh)
        self.energy(year, Fraction(mwh) * annex().electricity_tce)
        self.figures[year]["sums"]["electricity_used_mwh"] += Fraction(mwh)
        if supply == "grid":
            self.post(year, "el", Fraction(mwh) * annex().electricity_tco2)

    def heat(self, at: Plant, year: str, gj: Decimal, supply: str, kind: str) -> None:
        """Heat bought from outside and used."""
        paper = {"evidence_id": self.paper(kind, year, f"{at.source}供汽")}
        self.row(at, year, "heat", "purchased", gj, supply=supply, **paper)
        self.row(at, year, "heat", "final_use", gj, activity_type="终端消费", basis="meter")
        self.account(year, "heat", gj)
        self.energy(year, Fraction(gj) * annex().heat_tce)
        if supply == "fossil_heat":
            self.post(year, "heat", Fraction(gj) * annex().heat_tco2)

    def made(self, at: Plant, year: str, product: str, quantity: Decimal, *flows: tuple[str, str]) -> None:
        """Rows of `production`: made and sold outside, or the (flow, counterparty) given."""
        for flow, partner in flows or (("made", ""), ("sold", "outside")):
            self.add("production", {"period": year, "enterprise_id": at.code, "source_id": at.source if flow == "made" or not flows else "",
                                    "product": product, "flow": flow, "counterparty": partner, "quantity": text(quantity), "unit": "t",
                                    "evidence_id": self.paper("production_record", year, product)})  # fmt: skip

    def account(self, year: str, carrier: str, quantity: Decimal, account: str = "总户号") -> None:
        """The supplier delivered that much more; carriers without a supplier's statement have none."""
        authority = SUPPLIERS.get(carrier)
        if authority is None:
            return
        about = {"period": year, "authority": authority, "carrier": carrier}
        rows = [
            row for row in self.park.rows("statements") if all(row.get(key) == value for key, value in about.items())
        ]
        rows = [row for row in rows if row.get("account") == account]
        if rows:
            rows[0]["quantity"] = text(Decimal(rows[0]["quantity"]) + quantity)
            return
        self.add("statements", about | {"party_name": self.recipe.name_zh, "account": account, "quantity": text(quantity), "unit": unit(carrier),
                                        "obtained_by": "verifier", "evidence_id": self.paper("supplier_statement", year, carrier)})  # fmt: skip

    def certified(self, at: Plant, year: str, mwh: int) -> None:
        """Power bought with certificates that are in order: issued, bought, retired for the park before it files."""
        self.power(at, year, Decimal(mwh), "certificate", CERTIFICATE_STATEMENT)
        self.figures[year]["sums"]["green_mwh"] = self.figures[year]["sums"].get("green_mwh", Fraction(0)) + mwh
        paper, name = (
            self.paper(CERTIFICATE_STATEMENT, year, f"{at.source}受电"),
            self.park.rows("enterprises")[-1]["name"],
        )
        if not any(row["generator_id"] == _STATION for row in self.park.rows("generators")):
            self.add("generators", {"generator_id": _STATION, "name": "陆上风电场", "technology": "wind", "capacity": "400",
                                    "connection": "transmission_grid", "grid_zone": self.recipe.grid_zone, "commissioned_on": "2023-11-30",
                                    "longitude": "121.3", "latitude": "35.1", "evidence_id": paper})  # fmt: skip
        span = {
            "registry": REGISTRY,
            "prefix": f"GEC-{at.source}-{year}-",
            "first": "1",
            "last": str(mwh),
            "evidence_id": paper,
        }
        self.add("certificates", span | {"kind": "tradable", "generator_id": _STATION, "generated_from": f"{year}-01-01",
                                         "generated_to": f"{year}-12-31", "holder": name})  # fmt: skip
        after = int(year) + 1
        self.add(
            "certificate_events",
            span | {"event": "issue", "at": f"{after}-01-12", "to_holder": "陆上风电场"},
            span | {"event": "transfer", "at": f"{after}-01-20", "from_holder": "陆上风电场", "to_holder": name},
            span | {"event": "retire", "at": f"{after}-02-18", "from_holder": name, "beneficiary": self.recipe.name_zh, "used_for": "园区用电",
                    "used_for_period": year, "used_by": at.code, "registry_checked_on": f"{after}-03-02"},
        )  # fmt: skip

    def keep_direct_share(self) -> Decimal:
        """Where what was written takes the park below the share of direct supply, a works on the direct line takes it above again.

        The parks that are drafted on keep that share, so an honest change of one keeps it too. Returns its MWh a year, 0 for none.
        """
        share = Fraction(1, 50) + self._least_direct()
        missing = max(self._short_of(year, share) for year in self.years)
        mwh = Decimal(max(int(missing) + 1, 0))
        if mwh:
            self.works_on_the_line(mwh)
        return mwh

    def works_on_the_line(self, mwh: Decimal) -> None:
        """A works that uses as much of the direct line in every year, so that no total moves."""
        direct = {
            row["period"]: row for row in self.park.rows("activity") if (row.get("source_id"), row["flow"]) == (_DIRECT, "purchased")
        }  # fmt: skip
        works = self.plant("直供铝材", industry="3252", kind="process", process="铝材加工")
        for year in self.years:
            direct[year]["quantity"] = text(Decimal(direct[year]["quantity"]) + mwh)
            self.row(works, year, "electricity", "final_use", mwh, activity_type="终端消费", basis="meter")
            self.made(works, year, "铝型材", _ALUMINIUM)
            self.account(year, "electricity", mwh, account="直连关口")
            self.energy(year, Fraction(mwh) * annex().electricity_tce)
            for name in ("direct_mwh", "green_mwh", "electricity_used_mwh"):
                self.figures[year]["sums"][name] = Fraction(self.figures[year]["sums"].get(name, 0)) + Fraction(mwh)
        self._enlarge(Decimal(direct[self.year]["quantity"]))

    def _least_direct(self) -> Fraction:
        from verify.ruler import load_ruler

        ruler = load_ruler("cn-national-2025")
        return ruler.number(ruler.text.indicators["direct_share"].limit, self.year)

    def _short_of(self, year: str, share: Fraction) -> Fraction:
        """MWh of direct supply, and of use, that are missing to a share of direct supply; own PV and power made inside left out."""
        sums = self.figures[year]["sums"]
        used, direct = (Fraction(sums.get(name, 0)) for name in ("electricity_used_mwh", "direct_mwh"))
        return (share * used - direct) / (1 - share)

    def _enlarge(self, used: Decimal) -> None:
        """The wind farm on the direct line as large as the simulator makes it for so much power used (fixtures.simulator.green)."""
        farm = next(row for row in self.park.rows("generators") if row["generator_id"] == "direct_wind_farm")
        total = (used / Decimal("0.86")).quantize(Decimal(1))
        megawatt = text((total / 2300).quantize(Decimal(1)) + 1)
        share = text((used / total).quantize(Decimal("0.0001")))
        farm |= {"total_mwh": text(total), "capacity": megawatt, "line_capacity": megawatt, "share": share}

    def measure(self, at: Plant, carrier: str, what: str) -> None:
        """An abatement measure on a source, in force from the middle of the base year on, with its paper."""
        self.add("measures", {"measure_id": f"M-{at.source}-{carrier}", "enterprise_id": at.code, "source_id": at.source, "carrier": carrier,
                              "description": what, "effective_from": f"{self.base_year}-12-31",
                              "evidence_id": self.paper("acceptance", self.year, what)})  # fmt: skip

    # figures

    def post(self, year: str, term: str, tonnes: Fraction) -> None:
        """Tonnes of a term of a year."""
        self.figures[year]["terms"][term] += tonnes
        self.figures[year]["total"] += tonnes

    def energy(self, year: str, tce: Fraction) -> None:
        """tce across the fence."""
        self.figures[year]["tce_fence"] += tce

    def total(self, year: str) -> Fraction:
        """Tonnes of a year as filed."""
        beside = sum((by for at, item, by in self.filed if (at, item) == (year, "total.tco2")), Fraction(0))
        return Fraction(self.figures[year]["total"]) + beside

    def finish(self) -> Park:
        """The park with what it files of itself; the draft is not used after it."""
        for figures in self.figures.values():
            sums = figures["sums"]
            figures["indicator"] = figures["total"] / figures["tce_fence"]
            direct = sums.get("direct_mwh", Fraction(0)) + sums.get("pv_kept_mwh", Fraction(0))
            figures["direct_share"] = direct / sums["electricity_used_mwh"]
        file_in(self.park.tables, self.recipe, self.figures)
        for year, item, by in self.filed:
            row = next(row for row in self.park.tables["reported"] if (row["year"], row["item"]) == (year, item))
            row["value"] = printed(Fraction(row["value"]) + by, 2)
        for table, row in self.said:
            self.add(table, row)
        self.park.meta["base_year"] = self.recipe.base_year
        self.park.truth = self.figures
        return self.park


def per_unit(carrier: str, ncv: str = "") -> Fraction:
    """tCO2 per unit of a fuel burned, by default or at a measured heat value."""
    numbers = annex()
    return (
        numbers.carbon(carrier, Decimal(ncv) if ncv else None, None)
        * numbers.fuels[carrier].oxidation
        * numbers.co2_per_carbon
    )


def units_of(tonnes: Fraction, factor: Fraction, places: int = 3) -> Decimal:
    """The quantity whose tonnes at `factor` are `tonnes`, on `places` decimals."""
    return Decimal(round(tonnes / factor * 10**places)).scaleb(-places)
