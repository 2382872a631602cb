"""What a local authority remembers: `issued.json`, in RFC 8785 bytes, replaced whole or not at all.

Every certificate stands there itself, with its role and, where it is revoked, when and why. The file is the authority's
memory of whom it named: a lost line of it would be a revocation that nobody learns of, so changes wait for each other.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from verify.attest import certificates, shape
from verify.attest.identity import subject_text
from verify.attest.profiles import ROLES, Revoked
from verify.canonical import canonical_bytes
from verify.canonical.files import write_all
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified, WrongUsage

NAME = "issued.json"
FORMAT = "truezero-authority/1"
AUTHORITIES = ("root", "body", "clock")
_LOCK = ".lock"
_REASONS = {one.value: one for one in x509.ReasonFlags}
T = TypeVar("T")


@dataclass(frozen=True)
class Issued:
    """One certificate: `role` is root, body, clock, or the role of a person."""

    certificate: x509.Certificate
    role: str
    revoked: Revoked | None = None


@dataclass(frozen=True)
class State:
    """Everything issued, in order, and the number of the last revocation lists (0: there were none)."""

    issued: tuple[Issued, ...]
    list_number: int = 0

    def of(self, role: str) -> Issued:
        """The one certificate of the authority's own: root, body or clock."""
        return next(one for one in self.issued if one.role == role)

    def found(self, serial: int) -> Issued:
        """The certificate of this serial. Raises WrongUsage `attest.serial_unknown`."""
        for one in self.issued:
            if one.certificate.serial_number == serial:
                return one
        raise WrongUsage("attest.serial_unknown", serial=f"{serial:x}")

    def with_changed(self, old: Issued, new: Issued) -> State:
        """The state with `new` in the place of `old`."""
        return replace(self, issued=tuple(new if one is old else one for one in self.issued))


def write(state: State) -> bytes:
    """The file's bytes."""
    return canonical_bytes(
        {
            "format": FORMAT,
            "issued": [_plain(one) for one in state.issued],
            "list_number": str(state.list_number),
        }
    )


def read(folder: Path) -> State:
    """The state of the authority in `folder`.

    Raises WrongUsage: `attest.no_authority` where there is none, `attest.authority_unreadable`.
    """
    try:
        data = (folder / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise WrongUsage("attest.no_authority", folder=str(folder)) from None
    try:
        return _state(read_canonical(data))
    except (ValueError, NotVerified) as error:
        raise WrongUsage("attest.authority_unreadable", folder=str(folder), detail=str(error)) from None


def change(folder: Path, step: Callable[[State], tuple[State, T]]) -> T:
    """Read, take one step, write; what the step gives beside the new state.

    Another process that changes the same authority waits. A step that raises, and a run that is killed, leave the old
    state. Raises as `read`, OSError for the disk.
    """
    with _alone(folder):
        state, value = step(read(folder))
        write_all(folder, {NAME: write(state)})
    return value


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    if os.name == "nt" or not folder.is_dir():  # Windows has no such lock; a folder that is missing is said by `read`
        yield
        return
    import fcntl

    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)  # released with the process, however it ends
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _plain(one: Issued) -> dict[str, Any]:
    found: dict[str, Any] = {
        "certificate": base64.b64encode(one.certificate.public_bytes(Encoding.DER)).decode("ascii"),
        "role": one.role,
        "serial": f"{one.certificate.serial_number:x}",
        "subject": subject_text(one.certificate),
    }
    if one.revoked is not None:
        found["revoked"] = {"at": shape.stamp(one.revoked.at), "reason": one.revoked.reason.value}
        if one.revoked.invalid_since is not None:
            found["revoked"]["invalid_since"] = shape.stamp(one.revoked.invalid_since)
    return found


def _state(value: object) -> State:
    held = shape.members(value, "format", "issued", "list_number")
    shape.one_of(held["format"], (FORMAT,), "format")
    issued = tuple(_issued(one) for one in shape.items(held["issued"], "issued"))
    roles = [one.role for one in issued]
    serials = {one.certificate.serial_number for one in issued}
    if any(roles.count(role) != 1 for role in AUTHORITIES) or len(serials) != len(issued):
        raise ValueError("issued: not one each of root, body and clock, or a serial twice")
    return State(issued, _number(held["list_number"]))


def _issued(value: object) -> Issued:
    held = shape.members(value, "certificate", "role", "serial", "subject", optional=("revoked",))
    certificate = certificates.read_der(shape.octets(held["certificate"], "certificate"))
    role = shape.one_of(held["role"], (*AUTHORITIES, *ROLES), "role")
    found = Issued(certificate, role, _revoked(held["revoked"], certificate) if "revoked" in held else None)
    if _plain(found) != held:
        raise ValueError("issued: serial or subject is not that of the certificate")
    return found


def _revoked(value: object, certificate: x509.Certificate) -> Revoked:
    held = shape.members(value, "at", "reason", optional=("invalid_since",))
    since = shape.when(shape.moment(held["invalid_since"], "invalid_since")) if "invalid_since" in held else None
    reason = _REASONS[shape.one_of(held["reason"], tuple(_REASONS), "reason")]
    return Revoked(certificate.serial_number, shape.when(shape.moment(held["at"], "at")), reason, since)


def _number(value: object) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"0|[1-9][0-9]{0,8}", value):
        raise ValueError("list_number: no whole number")
    return int(value)
