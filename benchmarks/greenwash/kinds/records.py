"""GW-35, 36, 38, 39, 41, 42: records, filings and words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, per_unit, units_of
from benchmarks.greenwash.kinds.base import VERDICT, kind
from fixtures.simulator.annex import annex
from fixtures.simulator.evidence_kinds import OTHER, STATISTICS_FORM, STOCKTAKE, WEIGHBRIDGE
from fixtures.simulator.quanta import text


def _told_elsewhere(draft: Draft, tonnes: Fraction, key: str, authority: str, *, less: bool) -> None:
    """Diesel of a member, and the same quantity as another authority has it; with the trick the park files less."""
    plant = draft.plant(key, kind="vehicle", process="矿用车辆")
    amount = units_of(tonnes, per_unit("diesel"))
    name = draft.park.rows("enterprises")[-1]["name"]
    for year in draft.years:
        draft.burn(plant, year, "diesel", amount if less and year == draft.year else amount * 2)
        draft.made(plant, year, f"{key}石料", Decimal(90000))
        draft.add("statements", {"period": year, "authority": authority, "party_code": plant.code, "party_name": name, "carrier": "diesel",
                                 "quantity": text(amount * 2), "unit": "t", "obtained_by": "verifier",
                                 "evidence_id": draft.paper(STATISTICS_FORM, year, key)})  # fmt: skip


@kind("GW-35", "filed energy below statistics", lambda d, h: _told_elsewhere(d, h, "gw35", "statistics", less=False))
def below_statistics(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Half of the diesel that statistics know."""
    _told_elsewhere(draft, tonnes, "gw35", "statistics", less=tricked)


@kind("GW-39", "other figures told to emission trading", lambda d, h: _told_elsewhere(d, h, "gw39", "ets", less=False))
def other_figures(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Half of the diesel that emission trading knows."""
    _told_elsewhere(draft, tonnes, "gw39", "ets", less=tricked)


def _yard(draft: Draft, tonnes: Fraction, *, closes: int, opens: int) -> None:
    """Coal of a kiln with a yard, in shares of the hidden amount: what it closes with before the claim year, and opens with then."""
    kiln = draft.plant("gw36", industry="3031", process="隧道窑")
    yard = draft.source(kiln, "gw36煤场", kind="storage", process="煤场")
    part = units_of(tonnes, per_unit("bituminous_coal"))
    for year in draft.years:
        last, prior = year == draft.year, year == draft.years[-2]
        opening = part * (opens if last else 2)
        closing = part * (closes if prior else 2)
        bought = part * (
            10 + (closes - 2 if prior else 2 - closes if last else 0)
        )  # a build of stock is bought, and used up later
        burned = bought + opening - closing
        papers = {flow: draft.paper(STOCKTAKE, year, "gw36煤") for flow in ("stock_open", "stock_close")} | {
            "purchased": draft.paper(WEIGHBRIDGE, year, "gw36煤")
        }
        for flow, amount in (("stock_open", opening), ("purchased", bought), ("stock_close", closing)):
            basis = "stocktake" if flow.startswith("stock") else "meter"
            draft.row(yard, year, "bituminous_coal", flow, amount, basis=basis, evidence_id=papers[flow])
        draft.row(
            kiln,
            year,
            "bituminous_coal",
            "final_use",
            burned,
            activity_type="终端消费",
            evidence_id=papers["purchased"],
        )
        draft.made(kiln, year, "gw36砖", Decimal(3000))
        draft.post(year, "fuel", Fraction(burned) * per_unit("bituminous_coal"))
        draft.energy(year, Fraction(burned) * annex().tce("bituminous_coal", None))


@kind("GW-36", "opening stock below last year's closing stock", lambda d, h: _yard(d, h, closes=3, opens=3))
def written_off(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """What the yard closed with is not what it opens with, and is not burned."""
    _yard(draft, tonnes, closes=3, opens=2 if tricked else 3)


@kind(
    "GW-38",
    "say little: no supplier's statement, nothing declared",
    lambda d, h: None,
    by=VERDICT,
    scaled=False,
    park_wide=True,
    alone=True,
)
def say_little(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Tables that may be left out are left out."""
    if tricked:
        for table in ("statements", "meters", "production", "resources", "economy"):
            draft.park.tables.pop(table, None)
        draft.park.meta["declarations"] = []


def _said(draft: Draft, words: str) -> None:
    row = {"claim_id": "C41", "year": draft.year, "kind": "label", "text": words, "url": "https://park.example/41",
           "captured_on": f"{int(draft.year) + 1}-03-10"}  # fmt: skip
    draft.said.append(("claims", row))


@kind(
    "GW-41",
    "国家级零碳园区 before acceptance",
    lambda d, h: _said(d, "园区列入国家级零碳园区建设名单"),
    scaled=False,
    park_wide=True,
)
def label_before_acceptance(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The label, in the name of the park."""
    if tricked:
        _said(draft, f"{draft.recipe.name_zh}是国家级零碳园区")


def _visit(draft: Draft, day: str, kind_of: str, **more: str) -> None:
    member = draft.park.rows("enterprises")[0]["enterprise_id"]
    draft.add("visits", {"verifier": "https://body.example.org/", "person": "张三", "date": day, "enterprise_id": member, "site": "园区",
                         "kind": kind_of, "hours": "8", **more})  # fmt: skip


def _agreed_remote(draft: Draft, tonnes: Fraction) -> None:
    _visit(draft, f"{int(draft.year) + 1}-03-04", "remote", evidence_id=draft.paper(OTHER, draft.year, "远程核查约定"))


@kind("GW-42", "one person in two places on one day", _agreed_remote, scaled=False, park_wide=True)
def on_paper(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    if tricked:
        day = f"{int(draft.year) + 1}-03-04"
        _visit(draft, day, "on_site")
        _visit(draft, day, "on_site", site="另一省的园区", hours="9")
