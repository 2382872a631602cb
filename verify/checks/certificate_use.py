"""What listed certificates were used for (TZ-CER-10 to 12): held only, retired for others, unseen by the registry.

General rule 5 of green-power.md 6, CK-G4 and CK-G10. Certificates that nobody needs may lie in the account or serve others: the
first two look only where the year claims more power than its retired certificates prove.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.checks.certificate_found import Serials, certificate_found, needs_events, needs_rows
from verify.checks.certificates import RETIRE, Row, events, for_park, listed, proofs, span
from verify.checks.green_credit import credit
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope
from verify.checks.world import World
from verify.ledger.serials import Series
from verify.ledger.spans import Span, SpanMap, merged, size
from verify.ledger.unseen import is_seen


@check("TZ-CER-10")
def retired_not_only_held(world: World, params: Params) -> Rows:
    """Certificates of the year lie unretired while the year claims more than its retired ones prove."""
    needs_rows(world)
    found: list[Found] = []
    gone = _oldest(world)
    for year, series, row, unused in _unused(world, params):
        held = [free for stretch in unused for free in gone[series].free(*stretch)] if series in gone else unused
        if held:
            serials = Serials(series, held, year, "certificates", [row])
            effect = credit(world, year, params["proof"]).short(size(held))
            found += certificate_found(world, serials, {"holder": row["holder"]}, effect)
    return Rows(found, Scope.count(len(world.rows("certificates"))))


@check("TZ-CER-11")
def retired_for_this_use(world: World, params: Params) -> Rows:
    """Certificates of the year were retired for another beneficiary or period while the year claims more than it proves."""
    needs_events(world)
    found: list[Found] = []
    gone = _oldest(world)
    for year, series, _, unused in _unused(world, params):
        by_event: dict[str, tuple[Row, list[Span]]] = {}
        for stretch in unused if series in gone else ():
            for a, b, event in gone[series].pieces(*stretch):
                if event is not None:
                    by_event.setdefault(event["row_id"], (event, []))[1].append((a, b))
        for event, elsewhere in by_event.values():
            ours = for_park(world, event, year)
            more = {
                "missing": "period" if ours else "beneficiary",
                "beneficiary": event["beneficiary"] or event["used_by"],
                "use": event["used_for_period"],
            }
            serials = Serials(series, elsewhere, year, "certificate_events", [event])
            effect = credit(world, year, params["proof"]).short(size(elsewhere))
            found += certificate_found(world, serials, more, effect)
    return Rows(found, Scope.count(len(world.rows("certificates"))))


@check("TZ-CER-12")
def seen_by_the_registry(world: World, params: Params) -> Rows:
    """The registry's cancellation statement stands behind the retirement; a number in a table proves nothing (CK-G10).

    Where no retirement has one the check could not run. The proven value takes the power at default either way
    (verify/ledger/unseen.py), by the same kinds of paper. A look-up dated before the retirement saw nothing.
    """
    needs_events(world)
    rule = world.ruler.text.method.certificates
    if rule is None:
        raise NotApplicable("no_rule_of_certificates")
    papers = world.evidence_kinds()
    found: list[Found] = []
    seen = population = 0
    for year in world.years:
        groups: dict[str, list[tuple[Series, Span, Row]]] = {}
        for one in proofs(world, year):
            population += 1
            if is_seen(one.event, papers, rule.statement):
                seen += 1
            else:
                groups.setdefault(one.event["row_id"], []).append((one.series, one.span, one.event))
        worth = credit(world, year, params["proof"])
        for many in groups.values():
            spans = merged(stretch for _, stretch, _ in many)
            event = many[0][2]
            serials = Serials(many[0][0], spans, year, "certificate_events", [event])
            found += certificate_found(world, serials, {"retired_on": str(event["at"])}, worth.lost(size(spans)))
    if population and not seen:
        raise CouldNotRun("no_cancellation_statement")
    return Rows(found, Scope.count(seen, population))


def _oldest(world: World) -> dict[Series, SpanMap[Row]]:
    """The oldest retirement of each serial."""
    found: dict[Series, SpanMap[Row]] = {}
    for series, rows in events(world, RETIRE).items():
        found[series] = SpanMap()
        for event in reversed(rows):
            found[series].put(*span(event), event)
    return found


def _unused(world: World, params: Params) -> Iterator[tuple[str, Series, Row, list[Span]]]:
    """(year, series, row, serials) of certificates made in a year that claims more than it proves, which prove no year."""
    proving: dict[Series, SpanMap[bool]] = {}
    for year in world.years:
        for one in proofs(world, year):
            proving.setdefault(one.series, SpanMap()).put(*one.span, True)
    for year in world.years:
        worth = credit(world, year, params["proof"])
        if worth.missing < worth.unit:
            continue
        for series, rows in listed(world).items():
            for row in rows:
                made = row["generated_to"] or row["generated_from"]
                if made is None or str(made)[:4] != year:
                    continue
                unused = proving[series].free(*span(row)) if series in proving else [span(row)]
                if unused:
                    yield year, series, row, unused
