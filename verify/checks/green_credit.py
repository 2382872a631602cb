"""What certificates are worth to a year: the tonnes at zero that stand or fall with so many MWh of proof.

Power at zero by certificate or green trade rests on the certificates retired for the year and on settlements (TZ-GRN-01). Proof
beyond what is claimed is a surplus: as much of it may fall away without a tonne.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.checks import green_proof
from verify.checks.certificates import proofs
from verify.checks.rows import tonnes
from verify.checks.world import World, total

_SUPPLIES = ("certificates", "green_trade")


@dataclass(frozen=True)
class Credit:
    """One year, MWh: claimed at zero by certificate or green trade, proven so far; tCO2 per MWh at default; MWh of one certificate."""

    claimed: Fraction
    backed: Fraction
    default: Fraction
    unit: Fraction

    @property
    def missing(self) -> Fraction:
        """MWh claimed beyond the proofs."""
        return max(self.claimed - self.backed, Fraction(0))

    def lost(self, count: int | Fraction) -> Decimal:
        """tCO2 hidden if `count` certificates that count among the proofs fall away."""
        surplus = max(self.backed - self.claimed, Fraction(0))
        return tonnes(min(max(count * self.unit - surplus, Fraction(0)), self.claimed) * self.default)

    def short(self, count: int | Fraction) -> Decimal:
        """tCO2 of power that `count` certificates would have to prove and do not."""
        return tonnes(min(count * self.unit, self.missing) * self.default)


def credit(world: World, year: str, proof: str) -> Credit:
    """The credit of a year. `proof`: the check of the ruler whose parameters name the kinds of proof and the settlements."""
    key = f"credit:{year}:{proof}"
    if key not in world.cache:
        params = world.ruler.text.checks[proof].params
        world.cache[key] = _credit(world, year, params)
    return world.cache[key]  # type: ignore[no-any-return]


def _credit(world: World, year: str, params: Mapping[str, Any]) -> Credit:
    supplies = {supply for proof in _SUPPLIES for supply in params["kinds"][proof]}
    cells = [cell for cell in green_proof.zeros(world, year, params) if cell["supply"] in supplies]
    claimed, unit = Fraction(total(cells, "quantity")), Fraction(params["mwh_per_certificate"])
    settled = green_proof.settled(world, year, params)
    return Credit(
        claimed=claimed,
        backed=sum(one.count for one in proofs(world, year)) * unit + settled,
        default=Fraction(total(cells, "strict_tco2")) / claimed if claimed else Fraction(0),
        unit=unit,
    )
