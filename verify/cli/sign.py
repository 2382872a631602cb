"""``truezero sign``: the lead's command; verifies, makes what will be published, and signs it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from verify.cli.options import FOLDER, progress
from verify.cli.out import put, put_all
from verify.cli.signing_options import Signing, moment, one_certificate, signing_options
from verify.cli.worded import command
from verify.cli.writing import ready, writing
from verify.words import say


@command("sign")
@click.argument("submission", type=FOLDER)
@click.option("--engagement", type=FOLDER, required=True, metavar="FILE", help="sign_engagement")
@click.option("--certificate", type=FOLDER, required=True, metavar="PEM", help="sign_certificate")
@click.option("--reviewer", type=FOLDER, required=True, metavar="PEM", help="sign_reviewer")
@click.option("--further", type=FOLDER, multiple=True, metavar="PEM", help="sign_further")
@click.option("-o", "--out", type=FOLDER, required=True, metavar="FOLDER", help="sign_out")
@click.option("--ruler", default="", metavar="ID", help="ruler")
@click.option("--year", default="", metavar="YEAR", help="year")
@click.option("--yes", is_flag=True, help="sign_yes")
@signing_options
def sign(
    submission: Path,
    engagement: Path,
    certificate: Path,
    reviewer: Path,
    further: tuple[Path, ...],
    out: Path,
    ruler: str,
    year: str,
    yes: bool,
    **asked: Any,
) -> int:
    """The draft of a bundle with one signature; its words are in the catalogue."""
    from verify.attest.profiles import spki_of
    from verify.attest.statement import FURTHER, Signatory
    from verify.bundle import write_folder
    from verify.cli.summary import lines
    from verify.road import draft, mandate, sealing

    signing = Signing(**asked)
    lang = signing.lang
    ready(out, apart_from=submission)
    task = mandate.read_mandate(engagement)
    lead, second = one_certificate(certificate), one_certificate(reviewer)
    signer, stamp = signing.signer(), signing.stamper()
    listed = (
        Signatory("lead", spki_of(lead)),
        Signatory("reviewer", spki_of(second)),
        *(Signatory(FURTHER, spki_of(one_certificate(one))) for one in further),
    )
    with progress(lang, quiet=signing.quiet) as tell:
        made = draft.draft(submission, task, listed, datetime.now(UTC), ruler=ruler, year=year, progress=tell)
    if not signing.quiet:
        put_all(lines(made.report.document(), lang))
    signing.confirm(yes)
    members = sealing.sign(made, signer, lead, second, stamp)
    with writing(out):
        write_folder(out, members)
    if not signing.quiet:
        put(say("cli.signed", lang, folder=str(out), at=moment(members["attest/lead.tsr"], lang)))
    return 0
