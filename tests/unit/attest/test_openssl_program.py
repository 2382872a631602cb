"""Finding and running the openssl program: what is fit, what of the caller's environment it sees, how it may fail."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.attest import national
from tests.unit.attest import openssl as outside
from tests.unit.attest.further_signed import Nation
from tests.unit.attest.people import END, SIGNED
from verify.attest import openssl, sm2
from verify.attest.outcome import NotChecked, Record
from verify.errors import NotVerified
from verify.words import LANGUAGES, say

posix = pytest.mark.skipif(os.name == "nt", reason="stand-ins for openssl are shell scripts")
REAL = '[ "$1" = version ] && echo "OpenSSL 3.0.19 27 Jan 2026" && exit 0\n'


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch, *behind: Path) -> Path:
    """A program named openssl, the only one in PATH but for the folders behind it."""
    folder.mkdir(exist_ok=True)
    (folder / "openssl").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "openssl").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (folder, *behind))))
    return folder / "openssl"


def refused() -> tuple[str, object]:
    with pytest.raises(NotChecked) as error:
        openssl.find()
    for language in LANGUAGES:
        assert say(error.value.key, language, **error.value.arguments)
    return error.value.key, error.value.arguments.get("version", error.value.arguments.get("detail"))


@national.needed
def test_the_example_of_the_standard() -> None:
    """GB/T 32918.5 annex A, over the program that is here, which says its version as `openssl version` does."""
    program = openssl.find()
    program.verify_sm2(sm2.EXAMPLE)
    assert outside.run("version").stdout.decode().split()[1] == program.version
    changed = bytes((sm2.EXAMPLE.message[0] ^ 1,)) + sm2.EXAMPLE.message[1:]
    for wrong in (
        replace(sm2.EXAMPLE, message=changed),
        replace(sm2.EXAMPLE, signature=sm2.EXAMPLE.signature[:-1] + bytes((sm2.EXAMPLE.signature[-1] ^ 1,))),
        replace(sm2.EXAMPLE, spki=sm2.EXAMPLE.spki[:-1] + bytes((sm2.EXAMPLE.spki[-1] ^ 1,))),  # off the curve
    ):
        with pytest.raises(NotVerified) as error:
            program.verify_sm2(wrong)
        assert error.value.key == "attest.signature_wrong"


@national.needed
def test_nothing_of_the_caller_leaks_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A configuration that breaks openssl when it is read, and folders of modules and certificates that are not there."""
    broken = tmp_path / "openssl.cnf"
    broken.write_text("openssl_conf = one\n[one]\nproviders = two\n[two]\nlegacy = three\n[three]\nactivate = 1\n")
    for name in ("OPENSSL_MODULES", "OPENSSL_ENGINES", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("OPENSSL_CONF", str(broken))
    assert outside.run("dgst", "-sm3", feed=b"x").returncode != 0  # the twin that leaks
    openssl.find().verify_sm2(sm2.EXAMPLE)


@posix
def test_its_environment_and_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A private folder that is gone afterwards; an empty configuration in it; no variable of the caller."""
    seen = tmp_path / "seen"
    stand_in(
        tmp_path / "bin", f'{{ /usr/bin/env; pwd; stat -c %a .; wc -c openssl.cnf; }} > "{seen}"; exit 1', monkeypatch
    )
    monkeypatch.setenv("A_SECRET", "of the caller")
    monkeypatch.setenv("OPENSSL_CONF", "/nowhere")
    refused()
    lines = seen.read_text().splitlines()
    folder, mode, size = lines[-3:]
    names = {line.partition("=")[0] for line in lines[:-3]}
    assert names <= {"LC_ALL", "OPENSSL_CONF", "PWD", "OLDPWD", "SHLVL", "_"}  # the shell of the stand-in adds its own
    assert f"OPENSSL_CONF={folder}/openssl.cnf" in lines
    assert (mode, size) == ("700", "0 openssl.cnf")
    assert not Path(folder).exists()


@posix
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ('echo "LibreSSL 3.8.2"', ("attest.openssl_unfit", "LibreSSL 3.8.2")),
        ('echo "OpenSSL 1.1.1w  11 Sep 2023"', ("attest.openssl_unfit", "OpenSSL 1.1.1w")),
        ("true", ("attest.openssl_unfit", "?")),
        (REAL + 'echo "Signature Verified Successfully"', ("attest.openssl_unfit", "OpenSSL 3.0.19")),
        (REAL + "echo unknown curve >&2; exit 1", ("attest.openssl_unfit", "OpenSSL 3.0.19")),
        (REAL + "kill -9 $$", ("attest.openssl_failed", "signal 9")),
    ],
    ids=["another library", "too old", "says nothing", "says yes to all", "built without SM2", "crashes"],
)
def test_unfit(script: str, reason: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", script, monkeypatch)
    assert refused() == reason


@posix
def test_one_that_does_not_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path / "bin", "while :; do :; done", monkeypatch)
    monkeypatch.setattr(openssl, "TIMEOUT", 0.2)
    assert refused() == ("attest.openssl_failed", "> 0.2 s")


@posix
@national.needed
def test_the_first_fit_one_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert outside.PROGRAM is not None
    stand_in(tmp_path / "bin", 'echo "LibreSSL 3.8.2"', monkeypatch, Path(outside.PROGRAM).parent)
    assert openssl.find().program == Path(outside.PROGRAM)


@posix
def test_never_from_the_current_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder of a bundle may hold a program of that name."""
    stand_in(tmp_path / "bin", f'touch "{tmp_path}/ran"', monkeypatch)
    monkeypatch.chdir(tmp_path / "bin")
    for path in ("", ".", os.pathsep, f".{os.pathsep}../bin"):
        monkeypatch.setenv("PATH", path)
        assert refused()[0] == "attest.openssl_absent"
    assert not (tmp_path / "ran").exists()


@national.needed
def test_a_link_of_a_chain(nation: Nation) -> None:
    program, person = openssl.find(), nation.person.certificate
    assert program.verify_link(person, nation.authority.certificate, SIGNED) is None
    assert program.verify_link(person, nation.root.certificate, SIGNED) == "unable to get local issuer certificate"
    assert program.verify_link(person, nation.authority.certificate, END.replace(year=2031)) is not None


def test_not_checked_is_neither_verified_nor_failed() -> None:
    def check() -> None:
        raise NotChecked("attest.openssl_absent")

    record = Record()
    assert record.run("one", check) is None
    assert [(one.state, one.key) for one in record.checks] == [("not_checked", "attest.openssl_absent")]
    assert issubclass(NotChecked, NotVerified)  # whoever knows two states only takes it for the worse one
