"""Issue 4, must show 1 at full size: no accepted child passes what its parent fails, and broken resolvers are caught."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from tests.acceptance.entries import acceptance
from tests.layers.broken import Broken, broken
from tests.layers.children import child, moves, of_each_tolerance
from tests.layers.triples import parents, tried
from tests.layers.whole_road import loosened
from verify import resources
from verify.errors import Located
from verify.ruler import Ruler
from verify.ruler.load import layer_over

_TRIPLES = 10_000
_PARENTS = 40
_SHARE, _LIMITED, _NEAR = Fraction(3, 10), Fraction(1, 2), Fraction(9, 10)  # as in tests/layers
_CHILDREN = 12  # on each park of the whole road
_FAULTY = "careless"  # the park with findings to lose
_BATCH, _BATCHES = 60, 40  # triples of one try of a broken resolver, tries at most


@acceptance(
    "3.1",
    "a layer never passes what the ruler below it fails: 10,000 triples; whole roads; broken resolvers are caught",
)
def layers() -> dict[str, object]:
    random = Random(20260401)
    below = parents(random, _PARENTS)
    count = tried(random, below, _TRIPLES)
    assert count.passed == [], count.passed[:5]
    assert count.triples >= _TRIPLES
    assert count.share >= _SHARE
    assert {one for one in count.refusals if not one.startswith("ruler.layer_")} == set()  # none for its form alone
    assert count.limited >= _LIMITED * count.triples
    assert count.near >= _NEAR * count.limited
    return {
        "parents": len(below),
        "children": count.children,
        "accepted": count.accepted,
        "accepted_share": f"{float(count.share):.2f}",
        "triples": count.triples,
        "triples_with_limits": count.limited,
        "of_them_within_one_per_cent_of_a_limit": count.near,
        "moves": moves(),
        "refusals": dict(sorted(count.refusals.items())),
        "whole_roads": _roads(below[0]),
        "broken_resolvers": {fault.name: _caught(fault, below) for fault in broken()},
    }


def _roads(national: Ruler) -> dict[str, int]:
    """Every demo park under the national ruler and children of it: how many children.

    The careless park also under a child for each tolerance of a check, as most of those checks run on whole roads alone.
    """
    found = {}
    for number, name in enumerate(sorted(path.name for path in resources.parks().iterdir() if path.is_dir())):
        random, children = Random(number), []
        while len(children) < _CHILDREN:
            try:
                children.append(layer_over(national, [child(random, national, f"road-{len(children)}")]))
            except Located:
                continue
        if name == _FAULTY:
            children += [layer_over(national, [one]) for one in of_each_tolerance(national)]
        for first in range(0, len(children), _CHILDREN):  # each reads the park anew: an engine keeps what it accounted
            passed = list(loosened(resources.parks() / name, national, children[first : first + _CHILDREN]))
            assert passed == [], passed[:5]
        found[name] = len(children)
    return found


def _caught(fault: Broken, below: list[Ruler]) -> dict[str, object]:
    """How many triples it took to catch a broken resolver with children that meet its fault, and what gave it away.

    The whole resolver, asked the same way, lets nothing through.
    """
    triples = 0
    for seed in range(_BATCHES):
        with fault.working():
            count = tried(Random(seed), below, _BATCH, fair=0.5, only=fault.moves)
        triples += count.triples
        if count.passed:
            sound = tried(Random(seed), below, _BATCH, fair=0.5, only=fault.moves, most=_BATCH).passed  # may refuse all
            assert sound == [], (fault.name, sound[:3])
            return {"within_triples": triples, "by": count.passed[0][1]}
    raise AssertionError(f"not caught: {fault.name}")
