"""What a reader trusts before it reads: certificates of authorities, each for a window of time (R3: `validFor`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from verify.attest.identity import subject_text
from verify.errors import NotVerified


@dataclass(frozen=True)
class Anchor:
    """One self-signed certificate, trusted from `start` up to and including `end` (None: no end is known yet)."""

    certificate: x509.Certificate
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Anchors:
    """Accreditation roots, for persons, and roots of time-stamp authorities. They never come from the bundle itself."""

    people: Sequence[Anchor]
    clocks: Sequence[Anchor]


def certificates(anchors: Sequence[Anchor]) -> list[x509.Certificate]:
    """All certificates of the anchors, whatever their window."""
    return [one.certificate for one in anchors]


def within(anchors: Sequence[Anchor], used: x509.Certificate, at: datetime) -> None:
    """Was the anchor that a chain ended in trusted at `at`? Raises NotVerified `attest.anchor_window`."""
    windows = [one for one in anchors if one.certificate == used]
    if not any(one.start <= at and (one.end is None or at <= one.end) for one in windows):
        raise NotVerified("attest.anchor_window", subject=subject_text(used), at=at.isoformat())
