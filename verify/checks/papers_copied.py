"""Laboratory values that repeat where two tests cannot (TZ-PAP-07; manipulation-patterns 2 and 3.2; GW-33; MEE 2022-03-14).

Even two tests of one sample differ by the repeatability of the method, so that a value on fine digits hardly comes twice. The
numbers expected by chance are reckoned for tests that differ by no more than that: a rounded meter, whose unit is
coarser than its repeatability, is evidence of nothing, and a steady process scatters by at least as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import comb, pi, prod, sqrt
from typing import Any, NamedTuple

from verify.checks.listing import on_rows
from verify.checks.papers import papers
from verify.checks.papers_default import MEASURED, at_default
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.world import World

_CHOICES = (MEASURED, *((name,) for name in MEASURED))  # both values together, then each alone
_DISTINCT = 3  # values of a series of which copies at another scale can be told


@dataclass(frozen=True)
class LabTest:
    """One report's values for one carrier of one member. `values`: as printed, GJ/t (GJ/10^4Nm3) and tC/GJ."""

    paper: str
    identity: tuple[str, ...]
    month: str
    values: dict[str, Decimal]


class Key(NamedTuple):
    """A series of tests."""

    member: str
    carrier: str
    year: str


class Copy(NamedTuple):
    """Tests that repeat each other. `ratio`: of a copy at another scale, else 1; `chance`: such copies expected by chance."""

    properties: tuple[str, ...]
    tests: tuple[LabTest, ...]
    others: tuple[LabTest, ...]
    ratio: Fraction
    chance: float


@check("TZ-PAP-07", needs={"evidence", "activity"})
def values_of_their_own(world: World, params: Params) -> Rows:
    """No report repeats the values of others: of other months, of another plant or year, also at another scale.

    `params.kinds`: of reports; `params.repeatability`: relative standard deviation of two tests of one sample;
    `params.chance`: copies expected by chance from which they are none. Undone: the values of these reports are not taken
    and the defaults stand, in the year of the (later) series.
    """
    series = tests(world, params["kinds"])
    if all(len(held) < 2 for held in series.values()):
        raise NotApplicable("no_monthly_reports")
    found = [row for key, other, one in copies(world, params) for row in _found(world, key, other, one)]
    return Rows(found, Scope.count(sum(len(held) for held in series.values())))


def copies(world: World, params: Params) -> list[tuple[Key, Key, Copy]]:
    """Every copy inside a series and between two; the chance is shared out over what is compared (Bonferroni)."""
    repeatability, chance = (float(world.number(params[key])) for key in ("repeatability", "chance"))
    many = {key: held for key, held in tests(world, params["kinds"]).items() if len(held) > 1}
    beside = [both for both in combinations(many, 2) if both[0].carrier == both[1].carrier]
    found = [
        (key, key, one) for key, held in many.items() for one in inside(held, repeatability, chance / (len(many) or 1))
    ]
    for key, other in beside:
        copy = between(many[key], many[other], repeatability, chance / len(beside))
        found += [] if copy is None else [(key, other, copy)]
    return found


def tests(world: World, kinds: list[str]) -> dict[Key, list[LabTest]]:
    """Measured values by series; rows of one report with the same values are one test."""
    reports = {one.id: one for one in papers(world, kinds)}
    if not reports:
        return {}
    rows = world.table("activity")
    rows = rows.filter(rows.evidence_id.isin(sorted(reports)) & (rows.ncv.notnull() | rows.carbon_content.notnull()))
    columns = ["enterprise_id", "carrier", "year", "evidence_id", *MEASURED]
    grouped = rows.group_by(columns).aggregate(month=rows.period.min())
    series: dict[Key, dict[tuple[Any, ...], LabTest]] = defaultdict(dict)
    for row in world.engine.rows(grouped.order_by([*columns, "month"])):
        identity = reports[row["evidence_id"]].identity
        values = {name: row[name].normalize() for name in MEASURED if row[name] is not None}
        one = LabTest(row["evidence_id"], identity, row["month"], values)
        series[Key(row["enterprise_id"], row["carrier"], row["year"])].setdefault(
            (identity, *sorted(values.items())), one
        )
    return {key: sorted(held.values(), key=lambda one: (one.month, one.paper)) for key, held in sorted(series.items())}


def inside(held: Sequence[LabTest], repeatability: float, chance: float) -> Iterator[Copy]:
    """Tests of one series with the same values, told by the widest choice of values; no report is told twice."""
    told: set[str] = set()
    for names in _CHOICES:
        usable = [one for one in held if all(name in one.values for name in names)]
        groups: dict[tuple[Decimal, ...], list[LabTest]] = defaultdict(list)
        for one in usable:
            groups[tuple(one.values[name] for name in names)].append(one)
        for same in groups.values():
            reports = {one.identity for one in same}
            if len(reports) < 2 or {one.paper for one in same} <= told:
                continue
            size = len(reports)
            each = [_of_equals(_spread(usable, name, same[0].values[name], repeatability), size) for name in names]
            expected = comb(len({one.identity for one in usable}), size) * prod(each)
            if expected < chance:
                told |= {one.paper for one in same}
                yield Copy(names, tuple(same), (), Fraction(1), expected)


