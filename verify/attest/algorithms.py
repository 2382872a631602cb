"""Names of algorithms in the one encoding that we take, and the hashes that they name."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives import hashes

from verify.attest import asn1
from verify.attest.asn1 import Element

SHA256 = asn1.encode_oid("2.16.840.1.101.3.4.2.1")
SHA384 = asn1.encode_oid("2.16.840.1.101.3.4.2.2")
SHA512 = asn1.encode_oid("2.16.840.1.101.3.4.2.3")
NULL = asn1.encode(asn1.NULL)
RSA = asn1.encode(asn1.SEQUENCE, asn1.encode_oid("1.2.840.113549.1.1.1"), NULL)
ECDSA = {  # RFC 5758 3.2: without parameters
    SHA256: asn1.encode(asn1.SEQUENCE, asn1.encode_oid("1.2.840.10045.4.3.2")),
    SHA384: asn1.encode(asn1.SEQUENCE, asn1.encode_oid("1.2.840.10045.4.3.3")),
    SHA512: asn1.encode(asn1.SEQUENCE, asn1.encode_oid("1.2.840.10045.4.3.4")),
}
HASHES: dict[bytes, type[hashes.SHA256] | type[hashes.SHA384] | type[hashes.SHA512]] = {
    SHA256: hashes.SHA256,
    SHA384: hashes.SHA384,
    SHA512: hashes.SHA512,
}
DIGESTS = {SHA256: hashlib.sha256, SHA384: hashlib.sha384, SHA512: hashlib.sha512}


def hash_of(element: Element) -> bytes:
    """The encoded OID of a digest algorithm, without parameters or with NULL (RFC 5754 section 2). Raises ValueError."""
    first, *rest = element.expect(asn1.SEQUENCE).children()
    if first.raw not in HASHES or [one.raw for one in rest] not in ([], [NULL]):
        raise ValueError("a digest algorithm that is not taken")
    return first.raw
