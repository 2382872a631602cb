"""Report numbers: twice, against the order of the dates, or not there (TZ-PAP-02, 03; manipulation-patterns 2, 3.5, F-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, pairwise

from verify.checks.papers import Paper, papers, same
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope
from verify.checks.world import World

_DAYS = ("received", "tested", "issued")
_FEWEST = 3  # two numbers make no order


@check("TZ-PAP-02", needs={"evidence"})
def numbers_unique_and_rising(world: World, params: Params) -> Rows:
    """One number is one report of its issuer, and a higher number is not of earlier days. `params.kinds`: numbered kinds.

    Rows of one report (same number, day of issue and file) are one. Numbers of an issuer that mostly run against their
    dates are codes and no count: they are left alone.
    """
    numbered = [one for one in papers(world, params["kinds"]) if one.number]
    if not numbered:
        raise NotApplicable("no_numbered_papers")
    found = [_found("duplicate", *both) for both in duplicates(numbered)]
    found += [_found("order", *both) for both in against_dates(numbered)]
    return Rows(found, Scope.count(len(numbered)))


@check("TZ-PAP-03", needs={"evidence"})
def laboratory_says_what_it_did(world: World, params: Params) -> Rows:
    """A laboratory report behind a number shows its number and its days. `params.kinds`, `params.columns`."""
    looked = [one for one in papers(world, params["kinds"]) if one.about]
    found: list[Found] = []
    for one in looked:
        blank = [name for name in params["columns"] if not one.row[name]]
        if blank:
            arguments = {"blanks": ", ".join(blank)}
            period = one.periods[-1][:4] if one.periods else world.year
            found.append(Found(one.id, period, arguments, table="evidence", row_id=one.row["row_id"]))
    return Rows(found, Scope.count(len(looked)))


def duplicates(numbered: Iterable[Paper]) -> list[tuple[Paper, Paper]]:
    """Neighbouring rows with one issuer and number that are not one report: another day of issue, or other bytes."""
    groups: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for one in numbered:
        groups[same(one.row["issuer"]), one.number].append(one)
    found = []
    for many in groups.values():
        for earlier, later in combinations(many, 2):
            if _differs(earlier, later, "issued") or _differs(earlier, later, "sha256"):
                found.append((earlier, later))
                break
    return found


def against_dates(numbered: Iterable[Paper]) -> list[tuple[Paper, Paper]]:
    """Neighbours in order of number of which the higher is of earlier days throughout."""
    groups: dict[tuple[str, str, str], dict[int, Paper]] = defaultdict(dict)
    for one in numbered:
        serial = one.serial()
        if serial is not None:
            groups[same(one.row["issuer"]), one.row["kind"], serial[0]].setdefault(serial[1], one)
    found = []
    for runs in groups.values():
        counted = [both for both in pairwise(runs[number] for number in sorted(runs)) if _comparable(*both)]
        turned = [(low, high) for low, high in counted if _earlier(high, low)]
        if len(runs) >= _FEWEST and 2 * len(turned) <= len(counted):
            found += turned
    return found


def _comparable(low: Paper, high: Paper) -> bool:
    return sum(low.row[day] is not None and high.row[day] is not None for day in _DAYS) > 1


def _earlier(one: Paper, other: Paper) -> bool:
    return all(
        one.row[day] < other.row[day] for day in _DAYS if one.row[day] is not None and other.row[day] is not None
    )


def _differs(one: Paper, other: Paper, column: str) -> bool:
    return bool(one.row[column] and other.row[column] and str(one.row[column]) != str(other.row[column]))


def _found(fault: str, one: Paper, other: Paper) -> Found:
    arguments = {
        "fault": fault, "report_number": other.row["report_number"], "day": str(other.row["issued"] or ""),
        "other": one.id, "other_number": one.row["report_number"], "other_day": str(one.row["issued"] or ""),
    }  # fmt: skip
    period = other.periods[-1][:4] if other.periods else str(other.row["issued"] or "")[:4]
    return Found(other.id, period, arguments, table="evidence", row_id=other.row["row_id"])
