"""`log:` in engagement.yaml and `publish --log`: sign, countersign, log, release, cosign, publish, and what stops it on the way."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.acceptance.command import Said, said
from tests.unit.cli.test_signing_flow import MANDATE, SECRET, World, begun
from tests.unit.log.logs import CONTENTS, ORIGIN
from verify.attest import dsse, statement
from verify.attest.log import kinds
from verify.bundle import open_container

BODY = "body-017"


@pytest.fixture(scope="module")
def signed_by_both(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A draft that names a log and has both signatures; the opening and the verdict are logged, nothing is released."""
    world = begun(tmp_path_factory.mktemp("logged"), f"{MANDATE}log: {ORIGIN}\n")
    assert world.countersign().code == 0
    payload = dsse.read((world.at / "draft" / "attest" / "verification.dsse.json").read_bytes()).payload
    told = statement.read(payload)
    assert told.log_origin == ORIGIN
    secret = ["--passphrase-file", world.at / "secret"]
    key = log(world, "init", world.at / "log", "--origin", ORIGIN, "--key", world.at / "log.pem", *secret)
    opening = CONTENTS[kinds.OPENED] | {"engagement_id": told.engagement_id, "park": told.park, "period": "2026"}
    verdict = {
        "opinion": told.opinion,
        "statement_sha256": hashlib.sha256(payload).hexdigest(),
        "verdicts": dict(told.verdicts),
    }
    drafts = {
        "opened": {"kind": kinds.OPENED, "content": opening, "deadline": "2099-12-31"},
        "verdict": {"kind": kinds.VERDICT, "content": verdict, "engagement": "1"},
    }
    for name, held in drafts.items():
        (world.at / f"{name}.json").write_text(json.dumps(held | {"body": BODY}), encoding="utf-8")
        files = [world.at / f"{name}.json", "--key", world.at / "log.pem", "-o", world.at / f"{name}.text"]
        log(world, "append", world.at / "log", *files, *secret)
    (world.at / "log.vkey").write_text(key.out.split()[-1], encoding="ascii")
    return world


@pytest.fixture
def world(signed_by_both: World, tmp_path: Path) -> World:
    """A copy of it."""
    shutil.copytree(signed_by_both.at, tmp_path / "world")
    return World(tmp_path / "world")


def log(world: World, *words: str | Path) -> Said:
    """One command of ``truezero log`` that works."""
    told = said("log", *words, "--lang", "en")
    assert told.code == 0, (words, told.all, world)
    return told


def cosigned(world: World) -> Path:
    """Texts released, two witnesses' lines under the checkpoint; the policy that names them."""
    for name in ("opened", "verdict"):
        log(world, "release", world.at / "log", world.at / f"{name}.text")
    own = (world.at / "log.vkey").read_text(encoding="ascii")
    lines = [f"log {own}"]
    for name in ("one", "two"):
        files = ["--key", world.at / f"{name}.pem", "--seen", world.at / f"{name}.json"]
        told = log(
            *(world, "witness", world.at / "log", "--log-key", own, "--name", f"{name}.example", *files),
            *("--passphrase-file", world.at / "secret"),
        )
        lines.append(f"witness {name} {told.out.split()[-1]}")
    path = world.at / "policy"
    path.write_text("\n".join([*lines, "group both all one two", "quorum both", ""]), encoding="utf-8")
    return path


def test_a_bundle_with_its_log_is_published_and_verified(world: World) -> None:
    policy = cosigned(world)
    told = world.publish("--log", world.at / "log")
    assert told.code == 0, told.all
    members = open_container(world.at / "bundle.zip").members
    assert sorted(name for name in members if name.startswith("log/")) == [
        *("log/engagement.tlog-proof", "log/entries", "log/released.jsonl", "log/verdict.tlog-proof"),
    ]
    assert "verifier.html" not in members  # a page that comes with the bundle proves nothing about itself (V9)
    for what in ("bundle", "bundle.zip"):
        seen = world.verified(what, "--log-policy", policy)
        assert (seen.code, json.loads(seen.out)["state"]) == (0, "verified"), seen.all
    without = world.verified()
    assert (without.code, json.loads(without.out)["state"]) == (4, "not_checked")
    assert SECRET.decode() not in told.all


def test_the_next_root_names_the_keys_and_no_policy_is_needed(world: World) -> None:
    policy = cosigned(world)
    secret = ["--passphrase-file", world.at / "secret"]
    told = said("keys", "rotate", world.at / "authority", "--log-policy", policy, *secret, "--lang", "en")
    assert told.code == 0, told.all
    second = world.at / "authority" / "trust" / "root.2.dsse.json"
    shown = said("keys", "show", second, "--lang", "en")
    assert shown.out.count("key of a witness") == 2
    assert world.publish("--root", second, "--log", world.at / "log").code == 0
    seen = world.verified()  # by a reader who holds version 1
    assert (seen.code, json.loads(seen.out)["state"]) == (0, "verified"), seen.all
    again = said("keys", "rotate", world.at / "authority", "--log-policy", policy, *secret, "--lang", "en")
    assert again.code == 2


def test_one_witness_is_too_few(world: World) -> None:
    policy = cosigned(world)
    lines = [
        one for one in (world.at / "log" / "checkpoint").read_bytes().splitlines(keepends=True) if b"two.ex" not in one
    ]
    (world.at / "log" / "checkpoint").write_bytes(b"".join(lines))
    assert world.publish("--log", world.at / "log").code == 0
    seen = world.verified("bundle", "--log-policy", policy)
    failed = [one["name"] for one in json.loads(seen.out)["checks"] if one["state"] == "failed"]
    assert (seen.code, failed) == (4, ["log_witnesses"])


def test_nothing_is_published_that_the_engagement_has_not_released(world: World) -> None:
    stopped = world.publish("--log", world.at / "log")
    assert stopped.code == 4
    assert "not released yet" in stopped.err
    log(world, "release", world.at / "log", world.at / "verdict.text")
    again = world.publish("--log", world.at / "log")
    assert (again.code, "opening of the engagement is not released" in again.err) == (4, True)
    assert not (world.at / "bundle").exists()
    assert not (world.at / "bundle.zip").exists()


def test_a_statement_that_names_a_log_is_published_with_it_alone(world: World) -> None:
    stopped = world.publish()
    assert stopped.code == 2
    assert "--log" in stopped.err
    assert ORIGIN in stopped.err
    assert not (world.at / "bundle").exists()


def test_a_log_that_the_statement_does_not_name_is_refused(world: World, tmp_path: Path) -> None:
    secret = ["--passphrase-file", world.at / "secret"]
    log(world, "init", world.at / "other", "--origin", "other.example", "--key", world.at / "log.pem", *secret)
    stopped = world.publish("--log", world.at / "other")
    assert stopped.code == 4, stopped.all
    assert not (world.at / "bundle").exists()
