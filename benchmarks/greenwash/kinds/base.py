"""What a kind of manipulation is here, and the register of all kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from benchmarks.greenwash.draft import Draft

Write = Callable[[Draft, Fraction, bool], None]
Twin = Callable[[Draft, Fraction], None]
FINDING, BRIDGE, VERDICT = "finding", "bridge", "verdict"


def nothing(tonnes: Fraction) -> Fraction:
    """No real abatement."""
    return Fraction(0)


@dataclass(frozen=True)
class Kind:
    """One manipulation. `write(draft, tonnes, tricked)`: the run without the trick, or with it; `tonnes` is what it hides.

    `by`: what betrays it, a finding or the bridge (then the bridge must not credit it as real abatement) or the verdict.
    `scaled`: whether it has a strength; `park_wide`: the trick is one of the park as a whole (its year, fence, readings).
    """

    id: str
    name: str
    write: Write
    twin: Twin
    by: str = FINDING
    scaled: bool = True
    park_wide: bool = False
    alone: bool = False  # changes what every other trick stands on, so it is not combined
    of_base: bool = False  # the tonnes are those by which the base year is too high
    open_only: bool = False  # a trick only where the honest verdict is not `met` already
    inventory_right: bool = (
        False  # nothing is missing in the total; the tonnes are those that the bridge must not credit
    )
    credit: Callable[[Fraction], Fraction] = nothing  # real abatement that is true of the park with the trick
    twin_credit: Callable[[Fraction], Fraction] | None = (
        nothing  # and of the honest twin; None: it has real abatement without a known truth
    )


REGISTER: dict[str, Kind] = {}


def kind(kind_id: str, name: str, twin: Twin, **facts: Any) -> Callable[[Write], Write]:
    """Enter the function below as a kind; `facts` are further fields of `Kind`."""

    def enter(write: Write) -> Write:
        if kind_id in REGISTER:
            raise ValueError(f"{kind_id} is there twice")
        REGISTER[kind_id] = Kind(kind_id, name, write, twin, **facts)
        return write

    return enter


def all_kinds() -> dict[str, Kind]:
    """Every kind, by id."""
    import benchmarks.greenwash.kinds as package

    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(REGISTER.items()))
