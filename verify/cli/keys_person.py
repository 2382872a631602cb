"""``truezero keys request``: what a person does, on a machine of the own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.columns import aligned
from verify.cli.keys_options import out_option, secret_option
from verify.cli.new_file import free, put_new
from verify.cli.options import speaking
from verify.cli.out import put, put_all
from verify.cli.worded import Worded
from verify.errors import WrongUsage
from verify.words import Language, say

if TYPE_CHECKING:
    from verify.cli.signer import Key


@click.command("request", cls=Worded, help="keys_request")
@click.argument("key")
@click.option("--name", required=True, metavar="NAME", help="keys_request_name")
@click.option("--organisation", default="", metavar="NAME", help="keys_request_organisation")
@click.option("--email", required=True, metavar="EMAIL", help="keys_request_email")
@out_option("keys_request_out")
@secret_option
@speaking
def request(
    key: str, name: str, organisation: str, email: str, out: Path, passphrase_file: Path | None, lang: Language
) -> int:
    """The request for a certificate, and the key where there is none yet."""
    from verify.attest import requests
    from verify.attest.requests import Request
    from verify.cli.key_lines import request_rows
    from verify.cli.signer import key_of, on_token

    free(out)
    requests.check_names(name, organisation or None, email)  # before a key is made for nothing
    new = not on_token(key) and not Path(key).exists()
    held = _made(Path(key), passphrase_file, lang) if new else key_of(key, passphrase_file, lang)
    asked = Request(name, organisation or None, email, held.public)
    put_new(out, requests.write(asked, held.sign))
    put(say("keys.key_new" if new else "keys.key_token" if on_token(key) else "keys.key_used", lang, path=key))
    put(say("keys.requested", lang, path=str(out)))
    put_all(aligned(request_rows(asked, lang)))
    put(say("keys.requested_next", lang, path=str(out)))
    return 0


def _made(path: Path, passphrase_file: Path | None, lang: Language) -> Key:
    """A new key in a new file. Raises WrongUsage as `secrets.passphrase`, `attest.keys.write`; `keys.not_written`."""
    from verify.attest import keys, signing
    from verify.cli.secrets import passphrase
    from verify.cli.signer import Key

    free(path)
    private = keys.generate()
    try:
        keys.write(path, private, passphrase(passphrase_file, lang, confirm=True))
    except OSError as error:
        raise WrongUsage("keys.not_written", path=str(path), reason=os.strerror(error.errno or 0)) from error
    return Key(private.public_key(), signing.with_key(private))
