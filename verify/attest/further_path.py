"""Chains of further signatories whose issuer signs with SM2: paths by name, profile by us, signatures by OpenSSL.

`cryptography` builds no path over an SM2 key, and OpenSSL 3 verifies no chain of two SM2 links (openssl.py). So a path is
found by the names, and each link of it is put to `openssl verify`; what a link cannot show (length of path, unknown
critical extensions) is refused here. RFC 5280 section 6, without name constraints and policies: critical ones are refused.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import sm2
from verify.attest.certificates import BROKEN
from verify.attest.identity import subject_text
from verify.attest.openssl import OpenSSL
from verify.attest.outcome import NotChecked
from verify.errors import NotVerified

Path = list[x509.Certificate]
LONGEST = 5  # certificates of a path, leaf and anchor included
_MOST = 16  # paths that are looked at: names may repeat, and a bundle is hostile
_KNOWN_OF_AUTHORITY = (x509.BasicConstraints, x509.KeyUsage)
_KNOWN_OF_LEAF = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage, x509.SubjectAlternativeName)


def by_names(
    leaf: x509.Certificate, pool: Sequence[x509.Certificate], anchors: Sequence[x509.Certificate]
) -> list[Path]:
    """The paths from the leaf to an anchor as far as names tell, shortest first; where there is none, the longest that
    ends in no anchor, and nothing of it is judged. Anchor last."""
    complete: list[Path] = []
    begun, longest = deque([[leaf]]), [leaf]
    while begun and len(complete) < _MOST:
        longest = path = begun.popleft()
        complete += [[*path, anchor] for anchor in anchors if _may_issue(anchor, path[-1])]
        if len(path) < LONGEST - 1:
            issuers = [one for one in pool if _may_issue(one, path[-1]) and one not in path and one not in anchors]
            begun.extend([*path, one] for one in issuers[: max(0, _MOST - len(begun))])
    return complete[:_MOST] or [longest]


def _may_issue(issuer: x509.Certificate, one: x509.Certificate) -> bool:
    return issuer.subject == one.issuer and sm2.is_key(issuer) == sm2.signed_with(one)


def verify_path(program: OpenSSL, paths: Sequence[Path], at: datetime) -> Path:
    """The first path that holds at the moment `at`.

    Raises NotVerified, for the last path that was tried: `attest.not_valid_then`, `attest.leaf_is_authority`,
    `attest.key_usage`, `attest.authority_profile`, `attest.chain_refused`; NotChecked `attest.openssl_failed`.
    """
    refused = NotVerified("attest.no_anchor")
    for path in paths:
        try:
            _judged(program, path, at)
        except NotChecked:
            raise
        except NotVerified as error:
            refused = error
        else:
            return path
    raise refused


def _judged(program: OpenSSL, path: Path, at: datetime) -> None:
    for one in path:
        if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
            raise NotVerified("attest.not_valid_then", subject=subject_text(one), at=at.isoformat())
    _leaf(path[0])
    for below, authority in enumerate(path[1:]):
        _authority(authority, below)
    for one, issuer in pairwise(path):
        said = program.verify_link(one, issuer, at)
        if said is not None:
            raise NotVerified("attest.chain_refused", subject=subject_text(one), detail=said)


def _leaf(leaf: x509.Certificate) -> None:
    """A person of a national authority: signs, and is no authority. Which other use it names is the authority's affair."""
    held = {type(one.value): one for one in leaf.extensions}
    constraints, usage = held.get(x509.BasicConstraints), held.get(x509.KeyUsage)
    if constraints is not None and constraints.value.ca:
        raise NotVerified("attest.leaf_is_authority", subject=subject_text(leaf))
    if usage is None or not usage.value.digital_signature or usage.value.key_cert_sign or usage.value.crl_sign:
        raise NotVerified("attest.key_usage", subject=subject_text(leaf))
    _critical(leaf, _KNOWN_OF_LEAF)


def _authority(authority: x509.Certificate, below: int) -> None:
    """An authority with `below` authorities under it: may sign certificates and lists, and has the length of path for it."""
    held = {type(one.value): one.value for one in authority.extensions}
    constraints, usage = held.get(x509.BasicConstraints), held.get(x509.KeyUsage)
    if not isinstance(constraints, x509.BasicConstraints) or not isinstance(usage, x509.KeyUsage):
        raise NotVerified("attest.authority_profile", subject=subject_text(authority))
    short = constraints.path_length is not None and constraints.path_length < below
    if not constraints.ca or short or not usage.key_cert_sign or not usage.crl_sign or not _curve(authority):
        raise NotVerified("attest.authority_profile", subject=subject_text(authority))
    _critical(authority, _KNOWN_OF_AUTHORITY)


def _critical(one: x509.Certificate, known: tuple[type[x509.ExtensionType], ...]) -> None:
    if any(extension.critical and not isinstance(extension.value, known) for extension in one.extensions):
        raise NotVerified("attest.chain_refused", subject=subject_text(one), detail="critical extension")


def _curve(authority: x509.Certificate) -> bool:
    if sm2.is_key(authority):
        return True
    try:
        key = authority.public_key()
    except BROKEN:
        return False
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1 | ec.SECP384R1)
