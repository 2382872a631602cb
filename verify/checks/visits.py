"""Verification on paper: one person in two places, nobody on site, a remote step that nobody agreed (TZ-PAP-10, 11; GW-42, F-4)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from verify.checks.listing import on_rows
from verify.checks.papers import last_day, same
from verify.checks.registry import Params, check
from verify.checks.rows import Found, NotApplicable, Rows, Scope, text
from verify.checks.subject import park
from verify.checks.world import World


@check("TZ-PAP-10")
def one_person_one_place(world: World, params: Params) -> Rows:
    """The hours of one person on one day fit into it: several places, by `params.hours`; in all, by the day's 24.

    `params.on_site`: kinds of visits that somebody goes to. Members of one park visited one after another are no fault.
    """
    limit, day_long = (Decimal(str(float(world.number(params[key])))) for key in ("hours", "day"))
    days: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    visits = _visits(world)
    for row in visits:
        days[same(row["person"]), str(row["date"])].append(row)
    found: list[Found] = []
    for (_, day), held in sorted(days.items()):
        on_site = [row for row in held if row["kind"] in params["on_site"]]
        places = sorted({row["site"] or row["enterprise_id"] for row in on_site})
        there, whole = (sum((row["hours"] or Decimal(0) for row in rows), Decimal(0)) for rows in (on_site, held))
        if (len(places) > 1 and there > limit) or whole > day_long:
            arguments = {
                "person": held[0]["person"], "day": day, "places": "; ".join(places), "hours": text(max(there, whole).normalize()),
            }  # fmt: skip
            found += on_rows(Found(park(world), day[:4], arguments), "visits", (row["row_id"] for row in held))
    return Rows(found, Scope.count(len(visits)))


@check("TZ-PAP-11")
def somebody_was_there(world: World, params: Params) -> Rows:
    """A verification has a visit on site after the period began; a remote one has the paper in which it was agreed.

    `params.on_site` as above; `params.agreed`: kinds of papers that agree on a remote step. The other step of the rule,
    which auditor signs how many parks, needs the registry of all parks.
    """
    kinds = world.evidence_kinds()
    visits = _visits(world)
    remote = [row for row in visits if row["kind"] and row["kind"] not in params["on_site"]]
    found = [_found(world, "remote", row) for row in remote if kinds.get(row["evidence_id"]) not in params["agreed"]]
    there = [row for row in visits if row not in remote]
    agreed = bool(remote) and not found
    if not agreed and not any(str(row["date"]) >= f"{world.year}-01-01" for row in there) and not found:
        found.append(_found(world, "before", max(visits, key=lambda row: str(row["date"]))))
    return Rows(found, Scope.count(len(visits)))


def _visits(world: World) -> list[dict[str, Any]]:
    """The visits on record. Raises NotApplicable: a park that files before its verification has none yet."""
    visits = world.rows("visits")
    if not visits:
        raise NotApplicable("no_visits")
    return visits


def _found(world: World, fault: str, row: dict[str, Any]) -> Found:
    arguments = {
        "fault": fault, "person": row["person"], "day": str(row["date"]), "until": str(last_day(world.year)),
    }  # fmt: skip
    return Found(park(world), str(row["date"])[:4], arguments, table="visits", row_id=row["row_id"])
