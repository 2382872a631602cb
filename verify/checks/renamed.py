"""The same works under another name, population or industry (TZ-SCP-10, GW-03, GW-16): what it emitted does not vanish with a code.

A small works that really shrank makes less in step with what it burns and is left alone; so is one whose lineage is on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks import ground
from verify.checks.listing import on_rows
from verify.checks.members import inside, members
from verify.checks.members import tonnes as member_tonnes
from verify.checks.registry import Params, check
from verify.checks.rows import Found, Rows, Scope, text, tonnes
from verify.checks.two_years import need_two_years, output_ratio
from verify.checks.world import World
from verify.submission.shapes import Point

_CLASSES = ("population", "industry_code")


@check("TZ-SCP-10")
def same_works(world: World, params: Params) -> Rows:
    """Annex 2, 三: the population of members, and the code of each, does not change what counts.

    `params.fall`: share of the base year by which tonnes may fall more than output; `params.near`: degrees within which two
    sources stand at one place. Undone: the tonnes of the base year at
    the output of the reporting year (at its own output where none is filed) stand beside what is counted now.
    """
    need_two_years(world)
    fall = world.number(params["fall"])
    found: list[Found] = []
    both = sorted(members(world, world.base_year) & members(world, world.year))
    for enterprise in both:
        before, after = (_spell(world, enterprise, year) for year in (world.base_year, world.year))
        for name in _CLASSES:
            if before[name] and after[name] and before[name] != after[name]:
                one = _compared(world, enterprise, enterprise, fall)
                if one is not None:
                    arguments = {"change": name, "before": before[name], "after": after[name]}
                    found += on_rows(
                        Found(enterprise, world.year, {**arguments, **one[1]}, one[0]),
                        "enterprises",
                        [before["row_id"], after["row_id"]],
                    )
                break
    pairs = list(_same_place(world, Fraction(params["near"])))
    for gone, come, sign, ids in pairs:
        one = _compared(world, gone, come, fall)
        hidden, said = one or (None, {"base_year": world.base_year, "moved": ""})
        arguments = {"change": sign, "before": gone, "after": come}
        found += on_rows(Found(come, world.year, {**arguments, **said}, hidden), "enterprises", ids)
    return Rows(found, Scope.count(len(both) + len(pairs)))


def _compared(world: World, gone: str, come: str, fall: Fraction) -> tuple[Decimal, dict[str, str]] | None:
    """(hidden tCO2, arguments) where tonnes fell by more than output; None where both fell alike."""
    papers = world.evidence_kinds()
    if any(row["enterprise_id"] == come and row["evidence_id"] in papers for row in world.rows("measures")):
        return None  # a measure on paper stands for a fall; the bridge says how much of it is proven
    before, after = member_tonnes(world, gone, world.base_year), member_tonnes(world, come, world.year)
    ratio = output_ratio(world, (gone, world.base_year), (come, world.year))
    due = Fraction(before) * (1 if ratio is None else ratio)
    if before <= 0 or due - Fraction(after) <= fall * Fraction(before):
        return None
    return tonnes(due - Fraction(after)), {"base_year": world.base_year, "moved": text(before)}


def _spell(world: World, enterprise: str, year: str) -> dict[str, Any]:
    """The last spell of a member that holds some part of the year."""
    rows = [row for row in world.spells() if row["enterprise_id"] == enterprise]
    held = [
        row for row in rows if str(row["from"] or "")[:4] <= year and (row["to"] is None or str(row["to"])[:4] >= year)
    ]
    return max(held or rows, key=lambda row: str(row["from"] or ""))


def _same_place(world: World, near: Fraction) -> Iterator[tuple[str, str, str, list[str]]]:
    """(who left, who is there now, by what one sees it, rows of the list): no lineage on paper links the two."""
    papers = world.evidence_kinds()
    linked = {(row["predecessor"], row["successor"]) for row in world.rows("lineage") if row["evidence_id"] in papers}
    left = sorted(members(world, world.base_year) - members(world, world.year))
    new = sorted(one for one in members(world, world.year) if not inside(world, one, world.base_year))
    places = {one: _places(world, one) for one in (*left, *new)}
    meters = {one: _meters(world, one) for one in (*left, *new)}
    for gone in left:
        for come in new:
            if (gone, come) in linked or not _one_trade(world, gone, come):
                continue
            here = any(_near(a, b, near) for a in places[gone] for b in places[come])
            sign = "meter" if meters[gone] & meters[come] else "place" if here else ""
            if sign:
                ids = [row["row_id"] for row in world.spells() if row["enterprise_id"] in {gone, come}]
                yield gone, come, sign, ids


def _one_trade(world: World, gone: str, come: str) -> bool:
    """Whether both may be of one industry: a new tenant of another trade in the same hall is another works."""
    codes = [
        {row["industry_code"] for row in world.spells() if row["enterprise_id"] == one} - {""} for one in (gone, come)
    ]
    return not all(codes) or bool(codes[0] & codes[1])


def _places(world: World, enterprise: str) -> list[Point]:
    """Where its sources stand."""
    points = (ground.place(row) for row in world.rows("sources") if row["enterprise_id"] == enterprise)
    return [point for point in points if point is not None]


def _meters(world: World, enterprise: str) -> set[str]:
    """Serials of its meters."""
    return {row["serial"] for row in world.rows("meters") if row["enterprise_id"] == enterprise and row["serial"]}


def _near(a: Point, b: Point, near: Fraction) -> bool:
    return all(abs(one - other) <= near for one, other in zip(a, b, strict=True))
