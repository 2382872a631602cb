"""A local authority: what it makes is what our own judge and openssl accept, and nothing is ever half-changed."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.attest import openssl
from tests.unit.attest.attested import signed
from tests.unit.attest.local import (
    BODY,
    DAY,
    ENROLLED,
    MADE,
    PEOPLE,
    SECRET,
    authority,
    enrolled,
    files,
    recorded,
    request,
)
from tests.unit.attest.statements import SUMS, statement
from verify.attest import certificates, dsse, identity, keys, policy, profiles, revocation, root, timestamp
from verify.attest.authority import REASONS, Authority, create, open_authority
from verify.attest.policy import Material
from verify.attest.statement import Signatory, write
from verify.canonical import canonical_bytes
from verify.canonical.reading import read_canonical
from verify.errors import NotVerified, TrueZeroError, WrongUsage

KEY_LOST = x509.ReasonFlags.key_compromise
LEFT = x509.ReasonFlags.affiliation_changed


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(TrueZeroError) as error:
        call()
    assert SECRET.decode() not in str(error.value)
    return error.value.key


def own(held: Authority, role: str) -> x509.Certificate:
    return held.state.of(role).certificate


def test_what_a_new_authority_is(tmp_path: Path) -> None:
    held = create(tmp_path / "deep" / "authority", BODY, SECRET, MADE, signers=3, threshold=2)
    assert set(files(held.folder)) == {
        *(f"{role}.pem" for role in ("root", "body", "clock", *(f"root.signer.{at}" for at in (1, 2, 3)))),
        *(f"{role}.key.pem" for role in ("root", "body", "clock", *(f"root.signer.{at}" for at in (1, 2, 3)))),
        "issued.json",
        "trust/root.1.dsse.json",
    }
    for role in ("root", "body", "clock"):
        (certificate,) = certificates.read_pem((held.folder / f"{role}.pem").read_bytes())
        assert certificate == own(held, role)
        assert certificate.not_valid_before_utc == MADE.replace(microsecond=0)
        assert "CN=Local " in identity.subject_text(certificate)
        key = keys.read(held.folder / f"{role}.key.pem", SECRET)
        assert profiles.spki_sha256(key.public_key()) == profiles.spki_of(certificate)
    assert own(held, "body").extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    (data,) = held.roots
    found = root.first(data, root.payload_sha256(data))
    assert (found.version, found.threshold, len(found.keys)) == (1, 2, 3)
    assert len(dsse.read(data).signatures) == 3
    for anchors in (found.anchors.people, found.anchors.clocks):
        assert [(one.certificate, one.end) for one in anchors] == [(own(held, "root"), None)]
    assert [one.name for one in tmp_path.rglob("*") if one.name.startswith(".")] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_nobody_else_reads_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        held = create(tmp_path / "authority", BODY, SECRET, MADE)
    finally:
        os.umask(before)
    assert held.folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in held.folder.glob("*.key.pem")}
    assert len(modes) == 6
    assert set(modes.values()) == {0o600}
    for path in held.folder.glob("*.key.pem"):
        assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")


def test_a_person_enrolled_signs_what_our_judge_verifies(tmp_path: Path) -> None:
    """The whole of it: two people, two signatures, the authority's clock and lists, its trust root as the anchor."""
    held = authority(tmp_path)
    lead, reviewer = enrolled(held), enrolled(held, "reviewer")
    listed = [Signatory("lead", profiles.spki_of(lead)), Signatory("reviewer", profiles.spki_of(reviewer))]
    envelope = signed(write(statement(signatories=listed)), (lead, PEOPLE["lead"]), (reviewer, PEOPLE["reviewer"]))
    clock, at = held.clock(), ENROLLED + DAY
    tokens = {
        role: clock.answer(timestamp.request(one.sig), at)
        for role, one in zip(("lead", "reviewer"), envelope.signatures, strict=True)
    }
    chain = certificates.read_pem(held.chain(lead, reviewer))
    assert chain == [own(held, "body"), lead, reviewer]
    lists = certificates.read_pem_lists(held.lists(at + DAY, 30))
    revocation.current(lists, at + 2 * DAY)
    outcome = policy.verify(Material(dsse.write(envelope), tokens, chain, lists), held.root.anchors, SUMS)
    assert {one.name: one.state for one in outcome.checks if one.state != "verified"} == {}
    assert {"time_revocation.lead", "revocation.reviewer"} <= {one.name for one in outcome.checks}
    held.revoke(lead.serial_number, at + DAY, KEY_LOST)
    lists = certificates.read_pem_lists(held.lists(at + DAY, 30))
    outcome = policy.verify(Material(dsse.write(envelope), tokens, chain, lists), held.root.anchors, SUMS)
    assert [one.name for one in outcome.checks if one.state == "failed"] == ["revocation.lead"]


