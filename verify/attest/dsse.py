"""DSSE v1: one payload, several signatures over its pre-authentication encoding (E1).

Specification: github.com/secure-systems-lab/dsse, protocol.md and envelope.md (v1.0.2). The signature covers the payload
bytes as received; nothing is canonicalised again before it is verified.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.canonical import canonical_bytes
from verify.canonical.reading import read_canonical, read_json
from verify.errors import NotVerified


@dataclass(frozen=True)
class Signature:
    """One signature: `keyid` is a hint and proves nothing (protocol.md; E7), `sig` the raw octets."""

    keyid: str
    sig: bytes


@dataclass(frozen=True)
class Envelope:
    """Payload type, payload bytes and the signatures over both."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]

    def signed_bytes(self) -> bytes:
        """What every signature of the envelope covers."""
        return pae(self.payload_type, self.payload)


def pae(payload_type: str, payload: bytes) -> bytes:
    """Pre-authentication encoding: ``DSSEv1 LEN(type) type LEN(payload) payload``, lengths in octets, in ASCII decimal."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def write(envelope: Envelope) -> bytes:
    """The envelope as RFC 8785 bytes with standard base64 (E1), without a line end."""
    return canonical_bytes(
        {
            "payload": _encoded(envelope.payload),
            "payloadType": envelope.payload_type,
            "signatures": [{"keyid": one.keyid, "sig": _encoded(one.sig)} for one in envelope.signatures],
        }
    )


def read(data: bytes) -> Envelope:
    """An envelope of ours: canonical or refused. Raises NotVerified `attest.envelope_unreadable`.

    Exactly the members that we write, standard base64 with padding, RFC 8785 bytes: no octet can change unseen.
    """
    try:
        found = _envelope(read_canonical(data), exact=True)
    except ValueError as error:
        raise NotVerified("attest.envelope_unreadable", detail=str(error)) from None
    return found


def read_any(data: bytes) -> Envelope:
    """An envelope of anybody, as DSSE allows it: any layout, unknown members ignored, both base64 alphabets, no keyid."""
    try:
        found = _envelope(read_json(data), exact=False)
    except ValueError as error:
        raise NotVerified("attest.envelope_unreadable", detail=str(error)) from None
    return found


def _envelope(value: object, *, exact: bool) -> Envelope:
    members = _members(value, {"payload", "payloadType", "signatures"}, exact)
    listed = members["signatures"]
    if not isinstance(listed, list) or not listed:
        raise ValueError("signatures is no list, or empty")
    signatures = []
    for item in listed:
        one = _members(item, {"keyid", "sig"} if exact else {"sig"}, exact)
        signatures.append(Signature(_text(one.get("keyid", "")), _decoded(_text(one["sig"]), exact)))
    payload = _decoded(_text(members["payload"]), exact)
    return Envelope(_text(members["payloadType"]), payload, tuple(signatures))


def _members(value: object, names: set[str], exact: bool) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not names <= value.keys():
        raise ValueError(f"not an object with {', '.join(sorted(names))}")
    if exact and value.keys() != names:
        raise ValueError("a member that does not belong here")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a member is no text")  # noqa: TRY004 - read() turns ValueError into NotVerified
    return value


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str, exact: bool) -> bytes:
    standard = text if exact else text.replace("-", "+").replace("_", "/")
    try:
        data = base64.b64decode(standard, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    if _encoded(data) != standard:  # bits behind the last octet, padding in the middle
        raise ValueError("base64 that is not the encoding of its octets")
    return data
