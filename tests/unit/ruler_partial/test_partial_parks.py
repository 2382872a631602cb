"""Every partial ruler over the frozen parks: it gives figures, founds no opinion and says of nothing that it is met (issue 4, E)."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify import resources
from verify.bridge.found import Bridges
from verify.checks import run_checks
from verify.opinion import assemble, opine
from verify.road.run import travel
from verify.road.world import build
from verify.ruler import available, load_ruler

PARTIAL = [name for name in available() if load_ruler(name).text.status == "partial"]
MET = "honest-met"  # the national ruler says of this one that it is met
PARKS = sorted(path.name for path in resources.parks().iterdir() if path.is_dir())


@pytest.mark.parametrize(
    "park", [name if name == MET else pytest.param(name, marks=pytest.mark.accept) for name in PARKS]
)
def test_no_opinion_and_no_met_over_a_frozen_park(park: str) -> None:
    """The park is read once; each ruler accounts and checks it as `check --ruler` does."""
    with travel(Path(resources.parks() / park), role="verification") as journey:
        first = journey.world
        assert first.ruler.text.status == "complete"
        for name in PARTIAL:
            world = build(first.submission, load_ruler(name), first.engine, year=first.year)
            runs, found = run_checks(world)
            facts = assemble(world, runs, found, opine(world, runs, found), "verification", Bridges())
            assert [one.code for one in runs if one.crash] == [], name
            assert facts["opinion"]["value"] == "disclaimer", name
            assert "opinion.ruler_partial" in {one["key"] for one in facts["opinion"]["reasons"]}, name
            assert "met" not in {one["verdict"] for one in facts["indicators"]}, name
            assert {one["id"] for one in facts["indicators"]} == set(world.ruler.text.indicators), name
            [total] = [one for one in facts["items"] if (one["item"], one["year"]) == ("total.tco2", first.year)]
            assert total["claimed"] is not None, name


def test_the_park_that_is_met_is_met_under_the_national_ruler_alone() -> None:
    """So that the test above asks for something."""
    with travel(Path(resources.parks() / MET), role="verification") as journey:
        world = journey.world
        facts = assemble(world, [], [], opine(world, [], []), "verification", Bridges())
        assert "met" in {one["verdict"] for one in facts["indicators"]}