@openssl.needed
def test_openssl_takes_the_chain_and_the_lists(tmp_path: Path) -> None:
    held = authority(tmp_path)
    lead = enrolled(held)
    (tmp_path / "crls.pem").write_bytes(held.lists(ENROLLED))

    def verdict(at: datetime) -> str:
        done = openssl.run(
            *("verify", "-attime", int(at.timestamp()), "-crl_check_all", "-x509_strict"),
            *("-CAfile", held.folder / "root.pem", "-untrusted", held.folder / "body.pem"),
            *("-CRLfile", tmp_path / "crls.pem", openssl.pem(tmp_path / "lead.pem", lead)),
        )
        return (done.stdout + done.stderr).decode()

    assert "lead.pem: OK" in verdict(ENROLLED + DAY)
    held.revoke(lead.serial_number, ENROLLED + DAY, KEY_LOST)
    (tmp_path / "crls.pem").write_bytes(held.lists(ENROLLED + 2 * DAY))
    assert "certificate revoked" in verdict(ENROLLED + 3 * DAY)
    said = openssl.run("crl", "-in", tmp_path / "crls.pem", "-noout", "-text").stdout.decode()
    assert "X509v3 CRL Number" in said
    for name in ("root", "body", "clock", "root.signer.1"):
        path = held.folder / f"{name}.key.pem"
        assert openssl.run("pkey", "-in", path, "-passin", f"pass:{SECRET.decode()}", "-noout").returncode == 0


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"name": ""}, "attest.authority_name"),
        ({"name": "Body\x07"}, "attest.authority_name"),
        ({"name": "x" * 65}, "attest.authority_name"),
        ({"threshold": 0}, "attest.authority_signers"),
        ({"threshold": 4}, "attest.authority_signers"),
        ({"signers": 100}, "attest.authority_signers"),
        ({"passphrase": b""}, "attest.passphrase_empty"),
        ({"passphrase": b"x" * 1024}, "attest.passphrase_long"),
    ],
)
def test_an_authority_that_is_not_made(change: dict[str, Any], key: str, tmp_path: Path) -> None:
    asked: dict[str, Any] = {"name": BODY, "passphrase": SECRET, "at": MADE} | change
    assert reason(lambda: create(tmp_path / "authority", **asked)) == key
    assert list(tmp_path.iterdir()) == []


def test_what_stands_there_is_not_written_over(tmp_path: Path) -> None:
    held = authority(tmp_path)
    before = files(held.folder)
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for place in (held.folder, tmp_path / "file", tmp_path / "link"):
        assert reason(lambda place=place: create(place, BODY, SECRET, MADE)) == "attest.authority_exists"
    assert files(held.folder) == before
    (tmp_path / "empty").mkdir()
    assert create(tmp_path / "empty", BODY, SECRET, MADE).root.version == 1


def test_a_full_disk_leaves_no_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = keys.write

    def full(path: Path, *rest: Any) -> None:
        if path.name == "root.signer.2.key.pem":
            raise OSError(errno.ENOSPC, "full")
        written(path, *rest)

    monkeypatch.setattr(keys, "write", full)
    with pytest.raises(OSError, match="full"):
        create(tmp_path / "authority", BODY, SECRET, MADE)
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase(tmp_path: Path) -> None:
    held = authority(tmp_path)
    assert SECRET.decode() not in repr(held)
    assert str(SECRET) not in repr(held)
    before = files(held.folder)
    for wrong in (b"another", b""):
        other = open_authority(held.folder, wrong)
        assert reason(lambda other=other: enrolled(other)) == "attest.key_unreadable"
        assert reason(lambda other=other: other.lists(ENROLLED)) == "attest.key_unreadable"
        assert reason(other.clock) == "attest.key_unreadable"
    assert files(held.folder) == before


