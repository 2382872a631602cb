"""What a certificate may be used for by its kind and plant (TZ-CER-13 to 15; GEC-4, CK-G2, general rules 8 and 9)."""

from __future__ import annotations

from collections.abc import Iterable

from verify.checks.certificate_found import Serials, certificate_found, needs_events, needs_rows
from verify.checks.certificates import RETIRE, Row, events, for_park, listed, names, proofs, span
from verify.checks.green_credit import credit
from verify.checks.own_power import own_plants
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.world import World
from verify.ledger.serials import Series, folded
from verify.ledger.spans import Span, common, merged, size, without


@check("TZ-CER-13")
def not_traded(world: World, params: Params) -> Rows:
    """A certificate that is not tradable stays with its plant: its transfer is an anomaly by itself (GEC-4)."""
    needs_events(world)
    found: list[Found] = []
    tested = 0
    for key, rows in listed(world).items():
        for row in (one for one in rows if one["kind"] in params["kinds"]):
            tested += 1
            for event in events(world, "transfer").get(key, []):
                moved = common([span(row)], [span(event)])
                if moved and folded(event["from_holder"]) != folded(event["to_holder"]):
                    found += _moved(world, params, key, moved, event)
    return Rows(found, Scope.count(tested, len(world.rows("certificates"))))


def _moved(world: World, params: Params, key: Series, moved: list[Span], event: Row) -> list[Found]:
    counted = {
        year: size(common(moved, [one.span for one in proofs(world, year) if one.series == key]))
        for year in world.years
    }
    year = max(counted, key=lambda of: (counted[of], of == world.year))
    more = {"giver": event["from_holder"], "taker": event["to_holder"]}
    effect = credit(world, year, params["proof"]).lost(counted[year])
    return certificate_found(world, Serials(key, moved, year, "certificate_events", [event]), more, effect)


@check("TZ-CER-14")
def sold_and_used(world: World, params: Params) -> Rows:
    """Whose certificates of own or directly supplied power went to others has used other power (CK-G2, general rule 9).

    Power that the plant fed elsewhere may be sold with its certificates. Undone: own use counts as other power.
    """
    needs_rows(world)
    return _both(world, params, sold=True)


@check("TZ-CER-15")
def own_power_counted_once(world: World, params: Params) -> Rows:
    """Certificates of own or directly supplied power do not prove power from the grid as well (general rule 8)."""
    needs_rows(world)
    return _both(world, params, sold=False)


def _both(world: World, params: Params, *, sold: bool) -> Rows:
    found: list[Found] = []
    undecided: list[str] = []
    tested = 0
    for year in world.years:
        worth = credit(world, year, params["proof"])
        for plant in own_plants(world, year, params):
            stretches = list(_sold(world, plant.id, year) if sold else _counted(world, plant.id, year))
            if not stretches or not plant.used:
                continue
            if plant.elsewhere is None:
                undecided.append(f"{year}/{plant.id}")
                continue
            tested += 1
            count = sum(size(spans) for _, spans, _ in stretches) - int(plant.elsewhere / worth.unit)
            if count <= 0:
                continue
            mwh = min(count * worth.unit, plant.used)
            effect = tonnes(mwh * plant.default) if sold else worth.lost(mwh / worth.unit)
            key, _, row = stretches[0]
            rows = [one for _, _, one in stretches]
            spans = merged(stretch for other, many, _ in stretches if other == key for stretch in many)
            more = {"generator": plant.name, "used": text(plant.used), "quantity": text(mwh)}
            table = "certificate_events" if sold else "certificates"
            found += certificate_found(world, Serials(key, spans, year, table, [row, *rows]), more, effect)
    if not own_any(world, params):
        raise NotApplicable("no_own_green_power")
    return Rows(found, Scope.count(tested or len(world.rows("certificates"))), undecided)


def own_any(world: World, params: Params) -> bool:
    """Whether a plant of the park or on a direct line stands in the tables."""
    return any(row["connection"] in params["connections"] for row in world.rows("generators"))


def _sold(world: World, plant: str, year: str) -> Iterable[tuple[Series, list[Span], Row]]:
    """Serials of a plant made in the year that left for others: transferred to or retired for somebody outside."""
    ours = names(world)
    for key, rows in listed(world).items():
        gone: list[Span] = []
        mine = [span(row) for row in rows if row["generator_id"] == plant and str(row["generated_to"])[:4] == year]
        for event in events(world, "transfer", RETIRE).get(key, []) if mine else ():
            away = (
                bool(event["to_holder"]) and folded(event["to_holder"]) not in ours
                if event["event"] == "transfer"
                else bool(event["beneficiary"]) and not for_park(world, event, year)
            )
            spans = without(common(mine, [span(event)]), gone) if away else []
            if spans:
                gone += spans
                yield key, spans, event


def _counted(world: World, plant: str, year: str) -> Iterable[tuple[Series, list[Span], Row]]:
    for one in proofs(world, year):
        if one.certificate["generator_id"] == plant:
            yield one.series, [one.span], one.certificate
