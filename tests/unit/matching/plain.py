"""Matching once more, in plain Python: lists, rationals and loops. It shares no line with verify.matching."""

from __future__ import annotations

from fractions import Fraction


def matched_share(load: list[int], clean: list[int]) -> Fraction:
    """Sum of the smaller of the two, over the load."""
    both = 0
    for used, made in zip(load, clean, strict=True):
        both += min(made, used)
    return Fraction(both, sum(load))


def coarser(series: list[int], keys: list[object]) -> list[int]:
    """Sums by key, in the order in which keys first appear."""
    found: dict[object, int] = {}
    for value, key in zip(series, keys, strict=True):
        found[key] = found.get(key, 0) + value
    return list(found.values())


def mean_of_hours(load: list[int], clean: list[int]) -> Fraction:
    """A wrong definition: every hour counts the same, whatever is used in it."""
    shares = [Fraction(min(a, b), a) for a, b in zip(load, clean, strict=True) if a]
    return sum(shares, Fraction(0)) / len(shares)


def share_of_matched_hours(load: list[int], clean: list[int]) -> Fraction:
    """A wrong definition: hours that are wholly matched, counted."""
    return Fraction(sum(1 for a, b in zip(load, clean, strict=True) if b >= a), len(load))


def tank(charge: list[int], clean: list[int], discharge: list[int], efficiency: Fraction) -> list[Fraction]:
    """The clean part of each discharge of a well-stirred tank, in exact rationals."""
    held = held_clean = Fraction(0)
    found = []
    for c, k, d in zip(charge, clean, discharge, strict=True):
        held += c * efficiency
        held_clean += k * efficiency
        out = min(Fraction(d), held)
        part = out * held_clean / held if held else Fraction(0)
        held -= out
        held_clean -= part
        found.append(part)
    return found
