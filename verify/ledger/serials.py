"""How names, registries and prefixes of serials are compared: two writings of the same number are one number.

A serial is a prefix (text) and a number (integer, so `0001` and `1` are one already). Of the prefix only the writing is taken
away: full-width forms (NFKC), case, blanks and invisible characters, kinds of dashes, leading zeros of each run of digits. A
prefix that keeps more digits of the number than another (`GEC-12` + 3, `GEC-1` + 23) stays another prefix: how wide the number
was is no longer known, and a false alarm would be worse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

Series = tuple[str, str]  # registry and prefix, both as compared
_RUN = re.compile(r"\d+")


def folded(text: str) -> str:
    """A name as names are compared: NFKC, without case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def written(prefix: str) -> str:
    """A prefix as prefixes are compared."""
    plain = "".join(
        "-" if unicodedata.category(one) == "Pd" or one == "\u2212" else one
        for one in folded(prefix)
        if unicodedata.category(one) != "Cf"
    )
    return _RUN.sub(lambda run: run[0].lstrip("0"), plain)


def series(row: Mapping[str, Any]) -> Series:
    """The series of a row of `certificates` or `certificate_events`."""
    return folded(row["registry"]), written(row["prefix"])
