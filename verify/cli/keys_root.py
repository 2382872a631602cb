"""``truezero keys rotate``: the next version of the trust root."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from verify.cli.columns import wrapped
from verify.cli.keys_options import moment_of, secret_option
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put, put_all
from verify.cli.signing_options import one_certificate
from verify.cli.worded import Worded
from verify.errors import NotVerified, WrongUsage
from verify.words import Language, say


@click.command("rotate", cls=Worded, help="keys_rotate")
@click.argument("authority", type=FOLDER)
@click.option("--add", type=click.IntRange(0, 99), default=0, metavar="N", help="keys_rotate_add")
@click.option("--retire", type=click.IntRange(1), multiple=True, metavar="NUMBER", help="keys_rotate_retire")
@click.option("--threshold", type=click.IntRange(1, 99), default=None, metavar="N", help="keys_threshold")
@click.option("--people", type=FOLDER, multiple=True, metavar="PEM", help="keys_rotate_people")
@click.option("--clocks", type=FOLDER, multiple=True, metavar="PEM", help="keys_rotate_clocks")
@click.option("--start", metavar="TIME", callback=moment_of, default=None, help="keys_rotate_start")
@click.option("--close", type=FOLDER, multiple=True, metavar="PEM", help="keys_rotate_close")
@click.option("--end", metavar="TIME", callback=moment_of, default=None, help="keys_rotate_end")
@click.option("--log-policy", type=FOLDER, default=None, metavar="FILE", help="keys_rotate_log")
@click.option("--signer", "signing", type=click.IntRange(1), multiple=True, metavar="NUMBER", help="keys_rotate_signer")
@secret_option
@speaking
def rotate(
    authority: Path,
    add: int,
    retire: tuple[int, ...],
    threshold: int | None,
    people: tuple[Path, ...],
    clocks: tuple[Path, ...],
    start: datetime | None,
    close: tuple[Path, ...],
    end: datetime | None,
    log_policy: Path | None,
    signing: tuple[int, ...],
    passphrase_file: Path | None,
    lang: Language,
) -> int:
    """The next version, and what readers and signers have to do."""
    from verify.attest import authority_files
    from verify.attest.anchors import Anchor
    from verify.attest.authority import open_authority
    from verify.attest.rotation import Rotation
    from verify.cli.key_lines import numbers, root_lines
    from verify.cli.secrets import passphrase

    begin = (start or datetime.now(UTC)).replace(microsecond=0)
    if close and end is None:
        raise WrongUsage("keys.end_needed")
    asked = Rotation(
        add=add,
        retire=sorted(set(retire)),
        threshold=threshold,
        people=[Anchor(one_certificate(one), begin) for one in people],
        clocks=[Anchor(one_certificate(one), begin) for one in clocks],
        close=[(one_certificate(one), end) for one in close if end is not None],
        log_policy=None if log_policy is None else _policy(log_policy),
    )
    open_authority(authority)
    held = open_authority(authority, passphrase(passphrase_file, lang))
    before = authority_files.signers(authority)
    try:
        data = held.rotate(asked, signing or None)
    except OSError as error:
        raise WrongUsage("keys.not_written", path=str(authority), reason=os.strerror(error.errno or 0)) from error
    now = held.root
    paths = [authority / "trust" / f"root.{version}.dsse.json" for version in range(1, now.version + 1)]
    put(say("keys.rotated", lang, path=str(paths[-1])))
    put_all(root_lines(data, now, str(paths[-1]), lang))
    after = authority_files.signers(authority)
    put("  " + say("keys.rotated_signed", lang, numbers=numbers(_signed(data, after))))
    for number in sorted(set(after) - set(before)):
        put(
            "  " + say("keys.rotated_new", lang, number=number, path=str(authority_files.signer_key(authority, number)))
        )
    for number in asked.retire:
        path = str(authority_files.signer_key(authority, number))
        put("  " + say("keys.rotated_retired", lang, number=number, path=path))
    put_all(wrapped(say("keys.root_elsewhere", lang), 100))
    put(say("keys.rotated_next", lang, roots=" ".join(f"--root {one}" for one in paths)))
    return 0


def _policy(path: Path) -> str:
    """A tlog-policy as the root carries it. Raises NotVerified `log.policy`, `log.vkey`; WrongUsage."""
    from verify.attest.log import trust
    from verify.cli.new_file import read_file

    data = read_file(path)
    trust.read(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotVerified("log.policy", line="0", detail="not UTF-8") from None


def _signed(data: bytes, signers: dict[int, str]) -> list[int]:
    """The numbers of those whose signature stands in a root file."""
    from verify.attest import dsse

    found = {one.keyid for one in dsse.read(data).signatures}
    return [number for number, spki in signers.items() if spki in found]
