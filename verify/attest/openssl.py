"""The openssl program, where there is one: the only place where SM2 is computed, and only to verify (ADR 0017).

It runs without a shell, on octets in files of a private folder, with an environment and a configuration of its own. It
has to verify the standard's example, and to refuse it altered, before anything is asked of it: builds without SM2, and
programs that only bear the name, are unfit. Where it is absent or unfit, a check is not made; it never fails for that.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from verify.attest import sm2
from verify.attest.outcome import NotChecked
from verify.attest.sm2 import Signed
from verify.errors import NotVerified

if TYPE_CHECKING:
    from subprocess import CompletedProcess

TIMEOUT = 20.0  # seconds for one run, which takes some milliseconds
LEAST_VERSION = 3
_CONFIGURATION = "openssl.cnf"  # empty: neither the reader's nor the machine's is read
_DISTID = f"distid:{sm2.DISTID}"


@dataclass(frozen=True)
class OpenSSL:
    """A program that has shown that it knows SM2."""

    program: Path
    version: str

    def verify_sm2(self, signed: Signed) -> None:
        """SM2 with SM3 under the standard identity of the signer, signature in strict DER.

        Raises NotVerified `attest.signature_encoding`, `attest.signature_wrong`; NotChecked `attest.openssl_failed`.
        """
        sm2.formed(signed.signature)
        if not _holds(self.program, signed):
            raise NotVerified("attest.signature_wrong")

    def verify_link(self, certificate: x509.Certificate, issuer: x509.Certificate, at: datetime) -> str | None:
        """`openssl verify` of one certificate by its issuer at the moment `at`: None where it holds, else what it says.

        One link at a time: OpenSSL 3 uses the identity of the signer for the last certificate of a chain only.
        Raises NotChecked `attest.openssl_failed`.
        """
        files = {"one.pem": certificate.public_bytes(Encoding.PEM), "issuer.pem": issuer.public_bytes(Encoding.PEM)}
        identity = ("-vfyopt", _DISTID) if sm2.signed_with(certificate) else ()  # ECDSA fails with one
        done = _run(
            self.program,
            *("verify", "-no-CAfile", "-no-CApath", "-no-CAstore", "-partial_chain", *identity),
            *("-attime", str(int(at.timestamp())), "-trusted", "issuer.pem", "one.pem"),
            files=files,
        )
        if done.returncode == 0 and done.stdout.strip() == b"one.pem: OK":
            return None
        said = re.search(
            r"error \d+ at \d+ depth lookup: *([ -~]+)", (done.stdout + done.stderr).decode("ascii", "replace")
        )
        return said[1] if said else "openssl verify"


def find() -> OpenSSL:
    """The first fit program of PATH. Raises NotChecked `attest.openssl_absent`, `attest.openssl_unfit`."""
    unfit: NotChecked | None = None
    for program in _programs():
        try:
            return OpenSSL(program, _examined(program))
        except NotChecked as error:
            unfit = unfit or error
    raise unfit or NotChecked("attest.openssl_absent")


def _programs() -> Iterator[Path]:
    """Absolute folders only: a bundle's folder is often the current one, and may hold a program of that name."""
    name = "openssl.exe" if os.name == "nt" else "openssl"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        program = Path(folder) / name
        if Path(folder).is_absolute() and program.is_file() and os.access(program, os.X_OK):
            yield program


def _examined(program: Path) -> str:
    said = _run(program, "version").stdout.decode("ascii", "replace")
    found = re.match(r"OpenSSL (([0-9]+)\.[0-9A-Za-z.-]+) ", said)  # LibreSSL names itself otherwise
    if found is None or int(found[2]) < LEAST_VERSION:
        raise NotChecked("attest.openssl_unfit", version=" ".join(said.split()[:2]) or "?")
    example = sm2.EXAMPLE
    altered = Signed(example.spki, example.message + b".", example.signature)
    if not _holds(program, example) or _holds(program, altered):
        raise NotChecked("attest.openssl_unfit", version=f"OpenSSL {found[1]}")
    return found[1]


def _holds(program: Path, signed: Signed) -> bool:
    done = _run(
        program,
        *("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-sigfile", "signature"),
        *("-rawin", "-in", "message", "-digest", "sm3", "-pkeyopt", _DISTID),
        files={"key": signed.spki, "message": signed.message, "signature": signed.signature},
    )
    return done.returncode == 0 and done.stdout.strip() == b"Signature Verified Successfully"


def _run(program: Path, *arguments: str, files: Mapping[str, bytes] | None = None) -> CompletedProcess[bytes]:
    """One run in a folder of its own that holds `files`. Raises NotChecked `attest.openssl_failed` where it does not end."""
    import subprocess  # only a bundle with a further signature needs it
    import tempfile

    try:
        with tempfile.TemporaryDirectory(prefix="truezero-", ignore_cleanup_errors=True) as name:
            folder = Path(name)  # mode 0700
            for file, data in {_CONFIGURATION: b"", **(files or {})}.items():
                (folder / file).write_bytes(data)
            done = subprocess.run(
                [str(program), *arguments],
                cwd=folder,
                env=_environment(folder),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise NotChecked("attest.openssl_failed", detail=f"> {TIMEOUT:g} s") from None
    except OSError as error:
        raise NotChecked("attest.openssl_failed", detail=error.strerror or type(error).__name__) from None
    if done.returncode < 0:  # ended by a signal: nothing was said about the input
        raise NotChecked("attest.openssl_failed", detail=f"signal {-done.returncode}")
    return done


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the caller's: no OPENSSL_CONF, no modules, engines, certificate stores or preloaded libraries."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # Windows starts nothing without
    return {**kept, "LC_ALL": "C", "OPENSSL_CONF": str(folder / _CONFIGURATION)}
