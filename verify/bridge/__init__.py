"""The bridges: exact, additive splits of a change between two years and of one year's level (DESIGN 9).

Here: reduction, ratio and level bridge over ledgers of sets of bases, and how they hold under other base years, boundaries and classifications.
Not here: single effects of findings (checks), pictures of a bridge (report), the accounting itself (ledger).

The names below are public: they take numbers of one's own and know no table (docs/formats/bridges.md).
"""

from verify.bridge.chain import Chain, chain, chained
from verify.bridge.coarse import Coarse, Range, bounds
from verify.bridge.drivers import Effect, Process, Use, Utility, Year, decomposed, total
from verify.bridge.level import LevelBridge, level
from verify.bridge.lmdi import effects, logmean, multiplicative
from verify.bridge.ratio import Amount, RatioBridge, ratio
from verify.bridge.reduction import Bridge, Side, least, reduction
from verify.bridge.restatement import Recomputed, restated
from verify.bridge.shapley import shares
from verify.bridge.uncertainty import Rules, Spread, slopes, spread

__all__ = [
    "Amount", "Bridge", "Chain", "Coarse", "Effect", "LevelBridge", "Process", "Range", "RatioBridge", "Recomputed", "Rules", "Side",
    "Spread", "Use", "Utility", "Year", "bounds", "chain", "chained", "decomposed", "effects", "least", "level", "logmean",
    "multiplicative", "ratio", "reduction", "restated", "shares", "slopes", "spread", "total",
]  # fmt: skip
