"""Reading JSON that somebody else wrote, without any of the freedoms that two readers could use differently.

I-JSON (RFC 7493): UTF-8 without a byte-order mark, no key twice, no lone surrogate, no NaN. `read_canonical` asks for
the RFC 8785 bytes besides, so that one value has one file and no byte of it can change unseen.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from verify.canonical.jcs import canonical_bytes


def read_json(data: bytes) -> Any:
    """The value of one I-JSON text. Raises ValueError for anything that two readers could read differently."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
        canonical_bytes(value)  # a lone surrogate, or a number that JSON writes but I-JSON does not hold
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def read_canonical(data: bytes) -> Any:
    """The value of one JSON text that stands in its RFC 8785 bytes. Raises ValueError for every other text."""
    value = read_json(data)
    if canonical_bytes(value) != data:
        raise ValueError("not the canonical bytes of its value")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")
