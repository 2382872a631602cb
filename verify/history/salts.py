"""Salts, labels and digests of leaves, all from one secret of 32 bytes.

A digest without a salt could be guessed: there are few plausible tonnes. HMAC-SHA256 (RFC 2104, FIPS 198-1) of the path
gives each leaf a salt of its own, so one leaf can be opened without the others, and the same secret gives the same bytes.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from verify.canonical import canonical_bytes, digest
from verify.history.leaf import Path

SECRET_BYTES = 32


def label(secret: bytes, path: Path) -> str:
    """The name under which a leaf stands in public, 64 hexadecimal digits: it says neither member nor source."""
    return _keyed(secret, "label", path)


def salt(secret: bytes, path: Path) -> str:
    """The salt of one leaf, 64 hexadecimal digits; handing it out opens this leaf and no other."""
    return _keyed(secret, "salt", path)


def sealed(salted: str, path: Path, content: Any) -> str:
    """SHA-256 over the canonical bytes of salt, path and content."""
    return digest({"content": content, "path": list(path), "salt": salted})


def _keyed(secret: bytes, purpose: str, path: Path) -> str:
    return hmac.new(secret, canonical_bytes([purpose, *path]), hashlib.sha256).hexdigest()
