"""Certificates and revocation lists from bytes: readable to the last extension, in the one form that we write.

`cryptography` reads lazily: a broken key or extension shows only when it is asked for, with several kinds of error.
Here everything is asked for once, and whatever is wrong is one kind of error.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from verify.attest import algorithms, asn1, der, sm2
from verify.errors import NotVerified

Held = TypeVar("Held", x509.Certificate, x509.CertificateRevocationList)
# DuplicateExtension, InvalidVersion and UnsupportedGeneralNameType descend from Exception alone.
BROKEN = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    KeyError,  # a string type that no name may have, in `cryptography` 45
    Warning,  # what RFC 5280 forbids and the library still lets pass, a serial below 1 say
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


def read_der(data: bytes) -> x509.Certificate:
    """One DER certificate. Raises NotVerified `attest.certificate_unreadable`."""
    return _read(data, x509.load_der_x509_certificate)


def read_der_list(data: bytes) -> x509.CertificateRevocationList:
    """One DER revocation list. Raises NotVerified `attest.certificate_unreadable`."""
    return _read(data, x509.load_der_x509_crl)


def read_pem(data: bytes) -> list[x509.Certificate]:
    """The certificates of a PEM file in our own form. Raises NotVerified `attest.certificate_unreadable` for any other."""
    return _read_pem(data, b"CERTIFICATE", x509.load_pem_x509_certificate)


def read_pem_lists(data: bytes) -> list[x509.CertificateRevocationList]:
    """The revocation lists of a PEM file in our own form. Raises as `read_pem` does."""
    return _read_pem(data, b"X509 CRL", x509.load_pem_x509_crl)


def write_pem(held: Sequence[x509.Certificate] | Sequence[x509.CertificateRevocationList]) -> bytes:
    """The one form of a PEM file: RFC 7468 blocks behind each other, nothing between them."""
    return b"".join(one.public_bytes(Encoding.PEM) for one in held)


def _read_pem(data: bytes, label: bytes, load: Callable[[bytes], Held]) -> list[Held]:
    end = b"-----END " + label + b"-----\n"
    blocks = [block + end for block in data.split(end)[:-1]]
    found = [_read(block, load) for block in blocks]
    if write_pem(found) != data:
        raise NotVerified("attest.certificate_unreadable", detail="PEM in another form than ours")
    if len({one.public_bytes(Encoding.DER) for one in found}) != len(found):
        raise NotVerified("attest.certificate_unreadable", detail="one certificate or list twice")
    return found


def _read(data: bytes, load: Callable[[bytes], Held]) -> Held:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = load(data)
            _outer(found.public_bytes(Encoding.DER))
            _ = found.extensions, found.issuer
            with suppress(UnsupportedAlgorithm):  # SM2: a signatory that is not checked here, no broken file (E8)
                _ = found.signature_hash_algorithm
            if isinstance(found, x509.Certificate):
                _ = found.subject, found.not_valid_after_utc
                with suppress(UnsupportedAlgorithm):
                    found.public_key()
            else:
                _ = [one.extensions for one in found], found.next_update_utc
    except BROKEN as error:
        raise NotVerified("attest.certificate_unreadable", detail=str(error)) from None
    return found


def _outer(data: bytes) -> None:
    """What the issuer's signature does not cover: algorithm and signature, in their one form. Raises as `read_der` does.

    Libraries take a BIT STRING that says it has unused bits, and an ECDSA signature in another DER.
    """
    covered, algorithm, signature = asn1.element(data).children()
    if algorithm.raw not in [one.raw for one in covered.children()]:  # RFC 5280 4.1.1.2, 5.1.1.2: the same inside
        raise ValueError("two algorithms")
    body = signature.expect(asn1.BIT_STRING).body
    if body[:1] != b"\x00":
        raise ValueError("a signature with unused bits")
    if algorithm.raw in algorithms.ECDSA.values():
        der.integers(body[1:], der.P384_ORDER)  # the curve is the issuer's; its own range is checked with the chain
    elif algorithm.children()[0].raw == sm2.SIGNED_WITH_SM3:
        sm2.formed(body[1:])
