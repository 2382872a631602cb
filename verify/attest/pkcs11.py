"""A signer whose key never leaves its token: PKCS#11 (OASIS, version 2.40 on), by the extra `pkcs11` (python-pkcs11).

Chosen: python-pkcs11 (MIT, wheels for Linux, macOS and Windows). PyKCS11 is under GPL-2.0, which this project cannot pass
on. The token signs a SHA-256 digest by CKM_ECDSA, which every token with P-256 has; r‖s becomes strict DER here (E2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import asn1, der, pkcs11_uri
from verify.attest.pkcs11_uri import Address
from verify.errors import NotVerified, WrongUsage

_P256 = asn1.encode_oid("1.2.840.10045.3.1.7")


@dataclass(frozen=True)
class Token:
    """One private key on a token that takes the PIN; each use opens a session of its own.

    `pin` is None where the token has a keypad for it.
    """

    address: Address
    pin: str | None = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """The signature of the key over a message: what a `Signer` is. Raises WrongUsage as `open_token`."""
        pkcs11 = _library()
        with self._key() as (_, key):
            again = self.pin if _asks_each_time(pkcs11, key) else None
            digest = hashlib.sha256(message).digest()
            raw = key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA, pin=again)
        try:
            return der.from_p1363(bytes(raw))
        except NotVerified as error:
            raise WrongUsage("attest.token_failed", detail=str(error)) from None

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The public key that lies beside it under the same id. Raises WrongUsage `attest.token_public_key`."""
        pkcs11 = _library()
        with self._key() as (session, key):
            wanted = {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PUBLIC_KEY,
                pkcs11.Attribute.ID: key[pkcs11.Attribute.ID],
            }
            points = [bytes(one[pkcs11.Attribute.EC_POINT]) for one in session.get_objects(wanted)]
        try:
            (point,) = points
            if len(point) != 65:  # PKCS#11 wants it in an OCTET STRING; some tokens give it bare
                point = asn1.element(point).expect(asn1.OCTET_STRING).body
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except ValueError:
            raise WrongUsage("attest.token_public_key", count=len(points)) from None

    @contextmanager
    def _key(self) -> Iterator[tuple[Any, Any]]:
        """A session and the private key in it."""
        pkcs11 = _library()
        with _words(pkcs11):
            token = _token(pkcs11, self.address)
            pin = pkcs11.types.PROTECTED_AUTH if self.pin is None else self.pin
            with token.open(user_pin=pin) as session:
                yield session, _private(pkcs11, session, self.address)


def open_token(uri: str, pin: Callable[[], bytes], module: str | None = None) -> Token:
    """The token's key at `uri`, once its PIN was taken and the key found; `pin` is asked unless it has a keypad.

    Raises WrongUsage: `attest.token_extra` without the extra, `attest.token_library`, `attest.token_count` and
    `attest.token_key_count` where not exactly one fits, `attest.token_not_p256`, `attest.token_pin`,
    `attest.token_failed`, and as `pkcs11_uri.read`.
    """
    address = pkcs11_uri.read(uri, module)
    pkcs11 = _library()
    with _words(pkcs11):
        keypad = bool(_token(pkcs11, address).flags & pkcs11.TokenFlag.PROTECTED_AUTHENTICATION_PATH)
    try:
        found = Token(address, None if keypad else pin().decode("utf-8"))  # CK_UTF8CHAR
    except UnicodeDecodeError:
        raise WrongUsage("attest.token_pin") from None
    with found._key():
        return found


def _library() -> ModuleType:
    try:
        import pkcs11
    except ImportError:
        raise WrongUsage("attest.token_extra") from None
    found: ModuleType = pkcs11
    return found


def _token(pkcs11: ModuleType, address: Address) -> Any:
    try:
        library = pkcs11.lib(str(address.module))
    except (RuntimeError, OSError):  # PKCS11Error is a RuntimeError
        raise WrongUsage("attest.token_library", module=str(address.module)) from None
    fitting = [one for one in library.get_tokens() if _described(one).items() >= dict(address.token).items()]
    if len(fitting) != 1:
        raise WrongUsage("attest.token_count", count=len(fitting))
    return fitting[0]


def _described(token: Any) -> dict[str, str]:
    """What a token says of itself, under the names of RFC 7512."""
    serial = token.serial.decode("utf-8", errors="replace")
    return {
        "token": token.label,
        "serial": serial.rstrip(),
        "manufacturer": token.manufacturer_id,
        "model": token.model,
    }


def _private(pkcs11: ModuleType, session: Any, address: Address) -> Any:
    wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}
    if address.label is not None:
        wanted[pkcs11.Attribute.LABEL] = address.label
    if address.key_id is not None:
        wanted[pkcs11.Attribute.ID] = address.key_id
    found = list(session.get_objects(wanted))
    if len(found) != 1:
        raise WrongUsage("attest.token_key_count", count=len(found))
    (key,) = found
    if key.key_type != pkcs11.KeyType.EC or bytes(key[pkcs11.Attribute.EC_PARAMS]) != _P256:
        raise WrongUsage("attest.token_not_p256")
    return key


def _asks_each_time(pkcs11: ModuleType, key: Any) -> bool:
    """Does the key take the PIN again for every signature, as the signing key of a PIV card does?"""
    try:
        return bool(key[pkcs11.Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.AttributeTypeInvalid:  # an older token does not know the question
        return False


@contextmanager
def _words(pkcs11: ModuleType) -> Iterator[None]:
    """What the token says, in our words. The PIN is in none of them."""
    try:
        yield
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        raise WrongUsage("attest.token_pin") from None
    except (pkcs11.PinLocked, pkcs11.PinExpired):
        raise WrongUsage("attest.token_locked") from None
    except pkcs11.PKCS11Error as error:
        raise WrongUsage("attest.token_failed", detail=type(error).__name__) from None
