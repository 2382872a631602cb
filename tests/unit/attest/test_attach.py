"""A further signature, made elsewhere, attached to the two: verified first, listed, once, after both (ADR 0017)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.code_health.tree import ROOT
from tests.unit.attest import national, openssl
from tests.unit.attest.attested import LEAD, REVIEWER, WORLD, payload, signed
from tests.unit.attest.further_signed import BOTH, Nation
from verify.attest import certificates, dsse, identity, signing
from verify.attest.outcome import NotChecked
from verify.attest.profiles import FURTHER, spki_of
from verify.attest.statement import Signatory
from verify.errors import NotVerified, TrueZeroError

pytestmark = national.needed


def listed(nation: Nation) -> bytes:
    """A statement that lists the colleague between the two."""
    return payload(signatories=[BOTH[0], Signatory("further", spki_of(nation.colleague.certificate)), BOTH[1]])


def reason(call: Callable[[], object]) -> str:
    with pytest.raises(TrueZeroError) as error:
        call()
    return error.value.key


def test_it_stands_in_its_place(nation: Nation) -> None:
    both = signed(listed(nation), LEAD, REVIEWER)
    message = signing.to_be_signed(both)
    assert message == dsse.pae("application/vnd.in-toto+json", both.payload)
    made = national.sign(message, nation.colleague.key)
    whole = signing.attach(both, nation.colleague.certificate, made)
    assert [one.sig for one in whole.signatures] == [both.signatures[0].sig, made, both.signatures[1].sig]
    assert whole.payload == both.payload
    assert dsse.read(dsse.write(whole)) == whole
    again = lambda: signing.attach(whole, nation.colleague.certificate, made)  # noqa: E731 - the call under test
    assert reason(again) == "attest.already_signed"


def test_what_does_not_hold_is_not_attached(nation: Nation, monkeypatch: pytest.MonkeyPatch) -> None:
    both, own = signed(listed(nation), LEAD, REVIEWER), nation.colleague
    message = signing.to_be_signed(both)
    good = national.sign(message, own.key)
    for signature, key in (
        (national.sign(message, nation.person.key), "attest.signature_wrong"),
        (national.sign(message, own.key, "distid:another"), "attest.signature_wrong"),
        (national.sign(both.payload, own.key), "attest.signature_wrong"),
        (good + b"\x00", "attest.signature_encoding"),
    ):
        assert reason(lambda: signing.attach(both, own.certificate, signature)) == key  # noqa: B023 - called at once
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotChecked) as error:
        signing.attach(both, own.certificate, good)
    assert error.value.key == "attest.openssl_absent"


def test_only_the_listed_after_both(nation: Nation) -> None:
    both, own = signed(listed(nation), LEAD, REVIEWER), nation.colleague
    made = national.sign(signing.to_be_signed(both), own.key)
    stranger = nation.person
    theirs = national.sign(signing.to_be_signed(both), stranger.key)
    assert reason(lambda: signing.attach(both, stranger.certificate, theirs)) == "attest.signer_unlisted"
    assert reason(lambda: signing.attach(both, REVIEWER[0], made)) == "attest.signer_unlisted"
    for first in (LEAD, REVIEWER):
        alone = signed(listed(nation), first)
        assert reason(lambda: signing.attach(alone, own.certificate, made)) == "attest.signature_missing"  # noqa: B023
    other = replace(both, payload_type="text/plain")
    assert reason(lambda: signing.to_be_signed(other)) == "attest.payload_type"


def test_a_p256_key_is_no_further_signatory() -> None:
    """Whoever signs with P-256 is listed as lead or reviewer."""
    listed = payload(reviewer=REVIEWER)
    assert reason(lambda: signing.attach(signed(listed, LEAD, REVIEWER), LEAD[0], b"")) == "attest.signer_unlisted"
    with pytest.raises(NotVerified):
        payload(signatories=[*BOTH, replace(BOTH[0], role="further")])


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed: the recipe cannot be followed")
def test_the_recipe_of_the_page(tmp_path: Path) -> None:
    """The commands of docs/formats/attest.md as they stand there, by sh; then what it says in Python."""
    page = (ROOT / "docs/formats/attest.md").read_text(encoding="utf-8").partition("### Recipe\n")[2]
    profile, naming, signing_, python = re.findall(r"```(?:ini|sh|python)\n(.*?)```", page, flags=re.DOTALL)[:4]
    for name in ("attest", "trust"):
        (tmp_path / name).mkdir()
    (tmp_path / "further.cnf").write_text(profile)
    openssl.pem(tmp_path / "body.pem", WORLD.body.certificate)
    openssl.key(tmp_path / "body.key.pem", WORLD.body.key)
    follow("sh", "-ec", naming, folder=tmp_path)
    (person,) = certificates.read_pem((tmp_path / "sm2.pem").read_bytes())
    assert (tmp_path / "spki_sha256").read_text() == spki_of(person) + "\n"
    assert identity.has_role(person, FURTHER)
    both = signed(payload(signatories=[*BOTH, Signatory("further", spki_of(person))]), LEAD, REVIEWER)
    (tmp_path / "attest/verification.dsse.json").write_bytes(dsse.write(both))
    follow("sh", "-ec", signing_, folder=tmp_path)
    assert (tmp_path / "message").read_bytes() == signing.to_be_signed(both)
    follow(sys.executable, "-c", python, folder=tmp_path)
    whole = dsse.read((tmp_path / "attest/verification.dsse.json").read_bytes())
    assert whole.signatures[2].sig == (tmp_path / "signature").read_bytes()
    assert certificates.read_pem((tmp_path / "trust/further.pem").read_bytes()) == [person]


def follow(*command: str, folder: Path) -> None:
    """A step of the recipe, in its folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
