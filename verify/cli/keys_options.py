"""What the commands under ``truezero keys`` share: secrets, moments, and naming a certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verify.cli.options import FOLDER
from verify.cli.signing_options import one_certificate
from verify.errors import WrongUsage

if TYPE_CHECKING:
    from cryptography import x509

    from verify.attest.authority import Authority

F = TypeVar("F", bound=Callable[..., Any])


def secret_option(command: F) -> F:
    """``--passphrase-file``, of the key or the authority that the command opens."""
    return click.option("--passphrase-file", type=FOLDER, metavar="FILE", default=None, help="passphrase_file")(command)


def out_option(key: str) -> Callable[[F], F]:
    """``-o``: the new file that a command writes."""
    return click.option("-o", "--out", type=FOLDER, metavar="FILE", required=True, help=key)


def moment_of(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """A day, or a moment of UTC. Raises WrongUsage `keys.bad_moment`."""
    if value is None:
        return None
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"):
        try:
            return datetime.strptime(value, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise WrongUsage("keys.bad_moment", value=value)


def issued_by(authority: Authority, named: str) -> x509.Certificate:
    """The certificate that a file or a serial number names, among those that the authority issued.

    Raises WrongUsage `keys.bad_who`, `attest.serial_unknown`, `attest.not_issued_here`.
    """
    from verify.attest.identity import subject_text

    if Path(named).is_file():
        certificate = one_certificate(Path(named))
        if certificate not in [one.certificate for one in authority.state.issued]:
            raise WrongUsage("attest.not_issued_here", subject=subject_text(certificate))
        return certificate
    try:
        serial = int(named.replace(":", ""), 16)
    except ValueError:
        raise WrongUsage("keys.bad_who", value=named) from None
    return authority.state.found(serial).certificate
