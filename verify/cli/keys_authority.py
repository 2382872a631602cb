"""What one does with a local authority: make it, enrol, revoke, and issue lists and chains."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from verify.cli.columns import aligned, wrapped
from verify.cli.keys_options import issued_by, moment_of, out_option, secret_option
from verify.cli.new_file import free, put_new, read_file
from verify.cli.options import FOLDER, mark, speaking
from verify.cli.out import put, put_all
from verify.cli.worded import Worded
from verify.errors import WrongUsage
from verify.words import Language, say

# The values of `attest.authority.REASONS`, which is not imported before a command runs; a test holds them together.
REASONS = (
    "unspecified",
    "keyCompromise",
    "cACompromise",
    "affiliationChanged",
    "superseded",
    "cessationOfOperation",
    "privilegeWithdrawn",
    "aACompromise",
)


@click.command("authority", cls=Worded, help="keys_authority")
@click.argument("folder", type=FOLDER)
@click.option("--name", required=True, metavar="NAME", help="keys_authority_name")
@click.option("--signers", type=click.IntRange(1, 99), default=3, metavar="N", help="keys_authority_signers")
@click.option("--threshold", type=click.IntRange(1, 99), default=2, metavar="N", help="keys_threshold")
@secret_option
@speaking
def authority(
    folder: Path, name: str, signers: int, threshold: int, passphrase_file: Path | None, lang: Language
) -> int:
    """A new local authority, what stands in it, and what it is not."""
    from verify.attest import authority_files
    from verify.attest.authority import create
    from verify.cli.key_lines import root_lines
    from verify.cli.secrets import passphrase

    authority_files.check(folder, name, signers, threshold)  # before anybody types a passphrase
    secret = passphrase(passphrase_file, lang, confirm=True)
    try:
        made = create(folder, name, secret, datetime.now(UTC), signers=signers, threshold=threshold)
    except OSError as error:
        raise WrongUsage("keys.not_written", path=str(folder), reason=os.strerror(error.errno or 0)) from error
    put(say("keys.created", lang, name=name, folder=str(folder)))
    put_all(
        aligned(
            [
                ["  root.pem body.pem clock.pem", say("keys.created_certificates", lang)],
                ["  *.key.pem", say("keys.created_keys", lang, count=len(list(folder.glob("*.key.pem"))))],
                ["  trust/root.1.dsse.json", say("keys.created_root", lang)],
                ["  issued.json", say("keys.created_state", lang)],
            ]
        )
    )
    put_all(root_lines(made.roots[0], made.root, str(folder / "trust" / "root.1.dsse.json"), lang))
    put_all(wrapped(say("keys.root_elsewhere", lang), 100))
    put_all(wrapped(f"{mark('warning')} {say('keys.created_warning', lang)}", 100))
    put(say("keys.created_next", lang, folder=str(folder)))
    return 0


@click.command("enrol", cls=Worded, help="keys_enrol")
@click.argument("authority", type=FOLDER)
@click.argument("request", type=FOLDER)
@click.option("--role", type=click.Choice(["lead", "reviewer"]), required=True, help="keys_enrol_role")
@click.option("--days", type=click.IntRange(1), default=365, metavar="N", help="keys_enrol_days")
@out_option("keys_enrol_out")
@secret_option
@speaking
def enrol(
    authority: Path, request: Path, role: str, days: int, out: Path, passphrase_file: Path | None, lang: Language
) -> int:
    """The certificate of a person."""
    from verify.attest import requests
    from verify.attest.authority import open_authority
    from verify.attest.certificates import write_pem
    from verify.cli.key_lines import certificate_rows
    from verify.cli.secrets import passphrase

    free(out)
    open_authority(authority)
    asked = read_file(request)
    requests.read(asked)
    held = open_authority(authority, passphrase(passphrase_file, lang))
    made = held.enrol(asked, role, datetime.now(UTC), days)
    serial = f"{made.serial_number:x}"
    try:
        put_new(out, write_pem([made]))
    except WrongUsage as error:
        reason = str(error.arguments.get("reason", say(error.key, lang, **error.arguments)))
        raise WrongUsage(
            "keys.issued_not_written", serial=serial, path=str(out), reason=reason, folder=str(authority)
        ) from error
    put(say("keys.enrolled", lang, path=str(out)))
    put_all(aligned(certificate_rows(made, lang)))
    put(say("keys.enrolled_check", lang, folder=str(authority), serial=serial))
    put(say(f"keys.enrolled_next_{role}", lang, path=str(out)))
    return 0


@click.command("revoke", cls=Worded, help="keys_revoke")
@click.argument("authority", type=FOLDER)
@click.argument("certificate")
@click.option("--reason", type=click.Choice(REASONS), default="unspecified", help="keys_revoke_reason")
@click.option("--invalid-since", metavar="TIME", callback=moment_of, default=None, help="keys_revoke_since")
@speaking
def revoke(authority: Path, certificate: str, reason: str, invalid_since: datetime | None, lang: Language) -> int:
    """A revocation in the authority's record."""
    from cryptography import x509

    from verify.attest import revocation, shape
    from verify.attest.authority import open_authority
    from verify.attest.identity import subject_text

    held = open_authority(authority)
    serial = issued_by(held, certificate).serial_number
    flag = x509.ReasonFlags(reason)
    one = held.revoke(serial, datetime.now(UTC), flag, invalid_since)
    assert one.revoked is not None
    subject, at = subject_text(one.certificate), shape.stamp(one.revoked.at)
    put(say("keys.revoked", lang, subject=subject, serial=f"{serial:x}", reason=reason, at=at))
    if flag in revocation.COMPROMISE:
        put(say("keys.revoked_compromise", lang))
    elif invalid_since is not None:
        put(say("keys.revoked_since", lang, since=shape.stamp(invalid_since)))
    put(say("keys.revoked_next", lang, folder=str(authority)))
    return 0


