"""``truezero log``: from an empty folder to an audited log; what does not hold ends with 4, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.command import Said, said
from tests.unit.log.logs import CONTENTS, ORIGIN
from verify.attest.log import kinds, note, proof, reading

PASSPHRASE = "horse and cart"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a passphrase file and drafts of entries."""
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSPHRASE}\n")
    secret.chmod(0o600)
    opening = {"body": "body-017", "content": CONTENTS[kinds.OPENED], "deadline": "2099-12-31", "kind": kinds.OPENED}
    (tmp_path / "opened.json").write_text(json.dumps(opening, indent=1))
    end = {"body": "body-017", "content": CONTENTS[kinds.TERMINATED], "engagement": "1", "kind": kinds.TERMINATED}
    (tmp_path / "ended.json").write_text(json.dumps(end))
    (tmp_path / "wrong.json").write_text(json.dumps(end | {"engagement": 2}))
    key = {"body": "body-017", "content": CONTENTS[kinds.KEY], "kind": kinds.KEY}
    (tmp_path / "key.json").write_text(json.dumps(key))
    return tmp_path


def log(desk: Path, *words: str | Path, lang: str = "en") -> Said:
    """``truezero log`` with the passphrase of the desk where a key is named."""
    secret = ["--passphrase-file", desk / "secret"] if "--key" in words else []
    return said("log", *words, *secret, "--lang", lang)


def append(desk: Path, name: str) -> Said:
    """Log the draft of this name."""
    return log(
        desk, "append", desk / "log", desk / f"{name}.json", "--key", desk / "k.pem", "-o", desk / f"{name}.text"
    )


def key_of(told: Said) -> str:
    """The vkey on the last line."""
    return str(note.read_key(told.out.split()[-1]))


def begun(desk: Path) -> str:
    """A new log; its key."""
    made = log(desk, "init", desk / "log", "--origin", ORIGIN, "--key", desk / "k.pem")
    assert made.code == 0, made.err
    return key_of(made)


def test_from_an_empty_folder_to_an_audited_log(desk: Path) -> None:
    own = begun(desk)
    assert (desk / "k.pem").stat().st_mode & 0o077 == 0
    for name in ("opened", "ended", "key"):
        assert append(desk, name).code == 0
    assert (desk / "opened.text").stat().st_mode & 0o077 == 0
    lines = [f"log {own}"]
    for name in ("one", "two"):
        words = (
            "--log-key",
            own,
            "--name",
            f"{name}.example",
            "--key",
            desk / f"{name}.pem",
            "--seen",
            desk / f"{name}.json",
        )
        told = log(desk, "witness", desk / "log", *words)
        assert told.code == 0, told.err
        lines.append(f"witness {name} {key_of(told)}")
    (desk / "policy").write_text("\n".join([*lines, "group both all one two", "quorum both", ""]))
    assert log(desk, "release", desk / "log", desk / "opened.text").code == 0
    audited = log(desk, "audit", desk / "log", "--log-policy", desk / "policy", lang="zh")
    assert (audited.code, audited.err) == (0, "")
    assert "日志核验通过" in audited.out
    assert log(desk, "prove", desk / "log", "0", "-o", desk / "p").code == 0
    held = proof.read((desk / "p").read_bytes())
    held.verify(reading.open_log(desk / "log").entry(0))
    assert b"PX-1" in held.extra
    shown = log(desk, "show", desk / "log").out
    assert shown.count("text not released") == 1  # the end; opening and key event are open to read
    assert log(desk, "audit", desk / "log").code == 4  # no keys: not checked


def test_what_does_not_hold_ends_with_4(desk: Path) -> None:
    own = begun(desk)
    append(desk, "opened")
    words = ("--log-key", own, "--name", "w.example", "--key", desk / "w.pem", "--seen", desk / "seen")
    assert log(desk, "witness", desk / "log", *words).code == 0
    early = (desk / "log/checkpoint").read_bytes()
    (desk / "early").write_bytes(early)
    (desk / "log").rename(desk / "old")
    again = log(desk, "init", desk / "log", "--origin", ORIGIN, "--key", desk / "k.pem")
    assert key_of(again) == own
    for lang, text in (("en", "went back"), ("zh", "日志倒退")):
        told = log(desk, "witness", desk / "log", *words, lang=lang)
        assert told.code == 4
        assert text in told.err
    assert "went back" in log(desk, "audit", desk / "log", "--since", desk / "early").out
    tile = desk / "old/tile/entries/000.p/1"
    tile.write_bytes(tile.read_bytes().replace(b"body-017", b"body-018"))
    assert log(desk, "prove", desk / "old", "0", "-o", desk / "p").code == 4
    assert not (desk / "p").exists()


def test_what_cannot_be_logged_leaves_nothing(desk: Path) -> None:
    begun(desk)
    append(desk, "opened")
    told = append(desk, "wrong")
    assert told.code == 2
    assert not (desk / "wrong.text").exists()
    (desk / "bad.json").write_text('{"body": "b", "kind": "verdict", "content": {}}')
    assert append(desk, "bad").code == 2
    assert log(desk, "show", desk).code == 2
    assert append(desk, "opened").code == 2  # its text is not written over
    assert reading.open_log(desk / "log").size == 1
