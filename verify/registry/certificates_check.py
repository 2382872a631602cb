"""TZ-REG-01: serials retired for two users or two years in filings of different parks (CK-G1)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from verify.engine import Table
from verify.ledger.serials import folded
from verify.registry.certificates import Clash, Filing, clashes
from verify.registry.found import Answer, Found, Params
from verify.registry.view import View, key_of

_SERIES = ["registry", "prefix"]
_SHOWN = 5  # stretches of serials in one finding


def ask(view: View, params: Params) -> Answer:
    """Narrow to serials that overlap any others of their series, then sweep exactly (registry.certificates)."""
    asked = _asked(view)
    overlapping = _overlapping(view)
    rows = view.rows(overlapping)
    if asked is not None:
        rows = [row for row in rows if key_of((row["registry"], row["prefix"])) in asked]
    found: dict[tuple[str, tuple[str, ...]], list[Clash]] = defaultdict(list)
    for clash in clashes(_filings(view, rows, params)):
        parks = tuple(sorted({use.park_id for use in clash.uses}))
        if len(parks) > 1:
            found[key_of(clash.series), parks].append(clash)
    told = [_found(key, parks, those) for (key, parks), those in sorted(found.items())]
    count = view.count("uses")
    return Answer(told, asked, len(rows), count)


def _overlapping(view: View) -> Table:
    """Uses whose serials meet an earlier or the next range of their series."""
    import ibis

    uses = view.live("uses")
    order = [uses["first"], uses["last"], uses["filing"], uses["row_id"]]
    earlier = ibis.window(group_by=_SERIES, order_by=order, preceding=(None, 1))
    here = ibis.window(group_by=_SERIES, order_by=order)
    marked = uses.mutate(reached=uses["last"].max().over(earlier), following=uses["first"].lead().over(here))
    meets = (marked["reached"] >= marked["first"]) | (marked["following"] <= marked["last"])
    return marked.filter(meets.fill_null(False)).drop("reached", "following")


def _asked(view: View) -> frozenset[str] | None:
    """Series with a filing that moved, and those used under a name that moved: whose use it is may have changed."""
    if not view.partial:
        return None
    uses = view.live("uses")
    names = view.moved("names").select("name").distinct()
    owned = [uses.join(names, uses[column] == names["name"]).select(*_SERIES) for column in ("beneficiary", "used_by")]
    rows = [row for one in owned for row in view.engine.rows(one.distinct())]
    series = {key_of((row["registry"], row["prefix"])) for row in rows}
    return frozenset(series) | (view.keys("uses", _SERIES) or frozenset())


def _filings(view: View, rows: list[dict[str, Any]], params: Params) -> list[Filing]:
    """The uses by park, with the names of parks under which they stand."""
    users = sorted({row["beneficiary"] or row["used_by"] for row in rows})
    names: dict[str, set[str]] = defaultdict(set)
    if users:
        import pyarrow as pa

        wanted = view.engine.table("users", pa.table({"name": users}))
        for row in view.rows(view.live("names").semi_join(wanted, "name")):
            names[row["park"]].add(folded(row["name"]))
    events: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        events[row["park"]].append({**row, "event": params["event"], "used_for_period": row["year"]})
    return [Filing(park, frozenset(names[park]), events[park]) for park in sorted({*names, *events})]


def _found(key: str, parks: tuple[str, ...], those: list[Clash]) -> Found:
    spans = [clash.span for clash in those]
    shown = ", ".join(f"{first}–{last}" for first, last in spans[:_SHOWN]) + (" …" if len(spans) > _SHOWN else "")
    uses = sorted({(use.park_id, use.user, use.year) for clash in those for use in clash.uses})
    return Found(
        "TZ-REG-01",
        key,
        parks,
        subject=those[0].series[1] or those[0].series[0],
        period="/".join(sorted({use[2] for use in uses})),
        arguments={
            "certificates": str(sum(last - first + 1 for first, last in spans)),
            "serials": shown,
            "users": "; ".join(f"{park}: {user}" for park, user, _ in uses),
        },
    )
