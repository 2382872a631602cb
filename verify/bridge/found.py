"""What was built of the bridges, and the reason for each that was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verify.bridge.chain import Chain
from verify.bridge.coarse import Coarse
from verify.bridge.level import LevelBridge
from verify.bridge.ratio import RatioBridge
from verify.bridge.reduction import Bridge
from verify.bridge.uncertainty import Spread


@dataclass(frozen=True)
class Reduction:
    """The reduction bridge from `before` to `after`, under each common boundary and classification.

    `common` and `decides` name the ones that decide; `coarse`: what processes without an output leave open;
    `filed`: whether the park itself filed both totals; `chained`: the yearly steps beside it, where there are any.
    """

    before: str
    after: str
    common: str
    decides: str
    bridges: Mapping[tuple[str, str], Bridge]
    coarse: Coarse
    filed: bool
    chained: Chain | None = None

    @property
    def bridge(self) -> Bridge:
        """The one that decides."""
        return self.bridges[self.common, self.decides]


@dataclass(frozen=True)
class Uncertainty:
    """How sure real abatement is. `covered`: share of the tonnes of both years whose exactness is stated; `sources` of error,
    of which the smallest `together` move together; tonnes are printed in multiples of `quantum`."""

    spread: Spread
    interval: Fraction
    draws: int
    covered: Fraction | None
    sources: int
    together: int
    quantum: Fraction


@dataclass(frozen=True)
class Bridges:
    """Every bridge, and how sure the reduction bridge is; `absent` says of each that is missing why (a key of the catalogue `bridge`)."""

    reduction: Reduction | None = None
    ratio: RatioBridge | None = None
    level: LevelBridge | None = None
    uncertainty: Uncertainty | None = None
    absent: Mapping[str, str] = field(default_factory=dict)
