"""The signed data of a time-stamp token (RFC 5652 section 5, profiled by RFC 3161 2.4.2 and RFC 5816), read strictly.

One signer, named by issuer and serial; no CRLs, no unsigned attributes; every algorithm name in the one form that belongs
to the signer's key. Whatever no signature covers is bound to what one does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from verify.attest import asn1, certificates, der
from verify.attest.algorithms import DIGESTS, ECDSA, HASHES, RSA, SHA256, hash_of
from verify.attest.asn1 import Element
from verify.errors import NotVerified

SIGNED_DATA = asn1.encode_oid("1.2.840.113549.1.7.2")
TST_INFO = asn1.encode_oid("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE = asn1.encode_oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = asn1.encode_oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE = asn1.encode_oid("1.2.840.113549.1.9.16.2.12")  # RFC 2634: SHA-1, still sent by some authorities
SIGNING_CERTIFICATE_V2 = asn1.encode_oid("1.2.840.113549.1.9.16.2.47")  # RFC 5816
_ORDERS = {"secp256r1": der.P256_ORDER, "secp384r1": der.P384_ORDER}


@dataclass(frozen=True)
class SignedData:
    """Content, the certificates inside, that of the signer, and what the signer signed: the attributes as a SET OF."""

    content: bytes
    certificates: tuple[x509.Certificate, ...]
    signer: x509.Certificate
    digest: bytes
    algorithm: bytes
    attributes: Element
    signature: bytes


def read(token: Element) -> SignedData:
    """The signed data of a ContentInfo over a TSTInfo. Raises ValueError for every other shape."""
    kind, wrapped = token.expect(asn1.SEQUENCE).children()
    (held,) = wrapped.expect(0xA0).children()
    if kind.raw != SIGNED_DATA:
        raise ValueError("no signed data")
    version, digests, content, embedded, signers = held.expect(asn1.SEQUENCE).children()
    (signer,) = signers.expect(asn1.SET).children()
    own_version, name, digest, attributes, algorithm, signature = signer.expect(asn1.SEQUENCE).children()
    if (version.integer(), own_version.integer()) != (3, 1):  # RFC 5652 5.1, 5.3
        raise ValueError("another version of signed data")
    (only,) = digests.expect(asn1.SET).children()
    if only.raw != digest.raw:
        raise ValueError("digest algorithms that the signer does not use")
    found = tuple(certificates.read_der(one.raw) for one in embedded.expect(0xA0).children())
    named = [one for one in found if issuer_and_serial(one) == name.raw]
    if len(named) != 1 or len(set(found)) != len(found):
        raise ValueError("the signer's certificate is not there once")
    return SignedData(
        content=_content(content),
        certificates=found,
        signer=named[0],
        digest=hash_of(digest),
        algorithm=algorithm.raw,
        attributes=attributes.expect(0xA0),
        signature=signature.expect(asn1.OCTET_STRING).body,
    )


def verify(signed: SignedData) -> None:
    """The signer's signature, over attributes that name content, digest and certificate.

    Raises NotVerified `attest.time_signature`. The chain of the signer is somebody else's subject.
    """
    try:
        _attributes(signed)
        covered = asn1.encode(asn1.SET, signed.attributes.body)  # RFC 5652 5.4: the SET OF, not the [0]
        _signature(signed, covered)
    except (InvalidSignature, UnsupportedAlgorithm):
        raise NotVerified("attest.time_signature", detail="signature") from None
    except ValueError as error:
        raise NotVerified("attest.time_signature", detail=str(error)) from None


def issuer_and_serial(certificate: x509.Certificate) -> bytes:
    """IssuerAndSerialNumber (RFC 5652 10.2.4) with the issuer's octets as the certificate has them."""
    parts = asn1.element(certificate.tbs_certificate_bytes).children()
    serial, issuer = (parts[1], parts[3]) if parts[0].tag == 0xA0 else (parts[0], parts[2])
    return asn1.encode(asn1.SEQUENCE, issuer.raw, serial.raw)


def _content(element: Element) -> bytes:
    kind, wrapped = element.expect(asn1.SEQUENCE).children()
    (content,) = wrapped.expect(0xA0).children()
    if kind.raw != TST_INFO:
        raise ValueError("no time-stamp information")
    return content.expect(asn1.OCTET_STRING).body


