"""JSON, PEM and CSV members must be byte-equal to our own re-encoding (attestation Z9).

Then a reader that is laxer than ours (a key twice, a blank, another base64) can see nothing that ours did not see, and no
byte of an unsigned member changes unseen by staying "the same" document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from verify.bundle.cells import read_table
from verify.bundle.members import FURTHER_CHAIN, FURTHER_LISTS
from verify.bundle.pem import pem_blocks, pem_bytes
from verify.bundle.refused import Refused
from verify.canonical import canonical_bytes

_JSON = (".json", ".sarif")
_LINES = (".jsonl",)
_LABELS = {
    **dict.fromkeys(("trust/chain.pem", FURTHER_CHAIN), "CERTIFICATE"),
    **dict.fromkeys(("trust/crls.pem", FURTHER_LISTS), "X509 CRL"),
}


def check_canonical(members: Mapping[str, bytes]) -> list[Refused]:
    """What `canonical_member` says against each member, sorted by name; empty where all are canonical."""
    found: list[Refused] = []
    for name in sorted(members):
        try:
            canonical_member(name, members[name])
        except Refused as refused:
            found.append(refused)
    return found


def canonical_member(name: str, data: bytes) -> None:
    """Raises `Refused` (Z9) where a member of a kind that has a canonical form does not stand in it; others pass."""
    if name.endswith(_JSON):
        read_json(data, name)
    elif name.endswith(_LINES):
        read_json_lines(data, name)
    elif name.endswith(".pem"):
        _pem(data, name)
    elif name.endswith(".csv"):
        read_table(data, name)


def read_json(data: bytes, name: str = "") -> Any:
    """The value of RFC 8785 bytes. Raises `Refused` (Z9) for any other bytes, a float, a key twice or a depth beyond Python's."""
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_pairs, parse_float=_no_number, parse_constant=_no_number
        )
        again = canonical_bytes(value)
    except (ValueError, TypeError, RecursionError):
        raise Refused("not_canonical", "Z9", member=name) from None
    if again != data:
        raise Refused("not_canonical", "Z9", member=name)
    return value


def read_json_lines(data: bytes, name: str = "") -> list[Any]:
    """The values of a file with one RFC 8785 value per line, each line ended by a line feed."""
    lines = data.split(b"\n")
    if lines.pop():
        raise Refused("not_canonical", "Z9", member=name)
    return [read_json(line, name) for line in lines]


def json_lines(values: list[Any]) -> bytes:
    """The same, written."""
    return b"".join(canonical_bytes(value) + b"\n" for value in values)


def _pem(data: bytes, name: str) -> None:
    blocks = pem_blocks(data, name)
    empty = not blocks and name in {FURTHER_CHAIN, FURTHER_LISTS}  # a member that need not be there, and says nothing
    if empty or pem_bytes(blocks) != data or any(label != _LABELS.get(name, label) for label, _ in blocks):
        raise Refused("not_canonical", "Z9", member=name)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)
