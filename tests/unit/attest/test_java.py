"""The JDK as a verifier that is not ours: signature over the pre-authentication encoding, and the PKIX path."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.unit.attest.attested import WORLD, material
from tests.unit.attest.people import END, KEYS, SIGNED, World, root
from verify.attest import dsse

JAVA = shutil.which("java")
pytestmark = pytest.mark.skipif(JAVA is None, reason="no Java here: the JDK cannot be asked")
SOURCE = Path(__file__).with_name("Judge.java")
ENVELOPE = dsse.read(material().envelope)


def says(*words: object) -> str:
    done = subprocess.run(
        [JAVA or "java", str(SOURCE), *map(str, words)], capture_output=True, check=False, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_java_takes_the_signature_and_refuses_an_altered_payload(tmp_path: Path) -> None:
    key = put(
        tmp_path / "key",
        WORLD.lead.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    )
    signature = put(tmp_path / "signature", ENVELOPE.signatures[0].sig)
    message = ENVELOPE.signed_bytes()
    assert says("signature", key, signature, put(tmp_path / "message", message)) == "good"
    altered = message.replace(b"modified", b"adverse!")
    assert altered != message
    assert says("signature", key, signature, put(tmp_path / "altered", altered)) == "bad"


def test_java_takes_the_path_and_refuses_an_expired_or_foreign_one(tmp_path: Path) -> None:
    stranger = World(root("Accreditation root", KEYS[5]))
    held = (WORLD.lead, WORLD.body.certificate, WORLD.root.certificate)
    names = [put(tmp_path / f"{at}.der", one.public_bytes(Encoding.DER)) for at, one in enumerate(held)]
    foreign = put(tmp_path / "foreign.der", stranger.root.certificate.public_bytes(Encoding.DER))
    late = int((END + timedelta(days=1)).timestamp())
    assert says("path", int(SIGNED.timestamp()), *names) == "good"
    assert says("path", late, *names) == "bad"
    assert says("path", int(SIGNED.timestamp()), *names[:2], foreign) == "bad"
