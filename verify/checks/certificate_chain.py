"""The chain from issue to retirement (TZ-CER-05, 06): serials that nobody issued or issued twice, and breaks of the holders."""

from __future__ import annotations

from verify.checks.certificate_found import Serials, certificate_found, needs_events
from verify.checks.certificate_life import (
    AFTER_RETIREMENT,
    ISSUED_TWICE,
    NOT_ISSUED,
    NOT_THE_HOLDER,
    Break,
    breaks,
    keeps_account,
)
from verify.checks.certificates import events, proofs
from verify.checks.green_credit import credit
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, Rows, Scope
from verify.checks.world import World
from verify.ledger.serials import Series, folded
from verify.ledger.spans import common, size


@check("TZ-CER-05")
def issued_once(world: World, params: Params) -> Rows:
    """Every serial that moves or is retired was issued, and once (general rule 2: claimed slices <= issued)."""
    return _broken(world, params, (NOT_ISSUED, ISSUED_TWICE))


@check("TZ-CER-06")
def holder_to_holder(world: World, params: Params) -> Rows:
    """Transfers link the issue to the account that retires; nothing moves after retirement (general rule 5)."""
    return _broken(world, params, (NOT_THE_HOLDER, AFTER_RETIREMENT))


def _broken(world: World, params: Params, kinds: tuple[str, ...]) -> Rows:
    needs_events(world)
    kept, undecided = 0, []
    found: list[Found] = []
    for key, rows in events(world).items():
        if not keeps_account(rows):
            undecided.append("/".join(key))
            continue
        kept += len(rows)
        for one in _breaks(world, key):
            if one.kind in kinds:
                found += _said(world, params, key, one)
    if not kept:
        raise CouldNotRun("no_issue_handed_in")
    return Rows(found, Scope.count(kept, len(world.rows("certificate_events"))), undecided)


def _said(world: World, params: Params, key: Series, one: Break) -> list[Found]:
    counted = {
        year: size(common([one.span], [p.span for p in proofs(world, year) if p.series == key])) for year in world.years
    }
    year = max(counted, key=lambda of: (counted[of], of == world.year))  # the year whose proof hangs on it
    worth = credit(world, year, params["proof"])
    more = {"break": one.kind, "event": one.event["event"], "holder": one.holder, "giver": one.event["from_holder"]}
    effect = None if one.kind in (ISSUED_TWICE, AFTER_RETIREMENT) else worth.lost(counted.get(year, 0))
    return certificate_found(world, Serials(key, [one.span], year, "certificate_events", [one.event]), more, effect)


def _breaks(world: World, key: Series) -> list[Break]:
    if "certificate_breaks" not in world.cache:
        who = _Names(world)
        world.cache["certificate_breaks"] = {one: breaks(rows, who) for one, rows in events(world).items()}
    return world.cache["certificate_breaks"][key]  # type: ignore[no-any-return]


class _Names:
    """One name of each party: a member, the park or a plant under its code and its names; others as written."""

    def __init__(self, world: World) -> None:
        about = world.submission.park
        self._known = {folded(name): about.id for name in (about.id, about.names.zh, about.names.en, about.manager)}
        for row in world.spells():
            self._known |= {folded(row[column]): row["enterprise_id"] for column in ("enterprise_id", "name")}
        for row in world.rows("generators"):  # the account of a plant is that of its owner
            owner = self(row["owner_id"]) or folded(row["generator_id"])
            self._known |= {folded(row[column]): owner for column in ("generator_id", "name") if row[column]}

    def __call__(self, name: str) -> str:
        return self._known.get(folded(name), folded(name)) if name else ""
