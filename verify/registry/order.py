"""Ranks that hold under every ruler: who is surely lower, whatever basis each park chose.

A is surely lower than B where, under every ruler of the registry, A's highest admissible value lies below B's lowest. That is
enough for an order and not necessary: two parks that move together may be ordered although their ranges meet (`compare A B`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from verify.canonical import exact

Row = Mapping[str, Any]
Key = tuple[str, str, str]  # ruler, item, unit


def ranking(measures: Iterable[Row], years: Mapping[str, str]) -> list[dict[str, Any]]:
    """By reporting year: the rulers, each park's best and worst rank and how many are surely lower and higher, who is left out.

    `measures`: park, ruler, item, unit, lower (is lower better), low, high; `years`: park -> reporting year. A park without
    a value under one of the rulers is left out: nothing would hold of it under every one.
    """
    by_park: dict[str, dict[Key, tuple[Fraction, Fraction]]] = defaultdict(dict)
    for row in measures:
        low, high = exact(row["low"]), exact(row["high"])
        key = (row["ruler"], row["item"], row["unit"])
        by_park[row["park"]][key] = (low, high) if row["lower"] else (-high, -low)
    found = []
    for year in sorted(set(years.values())):
        parks = sorted(park for park, one in years.items() if one == year)
        keys = sorted({key for park in parks for key in by_park[park]})
        whole = [park for park in parks if keys and set(by_park[park]) == set(keys)]
        lower, higher = _counts([[by_park[park][key] for park in whole] for key in keys], len(whole))
        found.append(
            {
                "year": year,
                "rulers": sorted({key[0] for key in keys}),
                "parks": [
                    {
                        "park": park,
                        "best": str(lower[at] + 1),
                        "worst": str(len(whole) - higher[at]),
                    }
                    for at, park in sorted(enumerate(whole), key=lambda one: (lower[one[0]], -higher[one[0]], one[1]))
                ],
                "left_out": [park for park in parks if park not in set(whole)],
            }
        )
    return found


def _counts(ranges: list[list[tuple[Fraction, Fraction]]], parks: int) -> tuple[list[int], list[int]]:
    """For each park, how many are surely lower and how many surely higher. Exact values become whole ranks first."""
    import numpy as np

    surely = np.ones((parks, parks), dtype=bool)  # [a, b]: a is surely lower than b
    for column in ranges:
        place = {value: at for at, value in enumerate(sorted({end for both in column for end in both}))}
        low = np.array([place[both[0]] for both in column])
        high = np.array([place[both[1]] for both in column])
        surely &= high[:, None] < low[None, :]
    if not ranges:
        return [0] * parks, [0] * parks
    return [int(one) for one in surely.sum(axis=0)], [int(one) for one in surely.sum(axis=1)]