def enrol(held: Authority, **change: Any) -> x509.Certificate:
    asked: dict[str, Any] = {"request": request(), "role": "lead", "at": ENROLLED, "days": 365} | change
    return held.enrol(**asked)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"request": b"no request"}, "attest.request_unreadable"),
        ({"role": "clock"}, "attest.role_unknown"),
        ({"role": "further"}, "attest.role_unknown"),
        ({"days": 0}, "attest.days"),
        ({"days": 10**9}, "attest.days"),
        ({"days": 365 * 6}, "attest.enrol_beyond"),
        ({"at": MADE - DAY}, "attest.enrol_beyond"),
        ({"role": "reviewer", "request": request("lead")}, "attest.enrol_key_taken"),
        ({"request": request("reviewer", PEOPLE["lead"])}, "attest.enrol_key_taken"),
    ],
)
def test_who_is_not_enrolled(change: dict[str, Any], key: str, tmp_path: Path) -> None:
    held = authority(tmp_path)
    enrol(held)
    before = files(held.folder)
    assert reason(lambda: enrol(held, **change)) == key
    assert files(held.folder) == before


def test_a_renewal_keeps_key_person_and_role(tmp_path: Path) -> None:
    held = authority(tmp_path)
    first = enrol(held)
    again = enrol(held, at=ENROLLED + 300 * DAY)
    assert profiles.spki_of(first) == profiles.spki_of(again)
    assert first.serial_number != again.serial_number
    held.revoke(first.serial_number, ENROLLED + DAY, LEFT)
    enrol(held)
    held.revoke(again.serial_number, ENROLLED + DAY, KEY_LOST)
    assert reason(lambda: enrol(held)) == "attest.enrol_key_lost"


def test_the_record_is_canonical_and_says_who(tmp_path: Path) -> None:
    held = authority(tmp_path)
    lead = enrolled(held)
    held.revoke(lead.serial_number, ENROLLED + DAY, KEY_LOST, ENROLLED)
    found = read_canonical(recorded(held))
    assert [one["role"] for one in found["issued"]] == ["root", "body", "clock", "lead"]
    assert found["issued"][3]["serial"] == f"{lead.serial_number:x}"
    assert found["issued"][3]["subject"] == f"CN=王芳,O={BODY}"
    assert found["issued"][3]["revoked"] == {
        "at": "2028-03-03T08:30:00Z",
        "invalid_since": "2028-03-02T08:30:00Z",
        "reason": "keyCompromise",
    }


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_record(failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = authority(tmp_path)
    lead = enrolled(held)
    before = files(held.folder)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[failing], full)
        for call in (
            lambda: enrolled(held, "reviewer"),
            lambda: held.revoke(lead.serial_number, ENROLLED),
            lambda: held.lists(ENROLLED),
        ):
            with pytest.raises(OSError, match="full"):
                call()
    assert files(held.folder) == before
    enrolled(held, "reviewer")


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.unit.attest.local import *
held = Authority(Path(sys.argv[1]), SECRET)
if sys.argv[2] == "replace":
    Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
else:
    os.fsync = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
