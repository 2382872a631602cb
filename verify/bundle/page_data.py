"""What the reader's page must know beside its own code: words, the columns of the published tables, OIDs, one signature example.

All of it comes from the places where the program itself has it, so page and program cannot drift apart.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from verify import __version__
from verify.attest import asn1, der, profiles
from verify.bundle.instructions import instructions
from verify.bundle.table_schema import OPTIONAL, TABLES
from verify.canonical import canonical_bytes
from verify.words import LANGUAGES, catalogue, catalogue_sha256

# Words that the page puts together from a name that it meets in a bundle.
_OF_AREA = {
    "attest": ("check", "role", "state"),
    "bundle": ("check", "digest", "field", "kind", "means", "revocation", "said", "label", "group", "unit", "headline"),
    "report": ("opinion", "verdict", "assurance", "item"),
}
_FAMILIES = (
    *(f"{area}.{name}{'' if name == 'headline' else '.'}" for area, names in _OF_AREA.items() for name in names),
    *("page.", "bundle.proves_not"),
    *(f"bundle.{name}_" for name in ("log", "member")),
)
_KEY = re.compile(r'[`"]((?:attest|bundle|log|page|report)\.[a-zA-Z0-9_.]+)[`"]')

_REFUSED = re.compile(r'\b(?:refused|fault)\("([a-z0-9_]+)"')  # outcome.mjs and zip.mjs put `bundle.` before it


def data_module(sources: Iterable[str]) -> str:
    """``data.mjs``: one constant. `sources` are the modules whose messages must be there."""
    text = canonical_bytes(_data(sources)).decode("utf-8")
    return f"export const DATA = {text.replace('<', chr(92) + 'u003c')};\n"


def _data(sources: Iterable[str]) -> dict[str, Any]:
    return {
        "version": __version__,
        "catalogue": catalogue_sha256(),
        "instructions": hashlib.sha256(instructions()).hexdigest(),
        "uses": {
            **{role: one.dotted_string for role, one in profiles.ROLES.items()},
            "further": profiles.FURTHER.dotted_string,
        },
        "tables": [asdict(one) | {"numbered": one.numbered} for one in TABLES],
        "optional": sorted(OPTIONAL),
        "data": catalogue("data"),
        "words": _words(sources),
        "example": _example(),
    }


def _words(sources: Iterable[str]) -> dict[str, dict[str, str]]:
    """Language to key to text: what the modules name, and the families."""
    held = list(sources)
    named = {key for source in held for key in _KEY.findall(source)}
    named |= {f"bundle.{name}" for source in held for name in _REFUSED.findall(source)}
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for area in ("attest", "bundle", "log", "page", "report"):
        for name, texts in catalogue(area).items():
            key = f"{area}.{name}"
            if key in named or key.startswith(_FAMILIES):
                for language in LANGUAGES:
                    found[language][key] = texts[language]
    return found


def _example() -> dict[str, str]:
    """RFC 6979 appendix A.2.5: P-256, SHA-256, message "sample". What a browser must be able to verify before it is believed."""
    x = 0x60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6
    y = 0x7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299
    r = 0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
    s = 0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8
    algorithm = asn1.encode(asn1.SEQUENCE, asn1.encode_oid("1.2.840.10045.2.1"), asn1.encode_oid("1.2.840.10045.3.1.7"))
    point = b"\x00\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")
    spki = asn1.encode(asn1.SEQUENCE, algorithm, asn1.encode(asn1.BIT_STRING, point))
    return {
        "message": "sample",
        "spki": base64.b64encode(spki).decode("ascii"),
        "signature": base64.b64encode(der.from_integers(r, s)).decode("ascii"),
    }
