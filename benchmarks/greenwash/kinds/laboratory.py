"""GW-33, 37: laboratory reports copied, and measured only where it helps. Nobody tested the coal: without the trick the default holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from benchmarks.greenwash.draft import Draft, Plant, per_unit, units_of
from benchmarks.greenwash.kinds.base import kind
from fixtures.simulator.annex import annex
from fixtures.simulator.evidence_kinds import ISSUER, LABORATORY_REPORT
from fixtures.simulator.quanta import text

COAL = "bituminous_coal"
_COPIED = "17.912"  # GJ/t, in twelve months
_REAL = (
    "18.214",
    "17.655",
    "19.871",
    "18.402",
    "17.938",
    "20.126",
    "19.934",
    "18.077",
    "18.351",
    "20.043",
    "17.802",
    "19.783",
)
_LOW = {month: ncv for month, ncv in enumerate(_REAL, 1) if Decimal(ncv) < Decimal("19.570")}
_STEPS = ((2, 3, 1), (1, 2, 4), (3, 1, 2), (2, 4, 1), (1, 1, 3))  # days to receipt, test and issue of real reports


def _below(ncvs: Mapping[int, str]) -> Fraction:
    """tCO2 per t of coal a month by which the default exceeds these months together."""
    return sum((per_unit(COAL) - per_unit(COAL, ncv) for ncv in ncvs.values()), Fraction(0))


def _year(
    draft: Draft, kiln: Plant, year: str, monthly: Decimal, ncvs: Mapping[int, str], *, forged: bool = False
) -> None:
    """A year of coal by the month; months without a value count at the default."""
    for month in range(1, 13):
        period, ncv = f"{year}-{month:02d}", ncvs.get(month, "")
        cells = (
            {"ncv": ncv, "moisture_basis": "as_received", "evidence_id": _report(draft, kiln, period, forged)}
            if ncv
            else {}
        )
        if not ncv:
            cells["evidence_id"] = draft.paper("invoice", year, COAL)
        draft.row(kiln, period, COAL, "purchased", monthly, **cells)
        draft.row(kiln, period, COAL, "final_use", monthly, activity_type="终端消费", **cells)
        draft.post(year, "fuel", Fraction(monthly) * per_unit(COAL, ncv))
        draft.energy(year, Fraction(monthly) * annex().tce(COAL, Decimal(ncv) if ncv else None))
    draft.made(kiln, year, f"{kiln.source}砖", Decimal(3000))


def _report(draft: Draft, kiln: Plant, period: str, forged: bool) -> str:
    """A report of one month: with working days and numbers of its own, or written in one go."""
    year, month = int(period[:4]), int(period[5:])
    days = [date(year, month, 5 if forged else 21 + month * 7 % 6)]
    for step in (2, 2, 3) if forged else _STEPS[month % 5]:
        days.append(days[-1] + timedelta(days=step))
    number = 700 + month if forged else 31 + month * 41 + month * month % 17
    paper = f"LAB-{kiln.source}-{period}"
    content = f"模拟凭证\n{paper}\n".encode()
    draft.park.files[f"evidence/{paper}.txt"] = content
    named = dict(zip(("sampled", "received", "tested", "issued"), map(str, days), strict=True))
    draft.add("evidence", named | {"evidence_id": paper, "kind": LABORATORY_REPORT, "covers": f"{year}年{month}月入炉煤检测报告",
                                   "file": f"evidence/{paper}.txt", "sha256": hashlib.sha256(content).hexdigest(),
                                   "issuer": ISSUER[LABORATORY_REPORT], "report_number": f"{kiln.source.upper()}-{year}-{number:04d}",
                                   "obtained_by": "park"})  # fmt: skip
    return paper


def _kiln(
    draft: Draft,
    key: str,
    monthly: Decimal,
    claimed: Mapping[int, str],
    before: Mapping[int, str],
    *,
    forged: bool = False,
) -> None:
    kiln = draft.plant(key, industry="3031", process="隧道窑")
    for year in draft.years:
        last = year == draft.year
        _year(
            draft,
            kiln,
            year,
            monthly,
            _moved(claimed if last else before, draft.years.index(year), forged),
            forged=forged and last,
        )


def _moved(ncvs: Mapping[int, str], years: int, forged: bool) -> dict[int, str]:
    """Real values differ from year to year; copied ones do not."""
    return {
        month: ncv if forged else text(Decimal(ncv) + Decimal(f"0.0{years * month:02d}")) for month, ncv in ncvs.items()
    }


def _measured(draft: Draft, tonnes: Fraction, key: str) -> None:
    """The honest twin: every month of every year is tested."""
    every = dict(enumerate(_REAL, 1))
    _kiln(draft, key, units_of(tonnes, _below(_LOW)), every, every)


@kind("GW-33", "twelve laboratory reports copied from one", lambda d, h: _measured(d, h, "gw33"))
def copied_reports(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """Twelve reports of one value, numbered one by one, in the place of the default."""
    copied = dict.fromkeys(range(1, 13), _COPIED)
    _kiln(draft, "gw33", units_of(tonnes, _below(copied)), copied if tricked else {}, {}, forged=tricked)


@kind("GW-37", "measured in the low months only", lambda d, h: _measured(d, h, "gw37"))
def low_months(draft: Draft, tonnes: Fraction, tricked: bool) -> None:
    """The months below the default are filed as measured, the others at the default."""
    low = _moved(_LOW, draft.years.index(draft.year), forged=False)
    _kiln(draft, "gw37", units_of(tonnes, _below(low)), _LOW if tricked else {}, {})
