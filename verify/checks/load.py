"""The hourly load of a park: from the meters of use of its members, else from its gateways and what is made inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verify.checks.hourly import Hours
from verify.checks.world import World

if TYPE_CHECKING:
    from verify.matching.series import Mask, Series


@dataclass(frozen=True)
class Load:
    """Wh by hour and member; `basis`: ``use`` or ``gateways`` (then the one member is '', the park).

    `known`: hours in which every meter of it is read; `meters`: their ids.
    """

    by_enterprise: Mapping[str, Series]
    known: Mask
    basis: str
    meters: tuple[str, ...]


def load_of(world: World, series: Mapping[str, Hours], params: Mapping[str, Any]) -> Load | None:
    """The load; None where no meter tells it. A meter below another meter of use is part of that one and not counted again."""
    meters = {row["meter_id"]: row for row in world.rows("meters")}
    use = {name for name, row in meters.items() if row["role"] in params["use"] and name in series}
    top = sorted(name for name in use if not _above(meters, name, use))
    if top:
        return _of_use(meters, series, top)
    return _of_gateways(world, meters, series, params)


def _above(meters: Mapping[str, Mapping[str, Any]], name: str, among: set[str]) -> bool:
    """Whether a meter of `among` stands above this one; a ring of parents ends where it began."""
    seen, at = {name}, meters[name]["parent"]
    while at in meters and at not in seen:
        if at in among:
            return True
        seen.add(at)
        at = meters[at]["parent"]
    return False


def _of_use(meters: Mapping[str, Mapping[str, Any]], series: Mapping[str, Hours], names: list[str]) -> Load:
    members: dict[str, Series] = {}
    for name in names:
        member = meters[name]["enterprise_id"]
        members[member] = members[member] + series[name].wh if member in members else series[name].wh
    return Load(members, _all_known(series, names), "use", tuple(names))


def _of_gateways(
    world: World, meters: Mapping[str, Mapping[str, Any]], series: Mapping[str, Hours], params: Mapping[str, Any]
) -> Load | None:
    """What comes in less what goes out, and what plants inside make; below zero nothing is used."""
    import numpy as np

    inside = {
        row["receiving_meter_id"] for row in world.rows("generators") if row["connection"] in params["inside"]
    } & series.keys()
    roles = {name: row["role"] for name, row in meters.items() if name in series}
    added = sorted(name for name, role in roles.items() if role in params["gateways"] or name in inside)
    taken = sorted(name for name, role in roles.items() if role in params["outward"] and name not in inside)
    if not any(roles[name] in params["gateways"] for name in added):
        return None
    net = sum(series[name].wh for name in added) - sum(series[name].wh for name in taken)
    return Load({"": np.maximum(net, 0)}, _all_known(series, [*added, *taken]), "gateways", tuple(added))


def _all_known(series: Mapping[str, Hours], names: Iterable[str]) -> Mask:
    import numpy as np

    found: Mask = np.logical_and.reduce([series[name].known for name in names])
    return found