def between(held: Sequence[LabTest], there: Sequence[LabTest], repeatability: float, chance: float) -> Copy | None:
    """Two series of one carrier, of two members or two years, that agree month by month or stand in one ratio."""
    for names in _CHOICES:
        pairs = [(one, two) for one in held for two in there if _beside(one, two, names)]
        if pairs and (
            found := _equal(pairs, names, repeatability, chance) or _scaled(pairs, names, repeatability, chance)
        ):
            return found
    return None


def _beside(one: LabTest, two: LabTest, names: tuple[str, ...]) -> bool:
    """Whether two tests are of the same month of the calendar and not of one report."""
    apart = one.month[4:] == two.month[4:] and one.identity != two.identity
    return apart and all(name in one.values and name in two.values for name in names)


def _equal(
    pairs: list[tuple[LabTest, LabTest]], names: tuple[str, ...], repeatability: float, chance: float
) -> Copy | None:
    same = [(one, two) for one, two in pairs if all(one.values[name] == two.values[name] for name in names)]
    if not same:
        return None
    of_one = [_of_equals(_spread([*sum(pairs, ())], name, same[0][0].values[name], repeatability), 2) for name in names]
    expected = comb(len(pairs), len(same)) * prod(of_one) ** len(same)
    if expected >= chance:
        return None
    return Copy(names, tuple(one for one, _ in same), tuple(two for _, two in same), Fraction(1), expected)


def _scaled(
    pairs: list[tuple[LabTest, LabTest]], names: tuple[str, ...], repeatability: float, chance: float
) -> Copy | None:
    """All pairs in one ratio within the last digit, of values that do move."""
    if len(names) > 1 or len({one.values[names[0]] for one, _ in pairs}) < _DISTINCT:
        return None
    name = names[0]
    half = [_unit([one[at] for one in pairs], name) / 2 for at in (0, 1)]
    low = max((Fraction(two.values[name]) - half[1]) / (Fraction(one.values[name]) + half[0]) for one, two in pairs)
    high = min((Fraction(two.values[name]) + half[1]) / (Fraction(one.values[name]) - half[0]) for one, two in pairs)
    if low > high:
        return None
    spread = min(_spread([one[at] for one in pairs], name, pairs[0][at].values[name], repeatability) for at in (0, 1))
    expected = _of_equals(spread, 2) ** (len(pairs) - 1)
    if expected >= chance:
        return None
    ratio = (low + high) / 2
    return Copy(names, tuple(one for one, _ in pairs), tuple(two for _, two in pairs), ratio, expected)


def _unit(held: Sequence[LabTest], name: str) -> Fraction:
    """The unit of the last digit on which a series is printed."""
    places = max(-int(one.values[name].as_tuple().exponent) for one in held)
    return Fraction(1, 10**places) if places >= 0 else Fraction(10**-places)


def _spread(held: Sequence[LabTest], name: str, value: Decimal, repeatability: float) -> float:
    """The standard deviation of repeated tests in units of the last digit."""
    return repeatability * float(Fraction(value) / _unit(held, name))


def _of_equals(spread: float, size: int) -> float:
    """P(`size` normal values fall on one step of the last digit), at most 1 (density of the differences at nought)."""
    if spread <= 0:
        return 1.0
    return min(1.0, float(size**-0.5 * (sqrt(2 * pi) * spread) ** (1 - size)))


def _found(world: World, key: Key, other: Key, one: Copy) -> list[Found]:
    later = max(key, other, key=lambda which: which.year)
    ids = {held.paper for held in (*one.tests, *one.others)}
    effect = at_default(world, later.year, ids, key.member if key.member == other.member else "", key.carrier)
    how = "inside" if not one.others else "scaled" if one.ratio != 1 else "between"
    months = sorted({held.month for held in (*one.tests, *one.others)})
    values = [text(one.tests[0].values[name]) for name in one.properties]
    arguments = {
        "carrier": key.carrier, "how": how, "property": one.properties[0] if len(one.properties) == 1 else "both",
        "months": ", ".join(months), "count": str(len(one.tests)), "values": "; ".join(values), "other": "" if key == other else f"{other.member} {other.year}",
        "ratio": text(Fraction(round(one.ratio, 6))), "evidence_ids": ", ".join(sorted(ids)),
    }  # fmt: skip
    rows = [paper.row["row_id"] for paper in papers(world) if paper.id in ids]
    return on_rows(Found(key.member, later.year, arguments, effect), "evidence", rows)
