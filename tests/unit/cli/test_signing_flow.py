"""``truezero sign``, ``countersign``, ``publish``, ``replay``: from a submission to a bundle, and what stops it on the way.

One world is made once: an authority, two people, a draft that the lead signed. Each test works on its own copy.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.acceptance.command import Said, no_trace_of_us, said
from verify import resources
from verify.attest import keys, requests
from verify.attest.authority import Authority, create

SECRET = b"a passphrase of the test"
SUBMISSION = resources.parks() / "honest-met"
MANDATE = "engagement_id: body-017/2026-0042\nverifier: https://body.example.org/\n"


@dataclass(frozen=True)
class World:
    """A folder with everything that the commands need."""

    at: Path

    @property
    def authority(self) -> Authority:
        return Authority(self.at / "authority", SECRET)

    def who(self, role: str) -> list[str | Path]:
        secret = self.at / "secret"
        return [
            *("--key", self.at / f"{role}.key.pem", "--passphrase-file", secret),
            *("--clock", self.at / "authority", "--clock-passphrase-file", secret, "--lang", "en"),
        ]

    def sign(self, out: str = "draft", submission: Path = SUBMISSION, *more: str | Path) -> Said:
        people = ["--certificate", self.at / "lead.pem", "--reviewer", self.at / "reviewer.pem"]
        return said(
            *("sign", submission, "--engagement", self.at / "engagement.yaml", *people),
            *(*self.who("lead"), *more, "-o", self.at / out),
        )

    def countersign(self, *more: str | Path, role: str = "reviewer") -> Said:
        return said("countersign", self.at / "draft", *self.who(role), *more)

    def publish(self, *more: str | Path) -> Said:
        now = datetime.now(UTC)
        (self.at / "crls.pem").write_bytes(self.authority.lists(now))
        (self.at / "chain.pem").write_bytes(self.authority.chain())
        root = self.at / "authority" / "trust" / "root.1.dsse.json"
        files = ["--chain", self.at / "chain.pem", "--lists", self.at / "crls.pem", "--root", root]
        return said("publish", self.at / "draft", *files, *more, "-o", self.at / "bundle", "--lang", "en")

    def verified(self, what: str = "bundle", *more: str | Path) -> Said:
        root = self.at / "authority" / "trust" / "root.1.dsse.json"
        return said("verify-bundle", self.at / what, "--root", root, "--json", *more)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A draft with the lead's signature."""
    return begun(tmp_path_factory.mktemp("signed"), MANDATE)


def begun(at: Path, mandate: str) -> World:
    """An authority, two people, and a draft over this mandate that the lead signed."""
    world = enrolled(at, mandate)
    one = world.sign()
    assert one.code == 0, one.all
    return world


def enrolled(at: Path, mandate: str = MANDATE) -> World:
    """An authority, two people with their keys and certificates, an engagement."""
    (at / "secret").write_bytes(SECRET + b"\n")
    (at / "secret").chmod(0o600)
    (at / "engagement.yaml").write_text(mandate, encoding="utf-8")
    authority = create(at / "authority", "核查机构", SECRET, datetime.now(UTC))
    for role, name in (("lead", "王芳"), ("reviewer", "李娜")):
        key = keys.generate()
        keys.write(at / f"{role}.key.pem", key, SECRET)
        person = authority.enrol(
            requests.request(key, name, "核查机构", f"{role}@body.example.org"), role, datetime.now(UTC)
        )
        from verify.attest.certificates import write_pem

        (at / f"{role}.pem").write_bytes(write_pem([person]))
    return World(at)


@pytest.fixture
def world(signed: World, tmp_path: Path) -> World:
    """A copy of it."""
    shutil.copytree(signed.at, tmp_path / "world")
    return World(tmp_path / "world")


def test_two_people_sign_and_anyone_verifies(world: World) -> None:
    both = world.countersign("--data", SUBMISSION)
    assert both.code == 0, both.all
    assert "Rerun on the data; the facts digest is the one that the lead signed." in both.out
    out = world.publish()
    assert out.code == 0, out.all
    for what in ("bundle", "bundle.zip"):
        seen = world.verified(what)
        assert seen.code == 0, seen.all
        assert json.loads(seen.out)["state"] == "verified"
    same = said("replay", world.at / "bundle.zip", "--data", SUBMISSION, "--json")
    assert (same.code, json.loads(same.out)["same"]) == (0, True)
    assert SECRET.decode() not in both.all + out.all


