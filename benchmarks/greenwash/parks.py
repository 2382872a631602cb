"""The honest parks that kinds are planted in: simulated, several industries and seeds, counted in years."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fixtures.simulator.frozen import MET, NOT_MET, UNDETERMINED
from fixtures.simulator.park import Park
from fixtures.simulator.recipe import Recipe
from fixtures.simulator.simulate import simulate


@dataclass(frozen=True)
class Ground:
    """A recipe at a seed."""

    recipe: Recipe
    seed: int

    @property
    def name(self) -> str:
        return f"{self.recipe.park_id}-{self.seed}"


LIGHT = replace(MET, park_id="electronics", monthly=False)
HEAVY = replace(NOT_MET, park_id="coal-chemistry", monthly=False)
SOFT = replace(UNDETERMINED, park_id="new-materials", monthly=False)


RECIPES = {one.park_id: one for one in (LIGHT, SOFT, HEAVY)}


def grounds(size: str, seed: int, only: tuple[str, ...] = ()) -> tuple[Ground, ...]:
    """Small: the first park. Full: every recipe, each at a seed of its own. `only`: the recipes of these park ids instead."""
    every = tuple(Ground(recipe, seed + number) for number, recipe in enumerate(RECIPES.values()))
    if only:
        return tuple(ground for ground in every if ground.recipe.park_id in only)
    return every[:1] if size == "small" else every


_MADE: dict[str, Park] = {}


def honest(ground: Ground) -> Park:
    """The park of a ground, made once; edits work on copies."""
    if ground.name not in _MADE:
        _MADE[ground.name] = simulate(ground.seed, ground.recipe)
    return _MADE[ground.name]
