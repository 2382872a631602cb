"""Who signs: a private key in a file, or one on a token (``pkcs11:…``), under one name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verify.cli.secrets import passphrase
from verify.errors import WrongUsage
from verify.words import Language

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from verify.attest.signing import Signer

_MODULE = "TRUEZERO_PKCS11_MODULE"


@dataclass(frozen=True)
class Key:
    """A key that can sign, and its public half."""

    public: ec.EllipticCurvePublicKey
    sign: Signer


def on_token(key: str) -> bool:
    """Is this the address of a token, and no file?"""
    return key.startswith("pkcs11:")


def signer_of(key: str, passphrase_file: Path | None, lang: Language) -> Signer:
    """What signs with `key`, once its passphrase or PIN was taken.

    Raises WrongUsage as `secrets.passphrase`, `attest.keys.read` and `attest.pkcs11.open_token`; `cli.cannot_read`.
    """
    from verify.attest import pkcs11, signing

    if on_token(key):
        return pkcs11.open_token(key, lambda: passphrase(passphrase_file, lang), os.environ.get(_MODULE)).sign
    return signing.with_key(_from_file(Path(key), passphrase_file, lang))


def key_of(key: str, passphrase_file: Path | None, lang: Language) -> Key:
    """The same, with the public key beside it. Raises as `signer_of`."""
    from verify.attest import pkcs11, signing

    if on_token(key):
        token = pkcs11.open_token(key, lambda: passphrase(passphrase_file, lang), os.environ.get(_MODULE))
        return Key(token.public_key(), token.sign)
    private = _from_file(Path(key), passphrase_file, lang)
    return Key(private.public_key(), signing.with_key(private))


def _from_file(path: Path, passphrase_file: Path | None, lang: Language) -> ec.EllipticCurvePrivateKey:
    from verify.attest import keys

    if not path.is_file():  # before anybody types a passphrase
        raise WrongUsage("cli.no_file", path=str(path))
    try:
        return keys.read(path, passphrase(passphrase_file, lang))
    except OSError as error:
        raise WrongUsage("cli.cannot_read", path=str(path), reason=os.strerror(error.errno or 0)) from None
