"""Power by certificate that no registry has confirmed: it keeps its zero as claimed and has no credit in the proven value.

green-power.md 1, CK-G10: a serial number in a table proves nothing by itself. Where certificates were handed in, power at zero
by certificate is proven as far as retirements with the registry's statement on file reach; a serial counts for one period. A
park that hands in no certificates rests on the statement that its rows name, as before (docs/adr/0028).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from verify.engine import Engine, Table
from verify.ledger.serials import Series, series
from verify.ledger.spans import SpanMap, size
from verify.ruler import Ruler

Key = tuple[str, Series]  # submission and series
Period = tuple[str, str]  # submission and period
_RETIRE = "retire"


def is_seen(event: Mapping[str, Any], papers: Mapping[str, str], kinds: Collection[str]) -> bool:
    """Whether a statement of the registry is on file, and no look-up that was made too early stands against it.

    `papers`: evidence id -> kind.
    """
    checked = event["registry_checked_on"]
    return papers.get(event["evidence_id"], "") in kinds and (checked is None or checked >= event["at"])


def unseen_periods(engine: Engine, ruler: Ruler, tables: Mapping[str, Table]) -> list[Period]:
    """The periods in which power under the supplies of the rule is not confirmed, by submission."""
    rule = ruler.text.method.certificates
    if rule is None:
        return []
    listed = _listed(engine.rows(tables["certificates"]))
    claimed = _claimed(engine, tables["activity"], rule.supply) if listed else {}
    seen = _seen(engine, tables, listed, rule.statement) if claimed else {}
    found: list[Period] = []
    for submission, year in sorted({(submission, period[:4]) for submission, period in claimed}):
        here, there = (
            {period: amount for (of, period), amount in sums.items() if of == submission and period[:4] == year}
            for sums in (claimed, seen)
        )
        if any(of == submission for of, _ in listed):
            unit = Fraction(rule.mwh)
            confirmed = {period: count * unit for period, count in there.items()}
            found += [(submission, period) for period in _uncovered(here, confirmed, unit)]
    return found


def _claimed(engine: Engine, activity: Table, supplies: list[str]) -> dict[Period, Fraction]:
    """MWh received under the supplies."""
    rows = activity.filter(
        lambda t: (t.carrier == "electricity") & t.flow.isin(["purchased", "tolled_in"]) & t.supply.isin(supplies)
    )
    summed = rows.group_by("submission_id", "period").aggregate(quantity=rows.quantity.sum().cast("decimal(38, 6)"))
    return {(row["submission_id"], row["period"]): Fraction(row["quantity"] or 0) for row in engine.rows(summed)}


def _seen(
    engine: Engine, tables: Mapping[str, Table], listed: Mapping[Key, SpanMap[bool]], kinds: Collection[str]
) -> dict[Period, Fraction]:
    """Listed certificates whose retirement was confirmed, by the period that the oldest retirement of each names."""
    papers = {row["evidence_id"]: row["kind"] for row in engine.rows(tables["evidence"].select("evidence_id", "kind"))}
    taken: dict[Key, SpanMap[bool]] = {}
    found: dict[Period, Fraction] = {}
    events = engine.rows(tables["certificate_events"].filter(lambda t: t.event == _RETIRE).order_by(["at", "row_id"]))
    for event in events:
        if event["first"] is None or event["last"] is None or not is_seen(event, papers, kinds):
            continue
        key, period = (event["submission_id"], series(event)), (event["submission_id"], event["used_for_period"])
        used, there = taken.setdefault(key, SpanMap()), listed.get(key)
        for fresh in used.free(event["first"], event["last"]):
            known = [(a, b) for a, b, row in there.pieces(*fresh) if row] if there is not None else []
            found[period] = found.get(period, Fraction(0)) + size(known)
        used.put(event["first"], event["last"], True)
    return found


def _listed(rows: list[dict[str, Any]]) -> dict[Key, SpanMap[bool]]:
    found: dict[Key, SpanMap[bool]] = {}
    for row in rows:
        if row["first"] is not None and row["last"] is not None:
            found.setdefault((row["submission_id"], series(row)), SpanMap()).put(row["first"], row["last"], True)
    return found


def _uncovered(claimed: Mapping[str, Fraction], seen: Mapping[str, Fraction], unit: Fraction) -> list[str]:
    """Periods of one year that the confirmed MWh do not reach; less than one whole certificate is no gap.

    Where they reach the year as a whole nothing is missing; else each month has those of its own first, then those of the year.
    """
    if sum(claimed.values()) - sum(seen.values()) < unit:
        return []
    pool = sum((amount for period, amount in seen.items() if period not in claimed), Fraction(0))
    found = []
    for period, amount in sorted(claimed.items()):
        short = max(amount - seen.get(period, Fraction(0)), Fraction(0))
        if short - pool < unit:
            pool -= min(short, pool)
        else:
            found.append(period)
    return found
