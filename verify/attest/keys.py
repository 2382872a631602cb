"""Private keys of persons: encrypted PKCS#8 in a file that nobody else may read. Never printed, never logged.

A token (PKCS#11) needs none of this: whatever signs is a `Signer` of signing.py.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from verify.canonical.files import write_new
from verify.errors import WrongUsage

_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"  # RFC 7468 section 11
_LONGEST = 1023  # octets of a passphrase: what OpenSSL takes
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def generate() -> ec.EllipticCurvePrivateKey:
    """A new P-256 key (E2)."""
    return ec.generate_private_key(ec.SECP256R1())


def write(path: Path, key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey, passphrase: bytes) -> None:
    """The key into a new file, encrypted, readable by its owner only.

    Raises WrongUsage `attest.passphrase_empty`, `attest.passphrase_long`, `attest.key_exists`: a key is never written
    over.
    """
    if not passphrase:
        raise WrongUsage("attest.passphrase_empty")
    if len(passphrase) > _LONGEST:
        raise WrongUsage("attest.passphrase_long", most=str(_LONGEST))
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
    try:
        write_new(path, data, 0o600)
    except FileExistsError:
        raise WrongUsage("attest.key_exists", path=path.name) from None


def read(path: Path, passphrase: bytes) -> ec.EllipticCurvePrivateKey:
    """The key of a file that `write` wrote, or another program in the same form.

    Raises WrongUsage: `attest.key_readable` where others may read the file, `attest.key_in_the_clear`,
    `attest.key_unreadable` for a wrong passphrase or a broken file, `attest.key_not_p256`.
    """
    key = _read(path, passphrase)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise WrongUsage("attest.key_not_p256", path=path.name)
    return key


def read_ed25519(path: Path, passphrase: bytes) -> Ed25519PrivateKey:
    """The key of a log or a witness (E2: Ed25519 only there). Raises as `read`, and WrongUsage `attest.key_not_ed25519`."""
    key = _read(path, passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongUsage("attest.key_not_ed25519", path=path.name)
    return key


def _read(path: Path, passphrase: bytes) -> PrivateKeyTypes:
    with path.open("rb") as stream:
        if os.name != "nt" and os.fstat(stream.fileno()).st_mode & _OTHERS:
            raise WrongUsage("attest.key_readable", path=path.name)
        data = stream.read()
    if not data.startswith(_ENCRYPTED):
        raise WrongUsage("attest.key_in_the_clear", path=path.name)
    try:
        return load_pem_private_key(data, passphrase)
    except (ValueError, TypeError):  # the library's own words may hold parts of the input: they are dropped
        raise WrongUsage("attest.key_unreadable", path=path.name) from None
