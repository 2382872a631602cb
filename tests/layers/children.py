"""Children drawn at random: some moves of a layer, each one a tightening, something added beside, or something that loosens.

A child is plain data, as its YAML would be read. What a move does is written in the words of a legislator and not in those of
the resolver, so that the two do not share a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.layers import moves_of_rules
from tests.layers.moves import CITE, MOVES, Data, printed, value
from tests.layers.moves_of_numbers import TOLERANCES
from verify.ruler import Ruler
from verify.ruler.marks import Marked

assert moves_of_rules  # puts its moves into MOVES, as moves_of_numbers does
# Where a child says something of its own: a drawn move may find nothing to move
SAID = frozenset(
    {"values", "indicators", "checks", "parameters", "method", "claims", "opinion", "disclosure", "baseline",
     "sensitivities", "attestation"}
)  # fmt: skip


def child(random: Random, parent: Ruler, name: str, *, fair: float = 0.85, only: tuple[str, ...] = ()) -> Marked:
    """A child of `parent`; `fair` is the share of moves meant to be accepted, `only` the moves to draw from."""
    data = _head(parent, name)
    for _ in range(random.randint(1, 4)):
        step = MOVES[random.choice(only or sorted(MOVES))]
        step(random, parent, data, random.random() < fair)
    return Marked(f"{name}/ruler.yaml", data, {})


def of_each_tolerance(parent: Ruler) -> Iterator[Marked]:
    """One child for each tolerance of a check, which asks for a tenth of it."""
    for code, param in TOLERANCES:
        name = f"tenth-{code}-{param}"
        data = _head(parent, name)
        number, unit = printed(parent, parent.text.checks[code].params[param])
        own = value(data, f"{name}.own", number / 10, unit)
        data["checks"] = {code: {"params": {param: own}, "cite": CITE}}
        yield Marked(f"{name}/ruler.yaml", data, {})


def _head(parent: Ruler, name: str) -> Data:
    return {
        "id": name,
        "title": {"zh": "下层标尺", "en": "a layer"},
        "status": "complete" if parent.text.status == "complete" else "partial",
        "authority": {"zh": "某省", "en": "a province"},
        "extends": f"{parent.id}@sha256:{parent.sha256}",
        "documents": {
            "layer-text": {"title": {"zh": "某省办法", "en": "rules of a province"}, "number": "试〔2026〕1号"}
        },
    }


def moves() -> list[str]:
    """The names of all moves."""
    return sorted(MOVES)
