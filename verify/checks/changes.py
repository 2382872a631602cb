"""What changed in ruler and fence between base year and reporting year, one line for each (decomposition 1.1; GW-02 to 09).

A list, not a judgement: what of it lacks a reason or a paper is for the checks (TZ-SCP, TZ-HIS).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from verify.canonical import decimal_text
from verify.checks import structure
from verify.checks.basis_change import shifts
from verify.checks.frozen import RULER
from verify.checks.holding import Restated, holdings
from verify.checks.members import inside, tonnes
from verify.checks.subject import park
from verify.checks.world import World
from verify.history import CHANGED, CHOICE

_PERCENT = 100
_RESTATEMENT = "restatement"  # rules/tables/vocabulary.yaml, event_kind
_BASIS = "TZ-SCP-04"  # the check whose parameters say which bases are no measurement
_KINDS = {"renamed": "re_registered", "merged": "merged", "split": "split"}  # lineage_kind -> what


@dataclass(frozen=True)
class Changed:
    """One thing that changed. `when`: YYYY-MM-DD or a year, '' unknown; `evidence`: a document on file, '' where there is none.

    `tco2`: what it adds to the base year where that is restated (− takes away), None where no tonnes follow from it;
    `restated`: whether a restatement with trigger and document covers it.
    """

    subject: str
    what: str
    when: str = ""
    evidence: str = ""
    tco2: Decimal | None = None
    restated: bool = False
    source: str = ""
    before: str = ""
    after: str = ""


def changes(world: World) -> list[Changed]:
    """Every change, members first, then the fence, keys, methods and the ruler."""
    found: list[Changed] = []
    if world.base_year and world.base_year != world.year and world.base_year in world.years:
        for part in (_members, _classes, _fence, _keys, _bases, _methods):
            found += part(world)
    return [*found, *_ruler(world), *_since_filed(world)]


def _members(world: World) -> Iterator[Changed]:
    lineage = world.rows("lineage")
    for one in structure.changes(world, {}):
        left = one.change == structure.LEFT
        mine = "predecessor" if left else "successor"
        line = next((row for row in lineage if row[mine] == one.enterprise_id and row["kind"] in _KINDS), None)
        spell = next((row for row in world.spells() if row["row_id"] in one.row_ids), None)
        amount = tonnes(world, one.enterprise_id, world.base_year if left else one.first_year)
        named = [row for row in (line, spell) if row is not None]
        day = (line["at"] if line else None) or (spell["to" if left else "from"] if spell else None)
        other = line["successor" if left else "predecessor"] if line else ""
        yield Changed(
            one.enterprise_id,
            _KINDS[line["kind"]] if line else one.change,
            day.isoformat() if day else "",
            _paper(world, *(row["evidence_id"] for row in named)),
            -amount if left else amount,
            _restated(world, one.enterprise_id),
            before=one.enterprise_id if left and other else other,
            after=other if left else one.enterprise_id if other else "",
        )


def _classes(world: World) -> Iterator[Changed]:
    """Members of both years whose industry code or population is another one now."""
    then, now = (_last_spells(world, year) for year in (world.base_year, world.year))
    for member in sorted(then.keys() & now.keys()):
        for column, what in (("industry_code", "industry"), ("population", "population")):
            before, after = then[member][column], now[member][column]
            if before != after:
                day, paper = now[member]["from"], _paper(world, now[member]["evidence_id"])
                when = day.isoformat() if day else ""
                yield Changed(
                    member, what, when, paper, None, _restated(world, member), before=before, after=after
                )  # fmt: skip


def _fence(world: World) -> Iterator[Changed]:
    then, now = (structure.in_force(world, year) for year in (world.base_year, world.year))
    if then is not None and now is not None and structure.shape(then) != structure.shape(now):
        when = now.from_.isoformat() if now.from_ else ""
        restated = _restated(world, "")
        yield Changed(
            park(world), "polygon", when, _paper(world, now.evidence_id), None, restated, "", then.text, now.text
        )


def _keys(world: World) -> Iterator[Changed]:
    """Shares and keys of allocations, by shared thing and party, at the end of both years."""
    then, now = (_allocations(world, year) for year in (world.base_year, world.year))
    for shared, party in sorted(then.keys() | now.keys()):
        before, after = then.get((shared, party)), now.get((shared, party))
        sides = [" ".join(filter(None, (row["key_basis"], f"{decimal_text(row['share'] * _PERCENT)}%"))) if row else "" for row in (before, after)]  # fmt: skip
        row = after or before
        if row is None or sides[0] == sides[1]:
            continue
        day = row["from"]
        yield Changed(
            party, "allocation", day.isoformat() if day else "", _paper(world, row["evidence_id"]), None,
            _restated(world, party), shared, *sides,
        )  # fmt: skip


def _bases(world: World) -> Iterator[Changed]:
    rule = world.ruler.text.checks.get(_BASIS)
    for one in shifts(world, rule.params) if rule is not None else ():
        sides = ["estimate" if one.estimated == year else "meter" for year in (world.base_year, world.year)]
        restated = _restated(world, one.enterprise)
        yield Changed(one.enterprise, "basis", world.year, "", None, restated, one.source or one.carrier, *sides)


def _methods(world: World) -> Iterator[Changed]:
    """Emissions measured or reported directly whose method is another one now."""
    held: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row in world.rows("emissions"):
        if row["method"]:
            of = held.setdefault((row["enterprise_id"], row["source_id"]), {})
            of.setdefault(row["period"][:4], set()).add(row["method"])
    for (member, source), years in sorted(held.items()):
        then, now = years.get(world.base_year), years.get(world.year)
        if then and now and then != now:
            sides = [", ".join(sorted(side)) for side in (then, now)]
            yield Changed(member, "method", world.year, "", None, _restated(world, member), source, *sides)


def _ruler(world: World) -> Iterator[Changed]:
    """Another ruler, or another text of it, than the park says that it files under."""
    name, _, pinned = world.submission.park.ruler.partition("@")
    if (name and name != world.ruler.id) or (pinned and pinned != f"sha256:{world.ruler.sha256}"):
        yield Changed(park(world), "ruler", before=world.submission.park.ruler, after=_named(world))


def _since_filed(world: World) -> Iterator[Changed]:
    """Choices that differ from those committed to at an earlier filing."""
    restated = Restated.of(world, _RESTATEMENT)
    for held in holdings(world):
        for one in held.differences:
            path = one.path
            if path.kind == CHOICE and one.what == CHANGED:
                what = "ruler" if path.name == RULER else f"filed_{path.name}"
                yield Changed(
                    path.member or park(world), what, path.year, "", None, restated.covers(path), path.source,
                    _said(one.before), _said(one.now),
                )  # fmt: skip


def _said(content: Any) -> str:
    """A committed choice in one line; of a fence its words."""
    if isinstance(content, dict):
        return str(content.get("text", ""))
    return " ".join(map(str, content)) if content else ""


def _named(world: World) -> str:
    return f"{world.ruler.id}@sha256:{world.ruler.sha256}"


def _last_spells(world: World, year: str) -> dict[str, dict[str, Any]]:
    rows = sorted(world.spells(), key=lambda row: row["from"] or date.min)
    inside_then = [row for row in rows if (row["from"] or date.min).year <= int(year) <= (row["to"] or date.max).year]
    return {row["enterprise_id"]: row for row in inside_then if inside(world, row["enterprise_id"], year)}


def _allocations(world: World, year: str) -> dict[tuple[str, str], dict[str, Any]]:
    end = date(int(year), 12, 31)
    rows = world.rows("allocations")
    return {
        (row["shared"], row["party"]): row
        for row in rows
        if (row["from"] or date.min) <= end <= (row["to"] or date.max)
    }


def _paper(world: World, *ids: str) -> str:
    """The first of these documents that is on file."""
    return next((one for one in ids if one in world.evidence_kinds()), "")


def _restated(world: World, member: str) -> bool:
    """Whether the base year is restated for a member, or for the whole park."""
    return any(
        first <= world.base_year <= last and (not of or of == member)
        for of, _, first, last in Restated.of(world, _RESTATEMENT).declared
    )