def test_other_data_replay_differently_and_the_places_are_named(world: World) -> None:
    other = world.at / "other"
    shutil.copytree(SUBMISSION, other)
    lines = (other / "activity.csv").read_text(encoding="utf-8").splitlines()
    (other / "activity.csv").write_text(
        "\n".join([*lines[:-1], _tenth_more(lines[0], lines[-1])]) + "\n", encoding="utf-8"
    )
    again = said("replay", world.at / "draft", "--data", other, "--json")
    told = json.loads(again.out)
    assert again.code == 4
    assert told["same"] is False
    assert told["facts_sha256"]["signed"] != told["facts_sha256"]["again"]
    assert told["ruler_sha256"]["signed"] == told["ruler_sha256"]["again"]
    assert told["differing"] >= len(told["differences"]) > 0
    stopped = world.countersign("--data", other)
    assert stopped.code == 4
    assert not (world.at / "draft" / "attest" / "reviewer.tsr").exists()


def _tenth_more(head: str, line: str) -> str:
    fields, at = line.split(","), head.split(",").index("quantity")
    return ",".join([*fields[:at], f"{float(fields[at]) * 1.1:.3f}", *fields[at + 1 :]])


@pytest.mark.parametrize("member", ["report.json", "index.html", "data/items.csv", "ruler.json", "SHA256SUMS"])
def test_nobody_countersigns_what_the_lead_did_not_sign(world: World, member: str) -> None:
    path = world.at / "draft" / member
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    stopped = world.countersign()
    assert stopped.code == 4, stopped.all
    no_trace_of_us(stopped)
    assert not (world.at / "draft" / "attest" / "reviewer.tsr").exists()


def test_the_lead_cannot_review(world: World) -> None:
    stopped = world.countersign(role="lead")
    assert stopped.code in {2, 4}, stopped.all
    assert not (world.at / "draft" / "attest" / "reviewer.tsr").exists()


def test_a_draft_with_one_signature_is_not_published(world: World) -> None:
    stopped = world.publish()
    assert stopped.code == 4
    assert "signature of the reviewer" in stopped.err
    assert not (world.at / "bundle").exists()
    assert not (world.at / "bundle.zip").exists()


def test_lists_older_than_the_signature_are_not_packed(world: World) -> None:
    assert world.countersign().code == 0
    early = world.authority.lists(datetime(2026, 1, 2, tzinfo=UTC), 20_000)
    (world.at / "early.pem").write_bytes(early)
    root = world.at / "authority" / "trust" / "root.1.dsse.json"
    (world.at / "chain.pem").write_bytes(world.authority.chain())
    files = ["--chain", world.at / "chain.pem", "--lists", world.at / "early.pem", "--root", root]
    stopped = said("publish", world.at / "draft", *files, "-o", world.at / "bundle", "--lang", "en")
    assert stopped.code == 4
    assert "before the signature" in stopped.err
    assert sorted(path.name for path in world.at.iterdir() if path.name.startswith(("bundle", "."))) == []


def test_a_person_revoked_before_publication_stops_it(world: World) -> None:
    assert world.countersign().code == 0
    from verify.attest.certificates import read_pem

    (lead,) = read_pem((world.at / "lead.pem").read_bytes())
    world.authority.revoke(lead.serial_number, datetime(2026, 1, 1, tzinfo=UTC))
    stopped = world.publish()
    assert stopped.code == 4
    assert "is revoked since" in stopped.err


def test_an_engagement_says_where_it_is_wrong(world: World) -> None:
    (world.at / "engagement.yaml").write_text("engagement_id: x\nverifer: y\n", encoding="utf-8")
    stopped = world.sign("other")
    assert stopped.code == 2
    assert "engagement.yaml:2:1" in stopped.err
    assert "verifer" in stopped.err
    assert not (world.at / "other").exists()


def test_a_wrong_passphrase_leaves_nothing(world: World) -> None:
    (world.at / "secret").write_bytes(b"another\n")
    stopped = world.countersign()
    assert stopped.code == 2
    no_trace_of_us(stopped)
    assert not (world.at / "draft" / "attest" / "reviewer.tsr").exists()


def test_a_draft_is_not_written_over(world: World) -> None:
    before = {path: path.read_bytes() for path in (world.at / "draft").rglob("*") if path.is_file()}
    stopped = world.sign("draft")
    assert stopped.code == 2, stopped.all
    assert before == {path: path.read_bytes() for path in (world.at / "draft").rglob("*") if path.is_file()}


def test_no_secret_is_readable_by_others(signed: World) -> None:
    for path in signed.at.rglob("*.key.pem"):
        assert path.stat().st_mode & 0o077 == 0
