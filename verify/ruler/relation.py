"""How two rulers stand to each other: a layer of the other, two layers of one ruler, borrowers, or strangers."""

from __future__ import annotations

from typing import Literal

from verify.ruler.pin import read_pin
from verify.ruler.resolved import Ruler

Relation = Literal["same", "layer", "base", "siblings", "borrower", "lender", "co_borrowers", "strangers"]
_OTHER_WAY: dict[Relation, Relation] = {"layer": "base", "borrower": "lender"}


def relation(a: Ruler, b: Ruler) -> Relation:
    """What `b` is to `a`: ``layer`` (b extends a), ``base`` (a extends b), ``borrower`` (b takes parts of a over) …"""
    if a.sha256 == b.sha256:
        return "same"
    for one, other, turned in ((a, b, False), (b, a, True)):
        found: Relation | None = None
        if one.id in {name for name, _ in other.lineage}:
            found = "layer"
        elif _lender(other) == one.id:
            found = "borrower"
        if found is not None:
            return _OTHER_WAY[found] if turned else found
    if {name for name, _ in a.lineage} & {name for name, _ in b.lineage}:
        return "siblings"
    return "co_borrowers" if _lender(a) and _lender(a) == _lender(b) else "strangers"


def _lender(ruler: Ruler) -> str:
    pin = read_pin(ruler.text.borrows.ruler) if ruler.text.borrows is not None else None
    return pin.id if pin is not None else ""
