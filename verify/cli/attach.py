"""``truezero attach``: a signature that was made elsewhere (SM2 by a national token) joins those of a draft."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.new_file import free, put_new, read_file
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put
from verify.cli.signing_options import clock_options, moment, one_certificate, stamper
from verify.cli.worded import command
from verify.cli.writing import writing
from verify.errors import WrongUsage
from verify.words import Language, say


@command("attach")
@click.argument("draft", type=FOLDER)
@click.option("--write-bytes", "wanted", type=FOLDER, default=None, metavar="FILE", help="attach_bytes")
@click.option("--certificate", type=FOLDER, default=None, metavar="PEM", help="attach_certificate")
@click.option("--signature", type=FOLDER, default=None, metavar="DER", help="attach_signature")
@clock_options(required=False)
@speaking
def attach(
    draft: Path,
    wanted: Path | None,
    certificate: Path | None,
    signature: Path | None,
    clock: str,
    clock_passphrase_file: Path | None,
    lang: Language,
) -> int:
    """The bytes to be signed elsewhere, or the signature that came back; its words are in the catalogue."""
    from verify.bundle import open_container
    from verify.bundle.writing import renew_folder
    from verify.road import sealing

    members = open_container(draft).members
    if wanted is not None:
        free(wanted)
        put_new(wanted, sealing.to_be_signed(members))
        put(say("cli.bytes_written", lang, path=str(wanted)))
        return 0
    if certificate is None or signature is None or not clock:
        raise WrongUsage("cli.attach_needs")
    person = one_certificate(certificate)
    whole = sealing.attach(members, person, read_file(signature), stamper(clock, clock_passphrase_file, lang))
    with writing(draft):
        renew_folder(draft, whole)
    (token,) = (name for name in whole if name.endswith(".tsr") and whole[name] != members.get(name))
    put(say("cli.attached", lang, folder=str(draft), at=moment(whole[token], lang)))
    return 0
