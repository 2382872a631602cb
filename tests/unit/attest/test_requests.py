"""Requests for a certificate: ours are what openssl takes, and whatever asks for more or for another thing is refused."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AttributeOID, NameOID

from tests.unit.attest import openssl
from verify.attest import asn1, requests
from verify.attest.requests import Request
from verify.attest.signing import with_key
from verify.errors import NotVerified, TrueZeroError, WrongUsage

KEY = ec.generate_private_key(ec.SECP256R1())
GOOD = requests.request(KEY, "王芳", "核查机构 017", "wang.fang@body.example.org")
EMAIL = x509.RFC822Name("wang@body.example.org")


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(TrueZeroError) as error:
        call()
    return error.value.key


def test_a_request_reads_back() -> None:
    found = requests.read(GOOD)
    assert (found.common_name, found.organisation, found.email) == (
        "王芳",
        "核查机构 017",
        "wang.fang@body.example.org",
    )
    assert found.key == KEY.public_key()
    assert found.subject.rfc4514_string() == "CN=王芳,O=核查机构 017"
    assert requests.read(requests.request(KEY, "Li Na", "", "li@body.example.org")).organisation is None


@openssl.needed
def test_openssl_takes_ours_and_we_take_that_of_openssl(tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_bytes(GOOD)
    ours = openssl.run("req", "-in", tmp_path / "a.pem", "-verify", "-noout", "-text", "-nameopt", "utf8")
    assert ours.returncode == 0, ours.stderr
    said = (ours.stdout + ours.stderr).decode()
    for word in (
        "self-signature verify OK",
        "O=核查机构 017, CN=王芳",
        "email:wang.fang@body.example.org",
        "prime256v1",
    ):
        assert word in said.replace("O = ", "O=").replace("CN = ", "CN=")
    theirs = openssl.run(
        *("req", "-new", "-utf8", "-key", openssl.key(tmp_path / "k.pem", KEY), "-subj", "/O=Body 017/CN=王芳"),
        *("-addext", "subjectAltName=email:wang@body.example.org", "-out", tmp_path / "b.pem"),
    )
    assert theirs.returncode == 0, theirs.stderr
    found = requests.read((tmp_path / "b.pem").read_bytes())
    assert (found.common_name, found.organisation, found.email) == ("王芳", "Body 017", "wang@body.example.org")


def test_no_octet_changes_unseen() -> None:
    """Every octet of the DER altered: refused, as unreadable or as not signed by its key."""
    whole = base64.b64decode("".join(GOOD.decode().splitlines()[1:-1]))
    assert requests._pem(whole) == GOOD
    for at in range(len(whole)):
        altered = whole[:at] + bytes((whole[at] ^ 1 << at % 8,)) + whole[at + 1 :]
        assert reason(lambda altered=altered: requests.read(requests._pem(altered))).startswith("attest.")
    for at in range(len(GOOD)):
        altered = GOOD[:at] + bytes((GOOD[at] ^ 1,)) + GOOD[at + 1 :]
        assert reason(lambda altered=altered: requests.read(altered)).startswith("attest.")


def built(
    *subject: tuple[x509.ObjectIdentifier, str],
    names: tuple[x509.GeneralName, ...] | None = (EMAIL,),
    key: object = KEY,
    digest: hashes.HashAlgorithm | None = None,
    more: x509.ExtensionType | None = None,
    challenge: bool = False,
) -> bytes:
    """A request by another program, wrong in one place."""
    parts = subject or ((NameOID.COMMON_NAME, "Wang Fang"), (NameOID.ORGANIZATION_NAME, "Body 017"))
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])
    )
    if names is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    if more is not None:
        builder = builder.add_extension(more, critical=False)
    if challenge:
        builder = builder.add_attribute(AttributeOID.CHALLENGE_PASSWORD, b"let me in")
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else digest or hashes.SHA256()
    return builder.sign(key, algorithm).public_bytes(Encoding.PEM)  # type: ignore[arg-type]


def test_the_builder_of_these_tests_makes_good_ones() -> None:
    assert requests.read(built()).common_name == "Wang Fang"


CN, O = NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME  # noqa: E741
NAMED = (O, "Body 017")
WRONG = {
    "no common name": built(NAMED),
    "two common names": built((CN, "Wang"), (CN, "Li")),
    "two organisations": built((CN, "Wang"), NAMED, NAMED),
    "a title": built((CN, "Wang"), (NameOID.TITLE, "Lead")),
    "a line end": built((CN, "Wang\nLi")),
    "a direction mark": built((CN, "Wang\u202egnaF")),
    "a blank in front": built((CN, " Wang")),
    "not composed": built((CN, "Wa\u0301ng")),
    "a long organisation": built((CN, "Wang"), (O, "x" * 65)),
    "no address": built(names=None),
    "two addresses": built(names=(EMAIL, x509.RFC822Name("li@body.example.org"))),
    "a host": built(names=(x509.DNSName("body.example.org"),)),
    "an address without a host": built(names=(x509.RFC822Name("wang"),)),
    "an address with blanks": built(names=(x509.RFC822Name("wang fang@body.example.org"),)),
    "P-384": built(key=ec.generate_private_key(ec.SECP384R1()), digest=hashes.SHA384()),
    "RSA": built(key=rsa.generate_private_key(65537, 2048)),
    "Ed25519": built(key=ed25519.Ed25519PrivateKey.generate()),
    "SHA-384": built(digest=hashes.SHA384()),
    "wants to be an authority": built(more=x509.BasicConstraints(ca=True, path_length=None)),
    "wants a role": built(more=x509.ExtendedKeyUsage([x509.ObjectIdentifier("1.3.6.1.4.1.99999.1.1")])),
    "a challenge password": built(challenge=True),
    "nothing": b"",
    "no request": b"\xff\xfe not a request\n",
    "a certificate's label": GOOD.replace(b" REQUEST", b""),
    "two of them": GOOD + GOOD,
    "text in front": b"Wang Fang\n" + GOOD,
    "text behind": GOOD + b"\n",
    "other line ends": GOOD.replace(b"\n", b"\r\n"),
    "cut short": GOOD[:200],
    "far too long": GOOD.splitlines(keepends=True)[0] + b"A" * 70_000,
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG)
def test_a_request_that_is_refused(data: bytes) -> None:
    with pytest.raises(WrongUsage) as error:
        requests.read(data)
    assert error.value.key == "attest.request_unreadable"
    assert error.value.arguments["detail"]


def test_a_request_signed_by_another_key() -> None:
    asked = Request("Wang", None, "wang@body.example.org", KEY.public_key())
    stranger = with_key(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(NotVerified) as error:
        requests.write(asked, stranger)
    assert error.value.key == "attest.signature_wrong"
    covered, algorithm, _ = asn1.element(
        base64.b64decode("".join(GOOD.decode().splitlines()[1:-1]))
    ).children()  # fmt: skip
    foreign = asn1.encode(asn1.BIT_STRING, b"\x00", stranger(covered.raw))
    whole = asn1.encode(asn1.SEQUENCE, covered.raw, algorithm.raw, foreign)
    assert reason(lambda: requests.read(requests._pem(whole))) == "attest.signature_wrong"


@pytest.mark.parametrize(
    ("name", "organisation", "email"),
    [
        ("", None, "a@b.example"),
        ("Wang\x1b[31m", None, "a@b.example"),
        ("Wang", "x" * 65, "a@b.example"),
        ("Wang", None, "a@b"),
        ("Wang", None, "王@b.example"),
        ("Wang", None, f"{'a' * 64}@{'b.' * 120}example"),
    ],
)
def test_what_we_do_not_ask_for(name: str, organisation: str | None, email: str) -> None:
    assert reason(lambda: requests.request(KEY, name, organisation, email)) == "attest.request_unreadable"
