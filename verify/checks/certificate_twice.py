"""One serial, two uses (TZ-CER-01 to 04): listed or retired twice, by two users, for two years, for two purposes.

CK-G1 and the general rules 1 and 2 of green-power.md 6. Two retirements of a serial are one finding: of the first thing in
which they differ. The older one stands; what the younger one proves falls away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from verify.checks.certificate_found import Serials, certificate_found, needs_events, needs_rows
from verify.checks.certificates import RETIRE, Row, events, for_park, listed, proofs, span
from verify.checks.green_credit import credit
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope
from verify.checks.world import World
from verify.ledger.serials import Series, folded
from verify.ledger.spans import Span, common, merged, repeated, size

ROWS, USERS, YEARS, USES = "rows", "users", "years", "uses"


@dataclass(frozen=True)
class Clash:
    """Serials that an older and a younger row both name, and what first differs between them."""

    kind: str
    series: Series
    spans: tuple[Span, ...]
    older: Row
    younger: Row
    table: str


@check("TZ-CER-01")
def listed_twice(world: World, params: Params) -> Rows:
    """A serial stands in two rows, or is retired twice for one use. A split that names the smaller range explains it."""
    needs_rows(world)
    return _clashing(world, params, ROWS)


@check("TZ-CER-02")
def two_users(world: World, params: Params) -> Rows:
    """A serial is retired for two users: two members, the group, the buyer of a product (CK-G1)."""
    needs_events(world)
    return _clashing(world, params, USERS)


@check("TZ-CER-03")
def two_years(world: World, params: Params) -> Rows:
    """A serial is retired for the power of two years (CK-G1)."""
    needs_events(world)
    return _clashing(world, params, YEARS)


@check("TZ-CER-04")
def two_uses(world: World, params: Params) -> Rows:
    """A serial is retired by one user for two purposes: the park's power and the footprint of a product (CK-G1)."""
    needs_events(world)
    return _clashing(world, params, USES)


def listed_again(world: World) -> dict[str, list[Span]]:
    """Row of `certificates` -> its serials that an earlier row lists already, without those that a split explains."""
    found: dict[str, list[Span]] = {}
    for clash in _clashes(world):
        if clash.table == "certificates":
            found.setdefault(clash.younger["row_id"], []).extend(clash.spans)
    return found


def used_twice(world: World, year: str) -> dict[Series, list[Span]]:
    """Serials retired for the park's power of the year that another use takes away (TZ-CER-02 to 04)."""
    found: dict[Series, list[Span]] = {}
    for clash in _clashes(world):
        if clash.table == "certificate_events" and _year(world, clash) == (year, True):
            found.setdefault(clash.series, []).extend(clash.spans)
    return found


def _clashing(world: World, params: Params, kind: str) -> Rows:
    found: list[Found] = []
    for clash in (one for one in _clashes(world) if one.kind == kind):
        year, loses = _year(world, clash)
        worth = credit(world, year, params["proof"])
        effect = worth.lost(_counted(world, year, clash)) if loses else worth.short(size(clash.spans))
        found += certificate_found(
            world,
            Serials(clash.series, clash.spans, year, clash.table, (clash.older, clash.younger)),
            {"first_use": _said(clash.older, clash), "other_use": _said(clash.younger, clash)},
            effect,
        )
    return Rows(found, Scope.count(len(world.rows("certificates")) + len(world.rows("certificate_events"))))


def _clashes(world: World) -> list[Clash]:
    if "certificate_clashes" not in world.cache:
        world.cache["certificate_clashes"] = [*_of_rows(world), *_of_retirements(world)]
    return world.cache["certificate_clashes"]  # type: ignore[no-any-return]


def _of_rows(world: World) -> Iterator[Clash]:
    splits = events(world, "split")
    for key, rows in listed(world).items():
        parts = {span(row) for row in splits.get(key, [])}
        for one, other, spans in _pairs(rows):
            if span(one) != span(other) and {span(one), span(other)} & parts:
                continue  # the range before its split beside the part after it
            yield Clash(ROWS, key, spans, one, other, "certificates")


def _of_retirements(world: World) -> Iterator[Clash]:
    for key, rows in events(world, RETIRE).items():
        for one, other, spans in _pairs(rows):
            yield Clash(_difference(one, other), key, spans, one, other, "certificate_events")


def _pairs(rows: list[Row]) -> list[tuple[Row, Row, tuple[Span, ...]]]:
    """Pairs of rows that share serials, in the order of the rows."""
    shared: dict[tuple[int, int], list[Span]] = {}
    for stretch, places in repeated((span(row), at) for at, row in enumerate(rows)):
        for pair in combinations(places, 2):
            shared.setdefault(pair, []).append(stretch)
    return [(rows[a], rows[b], tuple(merged(spans))) for (a, b), spans in sorted(shared.items())]


def _difference(one: Row, other: Row) -> str:
    """What first differs; a blank says nothing. The month of use is no use of its own inside one year."""
    if _differs(one, other, "used_by") or _differs(one, other, "beneficiary"):
        return USERS
    if one["used_for_period"][:4] != other["used_for_period"][:4]:
        return YEARS
    return USES if _differs(one, other, "used_for") else ROWS


def _differs(one: Row, other: Row, column: str) -> bool:
    first, second = folded(one[column]), folded(other[column])
    return bool(first and second) and first != second


def _year(world: World, clash: Clash) -> tuple[str, bool]:
    """The year that loses, and whether proofs of it fall away (else they never counted: the serial proved once already).

    Of two purposes of one user at most one is the power of the park, and which is not known.
    """
    if clash.table == "certificates":
        return str(clash.younger["generated_to"] or world.year)[:4], False
    uses = [(row["used_for_period"][:4], row) for row in (clash.older, clash.younger)]
    ours = [year for year, row in uses if year and for_park(world, row, year)]
    if len(ours) == 2 and ours[0] == ours[1] and clash.kind != USES:
        return ours[0], False
    return (ours[-1], True) if ours else (world.year, False)


def _counted(world: World, year: str, clash: Clash) -> int:
    here = [one.span for one in proofs(world, year) if one.series == clash.series]
    return size(common(here, clash.spans))


def _said(row: Row, clash: Clash) -> str:
    if clash.table == "certificates":
        return str(row["holder"] or row["row_id"])
    parts = (row["beneficiary"] or row["used_by"], row["used_for_period"], row["used_for"])
    return " / ".join(part for part in parts if part)
