"""The values that a result can rest on: those that figures, limits, open points, opinion and disclosure look at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from verify.ruler.lint.reach import reached
from verify.ruler.resolved import Ruler


def founding_values(ruler: Ruler, carriers: Collection[str]) -> frozenset[str]:
    """Ids (as `Value.id`) of all values but those that checks and sensitivities alone look at. `carriers`: see `reached`."""
    text = ruler.text.model_copy(update={"checks": {}, "sensitivities": []})
    return reached(replace(ruler, text=text), carriers)
