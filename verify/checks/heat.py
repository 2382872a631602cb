"""Heat received and sent out: which factor, on which evidence (annex 4 二（二）3②)."""

from __future__ import annotations

from verify.checks.cells import every
from verify.checks.filed_factors import filed_factors, said, strange
from verify.checks.gathered import gathered
from verify.checks.registry import Params, check
from verify.checks.rows import Rows, Scope
from verify.checks.world import World

HEAT = ("heat", "waste_heat")


@check("TZ-ACC-02", needs={"activity"})
def heat_factor(world: World, params: Params) -> Rows:
    """A heat factor other than those of annex 4 二（二）3② needs the supplier's measurement (CK-N2)."""
    rows = filed_factors(world, HEAT)
    rows = strange(world, rows.filter(~rows.evidence_kind.isin(params["evidence"])), params["allowed"])
    found = gathered(world, rows, by=("filed", "due", "flow"), sums=("quantity",), say=said)
    return Rows(found, Scope.of(every(world, measure="carbon", term="heat")))
