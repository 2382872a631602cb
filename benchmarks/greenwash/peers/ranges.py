"""Year-to-year range checks: totals per member and carrier (or gas) may not move by more than a fifth, appear or vanish."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from fixtures.simulator.park import Park, Row

_BAND = Decimal("0.20")
_TABLES = {"activity": ("enterprise_id", "carrier", "flow"), "production": ("enterprise_id", "product", "flow"),
           "emissions": ("enterprise_id", "gas", "unit")}  # fmt: skip


def alarms(park: Park) -> frozenset[str]:
    """An alarm for each total that leaves the band between base year and claim year."""
    years = (park.meta["base_year"], park.meta["reporting_year"])
    found = set()
    for table, keys in _TABLES.items():
        sums: dict[tuple[str, ...], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for row in park.rows(table):
            if row["period"][:4] in years:
                sums[tuple(row.get(key, "") for key in keys)][years.index(row["period"][:4])] += _number(row)
        for key, (then, now) in sums.items():
            if (then == 0) != (now == 0) or (then and abs(now / then - 1) > _BAND):
                found.add(" ".join((table, *key)))
    return frozenset(found)


def _number(row: Row) -> Decimal:
    return Decimal(row["quantity"])
