"""RFC 5280 section 5 and rules I2-I5: what a CRL says of a certificate at the moment of signing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from tests.unit.attest.people import KEYS, LISTED, NEXT, SIGNED, World, root
from verify.attest import profiles, revocation
from verify.attest.profiles import Issuer, Revoked
from verify.errors import NotVerified

WORLD = World()
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
CHAIN = [WORLD.lead, WORLD.body.certificate, WORLD.root.certificate]
Reason = x509.ReasonFlags
Lists = list[x509.CertificateRevocationList]


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(NotVerified) as error:
        call()
    return error.value.key


def judged(lists: Lists, at: datetime = SIGNED) -> list[revocation.Standing]:
    return revocation.verify_chain(CHAIN, lists, at)


def revoked(at: datetime, why: Reason = Reason.unspecified, since: datetime | None = None) -> Lists:
    return WORLD.lists(Revoked(WORLD.lead.serial_number, at, why, since))


def body_list(*extensions: tuple[x509.ExtensionType, bool], key: object = None) -> Lists:
    """The lists of both issuers; that of the body carries `extensions`."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(WORLD.body.certificate.subject)
        .last_update(LISTED)
        .next_update(NEXT)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return [WORLD.lists()[0], builder.sign(key or WORLD.body.key, hashes.SHA256())]  # type: ignore[call-overload]


def test_nobody_is_revoked() -> None:
    lead, body = judged(WORLD.lists())
    assert (lead.revoked_at, body.revoked_at) == (None, None)
    assert (lead.this_update, lead.next_update) == (LISTED, NEXT)


@pytest.mark.parametrize("why", [Reason.unspecified, Reason.superseded, Reason.cessation_of_operation])
def test_revoked_later_for_a_plain_reason_stays_good_and_is_said(why: Reason) -> None:
    """I4, I5: OpenSSL and Java say "revoked" here; we do not, on purpose."""
    lead, _ = judged(revoked(SIGNED + SECOND, why))
    assert (lead.revoked_at, lead.reason) == (SIGNED + SECOND, why.value)


@pytest.mark.parametrize("at", [SIGNED - DAY, SIGNED])
@pytest.mark.parametrize("why", [Reason.unspecified, Reason.superseded, Reason.certificate_hold])
def test_revoked_before_or_while_signing(at: datetime, why: Reason) -> None:
    assert reason(lambda: judged(revoked(at, why))) == "attest.revoked"


@pytest.mark.parametrize("why", [Reason.key_compromise, Reason.ca_compromise, Reason.aa_compromise])
@pytest.mark.parametrize("at", [SIGNED - DAY, SIGNED + DAY])
def test_a_compromised_key_is_void_at_any_date(at: datetime, why: Reason) -> None:
    """I5."""
    assert reason(lambda: judged(revoked(at, why))) == "attest.revoked"


@pytest.mark.parametrize("since", [SIGNED - DAY, SIGNED])
def test_invalid_since_before_signing(since: datetime) -> None:
    """I4: an invalidityDate up to the moment of signing voids, whatever the date of the revocation."""
    assert reason(lambda: judged(revoked(SIGNED + DAY, Reason.superseded, since))) == "attest.revoked"


def test_invalid_since_after_signing() -> None:
    assert judged(revoked(SIGNED + DAY, Reason.superseded, SIGNED + SECOND))[0].revoked_at == SIGNED + DAY


def test_a_revoked_body_voids_its_persons() -> None:
    """I8: removing an accreditation is an entry in the list of the root."""
    listed = [Revoked(WORLD.body.certificate.serial_number, SIGNED - DAY, Reason.privilege_withdrawn)]
    lists = [profiles.revocation_list(WORLD.root, LISTED, NEXT, listed), WORLD.lists()[1]]
    assert reason(lambda: judged(lists)) == "attest.revoked"


def test_somebody_else_is_revoked() -> None:
    other = Revoked(WORLD.reviewer.serial_number, SIGNED - DAY, Reason.key_compromise)
    assert judged(WORLD.lists(other))[0].revoked_at is None


def test_the_list_is_not_older_than_the_signature() -> None:
    """I3: thisUpdate >= t."""
    assert judged(WORLD.lists(at=SIGNED))[0].this_update == SIGNED
    assert reason(lambda: judged(WORLD.lists(at=SIGNED - SECOND))) == "attest.crl_too_early"


def test_next_update_is_judged_at_assembly_only() -> None:
    """I3: a reader in ten years still accepts the list; `publish` refuses one that has run out."""
    lists = WORLD.lists()
    revocation.current(lists, NEXT - SECOND)
    assert reason(lambda: revocation.current(lists, NEXT)) == "attest.crl_stale"


def test_one_list_of_every_issuer() -> None:
    """I2."""
    root_list, body_only = WORLD.lists()
    assert reason(lambda: judged([root_list])) == "attest.crl_missing"
    assert reason(lambda: judged([body_only])) == "attest.crl_missing"
    assert reason(lambda: judged([root_list, body_only, body_only])) == "attest.crl_twice"


def test_a_list_of_another_key() -> None:
    stranger = World(root("Accreditation root", KEYS[5]))
    forged = profiles.revocation_list(Issuer(WORLD.body.certificate, KEYS[5]), LISTED, NEXT)
    assert reason(lambda: judged([WORLD.lists()[0], forged])) == "attest.crl_wrong"
    assert reason(lambda: judged([stranger.lists()[0], WORLD.lists()[1]])) == "attest.crl_wrong"


@pytest.mark.parametrize(
    ("extension", "critical"),
    [
        (x509.DeltaCRLIndicator(1), True),
        (
            x509.IssuingDistributionPoint(
                full_name=None,
                relative_name=None,
                only_contains_user_certs=False,
                only_contains_ca_certs=True,
                only_some_reasons=None,
                indirect_crl=False,
                only_contains_attribute_certs=False,
            ),
            True,
        ),
        (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.9"), b"\x05\x00"), True),
    ],
)
def test_a_partial_list(extension: x509.ExtensionType, critical: bool) -> None:
    """RFC 5280 5.2: a delta, a list of some certificates only, or a critical extension that nobody knows."""
    assert reason(lambda: judged(body_list((extension, critical)))) == "attest.crl_wrong"


def test_an_unknown_plain_extension_of_a_list() -> None:
    plain = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.9"), b"\x05\x00")
    assert judged(body_list((plain, False)))[0].revoked_at is None


def test_an_issuer_that_may_not_sign_lists() -> None:
    builder = (
        x509.CertificateBuilder()
        .subject_name(WORLD.body.certificate.subject)
        .issuer_name(WORLD.root.certificate.subject)
        .public_key(WORLD.body.key.public_key())
        .serial_number(7)
        .not_valid_before(SIGNED - DAY)
        .not_valid_after(NEXT)
        .add_extension(profiles.usage("key_cert_sign"), critical=True)
    )
    issuer = builder.sign(WORLD.root.key, hashes.SHA256())
    assert reason(lambda: revocation.standing(WORLD.lead, issuer, WORLD.lists(), SIGNED)) == "attest.crl_wrong"
