"""Issue 4, must show 1 at full size: no accepted child passes what its parent fails, and broken resolvers are caught."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from tests.acceptance.entries import acceptance
from tests.layers.broken import Broken, broken
from tests.layers.children import child, moves
from tests.layers.triples import parents, tried
from tests.layers.whole_road import loosened
from verify import resources
from verify.errors import Located
from verify.ruler import Ruler
from verify.ruler.load import layer_over

_TRIPLES = 10_000
_PARENTS = 40
_SHARE = Fraction(3, 10)
_CHILDREN = 12  # on each park of the whole road
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
    return {
        "parents": len(below),
        "children": count.children,
        "accepted": count.accepted,
        "accepted_share": f"{float(count.share):.2f}",
        "triples": count.triples,
        "moves": moves(),
        "refusals": dict(sorted(count.refusals.items())),
        "whole_roads": _roads(below[0]),
        "broken_resolvers": {fault.name: _caught(fault, below) for fault in broken()},
    }


def _roads(national: Ruler) -> dict[str, int]:
    """Every demo park under the national ruler and children of it: how many children."""
    found = {}
    for number, name in enumerate(sorted(path.name for path in resources.parks().iterdir() if path.is_dir())):
        random, children = Random(number), []
        while len(children) < _CHILDREN:
            try:
                children.append(layer_over(national, [child(random, national, f"road-{len(children)}")]))
            except Located:
                continue
        passed = list(loosened(resources.parks() / name, national, children))
        assert passed == [], passed[:5]
        found[name] = len(children)
    return found


def _caught(fault: Broken, below: list[Ruler]) -> dict[str, object]:
    """How many triples it took to catch a broken resolver with children that meet its fault, and what gave it away."""
    triples = 0
    for seed in range(_BATCHES):
        with fault.working():
            count = tried(Random(seed), below, _BATCH, fair=0.5, only=fault.moves)
        triples += count.triples
        if count.passed:
            return {"within_triples": triples, "by": count.passed[0][1]}
    raise AssertionError(f"not caught: {fault.name}")
