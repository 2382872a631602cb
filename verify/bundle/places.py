"""Whether two engagements are of one place: by park, fence, credit codes and sources, as the openings say (L3; practice 17).

One place is not known by its id alone: a park that begins again under another name keeps its fence, its members and its stacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.history.overlap import area_of, shared

_CHECK = "TZ-HIS-04"  # whose shares of the signed ruler are used
_PERCENT = 100


@dataclass(frozen=True)
class Shares:
    """From which share of the smaller place two are one: of fence and sources, of codes; None: from any at all. `decimals` of
    the degrees in which sources are compared, None: as they stand."""

    place: Fraction | None = None
    members: Fraction | None = None
    decimals: int | None = None


def shares_of(ruler: Mapping[str, Any] | None) -> Shares:
    """The shares of a ruler's plain data; of a ruler that has none, any overlap counts: a reader is rather told too much."""
    try:
        params = ruler["text"]["checks"][_CHECK]["params"]  # type: ignore[index]
        values = {one["id"]: one["entries"][0]["printed"] for one in ruler["values"] if one["unit"] == "%"}  # type: ignore[index]
        place, members = (Fraction(values[params[name]]) / _PERCENT for name in ("share", "members"))
        return Shares(place, members, int(params["decimals"]))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, ZeroDivisionError):
        return Shares()


def same_place(one: Mapping[str, Any], other: Mapping[str, Any], shares: Shares) -> bool:
    """Whether two openings, by their released content, are of one place."""
    if one["park"] == other["park"]:
        return True
    here, there = one.get("place"), other.get("place")
    if here is None or there is None:
        return False
    areas = [[area_of([shape]) for shape in place["polygons"]] for place in (here, there)]
    fence = max((shared(first, second) for first in areas[0] for second in areas[1]), default=Fraction(0))
    spots = [[_spot(one, shares.decimals) for one in place["sources"]] for place in (here, there)]
    return (
        _reached(fence, shares.place)
        or _reached(_common(*spots), shares.place)
        or _reached(_common(here["codes"], there["codes"]), shares.members)
    )


def _reached(share: Fraction, least: Fraction | None) -> bool:
    return share > 0 if least is None else share >= least


def _common(one: Sequence[object], other: Sequence[object]) -> Fraction:
    """Of the smaller of two sets, the share that the other has too."""
    least = min(len(set(one)), len(set(other)))
    return Fraction(len(set(one) & set(other)), least) if least else Fraction(0)


def _spot(spot: Sequence[str], decimals: int | None) -> tuple[Fraction, ...]:
    exact = [Fraction(number) for number in spot]
    return tuple(exact if decimals is None else (round(number, decimals) for number in exact))
