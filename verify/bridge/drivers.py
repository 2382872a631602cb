"""Why emissions inside one and the same boundary changed: layer B of the reduction bridge (decomposition 3.3).

A process makes or uses a product; each of its carriers is a cell ``D x sigma x s x I x phi x k``, its process emission
``D x sigma x s x rho``, what is bought instead of made ``D x sigma x u x h``. A carrier that can be made inside (steam, power,
hydrogen) has an own share itself: its cells go on with the chain of its own making. Contracts, labels and credits are not in
here: every carrier stands at its location or default factor.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from verify.bridge.lmdi import effects
from verify.errors import WrongUsage

ACTIVITY, STRUCTURE, RELOCATION = "activity", "structure", "relocation"
INTENSITY, FUEL_SWITCH, FUEL_FACTOR, GRID, PROCESS = (
    "energy_intensity", "fuel_switch", "fuel_factor", "grid", "process",
)  # fmt: skip
_HEAD = (ACTIVITY, STRUCTURE, RELOCATION)
_OF_ENERGY = (*_HEAD, INTENSITY, FUEL_SWITCH, RELOCATION)
_ROUNDING = 1e-12  # of shares that were divided
TERMS = (ACTIVITY, STRUCTURE, RELOCATION, INTENSITY, FUEL_SWITCH, FUEL_FACTOR, GRID, PROCESS)


@dataclass(frozen=True, slots=True)
class Use:
    """One carrier in one year of one process: `share` of the energy of the process, `factor` per unit of energy.

    `own` is the share of the carrier that was made inside by `maker` (a utility of the year), the rest was received at `factor`.
    """

    share: float
    factor: float
    grid: bool = False
    own: float = 0.0
    maker: str = ""


@dataclass(frozen=True)
class Utility:
    """Own making of a carrier in one year: energy per unit made, and its fuels (none of them made inside)."""

    intensity: float
    fuels: Mapping[str, Use]


@dataclass(frozen=True, slots=True)
class Process:
    """One product or intermediate in one year.

    `sigma`: its output (of an intermediate: its use) per unit of total output. `own`: used from own making over all that is
    used, 1 for what is sold. `bought`: tCO2 per unit bought. `process`: tCO2 per unit made that no fuel makes.
    """

    sigma: float
    intensity: float
    uses: Mapping[str, Use] = field(default_factory=dict)
    own: float = 1.0
    bought: float = 0.0
    process: float = 0.0


@dataclass(frozen=True)
class Year:
    """`activity`: total output of final goods. `processes` by source, product and measurement basis, whatever tells them apart."""

    activity: float
    processes: Mapping[str, Process]
    utilities: Mapping[str, Utility] = field(default_factory=dict)


Thing = TypeVar("Thing", Process, Use)


class Effect(NamedTuple):
    """What one term of one process or utility adds to the change, tCO2; `part` names the carrier, '' for the process itself."""

    process: str
    part: str
    term: str
    tonnes: float


class Cell(NamedTuple):
    """A product of factors. `names`: of each the process or utility and the part that it belongs to, and the term that its
    change counts in."""

    names: tuple[tuple[str, str, str], ...]
    factors: tuple[float, ...]


def decomposed(before: Year, after: Year) -> list[Effect]:
    """The effects of every cell; their sum is the change of `total`. Raises WrongUsage for a share outside 0 .. 1."""
    pairs: dict[int, list[tuple[Cell, tuple[float, ...]]]] = defaultdict(list)
    before, after = aligned(before, after)
    for then, now in zip(cells(before), cells(after), strict=True):
        if then.factors[-1] or now.factors[-1]:  # else nothing of it is there in either year
            assert then.names == now.names
            pairs[len(then.factors)].append((then, now.factors))
    found: dict[tuple[str, str, str], float] = defaultdict(float)
    for many in pairs.values():
        shared = effects([cell.factors for cell, _ in many], [later for _, later in many])
        for (cell, _), amounts in zip(many, shared.tolist(), strict=True):
            for name, amount in zip(cell.names, amounts, strict=True):
                found[name] += amount
    return [Effect(*key, amount) for key, amount in found.items() if amount]


def total(year: Year) -> float:
    """tCO2 of a year: the sum of its cells."""
    return math.fsum(math.prod(cell.factors) for cell in cells(year))


def aligned(before: Year, after: Year) -> tuple[Year, Year]:
    """Both years with the same processes, carriers and utilities.

    What one year lacks stands there as in the other year with one factor 0: the output of a process, the share of a carrier,
    the own share of a makeable one. Filling in more than one zero would smear the loss over all factors (decomposition 2.2).
    """
    names = sorted(before.processes.keys() | after.processes.keys())
    both = {name: _matched(before.processes.get(name), after.processes.get(name)) for name in names}
    makers = sorted(before.utilities.keys() | after.utilities.keys())
    made = {name: _made(before.utilities.get(name), after.utilities.get(name)) for name in makers}
    years = (before, after)
    then, now = (
        Year(
            year.activity,
            {name: pair[side] for name, pair in both.items()},
            {name: pair[side] for name, pair in made.items()},
        )
        for side, year in enumerate(years)
    )
    return then, now


def cells(year: Year) -> Iterator[Cell]:
    """Every cell of a year, in the order of its processes."""
    for name, one in year.processes.items():
        _inside(one.own, name)
        whole = (year.activity, one.sigma, one.own)
        for carrier, use in one.uses.items():
            _inside(use.share, name, carrier)
            _inside(use.own, name, carrier)
            head = tuple([(name, carrier, term) for term in _OF_ENERGY])
            energy = (*whole, one.intensity, use.share)
            yield Cell((*head, (name, carrier, _factor(use))), (*energy, _rest(use.own), use.factor))
            if use.maker:
                maker = year.utilities[use.maker]
                for fuel, burned in maker.fuels.items():
                    _inside(burned.share, use.maker, fuel)
                    chain = tuple((use.maker, fuel, term) for term in (INTENSITY, FUEL_SWITCH, _factor(burned)))
                    making = (use.own, maker.intensity, burned.share, burned.factor)
                    yield Cell((*head, *chain), (*energy, *making))
        head = tuple([(name, "", term) for term in _HEAD])
        yield Cell((*head, (name, "", PROCESS)), (*whole, one.process))
        yield Cell((*head, (name, "", FUEL_FACTOR)), (*whole[:2], _rest(one.own), one.bought))


def _factor(use: Use) -> str:
    return GRID if use.grid else FUEL_FACTOR


def _matched(then: Process | None, now: Process | None) -> tuple[Process, Process]:
    """Two years of one process. What a year does not make or does not buy stands as in the other year."""
    if then is None or now is None or not (then.sigma and now.sigma):
        return _with_a_zero(then, now, "sigma")
    carriers = sorted(then.uses.keys() | now.uses.keys())
    both = {name: _used(then.uses.get(name), now.uses.get(name)) for name in carriers}
    one, other = (
        Process(a.sigma, a.intensity, {name: pair[side] for name, pair in both.items()}, a.own, a.bought, a.process)
        for side, a in enumerate((then, now))
    )
    return _carried(one, other), _carried(other, one)


def _carried(process: Process, other: Process) -> Process:
    if process.own == 0:
        if not other.own:
            return process
        return replace(process, intensity=other.intensity, uses=other.uses, process=other.process)
    return replace(process, bought=other.bought) if process.own == 1 and process.bought != other.bought else process


def _used(then: Use | None, now: Use | None) -> tuple[Use, Use]:
    if then is None or now is None or not (then.share and now.share):
        return _with_a_zero(then, now, "share")
    if then.maker != now.maker:
        if then.maker and now.maker:
            raise WrongUsage("bridge.two_makers", one=then.maker, other=now.maker)
        maker = then.maker or now.maker
        then, now = replace(then, maker=maker), replace(now, maker=maker)
    return _priced(then, now), _priced(now, then)


def _priced(use: Use, other: Use) -> Use:
    """Nothing was received in a year: the factor of what would have been is that of the other year."""
    return replace(use, factor=other.factor) if use.own == 1 and other.own != 1 else use


def _with_a_zero(then: Thing | None, now: Thing | None, factor: str) -> tuple[Thing, Thing]:
    """One year has it and the other has it not: there it stands alike with this one factor 0."""
    there = now if then is None or (now is not None and not getattr(then, factor)) else then
    assert there is not None
    gone = replace(there, **{factor: 0.0})  # type: ignore[arg-type]
    return (gone, there) if there is now else (there, gone)


def _made(then: Utility | None, now: Utility | None) -> tuple[Utility, Utility]:
    if then is None or now is None:
        there = then or now
        assert there is not None
        return there, there
    fuels = sorted(then.fuels.keys() | now.fuels.keys())
    both = {name: _used(then.fuels.get(name), now.fuels.get(name)) for name in fuels}
    one, other = ({name: pair[side] for name, pair in both.items()} for side in (0, 1))
    return replace(then, fuels=one), replace(now, fuels=other)


def _inside(share: float, *name: str) -> None:
    if not 0 <= share <= 1 + _ROUNDING:
        raise WrongUsage("bridge.share_outside", name="/".join(name), share=share)


def _rest(share: float) -> float:
    return max(0.0, 1 - share)
