"""``truezero keys``: from a new authority to a chain, lists and a rotated root, and what is said on the way."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from tests.acceptance.command import Said, no_trace_of_us, said, typed
from tests.unit.attest import local, openssl
from verify.attest import certificates, keys, profiles, requests, root
from verify.attest.authority import REASONS, create, open_authority
from verify.cli.keys_authority import REASONS as OFFERED

SECRET = "口令-quite-secret"
PEOPLE = {"lead": ("王芳", "wang@body.example.org"), "reviewer": ("李娜", "li@body.example.org")}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder of its own, with the passphrase in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUEZERO_PASSPHRASE", SECRET)
    monkeypatch.setenv("TRUEZERO_LANG", "en")


def ran(*words: str | Path, code: int = 0) -> Said:
    """`truezero keys <words>`: its exit code is as expected, no secret is on either stream, no line stands for nothing."""
    one = said("keys", *words)
    assert one.code == code, one.all
    assert SECRET not in one.all
    assert "PRIVATE KEY" not in one.all
    no_trace_of_us(one)
    assert (one.err == "") == (code == 0)
    return one


def made() -> Path:
    """A local authority of this moment."""
    create(Path("authority"), "核查机构", SECRET.encode(), datetime.now(UTC))
    return Path("authority")


def request(role: str) -> Path:
    """A person asks; the key is new."""
    name, email = PEOPLE[role]
    out = Path(f"{role}.request.pem")
    ran("request", f"{role}.key.pem", "--name", name, "--organisation", "核查机构", "--email", email, "-o", out)
    return out


def snapshot(folder: Path) -> dict[str, bytes]:
    return local.files(folder)


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """The disk is full when a file of this name gets its place."""
    held = os.link

    def link(source: Any, target: Any, **rest: Any) -> None:
        if Path(target).name == name:
            raise OSError(errno.ENOSPC, "full")
        held(source, target, **rest)

    with monkeypatch.context() as broken:
        broken.setattr(os, "link", link)
        yield


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_flow(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUEZERO_LANG", lang)
    begun = ran("authority", "authority", "--name", "核查机构", "--signers", "2", "--threshold", "2")
    folder = Path("authority")
    first = (folder / "trust" / "root.1.dsse.json").read_bytes()
    assert f"sha256:{root.payload_sha256(first)}" in begun.out
    assert hashlib.sha256(first).hexdigest() in begun.out
    warned = {"zh": ("只供测试", "不代表任何认可", "下一步"), "en": ("is for tests", "no accreditation", "Next:")}
    assert all(word in begun.out.replace("\n", "") for word in warned[lang])
    assert {path.stat().st_mode & 0o777 for path in folder.glob("*.key.pem")} == {0o600}

    for role, (name, email) in PEOPLE.items():
        path = request(role)
        asked = requests.read(path.read_bytes())
        assert (asked.common_name, asked.email) == (name, email)
        assert Path(f"{role}.key.pem").stat().st_mode & 0o777 == 0o600
        digest = profiles.spki_sha256(asked.key)
        assert digest in ran("show", path).out
        one = ran("enrol", folder, path, "--role", role, "-o", f"{role}.pem")
        (certificate,) = certificates.read_pem(Path(f"{role}.pem").read_bytes())
        serial = f"{certificate.serial_number:x}"
        assert all(word in one.out for word in (name, email, digest, serial, f"{role}.pem", "truezero sign "))

    chain = ran("chain", folder, "lead.pem", serial, "-o", "chain.pem")  # a file, a serial number
    assert "truezero publish " in chain.out
    held = certificates.read_pem(Path("chain.pem").read_bytes())
    assert [len(held), held[2].serial_number] == [3, certificate.serial_number]

    lists = ran("lists", folder, "-o", "crls.pem", "--days", "7")
    before = certificates.read_pem_lists(Path("crls.pem").read_bytes())
    assert [len(list(one)) for one in before] == [0, 0]
    assert "truezero publish " in lists.out

    gone = ran("revoke", folder, "lead.pem", "--reason", "keyCompromise", "--invalid-since", "2020-01-01")
    assert "truezero keys lists authority" in gone.out
    ran("lists", folder, "-o", "crls2.pem")
    (lead,) = certificates.read_pem(Path("lead.pem").read_bytes())
    _, of_body = certificates.read_pem_lists(Path("crls2.pem").read_bytes())
    entry = of_body.get_revoked_certificate_by_serial_number(lead.serial_number)
    assert entry is not None
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason is x509.ReasonFlags.key_compromise
    assert entry.extensions.get_extension_for_class(x509.InvalidityDate).value.invalidity_date_utc == datetime(
        2020, 1, 1, tzinfo=UTC
    )
    assert f"{lead.serial_number:x}" in ran("show", "crls2.pem").out

    turned = ran("rotate", folder, "--add", "1", "--retire", "2")
    second = (folder / "trust" / "root.2.dsse.json").read_bytes()
    assert root.successor(root.first(first, root.payload_sha256(first)), second).version == 2
    for word in (f"sha256:{root.payload_sha256(second)}", "root.signer.3.key.pem", "root.signer.2.key.pem"):
        assert word in turned.out
    shown = ran("show", folder, "chain.pem", folder / "trust" / "root.2.dsse.json").out
    assert shown.count(root.payload_sha256(second)) == 2
    assert "keyCompromise" in shown
    assert {path.name for path in Path().iterdir()} == {
        *("authority", "chain.pem", "crls.pem", "crls2.pem"),
        *(f"{role}{end}" for role in PEOPLE for end in (".pem", ".key.pem", ".request.pem")),
    }


@openssl.needed
def test_what_the_commands_wrote_is_what_openssl_takes() -> None:
    folder = made()
    ran("enrol", folder, request("lead"), "--role", "lead", "-o", "lead.pem", "--days", "30")
    for words in (
        ("req", "-in", "lead.request.pem", "-verify", "-noout"),
        ("pkey", "-in", "lead.key.pem", "-passin", f"pass:{SECRET}", "-noout"),
        (
            *("verify", "-x509_strict", "-attime", int(datetime.now(UTC).timestamp()) + 60),
            *("-CAfile", folder / "root.pem", "-untrusted", folder / "body.pem", "lead.pem"),
        ),
    ):
        done = openssl.run(*words)
        assert done.returncode == 0, done.stderr.decode()


def test_nothing_is_written_over() -> None:
    folder = made()
    path = request("lead")
    ran("enrol", folder, path, "--role", "lead", "-o", "lead.pem")
    before = snapshot(Path())
    for words in (
        ("authority", folder, "--name", "Another"),
        ("request", "lead.key.pem", "--name", "A", "--email", "a@b.example", "-o", path),
        ("request", "new.key.pem", "--name", "A", "--email", "a@b.example", "-o", "lead.pem"),
        ("enrol", folder, path, "--role", "lead", "-o", "lead.key.pem"),
        ("lists", folder, "-o", "lead.pem"),
        ("chain", folder, "lead.pem", "-o", "lead.pem"),
    ):
        assert "exists" in ran(*words, code=2).err
    assert snapshot(Path()) == before


def test_a_key_that_is_there_is_used_again() -> None:
    path = request("lead")
    key = Path("lead.key.pem").read_bytes()
    again = ran("request", "lead.key.pem", "--name", "王芳", "--email", "w@b.example", "-o", "again.pem")
    assert "was used" in again.out
    assert requests.read(path.read_bytes()).key == requests.read(Path("again.pem").read_bytes()).key
    assert Path("lead.key.pem").read_bytes() == key


def test_the_wrong_passphrase_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    folder, path = made(), request("lead")
    before = snapshot(Path())
    monkeypatch.setenv("TRUEZERO_PASSPHRASE", "another-secret")
    for words in (
        ("enrol", folder, path, "--role", "lead", "-o", "lead.pem"),
        ("lists", folder, "-o", "crls.pem"),
        ("rotate", folder, "--add", "1"),
        ("request", "lead.key.pem", "--name", "A", "--email", "a@b.example", "-o", "b.pem"),
    ):
        one = ran(*words, code=2)
        assert "passphrase is wrong" in one.err
        assert "another-secret" not in one.all
    assert snapshot(Path()) == before


def test_without_a_passphrase_nobody_is_asked_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRUEZERO_PASSPHRASE")
    one = typed("keys", "authority", "authority", "--name", "Body", cwd=Path.cwd())
    assert one.code == 2
    assert "--passphrase-file" in one.err
    Path("secret").write_text(f"{SECRET}\n", encoding="utf-8")
    Path("secret").chmod(0o600)
    one = typed("keys", "authority", "authority", "--name", "Body", "--passphrase-file", "secret", cwd=Path.cwd())
    assert (one.code, one.err) == (0, "")
    assert SECRET not in one.out
    assert open_authority(Path("authority"), SECRET.encode()).clock()
    Path("secret").chmod(0o644)
    assert "can be read by others" in ran("lists", "authority", "-o", "a", "--passphrase-file", "secret", code=2).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "nothing.pem"), "cannot be read"),
        (("show", "lead.key.pem"), "nothing of it is shown"),
        (("show", "text"), "no certificate, request"),
        (("show", "."), "not the folder of a local authority"),
        (("enrol", "authority", "text", "--role", "lead", "-o", "a.pem"), "not as it must be"),
        (("enrol", "authority", "authority/body.pem", "--role", "lead", "-o", "a.pem"), "not as it must be"),
        (("enrol", "authority", "nothing.pem", "--role", "lead", "-o", "a.pem"), "cannot be read"),
        (("enrol", "authority", "lead.request.pem", "--role", "lead", "-o", "no/a.pem"), "is no folder"),
        (("enrol", ".", "lead.request.pem", "--role", "lead", "-o", "a.pem"), "not the folder of a local authority"),
        (("enrol", "authority", "lead.request.pem", "--role", "owner", "-o", "a.pem"), "lead、reviewer"),
        (
            ("enrol", "authority", "lead.request.pem", "--role", "lead", "--days", "9999", "-o", "a"),
            "within the validity",
        ),
        (("request", "k", "--name", "A\tB", "--email", "a@b.example", "-o", "a.pem"), "common name"),
        (("request", "k", "--name", "A", "--email", "nowhere", "-o", "a.pem"), "e-mail"),
        (("request", "no/k", "--name", "A", "--email", "a@b.example", "-o", "a.pem"), "is no folder"),
        (("request", "pkcs11:object=a?pin-value=1", "--name", "A", "--email", "a@b.example", "-o", "a"), "PIN may not"),
        (("revoke", "authority", "abc"), "serial number abc"),
        (("revoke", "authority", "who"), "neither a certificate"),
        (("revoke", "authority", "authority/root.pem"), "cannot be revoked"),
        (("revoke", "authority", "abc", "--invalid-since", "yesterday"), "is no moment"),
        (("chain", "authority", "authority/clock.pem", "-o", "a.pem"), "not one of a person"),
        (("rotate", "authority"), "would change"),
        (("rotate", "authority", "--close", "authority/root.pem"), "--end"),
        (("rotate", "authority", "--retire", "7"), "number 7"),
        (("rotate", "authority", "--people", "authority/body.pem"), "no anchor"),
        (("authority", "new", "--name", "A", "--signers", "1"), "threshold"),
    ],
)
def test_what_is_refused_is_said_and_changes_nothing(words: tuple[str, ...], told: str) -> None:
    made()
    request("lead")
    Path("text").write_text("neither\n")
    before = snapshot(Path())
    assert told in ran(*words, code=2).err
    assert snapshot(Path()) == before


def test_a_rotation_short_of_the_old_threshold() -> None:
    folder = made()
    before = snapshot(folder)
    one = ran("rotate", folder, "--threshold", "1", "--signer", "2", code=4)
    assert "threshold of version 1" in one.err
    assert snapshot(folder) == before
    assert "signed by: 1, 3" in ran("rotate", folder, "--threshold", "1", "--signer", "1", "--signer", "3").out


def test_anchors_through_the_command() -> None:
    folder = made()
    ran("authority", "other", "--name", "Other", "--signers", "1", "--threshold", "1")
    words = ("--people", "other/root.pem", "--start", "2089-01-01", "--close", f"{folder}/root.pem", "--end")
    one = ran("rotate", folder, *words, "2090-06-30T12:00:00Z")
    assert "root.2.dsse.json" in one.out
    held = open_authority(folder).root.anchors
    (other,) = certificates.read_pem(Path("other/root.pem").read_bytes())
    own, added = held.people
    assert (own.end, added.certificate) == (datetime(2090, 6, 30, 12, tzinfo=UTC), other)
    assert (added.start, added.end) == (datetime(2089, 1, 1, tzinfo=UTC), None)
    assert [one.end for one in held.clocks] == [own.end]


def test_a_full_disk_says_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    folder, path = made(), request("lead")
    with full_disk(monkeypatch, "lead.pem"):
        one = ran("enrol", folder, path, "--role", "lead", "-o", "lead.pem", code=2)
    found = re.search(r"serial ([0-9a-f]+)", one.err)
    assert found is not None
    assert not Path("lead.pem").exists()
    ran("chain", folder, found[1], "-o", "chain.pem")  # as the message says
    with full_disk(monkeypatch, "new.key.pem"):
        words = ("request", "new.key.pem", "--name", "A", "--email", "a@b.example", "-o", "b.pem")
        assert "not written" in ran(*words, code=2).err
    with full_disk(monkeypatch, "root.signer.4.pem"):
        assert "not written" in ran("rotate", folder, "--add", "1", code=2).err
    with full_disk(monkeypatch, "clock.pem"):
        assert "not written" in ran("authority", "new", "--name", "A", code=2).err
    assert {path.name for path in Path().iterdir()} == {"authority", "chain.pem", "lead.key.pem", "lead.request.pem"}


def test_names_do_not_steer_a_terminal() -> None:
    """A certificate of somebody else may hold anything."""
    key = keys.generate()
    odd = profiles.root(profiles.name("Wang\x1b[31m\u202e"), key, local.MADE, local.MADE + local.DAY)
    Path("odd.pem").write_bytes(certificates.write_pem([odd]))
    shown = ran("show", "odd.pem").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\x1b" in shown


def test_the_offered_reasons_are_those_of_an_authority() -> None:
    assert {one.value for one in REASONS} == set(OFFERED)


def test_help_of_every_command() -> None:
    names = ["authority", "request", "enrol", "revoke", "lists", "chain", "rotate", "show"]
    for lang in ("zh", "en"):
        listed = said("keys", "--help", "--lang", lang).out
        assert (
            re.findall(r"(?m)^  ([a-z]+)  +\S", listed.partition({"zh": "命令：", "en": "Commands:"}[lang])[2]) == names
        )
        for name in names:
            one = said("keys", name, "--help", "--lang", lang)
            assert (one.code, one.err) == (0, "")
            assert f"truezero keys {name} " in one.out
            assert any("\u4e00" <= sign <= "\u9fff" for sign in one.out) == (lang == "zh")