@click.command("lists", cls=Worded, help="keys_lists")
@click.argument("authority", type=FOLDER)
@click.option("--days", type=click.IntRange(1), default=30, metavar="N", help="keys_lists_days")
@out_option("keys_lists_out")
@secret_option
@speaking
def lists(authority: Path, days: int, out: Path, passphrase_file: Path | None, lang: Language) -> int:
    """The revocation lists of this moment."""
    from verify.attest import certificates, shape
    from verify.attest.authority import open_authority
    from verify.cli.secrets import passphrase

    free(out)
    open_authority(authority)
    held = open_authority(authority, passphrase(passphrase_file, lang))
    data = held.lists(datetime.now(UTC), days)
    put_new(out, data)
    made = certificates.read_pem_lists(data)
    this, until = made[0].last_update_utc, made[0].next_update_utc
    assert until is not None
    put(
        say(
            "keys.listed",
            lang,
            path=str(out),
            number=held.state.list_number,
            this=shape.stamp(this),
            next=shape.stamp(until),
            count=sum(len(list(one)) for one in made),
        )
    )
    put(say("keys.listed_next", lang, path=str(out), this=shape.stamp(this)))
    return 0


@click.command("chain", cls=Worded, help="keys_chain")
@click.argument("authority", type=FOLDER)
@click.argument("people", nargs=-1, required=True)
@out_option("keys_chain_out")
@speaking
def chain(authority: Path, people: tuple[str, ...], out: Path, lang: Language) -> int:
    """The certificates that a bundle carries."""
    from verify.attest.authority import open_authority

    free(out)
    held = open_authority(authority)
    found = list(dict.fromkeys(issued_by(held, one) for one in people))
    put_new(out, held.chain(*found))
    put(say("keys.chained", lang, path=str(out), count=len(found)))
    put(say("keys.chained_next", lang, path=str(out)))
    return 0
