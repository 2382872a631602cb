"""The address of a key on a token: PKCS #11 URIs (RFC 7512), as much as names one key and the library that reaches it.

    pkcs11:token=Body%20017;object=lead;id=%01?module-path=/usr/lib/softhsm/libsofthsm2.so

What we do not know is refused (RFC 7512 2.4 would let it pass and match more than was meant), and so are `pin-value` and
`pin-source`: a secret never stands on a command line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from verify.errors import WrongUsage

SCHEME = "pkcs11:"
_TOKEN = ("manufacturer", "model", "serial", "token")
_PATH = (*_TOKEN, "id", "object", "type")
_QUERY = ("module-path",)
_PINS = ("pin-source", "pin-value")
# RFC 7512 2.3: unreserved, percent-encoded, and what either component lets stand
_COMMON = r"[A-Za-z0-9._~:\[\]@!$'()*+,=-]|%[0-9A-Fa-f]{2}"
_PATH_VALUE = re.compile(rf"(?:{_COMMON}|&)*")
_QUERY_VALUE = re.compile(rf"(?:{_COMMON}|[/?|])*")


@dataclass(frozen=True)
class Address:
    """One private key: the library, what its token is called, and the key's label or id (at least one of them)."""

    module: Path
    token: Mapping[str, str]
    label: str | None
    key_id: bytes | None


def read(uri: str, module: str | None = None) -> Address:
    """The address in a URI; `module` is the library where the URI names none.

    Raises WrongUsage `attest.token_address`, `attest.token_pin_in_address`, `attest.token_module`.
    """
    if not uri.startswith(SCHEME):
        raise WrongUsage("attest.token_address", detail=f"it does not begin with {SCHEME}")
    path, _, query = uri[len(SCHEME) :].partition("?")
    if any(part.partition("=")[0] in _PINS for part in (*path.split(";"), *query.split("&"))):
        raise WrongUsage("attest.token_pin_in_address")  # before anything of it could be quoted
    try:
        named = _attributes(path, ";", _PATH, _PATH_VALUE)
        asked = _attributes(query, "&", _QUERY, _QUERY_VALUE)
        text = {name: value.decode("utf-8") for name, value in (named | asked).items() if name != "id"}
    except ValueError as error:
        raise WrongUsage("attest.token_address", detail=str(error)) from None
    if text.get("type", "private") != "private":
        raise WrongUsage("attest.token_address", detail="type: it is not private")
    if "object" not in named and "id" not in named:
        raise WrongUsage("attest.token_address", detail="object, id: neither is there")
    library = text.get("module-path") or module
    if not library:
        raise WrongUsage("attest.token_module")
    held = {name: text[name] for name in _TOKEN if name in text}
    return Address(Path(library), held, text.get("object"), named.get("id"))


def _attributes(text: str, between: str, known: tuple[str, ...], shape: re.Pattern[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in text.split(between) if text else ():
        name, equals, value = part.partition("=")
        if name not in known or not equals:
            raise ValueError(f"{name}: not known here")
        if name in found:
            raise ValueError(f"{name}: stands twice")
        if not shape.fullmatch(value):
            raise ValueError(f"{name}: a sign that must be percent-encoded")
        found[name] = unquote_to_bytes(value)
    return found
