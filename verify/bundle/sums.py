"""SHA256SUMS, the signed subject: written and read in the form of coreutils, so that `sha256sum -c` reads it too."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from verify.bundle.member_names import check_names
from verify.bundle.members import NAME, UNSIGNED
from verify.bundle.refused import Refused

_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)", re.ASCII)


def signed(name: str) -> bool:
    """Whether a member stands in SHA256SUMS: all but itself and what is made after it (attestation section 2)."""
    return name != NAME and not name.startswith(UNSIGNED)


def write_sums(members: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS of the members that are signed, sorted by name: ``<64 hex>  <name>`` and a line feed."""
    check_names(members)
    lines = (f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in sorted(members) if signed(name))
    return "".join(lines).encode("ascii")


def parse_sums(data: bytes) -> dict[str, str]:
    """Digest by name. Raises `Refused` (Z9, Z6, Z8) for anything that `write_sums` would not write.

    A name out of order or twice, another spelling of a digest, a blank, a carriage return or a missing last line feed: all
    change bytes that two programs might read in two ways.
    """
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise Refused("sums_line", "Z9", member=NAME, line=1) from None
    lines = text.split("\n")
    if lines.pop():
        raise Refused("sums_line", "Z9", member=NAME, line=len(lines) + 1)
    found: dict[str, str] = {}
    last = ""
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] <= last:
            raise Refused("sums_line", "Z9", member=NAME, line=number)
        last = match[2]
        if not signed(last):
            raise Refused("sums_unsigned", "Z8", member=last)
        found[last] = match[1]
    check_names(found)
    return found
