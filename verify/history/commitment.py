"""Committing: leaves and one secret become a public list of salted digests, and the opening that the park keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from verify.errors import WrongUsage
from verify.history.documents import Opening, Public, public_document
from verify.history.leaf import Leaf
from verify.history.salts import SECRET_BYTES, label, salt, sealed


class Commitment(NamedTuple):
    """Both halves of a first filing."""

    public: Public
    opening: Opening


def commit(head: Mapping[str, Any], leaves: Iterable[Leaf], secret: bytes) -> Commitment:
    """Commit to `leaves`. `head`: park, place, ruler, years, base_year, reporting_year. The same input gives the same bytes.

    A leaf stands in public by kind, name and year; who and where are in its label only for whoever has the secret.
    Raises WrongUsage `history.secret_size`.
    """
    if len(secret) != SECRET_BYTES:
        raise WrongUsage("history.secret_size", size=SECRET_BYTES)
    held = tuple(sorted(leaves, key=lambda one: one.path))
    rows = [
        (
            one.path.kind,
            one.path.name,
            one.path.year,
            label(secret, one.path),
            sealed(salt(secret, one.path), one.path, one.content),
        )
        for one in held
    ]
    document = public_document(head, rows)
    return Commitment(Public(head, tuple(sorted(rows)), document["root"]), Opening(document["root"], secret, held))
