"""The frozen parks as a bundle publishes them: which figures come out again, why the others do not, and that nobody is told."""

from __future__ import annotations

import pytest

from tests.unit.disclosure.attacker import Attacker, dominated, small_groups
from tests.unit.disclosure.random_parks import Park
from verify import resources
from verify.bundle.cells import read_table, write_table
from verify.bundle.recompute import recompute
from verify.disclosure import COLUMNS, Rule, public_part
from verify.road.run import travel

ALL = ("claimed", "proven", "strict")
# Not to be worked out again, and the enterprises behind what stays back. Of the total the terms' unproven zeros are those of
# one to three; a share of direct supply with its denominator would tell the one or two that buy it.
UNPROVEN = {("total.tco2", "proven"), ("total.tco2", "strict")}
KEPT_BACK = {
    "careless": {"direct_share": 2, "product_energy": 1},
    "honest-met": {"direct_share": 2, "solid_waste": 1, "waste_heat": 1, "water_reuse": 1},
    "honest-not-met": {"direct_share": 1, "product_energy": 1, "waste_heat": 2},
    "honest-undetermined": {"direct_share": 2, "solid_waste": 2, "waste_heat": 2, "water_reuse": 2},
}


def published(name: str) -> Park:
    """A park as its bundle tells it, with the cells that it does not tell."""
    with travel(resources.parks() / name, role="verification") as journey:
        world = journey.world
        cells = [dict(cell) for cell in world.figures[world.year].held(world.chosen)]
        rule, plain = Rule.of(world.ruler), world.ruler.plain()
        shown, rows = public_part(journey.facts, {}, cells, plain, rule)
        return Park(world.ruler, rule, plain, cells, shown.facts, rows)


@pytest.mark.parametrize("name", sorted(KEPT_BACK))
def test_what_comes_out_again_and_what_nobody_learns(name: str) -> None:
    park = published(name)
    found = recompute(park.plain, park.facts, read_table(write_table(COLUMNS, park.rows)))
    indicators = {f"indicator.{one}" for one in KEPT_BACK[name]}
    left = {(one.item, one.kind) for one in found if one.state == "not_checked"}
    assert left == UNPROVEN | {(item, kind) for item in indicators for kind in ALL}
    assert "failed" not in {one.state for one in found}
    for indicator, enterprises in KEPT_BACK[name].items():
        node = Attacker(park, False).item(park.ruler.text.indicators[indicator].numerator, "claimed")
        assert len({unknown[0] for unknown in node}) == enterprises < park.rule.fewest
    for with_factors in (False, True):
        attacker = Attacker(park, with_factors)
        assert small_groups(attacker) == []
        assert dominated(attacker) == []
