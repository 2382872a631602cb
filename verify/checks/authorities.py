"""The same quantity told to somebody else (TZ-HIS-05): statistics, emission trading, a bank (GW-35, first half of GW-39).

Figures of the park stand in `reported` or `statements` by item; a carrier of a member or of the park stands in `statements`
(verify.checks.told_carriers).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text, tonnes
from verify.checks.subject import park
from verify.checks.told_carriers import carriers_told
from verify.checks.world import World

_TONNES = {"tCO2": "tCO2", "tCO2e": "tCO2", "tce": "tce"}  # unit of a figure, and of the effect that it has


class Told(NamedTuple):
    """One figure that somebody else holds of the park. `reconciled`: how it differs is said, with a document on file."""

    table: str
    row_id: str
    authority: str
    item: str
    year: str
    value: Fraction
    unit: str
    reconciled: bool


@check("TZ-HIS-05")
def told_alike(world: World, params: Params) -> Rows:
    """A figure told to another authority is the recomputed one within `params.tolerance`, or the difference is reconciled.

    Reconciled: the row says its boundary or method, and names a document on file whose kind is in `params.evidence`. Undone:
    the figure of the authority counts; + means that it was told more than is filed here. `params.authorities`: who is told how
    much of a carrier was used; what a supplier delivered is TZ-BAL-04.
    """
    told = list(_told(world, params))
    carriers = carriers_told(world, params["authorities"], _reconciled(world, params))
    if not told and not carriers:
        raise NotApplicable("nobody_else_was_told")
    tolerance = world.number(params["tolerance"])
    found: list[Found] = []
    for one in told:
        due = world.item(one.item, one.year)
        if one.reconciled or not isinstance(due, Fraction) or abs(one.value - due) <= tolerance * abs(due):
            continue
        arguments = {
            "authority": one.authority,
            "item": one.item,
            "told": text(one.value),
            "recomputed": text(due),
            "unit": one.unit,
            "deviation": text((one.value - due) / abs(due)) if due else "",
        }
        unit = _TONNES.get(one.unit, "")
        effect = tonnes(one.value - due) if unit else None
        found.append(Found(park(world), one.year, arguments, effect, unit, one.table, one.row_id))
    for amount in carriers:
        found += amount.finding(world, tolerance)
    return Rows(found, Scope.count(len(told) + len(carriers)))


def _reconciled(world: World, params: Params) -> set[tuple[str, str, str]]:
    """(authority, item or carrier, year) whose difference is said, with a document of a kind in `params.evidence` on file."""
    kinds = world.evidence_kinds()
    return {
        (row["authority"], row["item"], row["year"])
        for row in world.rows("reported")
        if row["authority"] and kinds.get(row["evidence_id"]) in params["evidence"] and (row["boundary"].strip() or row["method"].strip())
    }  # fmt: skip


def _told(world: World, params: Params) -> Iterator[Told]:
    """Rows of `reported` with an authority, and statements about an item of the park, of years that are filed."""
    items, reconciled = world.ruler.text.method.items, _reconciled(world, params)
    for row in world.rows("reported"):
        if row["authority"] and row["value"] is not None and row["item"] in items and row["year"] in world.figures:
            yield Told(
                "reported", row["row_id"], row["authority"], row["item"], row["year"], Fraction(row["value"]), row["unit"],
                (row["authority"], row["item"], row["year"]) in reconciled,
            )  # fmt: skip
    for row in world.rows("statements"):
        of_park = (
            row["item"] in items and not row["party_code"]
        )  # of one member: no figure of the ruler stands beside it
        if of_park and row["quantity"] is not None and row["period"] in world.figures:
            key = row["authority"], row["item"], row["period"]
            yield Told(
                "statements", row["row_id"], row["authority"], row["item"], row["period"], Fraction(row["quantity"]),
                row["unit"], key in reconciled,
            )  # fmt: skip
