"""When a certificate was retired, and when its power was made (TZ-CER-07 to 09; GEC-6, CK-G4)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from verify.checks.certificate_found import Serials, certificate_found, needs_events
from verify.checks.certificates import Proof, proofs
from verify.checks.green_credit import credit
from verify.checks.registry import Params, check
from verify.checks.rows import CouldNotRun, Found, NotApplicable, Rows, Scope
from verify.checks.world import World

Fault = Callable[[Proof], "Mapping[str, str] | None"]  # the words of a faulty proof, None where it is sound


@check("TZ-CER-07")
def retired_in_time(world: World, params: Params) -> Rows:
    """Retired on the last day of validity at the latest; by the month of generation (GEC-6).

    A range of several months of which only some had run out is undecided: which serial is of which month is not known.
    """
    undecided: list[str] = []

    def late(one: Proof) -> Mapping[str, str] | None:
        first, last = _validity(world, one, params)
        at = one.event["at"]
        if at <= first:
            return None
        if at <= last:
            undecided.append(one.certificate["row_id"])
            return None
        return {"retired_on": str(at), "valid_until": str(last), "generated": _made(one)}

    return _faulty(world, params, late, undecided, dated=True)


@check("TZ-CER-08")
def retired_before_the_claim(world: World, params: Params) -> Rows:
    """A claim about a year is published after the certificates of the year were retired, not before (CK-G4: not only held)."""
    said: dict[str, date] = {}
    for row in world.rows("claims"):
        if row["captured_on"] is not None:
            said[row["year"]] = min(row["captured_on"], said.get(row["year"], date.max))
    if not said:
        raise NotApplicable("no_dated_claim")

    def afterwards(one: Proof) -> Mapping[str, str] | None:
        published = said.get(one.event["used_for_period"][:4])
        if published is None or one.event["at"] <= published:
            return None
        return {"retired_on": str(one.event["at"]), "published_on": str(published)}

    return _faulty(world, params, afterwards, [])


@check("TZ-CER-09")
def made_in_the_year_of_use(world: World, params: Params) -> Rows:
    """The power was made in the year of use, or at most as many years before as the ruler admits; never after it."""
    years = int(world.number(params["years_before"]))

    def elsewhere(one: Proof) -> Mapping[str, str] | None:
        use = int(one.event["used_for_period"][:4])
        first, last = (one.certificate[name].year for name in _GENERATED)
        if first <= use and last >= use - years:
            return None
        return {"generated": _made(one), "use": str(use)}

    return _faulty(world, params, elsewhere, [], dated=True)


_GENERATED = ("generated_from", "generated_to")


def expired(world: World, one: Proof, params: Params) -> bool:
    """Whether all of it had run out when it was retired, by the parameters of TZ-CER-07; False where that is not known."""
    if None in (one.certificate[name] for name in _GENERATED):
        return False
    return bool(one.event["at"] > _validity(world, one, params)[1])


def _validity(world: World, one: Proof, params: Params) -> tuple[date, date]:
    """The last day of validity of the first and of the last day of generation."""
    first, last = (_valid_until(world, one.certificate[name], params["validity"]) for name in _GENERATED)
    return first, last


def _faulty(world: World, params: Params, fault: Fault, undecided: list[str], *, dated: bool = False) -> Rows:
    """Findings over the proofs of all years, one per certificate row, retirement and words."""
    needs_events(world)
    found: list[Found] = []
    tested = population = 0
    for year in world.years:
        here = proofs(world, year)
        population += len(here)
        groups: dict[tuple[str, ...], list[Proof]] = {}
        words: dict[tuple[str, ...], Mapping[str, str]] = {}
        for one in here:
            if dated and None in (one.certificate[name] for name in _GENERATED):
                undecided.append(one.certificate["row_id"])
                continue
            tested += 1
            if (said := fault(one)) is not None:
                key = (*one.series, *said.values())
                groups.setdefault(key, []).append(one)
                words[key] = said
        worth = credit(world, year, params["proof"])
        for key, many in groups.items():
            events = list({one.event["row_id"]: one.event for one in many}.values())
            serials = Serials(many[0].series, [one.span for one in many], year, "certificate_events", events)
            found += certificate_found(world, serials, words[key], worth.lost(sum(one.count for one in many)))
    if population and not tested:
        raise CouldNotRun("no_generation_period")
    return Rows(found, Scope.count(tested, population), sorted(set(undecided)))


def _valid_until(world: World, made: date, rules: Iterable[Mapping[str, Any]]) -> date:
    """The last day on which a certificate of that day of generation may be retired.

    `rules`, the first that fits: `before` (a day) with `until` (a day), or `years` (a value), counted from the month of
    generation and including it, so that two years end with the last day of the month + 23.
    """
    for rule in rules:
        if "before" in rule and made >= date.fromisoformat(rule["before"]):
            continue
        if "until" in rule:
            return date.fromisoformat(rule["until"])
        months = made.year * 12 + made.month - 1 + int(world.number(rule["years"]) * 12) - 1
        year, month = divmod(months, 12)
        return date(year, month + 1, monthrange(year, month + 1)[1])
    return date.max


def _made(one: Proof) -> str:
    return "/".join(str(one.certificate[name]) for name in _GENERATED)
