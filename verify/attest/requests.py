"""Requests for a person's certificate (PKCS#10, RFC 2986): what the person writes, and what an authority reads.

A request names one person by common name and organisation, one e-mail address, and a P-256 key, and is signed by that key.
Anything else in it is refused rather than passed over: nobody should believe that it was granted.
"""

from __future__ import annotations

import base64
import re
import textwrap
import unicodedata
import warnings
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from verify.attest import algorithms, asn1, der, profiles, shape
from verify.attest.certificates import BROKEN
from verify.attest.signing import Signer, with_key
from verify.errors import WrongUsage

LONGEST = 64  # characters of a name: ub-common-name and ub-organization-name, RFC 5280 appendix A.1
_LARGEST = 65_536  # octets of a file; a request of ours has some 500
_EXTENSION_REQUEST = "1.2.840.113549.1.9.14"  # RFC 2985 5.4.2
_BEGIN, _END = "-----BEGIN CERTIFICATE REQUEST-----", "-----END CERTIFICATE REQUEST-----"  # RFC 7468 section 7
_ADDRESS = 254  # RFC 5321 4.5.3.1; ASCII, as RFC822Name holds it
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


@dataclass(frozen=True)
class Request:
    """Who asks, and for which key. `organisation` is None for somebody who names none."""

    common_name: str
    organisation: str | None
    email: str
    key: ec.EllipticCurvePublicKey

    @property
    def subject(self) -> x509.Name:
        """The subject that the certificate will have."""
        return profiles.name(self.common_name, self.organisation)


def request(key: ec.EllipticCurvePrivateKey, common_name: str, organisation: str | None, email: str) -> bytes:
    """The PEM of a request by a private key. Raises as `write`."""
    return write(Request(common_name, organisation or None, email, key.public_key()), with_key(key))


def write(asked: Request, signer: Signer) -> bytes:
    """The PEM of a request, signed by whatever holds the key: a file, or a token.

    Raises WrongUsage `attest.request_unreadable` for a name or an address that may not stand there,
    NotVerified `attest.signature_wrong` where the signer has another key.
    """
    check_names(asked.common_name, asked.organisation, asked.email)
    covered = asn1.encode(  # RFC 2986 4.1, CertificationRequestInfo
        asn1.SEQUENCE,
        asn1.encode_integer(0),
        asked.subject.public_bytes(),
        asked.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        asn1.encode(0xA0, _extensions(asked.email)),
    )
    signature = signer(covered)
    der.verify_p256(asked.key, signature, covered)
    algorithm = algorithms.ECDSA[algorithms.SHA256]
    whole = asn1.encode(asn1.SEQUENCE, covered, algorithm, asn1.encode(asn1.BIT_STRING, b"\x00", signature))
    return _pem(whole)


def read(data: bytes) -> Request:
    """What a request asks for.

    Raises WrongUsage `attest.request_unreadable`; NotVerified `attest.key_type`, `attest.signature_encoding`,
    `attest.signature_wrong`.
    """
    try:
        found, covered, signature = _parsed(data)
        asked = _asked(found)
    except BROKEN as error:
        raise WrongUsage("attest.request_unreadable", detail=str(error)) from None
    check_names(asked.common_name, asked.organisation, asked.email)
    der.verify_p256(asked.key, signature, covered)
    return asked


def check_names(common_name: str, organisation: str | None, email: str) -> None:
    """May this name, organisation and address stand in a request? Raises WrongUsage `attest.request_unreadable`."""
    try:
        named(common_name, "common name")
        if organisation is not None:
            named(organisation, "organisation")
        _address(email)
    except ValueError as error:
        raise WrongUsage("attest.request_unreadable", detail=str(error)) from None


def _parsed(data: bytes) -> tuple[x509.CertificateSigningRequest, bytes, bytes]:
    """The request, the octets that its signature covers, and the signature."""
    if len(data) > _LARGEST:
        raise ValueError("too long")
    text = data.decode("ascii", errors="replace")
    lines = text.splitlines()
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        raise ValueError("no PEM block CERTIFICATE REQUEST and nothing else")
    whole = base64.b64decode("".join(lines[1:-1]), validate=True)
    if _pem(whole) != data:
        raise ValueError("PEM in another form than ours")
    covered, algorithm, signature = asn1.element(whole).expect(asn1.SEQUENCE).children()
    if algorithm.raw != algorithms.ECDSA[algorithms.SHA256]:
        raise ValueError("not signed by ECDSA with SHA-256")
    if signature.expect(asn1.BIT_STRING).body[:1] != b"\x00":
        raise ValueError("a signature with unused bits")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return x509.load_der_x509_csr(whole), covered.raw, signature.body[1:]


def _asked(found: x509.CertificateSigningRequest) -> Request:
    if [one.oid.dotted_string for one in found.attributes] != [_EXTENSION_REQUEST]:
        raise ValueError("attributes: the e-mail address and nothing else belongs there")
    names = {one.oid: str(one.value) for one in found.subject}
    known = {x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME}
    if len(names) != len(list(found.subject)) or set(names) - known or x509.NameOID.COMMON_NAME not in names:
        raise ValueError("subject: one common name belongs there, an organisation, and nothing else")
    (extension, *more) = found.extensions
    if more or not isinstance(extension.value, x509.SubjectAlternativeName):
        raise ValueError("extensions: the e-mail address and nothing else belongs there")
    (address, *others) = extension.value
    if others or not isinstance(address, x509.RFC822Name):
        raise ValueError("the alternative name is not one e-mail address")
    key = found.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("the key is no P-256 key")  # noqa: TRY004 - one kind of error for a wrong shape
    return Request(names[x509.NameOID.COMMON_NAME], names.get(x509.NameOID.ORGANIZATION_NAME), address.value, key)


def _address(value: str) -> None:
    if len(value) > _ADDRESS or not _EMAIL.fullmatch(value):
        raise ValueError("the e-mail address is none")


def named(value: str, where: str) -> str:
    """A name in a certificate: readable as it is shown, in composed form, without blanks around, not too long.

    Raises ValueError.
    """
    shape.text(value, where)
    if value != value.strip() or value != unicodedata.normalize("NFC", value) or len(value) > LONGEST:
        raise ValueError(f"{where}: blanks around it, characters not in composed form, or longer than {LONGEST}")
    return value


def _extensions(email: str) -> bytes:
    """The attribute that asks for the alternative name (RFC 2985 5.4.2, RFC 5280 4.2.1.6)."""
    name = asn1.encode(asn1.SEQUENCE, asn1.encode(0x81, email.encode("ascii")))  # [1] rfc822Name
    extension = asn1.encode(asn1.SEQUENCE, asn1.encode_oid("2.5.29.17"), asn1.encode(asn1.OCTET_STRING, name))
    asked = asn1.encode(asn1.SET, asn1.encode(asn1.SEQUENCE, extension))
    return asn1.encode(asn1.SEQUENCE, asn1.encode_oid(_EXTENSION_REQUEST), asked)


def _pem(whole: bytes) -> bytes:
    text = base64.b64encode(whole).decode("ascii")
    return "\n".join([_BEGIN, *textwrap.wrap(text, 64), _END, ""]).encode("ascii")
