"""The trust root: versioned, signed k-of-n, rotated by the old and the new threshold (R1-R4).

The rules are those of TUF (specification 1.0, section 5.3, "Update the root role") in our own DSSE envelope. There is no
expiry: an offline reader has no clock that a file could be held against.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from verify.attest import der, dsse, shape, trusted_root
from verify.attest.anchors import Anchors
from verify.attest.certificates import BROKEN
from verify.attest.log import trust
from verify.attest.log.trust import Trust
from verify.attest.profiles import spki_sha256
from verify.attest.signing import Signer
from verify.canonical import canonical_bytes
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified

PAYLOAD_TYPE = "application/vnd.truezero.root+json"
FORMAT = "truezero-root/1"


@dataclass(frozen=True)
class Root:
    """One version: how many of which keys sign it, by SPKI digest, and the authorities that it names."""

    version: int
    threshold: int
    keys: Mapping[str, ec.EllipticCurvePublicKey]
    trusted: Mapping[str, Any]
    log_policy: str | None = (
        None  # tlog-policy: keys of logs and witnesses; the TrustedRoot object has no field for these
    )

    @property
    def log_trust(self) -> Trust | None:
        """Whose signatures under a log count; None where this root says nothing of logs."""
        return None if self.log_policy is None else trust.read(self.log_policy.encode("utf-8"))

    @property
    def anchors(self) -> Anchors:
        """The authorities of persons and of time, each with its window."""
        return trusted_root.read(self.trusted)


def keyed(keys: Iterable[ec.EllipticCurvePublicKey]) -> dict[str, ec.EllipticCurvePublicKey]:
    """The keys by their SPKI digest: one key is one signer, under whatever name (R1, E7)."""
    return {spki_sha256(one): one for one in keys}


def write(root: Root) -> bytes:
    """The payload: RFC 8785 bytes. Raises NotVerified `attest.root` for a root that may not stand there."""
    form = PublicFormat.SubjectPublicKeyInfo
    payload = canonical_bytes(
        {
            **({} if root.log_policy is None else {"log_policy": root.log_policy}),
            "format": FORMAT,
            "keys": [
                base64.b64encode(key.public_bytes(Encoding.DER, form)).decode("ascii")
                for _, key in sorted(root.keys.items())
            ],
            "threshold": str(root.threshold),
            "trusted_root": root.trusted,
            "version": str(root.version),
        }
    )
    read(payload)
    return payload


def read(payload: bytes) -> Root:
    """The root of a payload, not yet trusted. Raises NotVerified `attest.root`."""
    try:
        return _read(read_canonical(payload))
    except ValueError as error:
        raise NotVerified("attest.root", detail=str(error)) from None


def sign(payload: bytes, signers: Mapping[str, Signer]) -> dsse.Envelope:
    """The envelope of a root with the signatures of these signers, by SPKI digest."""
    bare = dsse.Envelope(PAYLOAD_TYPE, payload, ())
    found = (dsse.Signature(spki, der.lowest(signer(bare.signed_bytes()))) for spki, signer in sorted(signers.items()))
    return replace(bare, signatures=tuple(found))


def payload_sha256(data: bytes) -> str:
    """The digest by which a root file is known (R4). Raises NotVerified `attest.envelope_unreadable`."""
    return hashlib.sha256(_envelope(data).payload).hexdigest()


def first(data: bytes, sha256: str) -> Root:
    """The root that a reader starts from, recognised by the digest of its payload, which was learned elsewhere (R4).

    Raises NotVerified: `attest.root_unknown`, and as `successor` does.
    """
    envelope = _envelope(data)
    if hashlib.sha256(envelope.payload).hexdigest() != sha256:
        raise NotVerified("attest.root_unknown")
    found = read(envelope.payload)
    _signed(envelope, [found])
    return found


def own(data: bytes) -> Root:
    """The root of a file that a reader holds already, of whatever version: signed by its own threshold.

    What the keys of the version before it signed is not looked at: a reader who starts here does not know them. Raises as
    `successor` does.
    """
    envelope = _envelope(data)
    found = read(envelope.payload)
    mine = tuple(one for one in envelope.signatures if one.keyid in found.keys)
    _signed(replace(envelope, signatures=mine), [found])
    return found


def successor(held: Root, data: bytes) -> Root:
    """The next version, when it is signed by the threshold of the held one and by its own (R2).

    Raises NotVerified: `attest.envelope_unreadable`, `attest.payload_type`, `attest.root`, `attest.root_version` where a
    version is skipped or repeated, `attest.root_signature` for a signature that is wrong, twice or of nobody,
    `attest.root_threshold`.
    """
    envelope = _envelope(data)
    found = read(envelope.payload)
    if found.version != held.version + 1:
        raise NotVerified("attest.root_version", held=str(held.version), found=str(found.version))
    _signed(envelope, [held, found])
    return found


def latest(held: Root, files: Sequence[bytes]) -> Root:
    """The last root of a chain of versions that continues the held one (R4). Raises as `successor` does."""
    for data in files:
        held = successor(held, data)
    return held


def _read(value: object) -> Root:
    held = shape.members(value, "format", "keys", "threshold", "trusted_root", "version", optional=("log_policy",))
    shape.one_of(held["format"], (FORMAT,), "format")
    listed = [_key(one) for one in shape.items(held["keys"], "keys", least=1)]
    keys = keyed(listed)
    if list(keys) != sorted(keys) or len(keys) != len(listed):
        raise ValueError("keys: one stands twice, or out of order")
    threshold, version = _count(held["threshold"], "threshold"), _count(held["version"], "version")
    if threshold > len(keys):
        raise ValueError("threshold: more than there are keys")
    trusted_root.read(held["trusted_root"])
    return Root(
        version, threshold, keys, held["trusted_root"], _policy(held["log_policy"]) if "log_policy" in held else None
    )


def _policy(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("log_policy: no text")  # noqa: TRY004 - one kind of error for a wrong shape
    try:
        trust.read(value.encode("utf-8"))
    except NotVerified as error:
        raise ValueError(f"log_policy: {error.arguments.get('detail', '')}") from None
    return value


def _envelope(data: bytes) -> dsse.Envelope:
    envelope = dsse.read(data)
    if envelope.payload_type != PAYLOAD_TYPE:
        raise NotVerified("attest.payload_type", found=envelope.payload_type, wanted=PAYLOAD_TYPE)
    return envelope


def _signed(envelope: dsse.Envelope, roots: Sequence[Root]) -> None:
    """Every signature is right and of a key of one of the roots; every root's threshold is met (R1, R2)."""
    known = {spki: key for root in roots for spki, key in root.keys.items()}
    names = [one.keyid for one in envelope.signatures]
    if names != sorted(set(names)):
        raise NotVerified("attest.root_signature", detail="twice, or out of order")
    for one in envelope.signatures:
        if one.keyid not in known:
            raise NotVerified("attest.root_signature", detail="of nobody")
        der.verify_p256(known[one.keyid], one.sig, envelope.signed_bytes())
        if der.lowest(one.sig) != one.sig:  # nothing stamps these signatures: only one of the two forms may stand
            raise NotVerified("attest.root_signature", detail="s is not the smaller one")
    for root in roots:
        count = sum(name in root.keys for name in names)
        if count < root.threshold:
            raise NotVerified(
                "attest.root_threshold", version=str(root.version), found=str(count), wanted=str(root.threshold)
            )


def _key(value: object) -> ec.EllipticCurvePublicKey:
    data = shape.octets(value, "keys")
    try:
        key = load_der_public_key(data)
    except BROKEN as error:
        raise ValueError(f"keys: {error}") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("keys: not P-256")  # noqa: TRY004 - one kind of error for a wrong shape
    if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != data:
        raise ValueError("keys: in another form than ours")
    return key


def _count(value: object, where: str) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{0,8}", value):
        raise ValueError(f"{where}: no whole number above zero")
    return int(value)
