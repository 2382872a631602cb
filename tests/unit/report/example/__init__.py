"""Ten reports that the tests read: PX-2 not met, PX-1 met, without a limit, a disclaimer, a self-check, another ruler,
PX-2 with bridges, PX-2 with a match, PX-2 with certificates and meters, PX-2 with statistics.

Every number is recomputed here from the rows of the domain pack's park_examples.yaml by plain fractions, on another road
than the package: the totals are asserted against the printed ones in test_example.py.
"""

from tests.unit.report.example.bridges import with_bridges
from tests.unit.report.example.matching import with_matching
from tests.unit.report.example.parks import corporate, disclaimer, met, no_limit, not_met, self_check
from tests.unit.report.example.proofs import with_proofs
from tests.unit.report.example.statistics import with_statistics

VARIANTS = {
    "not_met": not_met,
    "met": met,
    "no_limit": no_limit,
    "disclaimer": disclaimer,
    "self_check": self_check,
    "corporate": corporate,
    "bridged": with_bridges,
    "matched": with_matching,
    "proofs": with_proofs,
    "statistics": with_statistics,
}

__all__ = [
    "VARIANTS",
    "corporate",
    "disclaimer",
    "met",
    "no_limit",
    "not_met",
    "self_check",
    "with_bridges",
    "with_matching",
    "with_proofs",
    "with_statistics",
]
