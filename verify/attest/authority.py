"""A local authority in one folder: accreditation root, verification body, clock and trust root, all on one disk.

For tests, and for bodies that organise themselves. Whoever holds the folder and its passphrase can name persons, set the
time and rotate the root: it shows how things fit together and separates no powers. Moments are given (`at`), never read
from the machine.

    root.pem  body.pem  clock.pem                 certificates (profiles of attestation section 4)
    root.key.pem  body.key.pem  clock.key.pem     their keys, encrypted PKCS#8, mode 0600
    root.signer.<n>.key.pem  root.signer.<n>.pem  private and public key of one who signs versions of the trust root
    trust/root.<version>.dsse.json                the trust root, every version
    issued.json                                   what was issued and revoked (authority_state.py)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from verify.attest import (
    authority_files,
    authority_state,
    dsse,
    identity,
    keys,
    profiles,
    requests,
    revocation,
    root,
    shape,
)
from verify.attest.authority_state import Issued, State
from verify.attest.certificates import write_pem
from verify.attest.clock import Clock
from verify.attest.profiles import ROLES, Issuer, Revoked
from verify.attest.requests import Request
from verify.attest.root import Root
from verify.attest.rotation import Rotation, next_root
from verify.attest.signing import with_key
from verify.errors import WrongUsage

# RFC 5280 5.3.1 without those that a list may take back (certificateHold, removeFromCRL)
REASONS = tuple(
    one for one in x509.ReasonFlags if one not in {x509.ReasonFlags.certificate_hold, x509.ReasonFlags.remove_from_crl}
)
_LONGEST = 36_525  # days, a hundred years: dates behind them have no form in a certificate


@dataclass(frozen=True)
class Authority:
    """An authority whose folder was found. Keys are decrypted when they are needed, and never kept."""

    folder: Path
    passphrase: bytes = field(repr=False, default=b"")

    @property
    def state(self) -> State:
        """What stands in the folder now. Raises WrongUsage as `authority_state.read`."""
        return authority_state.read(self.folder)

    @property
    def roots(self) -> list[bytes]:
        """The files of the trust root, version 1 first."""
        return authority_files.roots(self.folder)

    @property
    def root(self) -> Root:
        """The newest version of the trust root, each checked against the one before. Raises NotVerified."""
        first, *more = self.roots
        return root.latest(root.first(first, root.payload_sha256(first)), more)

    def enrol(self, request: bytes, role: str, at: datetime, days: int = 365) -> x509.Certificate:
        """The certificate of a person in `role` for a request, recorded before it is given out.

        Raises WrongUsage: as `requests.read`, `attest.role_unknown`, `attest.days`, `attest.enrol_beyond` where it would
        not lie within the body's, `attest.authority_revoked`, `attest.enrol_key_taken`, `attest.enrol_key_lost`, and as
        `keys.read`; NotVerified for a request that its key did not sign. Then nothing has changed.
        """
        asked = requests.read(request)
        if role not in ROLES:
            raise WrongUsage("attest.role_unknown", role=role)
        start, end = _window(at, days)
        body = self._issuer("body")
        since, until = body.certificate.not_valid_before_utc, body.certificate.not_valid_after_utc
        if start < since or end > until:
            raise WrongUsage("attest.enrol_beyond", since=shape.stamp(since), until=shape.stamp(until))
        above = [body.certificate], [self.state.of("root").certificate]

        def step(state: State) -> tuple[State, x509.Certificate]:
            _may_have(state, asked, role)
            made = profiles.person(asked.subject, asked.email, asked.key, role, body, start, end)
            identity.verify_person(made, *above, role, start)
            return replace(state, issued=(*state.issued, Issued(made, role))), made

        return authority_state.change(self.folder, step)

    def revoke(
        self,
        serial: int,
        at: datetime,
        reason: x509.ReasonFlags = x509.ReasonFlags.unspecified,
        invalid_since: datetime | None = None,
    ) -> Issued:
        """Record that a certificate is revoked; the next lists say so.

        What is revoked already keeps its date and may only become a compromise (I5). Raises WrongUsage
        `attest.serial_unknown`, `attest.root_not_revocable`, `attest.revoke_reason`, `attest.revoked_already`,
        `attest.revoked_since`.
        """
        moment = _second(at)
        since = None if invalid_since is None else _second(invalid_since)
        if reason not in REASONS:
            raise WrongUsage("attest.revoke_reason", reason=reason.value)
        if since is not None and since > moment:
            raise WrongUsage("attest.revoked_since", since=shape.stamp(since), at=shape.stamp(moment))

        def step(state: State) -> tuple[State, Issued]:
            held = state.found(serial)
            if held.role == "root":
                raise WrongUsage("attest.root_not_revocable")
            first = held.revoked
            if first is not None and (first.reason in revocation.COMPROMISE or reason not in revocation.COMPROMISE):
                raise WrongUsage("attest.revoked_already", serial=f"{serial:x}", at=shape.stamp(first.at))
            now = replace(held, revoked=Revoked(serial, moment if first is None else first.at, reason, since))
            return state.with_changed(held, now), now

        return authority_state.change(self.folder, step)

    def lists(self, at: datetime, days: int = 30) -> bytes:
        """The PEM of the revocation lists of root and body, of this moment (I2, I3), under the next number.

        Raises WrongUsage `attest.days`, and as `keys.read`.
        """
        start, end = _window(at, days)
        issuers = self._issuer("root"), self._issuer("body", even_revoked=True)  # what it signed before needs its lists

        def step(state: State) -> tuple[State, bytes]:
            number = state.list_number + 1
            lost = [(one.role in ROLES, one.revoked) for one in state.issued if one.revoked is not None]
            made = [
                profiles.revocation_list(issuer, start, end, [one for of, one in lost if of is people], number)
                for issuer, people in zip(issuers, (False, True), strict=True)
            ]
            return replace(state, list_number=number), write_pem(made)

        return authority_state.change(self.folder, step)

    def chain(self, *people: x509.Certificate) -> bytes:
        """The PEM of the body and of these persons. Raises WrongUsage `attest.not_issued_here`."""
        state = self.state
        issued = [one.certificate for one in state.issued if one.role in ROLES]
        for one in people:
            if one not in issued:
                raise WrongUsage("attest.not_issued_here", subject=identity.subject_text(one))
        return write_pem([state.of("body").certificate, *dict.fromkeys(people)])

    def clock(self) -> Clock:
        """The authority's own clock. Raises WrongUsage `attest.authority_revoked`, and as `keys.read`."""
        held = self._issuer("clock")
        return Clock(held.certificate, held.key)

    def rotate(self, asked: Rotation, signing: Collection[int] | None = None) -> bytes:
        """The file of the next version of the trust root, signed by these signers (None: by all) and by every new one.

        Raises NotVerified `attest.root_threshold` short of the old or the new threshold (R2), `attest.root`; WrongUsage
        `attest.root_signer_unknown`, `attest.root_taken`, and as `rotation.next_root`, `keys.read`. Then no version was
        added.
        """
        held = self.root
        known = {at: spki for at, spki in authority_files.signers(self.folder).items() if spki in held.keys}
        chosen = known.keys() if signing is None else signing
        for number in (*asked.retire, *chosen):
            if number not in known:
                raise WrongUsage("attest.root_signer_unknown", number=str(number))
        new = [keys.generate() for _ in range(asked.add)]
        made = next_root(held, asked, [one.public_key() for one in new], {known[one] for one in asked.retire})
        signers = {known[at]: with_key(self._signer(at)) for at in sorted(chosen)}
        signers |= {profiles.spki_sha256(one.public_key()): with_key(one) for one in new}
        data = dsse.write(root.sign(root.write(made), signers))
        root.successor(held, data)
        authority_files.add_root(self.folder, made.version, data, new, self.passphrase)
        return data

    def _signer(self, number: int) -> ec.EllipticCurvePrivateKey:
        return keys.read(authority_files.signer_key(self.folder, number), self.passphrase)

    def _issuer(self, role: str, *, even_revoked: bool = False) -> Issuer:
        held = self.state.of(role)
        if held.revoked is not None and not even_revoked:
            raise WrongUsage("attest.authority_revoked", subject=identity.subject_text(held.certificate))
        key = keys.read(self.folder / f"{role}.key.pem", self.passphrase)
        if profiles.spki_sha256(key.public_key()) != profiles.spki_of(held.certificate):
            raise WrongUsage("attest.signer_key", subject=identity.subject_text(held.certificate))
        return Issuer(held.certificate, key)


