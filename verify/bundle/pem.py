"""PEM in one form only (RFC 7468, section 3 "strict"): 64 columns, line feeds, no text around the blocks."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

from verify.bundle.refused import Refused

Block = tuple[str, bytes]  # label, DER
LABELS = ("CERTIFICATE", "X509 CRL")
_BLOCK = re.compile(rf"-----BEGIN ({'|'.join(LABELS)})-----\n([A-Za-z0-9+/=\n]+)\n-----END \1-----\n", re.ASCII)


def pem_bytes(blocks: Iterable[Block]) -> bytes:
    """The PEM file of a set of blocks: each once, sorted by label and DER, so that a set has one form."""
    return b"".join(_block(*one) for one in sorted(set(blocks)))


def pem_blocks(data: bytes, name: str = "") -> list[Block]:
    """The blocks of a PEM file in its order. Raises `Refused` (Z9) for text around them, a label or bytes that are no DER.

    Whether the file is canonical is said by `pem_bytes` of the result.
    """
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise Refused("not_canonical", "Z9", member=name) from None
    found: list[Block] = []
    place = 0
    while place < len(text):
        match = _BLOCK.match(text, place)
        if match is None:
            raise Refused("not_canonical", "Z9", member=name)
        found.append((match[1], _der(match[2], name)))
        place = match.end()
    return found


def _block(label: str, der: bytes) -> bytes:
    text = base64.b64encode(der).decode("ascii")
    lines = "\n".join(text[start : start + 64] for start in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n".encode("ascii")


def _der(text: str, name: str) -> bytes:
    try:
        der = base64.b64decode(text.replace("\n", ""), validate=True)
    except binascii.Error:
        raise Refused("not_canonical", "Z9", member=name) from None
    if not _one_sequence(der):
        raise Refused("not_canonical", "Z9", member=name)
    return der


def _one_sequence(der: bytes) -> bool:
    """One SEQUENCE with a shortest definite length (X.690 10.1) that ends where the bytes end."""
    if len(der) < 2 or der[0] != 0x30:
        return False
    length, start = der[1], 2
    if length >= 0x80:
        start += length & 0x7F
        digits = der[2:start]
        length = int.from_bytes(digits, "big")
        if not digits or digits[0] == 0 or length < 0x80:
            return False
    return start + length == len(der)
