"""``truezero sign``: the lead's command; verifies, makes what will be published, and signs it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from verify.cli.disclose import OWNER
from verify.cli.new_file import free, put_new
from verify.cli.options import FOLDER, progress
from verify.cli.out import put, put_all
from verify.cli.signing_options import Signing, moment, one_certificate, signing_options
from verify.cli.worded import command
from verify.cli.writing import ready, writing
from verify.errors import WrongUsage
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
@click.option("--openings", type=FOLDER, default=None, metavar="FILE", help="sign_openings")
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
    openings: Path | None,
    yes: bool,
    **asked: Any,
) -> int:
    """The draft of a bundle with one signature; its words are in the catalogue."""
    from verify.attest.commit.opening import write_opening
    from verify.attest.profiles import spki_of
    from verify.attest.statement import FURTHER, Signatory
    from verify.bundle import write_folder
    from verify.cli.summary import lines
    from verify.road import draft, mandate, sealing

    signing = Signing(**asked)
    lang = signing.lang
    ready(out, apart_from=submission)
    if openings is not None:
        apart(openings, out)
        free(openings)
    task = mandate.read_mandate(engagement)
    lead, second = one_certificate(certificate), one_certificate(reviewer)
    signer, stamp = signing.signer(), signing.stamper()
    listed = (
        Signatory("lead", spki_of(lead)),
        Signatory("reviewer", spki_of(second)),
        *(Signatory(FURTHER, spki_of(one_certificate(one))) for one in further),
    )
    with progress(lang, quiet=signing.quiet) as tell:
        made = draft.draft(
            submission,
            task,
            listed,
            datetime.now(UTC),
            ruler=ruler,
            year=year,
            progress=tell,
            commitments=openings is not None,
        )
    if not signing.quiet:
        put_all(lines(made.report.document(), lang))
    signing.confirm(yes)
    members = sealing.sign(made, signer, lead, second, stamp)
    if openings is not None and made.opening is not None:
        put_new(openings, write_opening(made.opening), OWNER)  # first: what nobody can open is worth nothing
    try:
        with writing(out):
            write_folder(out, members)
    except BaseException:
        if openings is not None:
            openings.unlink(missing_ok=True)
        raise
    if openings is not None and not signing.quiet:
        put(say("cli.openings_kept", lang, path=str(openings)))
    if not signing.quiet:
        put(say("cli.signed", lang, folder=str(out), at=moment(members["attest/lead.tsr"], lang)))
    return 0


def apart(openings: Path, out: Path) -> None:
    """Raises WrongUsage `cli.openings_inside` where the secrets would land in what is published."""
    if openings.resolve().is_relative_to(out.resolve()):
        raise WrongUsage("cli.openings_inside", path=str(openings))
