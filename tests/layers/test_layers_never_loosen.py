"""A layer may tighten and may not loosen (DESIGN 5.4; issue 4, must show 1, small): what passing means is said in passing.py.

Full size: tests/acceptance/accept_layers.py.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from tests.layers.broken import Broken, broken
from tests.layers.triples import parents, tried
from tests.layers.whole_road import loosened
from verify import resources
from verify.ruler import Ruler
from verify.ruler.load import layer_over
from verify.ruler.marks import load_marked

_SHARE = Fraction(3, 10)  # of the children must be accepted: a resolver that refuses everything loosens nothing
_LIMITED = Fraction(1, 2)  # of the triples have a parent with limits; the rest are near materiality alone
_NEAR = Fraction(9, 10)  # of those have an indicator within one per cent of its limit
_BATCH, _BATCHES = 24, 40  # triples of one try, tries at most; most faults show in the first
_TIGHTER = Path(__file__).parent / "province-tighter" / "ruler.yaml"


@pytest.fixture(scope="module")
def below() -> list[Ruler]:
    return parents(Random(3), 6)


def test_a_child_never_passes_what_its_parent_fails(below: list[Ruler]) -> None:
    count = tried(Random(11), below, 120)
    assert count.passed == []
    assert count.share >= _SHARE, count.refusals
    assert count.triples >= 120
    assert {
        one for one in count.refusals if not one.startswith("ruler.layer_")
    } == set()  # no child is refused for its form
    assert count.limited >= _LIMITED * count.triples
    assert count.near >= _NEAR * count.limited


@pytest.mark.parametrize("fault", broken(), ids=lambda one: one.name)
def test_a_broken_resolver_is_caught(fault: Broken, below: list[Ruler]) -> None:
    """Each with children that meet its fault; at full size with children of every kind."""
    passed = 0
    for seed in range(_BATCHES):
        with fault.working():
            passed = len(tried(Random(seed), below[:3], _BATCH, parks=6, fair=0.4, only=fault.moves).passed)
        if passed:
            break
    assert passed, fault.name


def test_a_child_never_passes_on_the_whole_road(below: list[Ruler]) -> None:
    tighter = layer_over(below[0], [load_marked(_TIGHTER)])
    assert list(loosened(resources.parks() / "honest-met", below[0], [tighter])) == []