enrolled(held)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_killed_run_leaves_the_old_record(moment: str, tmp_path: Path) -> None:
    held = authority(tmp_path)
    before = recorded(held)
    done = subprocess.run([sys.executable, "-c", KILLED, str(held.folder), moment], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert recorded(held) == before
    enrolled(held)  # the lock went with the process
    assert len(held.state.issued) == 4


TOGETHER = """
import sys
from pathlib import Path
from tests.unit.attest.local import *
held = Authority(Path(sys.argv[1]), SECRET)
for _ in range(6):
    enrolled(held, sys.argv[2])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such lock")
def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    held = authority(tmp_path)
    running = [
        subprocess.Popen([sys.executable, "-c", TOGETHER, str(held.folder), role]) for role in ("lead", "reviewer")
    ]
    assert [one.wait() for one in running] == [0, 0]
    roles = [one.role for one in held.state.issued]
    assert (roles.count("lead"), roles.count("reviewer")) == (6, 6)


def entries(held: Authority, at: datetime) -> list[dict[int, tuple[str, datetime]]]:
    """What the lists of root and body hold: reason and date by serial."""
    found = []
    for one in certificates.read_pem_lists(held.lists(at)):
        found.append({})
        for entry in one:
            said = [each.value.reason.value for each in entry.extensions if isinstance(each.value, x509.CRLReason)]
            found[-1][entry.serial_number] = (said[0] if said else "", entry.revocation_date_utc)
    return found


def test_lists_are_of_their_moment_and_numbered(tmp_path: Path) -> None:
    held = authority(tmp_path)
    for number in (1, 2, 3):
        at = ENROLLED + number * DAY
        of_root, of_body = certificates.read_pem_lists(held.lists(at, 10))
        assert [of_root.issuer, of_body.issuer] == [own(held, "root").subject, own(held, "body").subject]
        for one in (of_root, of_body):
            assert one.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == number
            assert one.last_update_utc == at.replace(microsecond=0)
            assert one.next_update_utc == at.replace(microsecond=0) + timedelta(days=10)
    assert reason(lambda: held.lists(ENROLLED, 0)) == "attest.days"


def test_a_revoked_serial_stands_on_the_list_of_its_issuer(tmp_path: Path) -> None:
    held = authority(tmp_path)
    lead, reviewer = enrolled(held), enrolled(held, "reviewer")
    assert entries(held, ENROLLED) == [{}, {}]
    when = (ENROLLED + DAY).replace(microsecond=0)
    held.revoke(lead.serial_number, ENROLLED + DAY, LEFT)
    held.revoke(reviewer.serial_number, ENROLLED + DAY)
    held.revoke(own(held, "clock").serial_number, ENROLLED + DAY, KEY_LOST)
    of_root, of_body = entries(held, ENROLLED + DAY)
    assert of_body == {lead.serial_number: ("affiliationChanged", when), reviewer.serial_number: ("", when)}
    assert of_root == {own(held, "clock").serial_number: ("keyCompromise", when)}
    assert reason(held.clock) == "attest.authority_revoked"
    lists = certificates.read_pem_lists(held.lists(ENROLLED + DAY))
    standing = revocation.standing(lead, own(held, "body"), lists, ENROLLED)
    assert (standing.revoked_at, standing.reason) == (when, "affiliationChanged")
    with pytest.raises(NotVerified):
        revocation.standing(lead, own(held, "body"), lists, when)


def test_a_revoked_body_enrols_nobody_and_still_lists(tmp_path: Path) -> None:
    held = authority(tmp_path)
    lead = enrolled(held)
    held.revoke(own(held, "body").serial_number, ENROLLED + DAY, x509.ReasonFlags.cessation_of_operation)
    assert reason(lambda: enrolled(held, "reviewer")) == "attest.authority_revoked"
    held.revoke(lead.serial_number, ENROLLED + DAY, LEFT)
    assert [list(one) for one in entries(held, ENROLLED + DAY)] == [
        [own(held, "body").serial_number],
        [lead.serial_number],
    ]


def test_what_is_not_revoked(tmp_path: Path) -> None:
    held = authority(tmp_path)
    serial = enrolled(held).serial_number
    assert reason(lambda: held.revoke(serial + 1, ENROLLED)) == "attest.serial_unknown"
    assert reason(lambda: held.revoke(own(held, "root").serial_number, ENROLLED)) == "attest.root_not_revocable"
    assert reason(lambda: held.revoke(serial, ENROLLED, LEFT, ENROLLED + DAY)) == "attest.revoked_since"
    for flag in set(x509.ReasonFlags) - set(REASONS):
        assert reason(lambda flag=flag: held.revoke(serial, ENROLLED, flag)) == "attest.revoke_reason"
    held.revoke(serial, ENROLLED, LEFT)
    before = recorded(held)
    assert reason(lambda: held.revoke(serial, ENROLLED + DAY, LEFT)) == "attest.revoked_already"
    assert recorded(held) == before
    worse = held.revoke(serial, ENROLLED + DAY, KEY_LOST, MADE)
    assert worse.revoked is not None
    assert (worse.revoked.at, worse.revoked.reason) == (ENROLLED.replace(microsecond=0), KEY_LOST)
    assert reason(lambda: held.revoke(serial, ENROLLED + DAY, KEY_LOST)) == "attest.revoked_already"


def test_a_chain_is_of_people_of_this_authority(tmp_path: Path) -> None:
    held = authority(tmp_path)
    lead = enrolled(held)
    assert certificates.read_pem(held.chain(lead, lead)) == [own(held, "body"), lead]
    stranger = enrolled(create(tmp_path / "other", BODY, SECRET, MADE))
    for one in (stranger, own(held, "clock")):
        assert reason(lambda one=one: held.chain(lead, one)) == "attest.not_issued_here"


def altered(held: Authority, change: Callable[[dict[str, Any]], object]) -> None:
    value = read_canonical(recorded(held))
    change(value)
    (held.folder / "issued.json").write_bytes(canonical_bytes(value))


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.pop("list_number"),
        lambda value: value.update(list_number="01"),
        lambda value: value.update(format="truezero-authority/2"),
        lambda value: value["issued"].pop(1),
        lambda value: value["issued"].append(value["issued"][2]),
        lambda value: value["issued"][2].update(role="lead"),
        lambda value: value["issued"][2].update(serial="1"),
        lambda value: value["issued"][2].update(subject="CN=Somebody"),
        lambda value: value["issued"][2].update(certificate="AAAA"),
        lambda value: value["issued"][2].update(revoked={"at": "2028-03-03", "reason": "unspecified"}),
        lambda value: value["issued"][2].update(revoked={"at": "2028-03-03T00:00:00Z", "reason": "whim"}),
    ],
)
def test_a_record_that_does_not_hold(change: Callable[[dict[str, Any]], object], tmp_path: Path) -> None:
    held = authority(tmp_path)
    altered(held, change)
    assert reason(lambda: open_authority(held.folder)) == "attest.authority_unreadable"


def test_a_record_in_another_form(tmp_path: Path) -> None:
    held = authority(tmp_path)
    for data in (recorded(held) + b"\n", b"", b"\xff"):
        (held.folder / "issued.json").write_bytes(data)
        assert reason(lambda: open_authority(held.folder)) == "attest.authority_unreadable"
    assert reason(lambda: open_authority(tmp_path)) == "attest.no_authority"
    assert reason(lambda: open_authority(tmp_path / "nowhere")) == "attest.no_authority"
    assert reason(lambda: Authority(tmp_path / "nowhere").revoke(1, MADE)) == "attest.no_authority"


def test_a_key_that_is_not_the_certificates(tmp_path: Path) -> None:
    held = authority(tmp_path)
    (held.folder / "body.key.pem").write_bytes((held.folder / "clock.key.pem").read_bytes())
    assert reason(lambda: enrolled(held)) == "attest.signer_key"
    (held.folder / "clock.key.pem").chmod(0o644)
    assert reason(held.clock) == "attest.key_readable"


def test_a_certificate_names_one_person_in_one_role(tmp_path: Path) -> None:
    lead = enrolled(authority(tmp_path))
    assert identity.has_role(lead, profiles.ROLES["lead"])
    names = lead.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [one.value for one in names] == ["wang@body.example.org"]
    assert lead.not_valid_after_utc - lead.not_valid_before_utc == timedelta(days=365)
    assert lead.public_key() == PEOPLE["lead"].public_key()
    assert isinstance(PEOPLE["lead"], ec.EllipticCurvePrivateKey)


def test_reasons_are_named_as_the_standard_names_them() -> None:
    with pytest.raises(WrongUsage):
        Authority(Path("nowhere")).revoke(1, MADE, x509.ReasonFlags.certificate_hold)
    assert {one.value for one in REASONS} == {
        *("unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded"),
        *("cessationOfOperation", "privilegeWithdrawn", "aACompromise"),
    }
