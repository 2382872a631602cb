"""Judging a bundle offline: everything that can be known from its own bytes and one trust root that the reader brings.

Each check is verified, failed or not checked, with a reason that has a name; the whole is verified only if every required
check is. Nothing that a bundle holds raises: whatever is wrong with it is a failed check. No clock is looked at (I1, I3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from verify.attest.log.trust import Trust
from verify.attest.outcome import Check, Record
from verify.attest.statement import ROLES
from verify.bundle import bindings
from verify.bundle.attested import Attested, attested
from verify.bundle.canonical_members import check_canonical
from verify.bundle.container import Container
from verify.bundle.logged import logged
from verify.bundle.made_again import Pages
from verify.bundle.member_set import member_faults
from verify.bundle.members import NAME
from verify.bundle.refused import Refused
from verify.bundle.reported import Reported, each, reported
from verify.bundle.trust import Held
from verify.bundle.verdict import Verdict
from verify.errors import NotVerified


def judge(
    container: Container,
    held: Held | None,
    *,
    pages: Pages | None = None,
    trust: Trust | None = None,
    opening: bytes | None = None,
) -> Verdict:
    """Judge a bundle. `held` is the reader's trust root; without it the check `root` is not made and nothing is verified.

    `pages` renders report.json ({facts, places, withheld, withheld_share}) as the pages of a bundle; without it, or where
    another version or other catalogues made them, they are not checked. `trust`: the keys of logs and witnesses that the
    reader brought, else those of the trust root; without either nobody has signed the log. `opening`: a file of rows that
    somebody opened for the reader.
    """
    record = Record()
    members = container.members
    each(record, "container", [Refused("repacked", "Z9")] if container.repacked else [])
    each(record, "members", _members(members))
    each(record, "canonical", check_canonical(members))
    ruler = bindings.plain_ruler(members)
    signed = attested(record, members, held, ruler)
    times = [one.at for one in signed.signers if one.at is not None and one.role in ROLES]
    if trust is None and signed.trusted is not None:
        trust = signed.trusted.root.log_trust
    history = logged(record, members, signed.statement, ruler, trust, times)
    said = reported(record, members, signed.statement, ruler, pages, opening)
    return Verdict(
        tuple(record.checks),
        signed.statement,
        said.report,
        said.ruler,
        said.recomputed,
        {one.name: one.at for one in signed.signers if one.at is not None},
        signed.signers,
        signed.trusted,
        (*signed.notes, *history.notes),
        _digests(members, signed, said),
        history.first,
        said.opened,
    )


def refused(error: Refused) -> Verdict:
    """The verdict on a container that cannot be opened at all."""
    return Verdict((Check("container", "failed", error.key, error.arguments),))


def _members(members: Mapping[str, bytes]) -> Iterator[NotVerified]:
    try:
        faults = member_faults(members)
    except Refused as error:
        yield error
        return
    for fault in faults:
        yield NotVerified(fault.key, member=fault.member)


def _digests(members: Mapping[str, bytes], signed: Attested, said: Reported) -> dict[str, str]:
    """SHA-256 of what a reader may want to compare with what somebody else published."""
    found = {NAME: hashlib.sha256(members[NAME]).hexdigest()} if NAME in members else {}
    if signed.trusted is not None:
        found["root"] = signed.trusted.sha256
    if signed.statement is not None:
        found |= {"facts": signed.statement.facts_sha256, "ruler": signed.statement.ruler_sha256}
    if said.report is not None:
        found["public_facts"] = said.report.sha256
    return found
