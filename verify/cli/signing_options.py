"""What `sign` and `countersign` ask alike: which key, whose clock, and whether the person means it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verify.cli.new_file import read_file
from verify.cli.options import FOLDER, speaking
from verify.errors import WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from cryptography import x509

    from verify.attest.signing import Signer

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Signing:
    """The options of one signature, as the command line gave them; secrets are read when they are needed."""

    key: str
    passphrase_file: Path | None
    clock: str
    clock_passphrase_file: Path | None
    quiet: bool
    lang: Language

    def signer(self) -> Signer:
        """The key's signer. Raises WrongUsage as `verify.attest.keys.read`."""
        from verify.cli.signer import signer_of

        return signer_of(self.key, self.passphrase_file, self.lang)

    def stamper(self) -> Callable[[bytes], bytes]:
        """What stamps a signature."""
        return stamper(self.clock, self.clock_passphrase_file, self.lang)

    def confirm(self, yes: bool) -> None:
        """On a terminal the person is asked before the signature is made. Raises click's Abort for a no."""
        if not yes and sys.stdin.isatty():
            click.confirm(say("cli.sign_confirm", self.lang), abort=True)


def stamper(clock: str, passphrase_file: Path | None, lang: Language) -> Callable[[bytes], bytes]:
    """What stamps a signature: an RFC 3161 address, or the folder of a local authority. Raises WrongUsage `cli.no_clock`."""
    from verify.attest import timestamp, timestamp_client
    from verify.attest.authority import open_authority
    from verify.cli.secrets import passphrase

    if clock.startswith(("http://", "https://")):
        return lambda signature: timestamp_client.ask(clock, signature)
    if not Path(clock).is_dir():
        raise WrongUsage("cli.no_clock", clock=clock)
    local = open_authority(Path(clock), passphrase(passphrase_file, lang, whose="clock")).clock()
    return lambda signature: local.answer(timestamp.request(signature), datetime.now(UTC))


def clock_options(*, required: bool) -> Callable[[F], F]:
    """``--clock`` and the passphrase of a local one."""

    def with_options(command: F) -> F:
        command = click.option(
            "--clock-passphrase-file", type=FOLDER, default=None, metavar="FILE", help="clock_passphrase"
        )(command)
        return click.option(
            "--clock", required=required, default=None if required else "", metavar="ADDRESS", help="sign_clock"
        )(command)

    return with_options


def signing_options(command: F) -> F:
    """The options of a `Signing`."""
    options = (
        click.option("--key", required=True, metavar="KEY", help="sign_key"),
        click.option("--passphrase-file", type=FOLDER, default=None, metavar="FILE", help="passphrase_file"),
        clock_options(required=True),
        click.option("-q", "--quiet", is_flag=True, help="quiet"),
    )
    command = speaking(command)
    for one in reversed(options):
        command = one(command)
    return command


def one_certificate(path: Path) -> x509.Certificate:
    """The one certificate of a PEM file. Raises WrongUsage where there is none, or more than one."""
    from verify.attest.certificates import read_pem

    found = read_pem(read_file(path))
    if len(found) != 1:
        raise WrongUsage("cli.one_certificate", path=str(path), count=len(found))
    return found[0]


def moment(token: bytes, language: Language) -> str:
    """The time in a token, for a person."""
    from verify.attest import timestamp

    return timestamp.said(token).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
