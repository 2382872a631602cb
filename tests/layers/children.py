"""Children drawn at random: some moves of a layer, each one a tightening, something added beside, or something that loosens.

A child is plain data, as its YAML would be read. What a move does is written in the words of a legislator and not in those of
the resolver, so that the two do not share a mistake.
"""

from __future__ import annotations

from random import Random

from tests.layers import moves_of_numbers, moves_of_rules
from tests.layers.moves import MOVES, Data
from verify.ruler import Ruler
from verify.ruler.marks import Marked

assert moves_of_numbers, moves_of_rules  # they put their moves into MOVES


def child(random: Random, parent: Ruler, name: str, *, fair: float = 0.85, only: tuple[str, ...] = ()) -> Marked:
    """A child of `parent`; `fair` is the share of moves meant to be accepted, `only` the moves to draw from."""
    data: Data = {
        "id": name,
        "title": {"zh": "下层标尺", "en": "a layer"},
        "status": "complete" if parent.text.status == "complete" else "partial",
        "authority": {"zh": "某省", "en": "a province"},
        "extends": f"{parent.id}@sha256:{parent.sha256}",
        "documents": {
            "layer-text": {"title": {"zh": "某省办法", "en": "rules of a province"}, "number": "试〔2026〕1号"}
        },
    }
    for _ in range(random.randint(1, 4)):
        step = MOVES[random.choice(only or sorted(MOVES))]
        step(random, parent, data, random.random() < fair)
    return Marked(f"{name}/ruler.yaml", data, {})


def moves() -> list[str]:
    """The names of all moves."""
    return sorted(MOVES)
