"""``truezero attach``: a third signature by SM2, made by openssl, joins those of lead and reviewer and is judged apart."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.acceptance.command import said
from tests.unit.attest import national
from tests.unit.cli.test_signing_flow import MANDATE, SECRET, SUBMISSION, World
from verify.attest import keys, requests
from verify.attest.authority import create
from verify.attest.certificates import read_pem, write_pem
from verify.attest.profiles import Issuer


@national.needed
def test_an_sm2_signature_is_attached_published_and_verified_here(tmp_path: Path) -> None:
    world = World(tmp_path)
    (tmp_path / "secret").write_bytes(SECRET + b"\n")
    (tmp_path / "secret").chmod(0o600)
    (tmp_path / "engagement.yaml").write_text(MANDATE, encoding="utf-8")
    authority = create(tmp_path / "authority", "核查机构", SECRET, datetime(2026, 1, 1, tzinfo=UTC))
    for role in ("lead", "reviewer"):
        key = keys.generate()
        keys.write(tmp_path / f"{role}.key.pem", key, SECRET)
        asked = requests.request(key, role, "核查机构", f"{role}@body.example.org")
        (tmp_path / f"{role}.pem").write_bytes(write_pem([authority.enrol(asked, role, datetime.now(UTC))]))
    (body,) = read_pem((tmp_path / "authority" / "body.pem").read_bytes())
    issuer = Issuer(body, keys.read(tmp_path / "authority" / "body.key.pem", SECRET))
    (tmp_path / "sm2").mkdir()
    third = national.certificate(tmp_path / "sm2", "赵敏", national.NAMED_BY_BODY, issuer)
    (tmp_path / "third.pem").write_bytes(write_pem([third.certificate]))

    people = ["--certificate", tmp_path / "lead.pem", "--reviewer", tmp_path / "reviewer.pem"]
    one = said(
        *(
            "sign",
            SUBMISSION,
            "--engagement",
            tmp_path / "engagement.yaml",
            *people,
            "--further",
            tmp_path / "third.pem",
        ),
        *(*world.who("lead"), "-o", tmp_path / "draft"),
    )
    assert one.code == 0, one.all
    bytes_, signature = tmp_path / "bytes", tmp_path / "third.sig"
    clock = ["--clock", tmp_path / "authority", "--clock-passphrase-file", tmp_path / "secret", "--lang", "en"]
    attached = ["--certificate", tmp_path / "third.pem", "--signature", signature, *clock]

    assert said("attach", tmp_path / "draft", "--write-bytes", bytes_).code == 0
    signature.write_bytes(national.sign(bytes_.read_bytes(), third.key))
    early = said("attach", tmp_path / "draft", *attached)
    assert (early.code, "signature of the reviewer" in early.err) == (4, True)

    assert world.countersign().code == 0
    signature.write_bytes(national.sign(b"something else", third.key))
    assert said("attach", tmp_path / "draft", *attached).code == 4
    assert not list((tmp_path / "draft").rglob("further*"))

    signature.write_bytes(national.sign(bytes_.read_bytes(), third.key))
    done = said("attach", tmp_path / "draft", *attached)
    assert done.code == 0, done.all
    out = world.publish()
    assert out.code == 0, out.all
    seen = world.verified("bundle.zip")
    told = json.loads(seen.out)
    assert (seen.code, told["state"]) == (0, "verified"), seen.all
    states = {check["name"]: check["state"] for check in told["checks"]}
    assert states["signature.further"] == states["chain.further"] == states["time.further"] == "verified"
    assert (tmp_path / "bundle" / "trust" / "further.pem").is_file()
