"""What judging a bundle came to: the checks, and what a reader wants to know beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from verify.attest.outcome import Check, State, overall
from verify.attest.statement import Statement
from verify.bundle.committed import OpenedLine
from verify.bundle.published import Published
from verify.bundle.recompute import Recomputed
from verify.bundle.signers import Signer
from verify.bundle.trust import Trusted

RESTS = "attest.rests_on_failed"  # the reason of a check that was not made because an earlier one does not hold


@dataclass(frozen=True)
class Note:
    """A remark that changes no state and that a reader should see: a message of the catalogue with its arguments."""

    key: str
    arguments: Mapping[str, object]


@dataclass(frozen=True)
class Verdict:
    """`checks` in the order in which they were made; a check that fails for several reasons stands once for each.

    `statement` and `report` are None where they could not be read; they are established only where the whole is verified.
    `times`: when each signer signed, by the name of its checks. `digests`: name of what is digested to SHA-256.
    `first`: engagements of this place that are open or adverse, told before everything else (L3).
    `opened`: the rows of an opening that fits.
    """

    checks: tuple[Check, ...]
    statement: Statement | None = None
    report: Published | None = None
    ruler: Mapping[str, Any] | None = field(default=None, repr=False)
    recomputed: tuple[Recomputed, ...] = ()
    times: Mapping[str, datetime] = field(default_factory=dict)
    signers: tuple[Signer, ...] = ()
    trusted: Trusted | None = None
    notes: tuple[Note, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    first: tuple[Note, ...] = ()
    opened: tuple[OpenedLine, ...] = field(default=(), repr=False)

    @property
    def state(self) -> State:
        """Verified, failed or not checked, for the whole."""
        return overall(list(self.checks))

    def holds(self, name: str) -> bool:
        """Whether the check `name` was made and verified."""
        states = [one.state for one in self.checks if one.name == name]
        return bool(states) and all(one == "verified" for one in states)
