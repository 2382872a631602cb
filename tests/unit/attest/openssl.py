"""The openssl program as a second verifier and a second time-stamp authority."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PROGRAM = shutil.which("openssl")
needed = pytest.mark.skipif(PROGRAM is None, reason="openssl is not installed: no second verifier on this machine")


def run(*arguments: object, feed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """openssl with these arguments."""
    return subprocess.run(
        [PROGRAM or "openssl", *map(str, arguments)], input=feed, capture_output=True, check=False, timeout=60
    )


def pem(path: Path, *certificates: x509.Certificate | x509.CertificateRevocationList) -> Path:
    """Certificates or lists in one file."""
    path.write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in certificates))
    return path


def key(path: Path, private: ec.EllipticCurvePrivateKey) -> Path:
    """A private key of a test, in the clear."""
    path.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


def reply(folder: Path, request: bytes, clock: x509.Certificate, private: ec.EllipticCurvePrivateKey) -> bytes:
    """A response of `openssl ts -reply` to a request, at the time of this machine."""
    (folder / "request.tsq").write_bytes(request)
    (folder / "serial").write_text("01\n")
    (folder / "ts.cnf").write_text(
        "[tsa]\ndefault_tsa = one\n[one]\n"
        f"serial = {folder / 'serial'}\nsigner_digest = sha256\ndefault_policy = 1.3.6.1.4.1.99999.2.2\n"
        "digests = sha256\nordering = no\ntsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n"
    )
    done = run(
        *("ts", "-reply", "-config", folder / "ts.cnf", "-queryfile", folder / "request.tsq"),
        *("-signer", pem(folder / "clock.pem", clock), "-inkey", key(folder / "clock.key", private)),
        *("-out", folder / "reply.tsr"),
    )
    assert done.returncode == 0, done.stderr.decode()
    return (folder / "reply.tsr").read_bytes()
