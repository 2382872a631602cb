"""Whether the members are exactly those that were signed (attestation Z8): none missing, none altered, none added."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from verify.bundle.members import ATTESTED_MEMBERS, NAME, SIGNED_MEMBERS, outside
from verify.bundle.refused import Refused, shown
from verify.bundle.sums import parse_sums

Kind = Literal["missing", "altered", "unlisted", "unsigned"]


@dataclass(frozen=True)
class MemberFault:
    """One member that is not as signed; its message is ``bundle.member_<kind>`` with `member`.

    missing: listed or required, and not there. altered: another digest. unlisted: there, and neither listed nor on the
    fixed list. unsigned: required to be listed, and there without being so.
    """

    kind: Kind
    member: str

    @property
    def key(self) -> str:
        """Key of the message."""
        return f"bundle.member_{self.kind}"


def member_faults(members: Mapping[str, bytes], *, attested: bool = True) -> list[MemberFault]:
    """Every fault of the member set, sorted by name; none means Z8 holds.

    With `attested=False` the signatures need not be there yet (a bundle before it is signed). Raises `Refused` where
    SHA256SUMS is not there or cannot be read.
    """
    if NAME not in members:
        raise Refused("no_sums", "Z8", member=NAME)
    listed = parse_sums(members[NAME])
    required = SIGNED_MEMBERS | (ATTESTED_MEMBERS if attested else frozenset())
    found: dict[str, Kind] = dict.fromkeys({*listed, *required} - members.keys(), "missing")
    for name in members.keys() - listed.keys():
        if not outside(name):
            found[name] = "unsigned" if name in SIGNED_MEMBERS else "unlisted"
    for name in listed.keys() & members.keys():
        if not hmac.compare_digest(hashlib.sha256(members[name]).hexdigest(), listed[name]):
            found[name] = "altered"
    return [MemberFault(found[name], shown(name)) for name in sorted(found)]