def create(
    folder: Path, name: str, passphrase: bytes, at: datetime, *, signers: int = 3, threshold: int = 2
) -> Authority:
    """A new authority of the organisation `name` in a new folder. Raises as `authority_files.create`."""
    authority_files.create(folder, name, passphrase, at, signers=signers, threshold=threshold)
    return Authority(folder, passphrase)


def open_authority(folder: Path, passphrase: bytes = b"") -> Authority:
    """The authority in `folder`; without the passphrase it can be looked at. Raises WrongUsage as `authority_state.read`."""
    found = Authority(folder, passphrase)
    _ = found.state
    return found


def _may_have(state: State, asked: Request, role: str) -> None:
    """One key, one person, one role; and no key that was lost (I5, I6)."""
    spki = profiles.spki_sha256(asked.key)
    for one in state.issued:
        if profiles.spki_of(one.certificate) != spki:
            continue
        if one.revoked is not None and one.revoked.reason in revocation.COMPROMISE:
            raise WrongUsage("attest.enrol_key_lost", subject=identity.subject_text(one.certificate))
        if one.role != role or one.certificate.subject != asked.subject:
            raise WrongUsage("attest.enrol_key_taken", subject=identity.subject_text(one.certificate), role=one.role)


def _window(at: datetime, days: int) -> tuple[datetime, datetime]:
    """From `at`, for so many days. Raises WrongUsage `attest.days`."""
    if not 1 <= days <= _LONGEST:
        raise WrongUsage("attest.days", days=str(days), most=str(_LONGEST))
    start = _second(at)
    return start, start + timedelta(days=days)


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