def _attributes(signed: SignedData) -> None:
    found: dict[bytes, Element] = {}
    listed = signed.attributes.children()
    if [one.raw for one in listed] != sorted(one.raw for one in listed):  # X.690 11.6
        raise ValueError("attributes out of order")
    for one in listed:
        kind, values = one.expect(asn1.SEQUENCE).children()
        if kind.raw in found:
            raise ValueError("an attribute stands twice")
        (found[kind.raw],) = values.expect(asn1.SET).children()
    content, digest = found.get(CONTENT_TYPE), found.get(MESSAGE_DIGEST)
    if content is None or content.raw != TST_INFO:
        raise ValueError("content type")
    if digest is None or digest.expect(asn1.OCTET_STRING).body != DIGESTS[signed.digest](signed.content).digest():
        raise ValueError("message digest")
    _signing_certificate(found, signed.signer.public_bytes(serialization.Encoding.DER))


def _signing_certificate(found: dict[bytes, Element], signer: bytes) -> None:
    """RFC 5816 2.2.1, RFC 3161 2.4.1: the attribute names the signer's certificate first."""
    newer = SIGNING_CERTIFICATE_V2 in found
    held = found.get(SIGNING_CERTIFICATE_V2) or found.get(SIGNING_CERTIFICATE)
    if held is None:
        raise ValueError("no signing certificate attribute")
    first, *rest = held.children()[0].children()[0].children()
    if newer and first.tag == asn1.SEQUENCE:  # an algorithm other than the default, SHA-256
        digest, value = DIGESTS[hash_of(first)], rest[0]
    else:
        digest, value = hashlib.sha256 if newer else hashlib.sha1, first
    if value.expect(asn1.OCTET_STRING).body != digest(signer).digest():
        raise ValueError("the signing certificate is another one")


def _signature(signed: SignedData, covered: bytes) -> None:
    key, kind = signed.signer.public_key(), HASHES[signed.digest]()
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _ORDERS:
        if signed.algorithm != ECDSA[signed.digest]:
            raise ValueError("signature algorithm")
        try:
            der.integers(signed.signature, _ORDERS[key.curve.name])
        except NotVerified as error:
            raise ValueError(str(error)) from None
        key.verify(signed.signature, covered, ec.ECDSA(kind))
    elif isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
        if signed.algorithm != RSA:  # sha256WithRSAEncryption names the same: one form only
            raise ValueError("signature algorithm")
        key.verify(signed.signature, covered, padding.PKCS1v15(), kind)
    else:
        raise ValueError("key of the authority")


def encode(
    content: bytes, chain: Sequence[x509.Certificate], key: ec.EllipticCurvePrivateKey, at_attribute: bytes
) -> bytes:
    """A ContentInfo over a TSTInfo, signed with SHA-256 by `key` of the first certificate of `chain`; `read` takes it back.

    `at_attribute` is a further signed attribute, encoded (signingTime).
    """
    signer = chain[0]
    digest = asn1.encode(asn1.SEQUENCE, SHA256)
    named = hashlib.sha256(signer.public_bytes(serialization.Encoding.DER)).digest()
    first = asn1.encode(asn1.SEQUENCE, asn1.encode(asn1.OCTET_STRING, named))
    attributes = asn1.encode_set_of(
        attribute(CONTENT_TYPE, TST_INFO),
        attribute(MESSAGE_DIGEST, asn1.encode(asn1.OCTET_STRING, hashlib.sha256(content).digest())),
        attribute(SIGNING_CERTIFICATE_V2, asn1.encode(asn1.SEQUENCE, asn1.encode(asn1.SEQUENCE, first))),
        at_attribute,
    )
    signature = key.sign(attributes, ec.ECDSA(hashes.SHA256()))
    signer_info = asn1.encode(
        asn1.SEQUENCE,
        asn1.encode_integer(1),
        issuer_and_serial(signer),
        digest,
        b"\xa0" + attributes[1:],
        ECDSA[SHA256],
        asn1.encode(asn1.OCTET_STRING, signature),
    )
    signed_data = asn1.encode(
        asn1.SEQUENCE,
        asn1.encode_integer(3),
        asn1.encode_set_of(digest),
        asn1.encode(asn1.SEQUENCE, TST_INFO, asn1.encode(0xA0, asn1.encode(asn1.OCTET_STRING, content))),
        asn1.encode(0xA0, *sorted(one.public_bytes(serialization.Encoding.DER) for one in chain)),
        asn1.encode_set_of(signer_info),
    )
    return asn1.encode(asn1.SEQUENCE, SIGNED_DATA, asn1.encode(0xA0, signed_data))


def attribute(kind: bytes, value: bytes) -> bytes:
    """One Attribute with one value (RFC 5652 5.3)."""
    return asn1.encode(asn1.SEQUENCE, kind, asn1.encode(asn1.SET, value))
