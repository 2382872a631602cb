"""RFC 5280 paths and the role of a person: the table of attestation section 4, each row a test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.unit.attest.people import END, KEYS, SIGNED, START, World, root
from verify.attest import identity, profiles
from verify.attest.profiles import ROLES, Issuer, usage
from verify.errors import NotVerified

WORLD = World()
SECOND = timedelta(seconds=1)
SPARE = KEYS[5].public_key()
Extensions = list[tuple[x509.ExtensionType, bool]]


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(NotVerified) as error:
        call()
    return error.value.key


def refused(leaf: x509.Certificate, *intermediates: x509.Certificate, role: str = "lead") -> str:
    held = intermediates or (WORLD.body.certificate,)
    return reason(lambda: identity.verify_person(leaf, held, [WORLD.root.certificate], role, SIGNED))


def made(
    extensions: Extensions,
    issuer: Issuer = WORLD.body,
    key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey = SPARE,
    subject: str = "Someone",
) -> x509.Certificate:
    """A certificate with exactly these extensions, each with its criticality."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(profiles.name(subject))
        .issuer_name(issuer.certificate.subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(END)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer.key, hashes.SHA256())


NOT_A_CA = (x509.BasicConstraints(ca=False, path_length=None), True)
PERSON = (usage("digital_signature", "content_commitment"), True)
LEAD = (x509.ExtendedKeyUsage([ROLES["lead"]]), False)
SIGNS = (usage("key_cert_sign", "crl_sign"), True)


def authority(*extensions: tuple[x509.ExtensionType, bool], issuer: Issuer = WORLD.root) -> Issuer:
    """An intermediate with these extensions, issued by `issuer`, key 5."""
    return Issuer(made(list(extensions), issuer, KEYS[5].public_key(), "Another CA"), KEYS[5])


def under(issuer: Issuer) -> x509.Certificate:
    """A lead whose certificate `issuer` signed."""
    return made([NOT_A_CA, PERSON, LEAD], issuer, KEYS[2].public_key())


def test_both_roles_and_the_clock_hold() -> None:
    bodies, anchors = [WORLD.body.certificate], [WORLD.root.certificate]
    chain = identity.verify_person(WORLD.lead, bodies, anchors, "lead", SIGNED)
    assert chain == [WORLD.lead, WORLD.body.certificate, WORLD.root.certificate]
    assert identity.verify_person(WORLD.reviewer, bodies, anchors, "reviewer", SIGNED)[0] == WORLD.reviewer
    assert identity.verify_time_authority(WORLD.clock, [], anchors, SIGNED)[1:] == anchors


def test_a_p384_root_holds() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    world = World(root("Wide root", key))
    chain = identity.verify_person(world.lead, [world.body.certificate], [world.root.certificate], "lead", SIGNED)
    assert len(chain) == 3


def test_the_wrong_role() -> None:
    assert refused(WORLD.reviewer) == "attest.role_missing"
    assert refused(WORLD.lead, role="reviewer") == "attest.role_missing"
    assert refused(WORLD.clock) in {"attest.key_usage", "attest.role_missing"}


@pytest.mark.parametrize(
    "held",
    [
        None,
        [ExtendedKeyUsageOID.CLIENT_AUTH],
        [ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE],
        [ROLES["lead"], ROLES["reviewer"]],
        [ROLES["lead"], ExtendedKeyUsageOID.TIME_STAMPING],
    ],
)
def test_the_role_is_required_and_alone(held: list[x509.ObjectIdentifier] | None) -> None:
    """The default policy of the library accepts a leaf without extended key usage."""
    role: Extensions = [] if held is None else [(x509.ExtendedKeyUsage(held), False)]
    assert refused(made([NOT_A_CA, PERSON, *role])) == "attest.role_missing"


@pytest.mark.parametrize(
    "bits", [("digital_signature",), ("content_commitment",), ("digital_signature", "content_commitment", "crl_sign")]
)
def test_the_key_usage_of_a_person(bits: tuple[str, ...]) -> None:
    assert refused(made([NOT_A_CA, (usage(*bits), True), LEAD])) == "attest.key_usage"
    assert refused(made([NOT_A_CA, LEAD])) == "attest.key_usage"


def test_an_authority_signs_nothing_itself() -> None:
    leaf = made([(x509.BasicConstraints(ca=True, path_length=0), True), PERSON, LEAD])
    assert refused(leaf) == "attest.leaf_is_authority"
    assert refused(WORLD.body.certificate) == "attest.leaf_is_authority"


@pytest.mark.parametrize("at", [START - SECOND, END + SECOND])
def test_expired_and_not_yet_valid(at: datetime) -> None:
    call = lambda: identity.verify_person(  # noqa: E731 - one call, judged at several moments
        WORLD.lead, [WORLD.body.certificate], [WORLD.root.certificate], "lead", at
    )
    assert reason(call) == "attest.not_valid_then"


@pytest.mark.parametrize("at", [START, END])
def test_the_first_and_the_last_second_are_valid(at: datetime) -> None:
    """RFC 5280 4.1.2.5: from notBefore through notAfter, inclusive."""
    anchors = [WORLD.root.certificate]
    assert identity.verify_person(WORLD.lead, [WORLD.body.certificate], anchors, "lead", at)


