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
from verify.ledger.spans import Span, merged, size, without
from verify.ruler import Ruler

SEEN, PROOF = "TZ-CER-12", "TZ-GRN-01"  # the checks of the ruler that name the statement, and the kinds of proof
_RETIRE = "retire"


def is_seen(event: Mapping[str, Any], papers: Mapping[str, str], kinds: Collection[str]) -> bool:
    """Whether a statement of the registry is on file, and no look-up that was made too early stands against it.

    `papers`: evidence id -> kind.
    """
    checked = event["registry_checked_on"]
    return papers.get(event["evidence_id"], "") in kinds and (checked is None or checked >= event["at"])


def unseen_periods(engine: Engine, ruler: Ruler, tables: Mapping[str, Table]) -> tuple[list[str], list[str]]:
    """The supplies that certificates prove, and the periods in which power under them is not confirmed."""
    checks = ruler.text.checks
    if not {SEEN, PROOF} <= checks.keys() or not engine.rows(tables["certificates"].select("row_id").limit(1)):
        return [], []
    proof = checks[PROOF].params
    supplies, unit = list(proof["kinds"]["certificates"]), Fraction(proof["mwh_per_certificate"])
    claimed = _claimed(engine, tables["activity"], supplies)
    seen = _seen(engine, tables, checks[SEEN].params["evidence"]) if claimed else {}
    found: list[str] = []
    for year in sorted({period[:4] for period in claimed}):
        found += _uncovered(
            {period: amount for period, amount in claimed.items() if period[:4] == year},
            {period: count * unit for period, count in seen.items() if period[:4] == year},
            unit,
        )
    return supplies, found


def _claimed(engine: Engine, activity: Table, supplies: list[str]) -> dict[str, Fraction]:
    """MWh received under the supplies, by period."""
    rows = activity.filter(
        lambda t: (t.carrier == "electricity") & t.flow.isin(["purchased", "tolled_in"]) & t.supply.isin(supplies)
    )
    summed = rows.group_by("period").aggregate(quantity=rows.quantity.sum().cast("decimal(38, 6)"))
    return {row["period"]: Fraction(row["quantity"] or 0) for row in engine.rows(summed)}


def _seen(engine: Engine, tables: Mapping[str, Table], kinds: Collection[str]) -> dict[str, int]:
    """Certificates whose retirement was confirmed, by the period that the oldest retirement of each names."""
    papers = {row["evidence_id"]: row["kind"] for row in engine.rows(tables["evidence"].select("evidence_id", "kind"))}
    listed = _spans(engine.rows(tables["certificates"]))
    taken: dict[Series, list[Span]] = {}
    found: dict[str, int] = {}
    events = engine.rows(tables["certificate_events"].filter(lambda t: t.event == _RETIRE).order_by(["at", "row_id"]))
    for event in events:
        if event["first"] is None or event["last"] is None or not is_seen(event, papers, kinds):
            continue
        key, period = series(event), event["used_for_period"]
        fresh = without([(event["first"], event["last"])], taken.get(key, []))
        fresh = without(fresh, without(fresh, listed.get(key, [])))
        taken[key] = merged([*taken.get(key, []), *fresh])
        found[period] = found.get(period, 0) + size(fresh)
    return found


def _spans(rows: list[dict[str, Any]]) -> dict[Series, list[Span]]:
    found: dict[Series, list[Span]] = {}
    for row in rows:
        if row["first"] is not None and row["last"] is not None:
            found.setdefault(series(row), []).append((row["first"], row["last"]))
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
