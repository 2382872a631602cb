"""Keys, certificates and lists of SM2 for tests, made by the openssl program: a national authority and its persons, and a
person whom the body of `people.World` names with its P-256 key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.attest import openssl
from tests.unit.attest.people import END, LISTED, NEXT, START
from verify.attest import certificates
from verify.attest.profiles import FURTHER, Issuer

_KNOWS_SM2 = openssl.PROGRAM is not None and openssl.run("ecparam", "-name", "SM2", "-genkey").returncode == 0
needed = pytest.mark.skipif(not _KNOWS_SM2, reason="no openssl with SM2 here: nothing to sign with")
DISTID = "distid:1234567812345678"
AUTHORITY = "basicConstraints=critical,CA:TRUE{}\nkeyUsage=critical,keyCertSign,cRLSign\n"
PERSON = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n"
NAMED_BY_BODY = PERSON + f"extendedKeyUsage={FURTHER.dotted_string}\nsubjectAltName=email:zhao.min@body.example.org\n"
_CONFIGURATION = """[ca]
default_ca = one
[one]
database = index.txt
new_certs_dir = .
serial = serial
rand_serial = yes
crlnumber = crlnumber
unique_subject = no
default_md = {digest}
policy = any
[any]
organizationName = optional
commonName = supplied
[extensions]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
{extensions}"""


@dataclass(frozen=True)
class Held:
    """A certificate, and the file of its key."""

    certificate: x509.Certificate
    key: Path


def made(*arguments: object) -> None:
    """A run of openssl that must succeed."""
    done = openssl.run(*arguments)
    assert done.returncode == 0, done.stderr.decode()


def key(path: Path) -> Path:
    """A new SM2 key."""
    made("ecparam", "-name", "SM2", "-genkey", "-noout", "-out", path)
    return path


def sign(message: bytes, private: Path, distid: str = DISTID) -> bytes:
    """The SM2 signature over a message, by the recipe of docs/formats/attest.md."""
    source, made_here = private.with_suffix(".in"), private.with_suffix(".sig")
    source.write_bytes(message)
    made(
        *("pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-pkeyopt", distid),
        *("-inkey", private, "-in", source, "-out", made_here),
    )
    return made_here.read_bytes()


def certificate(
    folder: Path,
    common_name: str,
    extensions: str = PERSON,
    issuer: Held | Issuer | None = None,
    end: datetime = END,
    private: Path | None = None,
) -> Held:
    """A certificate of a new SM2 key (or `private`), valid from START to `end`; self-signed without an issuer."""
    name = f"{len(list(folder.iterdir()))}"  # namesakes have files of their own
    private = private or key(folder / f"{name}.key")
    request, found = folder / f"{name}.csr", folder / f"{name}.pem"
    made("req", "-new", "-sm3", "-key", private, "-subj", f"/CN={common_name}", "-sigopt", DISTID, "-out", request)
    by = ("-selfsign", "-keyfile", private) if issuer is None else _issuer(folder, issuer)
    made(
        *("ca", "-batch", "-notext", "-config", _prepared(folder, issuer, extensions), "-extensions", "extensions"),
        *("-startdate", _time(START), "-enddate", _time(end), "-vfyopt", DISTID, *by, *_options(issuer)),
        *("-in", request, "-out", found),
    )
    (read,) = certificates.read_pem(found.read_bytes())
    return Held(read, private)


def revocations(
    folder: Path, issuer: Held, *revoked: str, at: datetime = LISTED, until: datetime = NEXT
) -> x509.CertificateRevocationList:
    """The list of an SM2 issuer. `revoked`: lines of openssl's index, as `line` writes them."""
    configuration, found = _prepared(folder, issuer, ""), folder / "crl.pem"
    (folder / "index.txt").write_text("".join(revoked))
    made(
        *("ca", "-gencrl", "-config", configuration, "-crlexts", "list", *_issuer(folder, issuer), *_options(issuer)),
        *("-crl_lastupdate", _time(at), "-crl_nextupdate", _time(until), "-out", found),
    )
    (read,) = certificates.read_pem_lists(found.read_bytes())
    return read


def line(one: x509.Certificate, at: datetime, reason: str = "") -> str:
    """A revoked certificate in openssl's index."""
    moment = _time(at)[2:] + (f",{reason}" if reason else "")  # the index has years of two digits
    serial = f"{one.serial_number:X}"
    serial = serial.zfill(len(serial) + len(serial) % 2)
    return f"R\t{_time(END)[2:]}\t{moment}\t{serial}\tunknown\t/CN=x\n"


def _prepared(folder: Path, issuer: Held | Issuer | None, extensions: str) -> Path:
    digest = "sha256" if isinstance(issuer, Issuer) else "sm3"
    text = _CONFIGURATION.format(digest=digest, extensions=extensions) + "\n[list]\nauthorityKeyIdentifier = keyid\n"
    for name in ("index.txt", "serial", "crlnumber"):
        text = text.replace(f"= {name}", f"= {folder / name}")
        (folder / name).write_text("" if name == "index.txt" else "01\n")
    (folder / "ca.cnf").write_text(text.replace("new_certs_dir = .", f"new_certs_dir = {folder}"))
    return folder / "ca.cnf"


def _issuer(folder: Path, issuer: Held | Issuer) -> tuple[object, ...]:
    private = issuer.key
    if isinstance(private, ec.EllipticCurvePrivateKey):
        private = openssl.key(folder / "issuer.key", private)
    return ("-cert", openssl.pem(folder / "issuer.pem", issuer.certificate), "-keyfile", private)


def _options(issuer: Held | Issuer | None) -> tuple[str, ...]:
    return () if isinstance(issuer, Issuer) else ("-sigopt", DISTID)


def _time(moment: datetime) -> str:
    return moment.strftime("%Y%m%d%H%M%SZ")