def test_an_expired_body() -> None:
    name = profiles.name("Old body")
    old = Issuer(profiles.body(name, KEYS[5].public_key(), WORLD.root, START, SIGNED - timedelta(days=1)), KEYS[5])
    assert refused(under(old), old.certificate) == "attest.chain_refused"


def test_another_root_and_no_root() -> None:
    stranger = World(root("Accreditation root", KEYS[5]))  # same name, another key
    assert refused(stranger.lead, stranger.body.certificate) == "attest.chain_refused"
    assert refused(stranger.lead, stranger.body.certificate, stranger.root.certificate) == "attest.chain_refused"
    bodies = [WORLD.body.certificate]
    assert reason(lambda: identity.verify_person(WORLD.lead, bodies, [], "lead", SIGNED)) == "attest.no_anchor"


def test_a_missing_body() -> None:
    anchors = [WORLD.root.certificate]
    assert reason(lambda: identity.verify_person(WORLD.lead, [], anchors, "lead", SIGNED)) == "attest.chain_refused"


def test_the_root_names_no_person() -> None:
    assert refused(under(WORLD.root)) == "attest.authority_profile"


def test_a_path_longer_than_its_constraint() -> None:
    """The body's pathlen is 0: an authority below it is none."""
    below = authority((x509.BasicConstraints(ca=True, path_length=0), True), SIGNS, issuer=WORLD.body)
    assert refused(under(below), below.certificate, WORLD.body.certificate) == "attest.chain_refused"


def test_an_intermediate_that_is_no_authority() -> None:
    for other in (
        authority(NOT_A_CA, SIGNS),
        authority(SIGNS),
        authority((x509.BasicConstraints(ca=True, path_length=0), False), SIGNS),
        authority((x509.BasicConstraints(ca=True, path_length=0), True)),
        authority((x509.BasicConstraints(ca=True, path_length=0), True), (usage("crl_sign"), True)),
    ):
        assert refused(under(other), other.certificate) == "attest.chain_refused"


def test_an_authority_outside_its_profile() -> None:
    """It must sign CRLs, and bound its path to 0."""
    for extensions in (
        [(x509.BasicConstraints(ca=True, path_length=0), True), (usage("key_cert_sign"), True)],
        [(x509.BasicConstraints(ca=True, path_length=None), True), SIGNS],
    ):
        other = authority(*extensions)
        assert refused(under(other), other.certificate) == "attest.authority_profile"


@pytest.mark.parametrize("critical", [True, False])
def test_an_unknown_extension(critical: bool) -> None:
    """RFC 5280 4.2: refused when critical, ignored when not."""
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.9"), b"\x05\x00")
    leaf = made([NOT_A_CA, PERSON, LEAD, (unknown, critical)])
    if critical:
        assert refused(leaf) == "attest.chain_refused"
    else:
        bodies, anchors = [WORLD.body.certificate], [WORLD.root.certificate]
        assert identity.verify_person(leaf, bodies, anchors, "lead", SIGNED)[0] == leaf


def test_a_critical_extension_of_an_authority() -> None:
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.9"), b"\x05\x00")
    other = authority((x509.BasicConstraints(ca=True, path_length=0), True), SIGNS, (unknown, True))
    assert refused(under(other), other.certificate) == "attest.chain_refused"


@pytest.mark.parametrize("key", [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()])
def test_a_person_has_a_p256_key(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> None:
    assert refused(made([NOT_A_CA, PERSON, LEAD], key=key.public_key())) == "attest.key_type"


def test_a_forged_leaf() -> None:
    forged = made([NOT_A_CA, PERSON, LEAD], Issuer(WORLD.body.certificate, KEYS[5]))
    assert refused(forged) == "attest.chain_refused"


@pytest.mark.parametrize(
    ("held", "critical"),
    [
        ([ExtendedKeyUsageOID.TIME_STAMPING], False),
        ([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING], True),
        ([ROLES["lead"]], True),
        (None, True),
    ],
)
def test_a_clock_stamps_time_and_nothing_else(held: list[x509.ObjectIdentifier] | None, critical: bool) -> None:
    """RFC 3161 2.3: one key purpose, critical."""
    role: Extensions = [] if held is None else [(x509.ExtendedKeyUsage(held), critical)]
    leaf = made([NOT_A_CA, (usage("digital_signature"), True), *role], WORLD.root)
    anchors = [WORLD.root.certificate]
    assert reason(lambda: identity.verify_time_authority(leaf, [], anchors, SIGNED)) == "attest.time_role"


def test_two_persons() -> None:
    """I6: different key and different subject, in whatever way the name is written."""
    identity.two_persons(WORLD.lead, WORLD.reviewer)
    same_key = WORLD.person("reviewer", "Li Na", WORLD.lead_key)
    same_name = WORLD.person("reviewer", "Wang Fang", KEYS[5])
    same_name_again = WORLD.person("reviewer", " WANG  Fang", KEYS[5])
    same_mail = profiles.person(
        profiles.name("Li Na"), "Wang.Fang@body.example.org", KEYS[5].public_key(), "reviewer", WORLD.body, START, END
    )
    for other in (same_key, same_name, same_name_again, same_mail):
        assert reason(lambda other=other: identity.two_persons(WORLD.lead, other)) == "attest.one_person"
