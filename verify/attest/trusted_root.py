"""The Sigstore TrustedRoot object inside our root file (R3): authorities of persons and of time, each with `validFor`.

Specification: github.com/sigstore/protobuf-specs, protos/sigstore_trustroot.proto. Programs that are not ours consume
the object as it is. Keys of logs are carried along; nothing here reads them.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from verify.attest import certificates, shape
from verify.attest.anchors import Anchor, Anchors
from verify.errors import NotVerified

MEDIA_TYPE = "application/vnd.dev.sigstore.trustedroot+json;version=0.1"


def write(
    anchors: Anchors, logs: Sequence[dict[str, Any]] = (), *, below: Sequence[x509.Certificate] = ()
) -> dict[str, Any]:
    """The object for these anchors; moments in whole seconds of UTC.

    `below`: authorities that an anchor has issued. Each stands in front of its anchor, those that stamp time under a clock
    and the others under the persons' root: sigstore-js looks for the way up nowhere else. `read` trusts none of them.
    """
    stamping = [one for one in below if _stamps(one)]
    naming = [one for one in below if one not in stamping]
    return {
        "certificateAuthorities": [_authority(one, naming) for one in anchors.people],
        "ctlogs": [],
        "mediaType": MEDIA_TYPE,
        "timestampAuthorities": [_authority(one, stamping) for one in anchors.clocks],
        "tlogs": list(logs),
    }


def read(value: object) -> Anchors:
    """The anchors of the object: the last certificate of each chain. Raises ValueError for another shape."""
    held = shape.members(value, "certificateAuthorities", "ctlogs", "mediaType", "timestampAuthorities", "tlogs")
    shape.one_of(held["mediaType"], (MEDIA_TYPE,), "mediaType")
    for name in ("ctlogs", "tlogs"):
        shape.items(held[name], name)
    people = shape.items(held["certificateAuthorities"], "certificateAuthorities", least=1)
    clocks = shape.items(held["timestampAuthorities"], "timestampAuthorities", least=1)
    return Anchors([_anchor(one) for one in people], [_anchor(one) for one in clocks])


def _authority(anchor: Anchor, below: Sequence[x509.Certificate] = ()) -> dict[str, Any]:
    window = {"start": shape.stamp(anchor.start)}
    if anchor.end is not None:
        window["end"] = shape.stamp(anchor.end)
    chain = [one for one in below if one.issuer == anchor.certificate.subject] + [anchor.certificate]
    raw = [base64.b64encode(one.public_bytes(Encoding.DER)).decode("ascii") for one in chain]
    return {"certChain": {"certificates": [{"rawBytes": one} for one in raw]}, "validFor": window}


def _stamps(certificate: x509.Certificate) -> bool:
    """Is time stamping what the certificate is for?"""
    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in uses


def _anchor(value: object) -> Anchor:
    held = shape.members(value, "certChain", "validFor", optional=("subject", "uri"))
    chain = shape.items(shape.members(held["certChain"], "certificates")["certificates"], "certChain", least=1)
    found = []
    for one in chain:
        try:
            found.append(certificates.read_der(shape.octets(shape.members(one, "rawBytes")["rawBytes"], "rawBytes")))
        except NotVerified as error:
            raise ValueError(str(error)) from None
    window = shape.members(held["validFor"], "start", optional=("end",))
    start = shape.when(shape.moment(window["start"], "start"))
    end = shape.when(shape.moment(window["end"], "end")) if "end" in window else None
    if found[-1].issuer != found[-1].subject:
        raise ValueError("a chain that ends in no root")
    if end is not None and end < start:
        raise ValueError("validFor ends before it starts")
    return Anchor(found[-1], start, end)
