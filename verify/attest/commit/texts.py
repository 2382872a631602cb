"""Texts that stay unpublished: the disclosure form of SD-JWT (RFC 9901 section 4.2), salted, so that few words cannot be tried.

A disclosure is base64url of the JSON array [salt, name, value]; in public stands base64url of SHA-256 of its ASCII octets.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets

_SALT = 16  # octets: 128 bits
_DIGEST = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def fresh_salt() -> str:
    """A random salt of 128 bits."""
    return _url(secrets.token_bytes(_SALT))


def disclosure(salt: str, name: str, value: str) -> str:
    """What is handed to whoever may read the value."""
    return _url(json.dumps([salt, name, value], ensure_ascii=False).encode("utf-8"))


def text_digest(disclosed: str) -> str:
    """What stands in public."""
    return _url(hashlib.sha256(disclosed.encode("ascii")).digest())


def told(disclosed: str) -> tuple[str, str]:
    """Name and value of a disclosure. Raises ValueError for a text that is none."""
    padded = disclosed + "=" * (-len(disclosed) % 4)
    parts = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    if not isinstance(parts, list) or len(parts) != 3 or not all(isinstance(one, str) for one in parts):
        raise ValueError("no disclosure")
    if len(parts[0]) < len(fresh_salt()):
        raise ValueError("a salt of fewer than 128 bits")
    return parts[1], parts[2]


def is_digest(value: object) -> bool:
    """Whether this is the form of a `text_digest`."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def no_text() -> str:
    """A digest of nothing: what a row of padding has in the place of one."""
    return _url(secrets.token_bytes(hashlib.sha256().digest_size))


def _url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
