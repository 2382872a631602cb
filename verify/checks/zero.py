"""Zeros are claims (DESIGN 8 Z): what stands below the default of its class is proven or named."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.checks.cells import every
from verify.checks.gathered import gathered
from verify.checks.registry import Params, check
from verify.checks.rows import Rows, Scope, text
from verify.checks.world import World
from verify.engine import AMOUNT


@check("TZ-ZER-01")
def unproven_zero(world: World, params: Params) -> Rows:
    """A zero, credit, exclusion or low factor without the proof that its rule asks for (annex 4 二（二））."""
    lines = world.lines()
    below = lines.filter((lines.measure == "carbon") & ~lines.proved & (lines.tco2 < lines.default_tco2))
    rows = below.select(
        "table", "row_id", "rule", "item", "unit",
        subject=below.enterprise_id,
        period=below.year,
        effect=(below.default_tco2 - below.tco2).cast(AMOUNT),
        quantity=below.quantity.cast(AMOUNT),
        tco2=below.tco2,
        default=below.default_tco2,
    )  # fmt: skip

    def say(group: Mapping[str, Any]) -> dict[str, str]:
        quantity = Fraction(group["quantity"])
        return {
            "rule": group["rule"],
            "quantity": text(abs(quantity)),
            "unit": group["unit"],
            "factor": text(Fraction(group["tco2"]) / quantity),
            "default_factor": text(Fraction(group["default"]) / quantity),
        }

    found = gathered(world, rows, by=("rule", "item", "unit"), sums=("quantity", "tco2", "default"), say=say)
    cells = every(world, measure="carbon")
    register = [cell for cell in cells if cell["tco2"] is not None and cell["tco2"] < cell["strict_tco2"]]
    return Rows(found, Scope.of(register, cells))
