"""The commands that change a log: begin it, append to it, release a text, cosign its checkpoint."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verify.cli.keys_options import secret_option
from verify.cli.new_file import free, put_new, read_file
from verify.cli.options import FOLDER, speaking
from verify.cli.out import put
from verify.cli.worded import Worded
from verify.cli.writing import writing
from verify.errors import TrueZeroError, WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from verify.attest.log.appending import Draft

_OWNER = 0o600
_LINKS = ("engagement", "about")


@click.command("init", cls=Worded, help="log_init")
@click.argument("folder", type=FOLDER)
@click.option("--origin", required=True, metavar="NAME", help="log_origin")
@click.option("--key", type=FOLDER, required=True, metavar="FILE", help="log_new_key")
@secret_option
@speaking
def init(folder: Path, origin: str, key: Path, passphrase_file: Path | None, lang: Language) -> int:
    """A new log and its key; the words are in the catalogue."""
    from verify.attest.log import appending

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage("log.exists", path=str(folder))
    private = _key(key, passphrase_file, lang)
    with writing(folder):
        made = appending.create(folder, origin, private)
    put(say("log.created", lang, path=str(folder), key=str(made)))
    return 0


@click.command("append", cls=Worded, help="log_append")
@click.argument("folder", type=FOLDER)
@click.argument("entry", type=FOLDER)
@click.option("--key", type=FOLDER, required=True, metavar="FILE", help="log_key")
@click.option("-o", "--out", type=FOLDER, required=True, metavar="FILE", help="log_opening")
@secret_option
@speaking
def append(folder: Path, entry: Path, key: Path, out: Path, passphrase_file: Path | None, lang: Language) -> int:
    """One entry; what opens it goes to the body's own file, before the entry is logged."""
    from verify.attest import keys
    from verify.attest.log import appending, kinds, reading
    from verify.cli.secrets import passphrase

    free(out)
    draft = _draft(entry)
    reading.open_log(folder)
    private = keys.read_ed25519(key, passphrase(passphrase_file, lang))
    put_new(out, draft.opening.data(), _OWNER)  # first: an entry that nobody can open is worth nothing
    try:
        with writing(folder):
            ((index, made),) = appending.append(folder, private, [draft], datetime.now(UTC))
    except TrueZeroError as error:
        if not isinstance(
            error.__cause__, OSError
        ):  # a disk that failed may have kept the entry: then its text is kept too
            out.unlink(missing_ok=True)
        raise
    if made.kind in kinds.OWN:  # nothing in it is anybody's secret
        with writing(folder):
            appending.release(folder, draft.opening)
    put(say("log.appended", lang, index=index, body=made.body, number=made.seq, kind=made.kind))
    put(say("log.keep", lang, path=str(out)))
    return 0


@click.command("release", cls=Worded, help="log_release")
@click.argument("folder", type=FOLDER)
@click.argument("opening", type=FOLDER)
@speaking
def release(folder: Path, opening: Path, lang: Language) -> int:
    """Publish the text of an entry; needs no key, for the digest vouches for it."""
    from verify.attest.log import appending, entries

    held = entries.read_opening(read_file(opening))
    with writing(folder):
        index = appending.release(folder, held)
    put(say("log.released", lang, index=index))
    return 0


@click.command("witness", cls=Worded, help="log_witness")
@click.argument("folder", type=FOLDER)
@click.option("--log-key", required=True, metavar="VKEY", help="log_vkey")
@click.option("--name", required=True, metavar="NAME", help="log_witness_name")
@click.option("--key", type=FOLDER, required=True, metavar="FILE", help="log_witness_key")
@click.option("--seen", type=FOLDER, required=True, metavar="FILE", help="log_seen")
@secret_option
@speaking
def witness(
    folder: Path, log_key: str, name: str, key: Path, seen: Path, passphrase_file: Path | None, lang: Language
) -> int:
    """Cosign the checkpoint where it continues the one that was seen last."""
    from verify.attest.log import appending, ed25519, note, reading
    from verify.attest.log import witness as witnesses

    log = reading.open_log(folder)
    known = note.read_key(log_key)
    private = _key(key, passphrase_file, lang)
    with writing(seen):
        before, line = witnesses.witness(log, known, seen, name, private, datetime.now(UTC))
    with writing(folder):
        appending.cosign(folder, log.note.text, line)
    put(say("log.seen_first", lang) if before is None else say("log.seen", lang, size=before.size))
    put(say("log.cosigned", lang, name=name, size=log.size))
    put(say("log.witness_key", lang, key=str(note.Key(name, note.COSIGNATURE, ed25519.public_of(private)))))
    return 0


def _key(path: Path, passphrase_file: Path | None, lang: Language) -> Ed25519PrivateKey:
    """The Ed25519 key of a file, made where there is none yet."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from verify.attest import keys
    from verify.cli.secrets import passphrase

    new = not os.path.lexists(path)
    secret = passphrase(passphrase_file, lang, confirm=new)
    if not new:
        return keys.read_ed25519(path, secret)
    free(path)
    made = Ed25519PrivateKey.generate()
    keys.write(path, made, secret)
    return made


def _draft(path: Path) -> Draft:
    """The entry of a file: body, kind, content, and where it applies deadline, engagement, about. Raises WrongUsage `log.bad_draft`."""
    from verify.attest import shape
    from verify.attest.log import contents, kinds, seed
    from verify.attest.log.appending import Draft
    from verify.attest.log.entries import SALT, Opening
    from verify.canonical.reading import read_json

    try:
        held = shape.members(
            read_json(read_file(path)), *("body", "content", "kind"), optional=("about", "deadline", "engagement")
        )
        kind = shape.one_of(held["kind"], kinds.KINDS, "kind")
        contents.check_content(kind, held["content"])
        body, content = shape.text(held["body"], "body"), held["content"]
        salt = seed.salt_of(body, content) if kind == kinds.SUBMISSION else secrets.token_bytes(SALT).hex()
        opening = Opening(body, kind, content, salt)
        return Draft(opening, held.get("deadline"), **_numbers(held, _LINKS))
    except ValueError as error:
        raise WrongUsage("log.bad_draft", path=str(path), detail=str(error)) from None


def _numbers(held: Any, names: Sequence[str]) -> dict[str, int]:
    """Links as the numbers that they are, written as text or as whole numbers."""
    found = {}
    for name in names:
        if name in held:
            text = str(held[name])
            if isinstance(held[name], bool) or not text.isascii() or not text.isdigit():
                raise ValueError(f"{name}: no number")
            found[name] = int(text)
    return found
