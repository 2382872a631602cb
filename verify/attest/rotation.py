"""The next version of a trust root: signers that come and go, anchors that are added or whose window is closed (R2, R3).

Nothing is ever taken out: an anchor that is trusted no longer keeps its place with the end of its window, so that what
was signed within it stays verifiable.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import root, shape, trusted_root
from verify.attest.anchors import Anchor, Anchors
from verify.attest.identity import subject_text
from verify.attest.root import Root
from verify.errors import WrongUsage

_PEOPLE, _CLOCKS = "certificateAuthorities", "timestampAuthorities"


@dataclass(frozen=True)
class Rotation:
    """What changes: how many signers come, which of them (by their number) go, the threshold, the anchors.

    `close` ends the window of an anchor, wherever it stands, at a moment. `log_policy`: the keys of logs and witnesses from
    now on, as a tlog-policy.
    """

    add: int = 0
    retire: Collection[int] = ()
    threshold: int | None = None
    people: Sequence[Anchor] = ()
    clocks: Sequence[Anchor] = ()
    close: Sequence[tuple[x509.Certificate, datetime]] = ()
    log_policy: str | None = None

    def is_nothing(self, held: Root) -> bool:
        """Would the next version be the same as the held one?"""
        asked = (self.add, self.retire, self.people, self.clocks, self.close)
        same = self.threshold in {None, held.threshold} and self.log_policy in {None, held.log_policy}
        return same and not any(asked)


def next_root(held: Root, asked: Rotation, new: Sequence[ec.EllipticCurvePublicKey], retired: Collection[str]) -> Root:
    """The version after `held`, with the keys `new` and without those whose SPKI digest is among `retired`.

    Raises WrongUsage `attest.rotation_nothing`, `attest.anchor_unknown`, `attest.anchor_window_wrong`,
    `attest.anchor_no_root`; a threshold that cannot be met is refused by `root.write`.
    """
    if asked.is_nothing(held):
        raise WrongUsage("attest.rotation_nothing")
    staying = {spki: key for spki, key in held.keys.items() if spki not in retired}
    keys = dict(sorted({**staying, **root.keyed(new)}.items()))
    trusted = dict(held.trusted)
    for certificate, end in asked.close:
        trusted = _closed(trusted, certificate, end)
    for name, anchors in ((_PEOPLE, asked.people), (_CLOCKS, asked.clocks)):
        trusted[name] = [*trusted[name], *(_entry(one) for one in anchors)]
    return replace(
        held,
        version=held.version + 1,
        threshold=asked.threshold or held.threshold,
        keys=keys,
        trusted=trusted,
        log_policy=held.log_policy if asked.log_policy is None else asked.log_policy,
    )


def _closed(trusted: Mapping[str, Any], certificate: x509.Certificate, end: datetime) -> dict[str, Any]:
    """The object with every open window of this anchor ended at `end`; a window that ends earlier stays as it is."""
    anchors = trusted_root.read(trusted)
    found = {**trusted}
    known = False
    for name, held in ((_PEOPLE, anchors.people), (_CLOCKS, anchors.clocks)):
        entries = []
        for entry, anchor in zip(trusted[name], held, strict=True):
            if anchor.certificate == certificate and (anchor.end is None or anchor.end > end):
                known = True
                if end < anchor.start:
                    raise WrongUsage("attest.anchor_window_wrong", subject=subject_text(certificate))
                window = {**entry["validFor"], "end": shape.stamp(end)}
                entry = {**entry, "validFor": window}
            entries.append(entry)
        found[name] = entries
    if not known:
        raise WrongUsage("attest.anchor_unknown", subject=subject_text(certificate))
    return found


def _entry(anchor: Anchor) -> dict[str, Any]:
    """One more authority in the object: self-signed, and an authority by its own word."""
    certificate = anchor.certificate
    try:
        certificate.verify_directly_issued_by(certificate)
        is_authority = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        is_authority = False
    if not is_authority:
        raise WrongUsage("attest.anchor_no_root", subject=subject_text(certificate))
    (entry,) = trusted_root.write(Anchors([anchor], []))[_PEOPLE]
    return dict(entry)
