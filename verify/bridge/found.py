"""What was built of the bridges, and the reason for each that was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from verify.bridge.chain import Chain
from verify.bridge.level import LevelBridge
from verify.bridge.ratio import RatioBridge
from verify.bridge.reduction import Bridge


@dataclass(frozen=True)
class Reduction:
    """The reduction bridge from `before` to `after`, under each common boundary and classification.

    `common` and `decides` name the ones that decide; `coarse`: tCO2 of the base year in processes without an output;
    `filed`: whether the park itself filed both totals; `chained`: the yearly steps beside it, where there are any.
    """

    before: str
    after: str
    common: str
    decides: str
    bridges: Mapping[tuple[str, str], Bridge]
    coarse: Fraction
    filed: bool
    chained: Chain | None = None

    @property
    def bridge(self) -> Bridge:
        """The one that decides."""
        return self.bridges[self.common, self.decides]


@dataclass(frozen=True)
class Bridges:
    """Every bridge; `absent` says of each that is missing why (a key of the catalogue `bridge`)."""

    reduction: Reduction | None = None
    ratio: RatioBridge | None = None
    level: LevelBridge | None = None
    absent: Mapping[str, str] = field(default_factory=dict)
