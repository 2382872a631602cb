"""How a unit that a person typed is brought to one spelling before it is looked up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER = re.compile(f"10([{_SUPERSCRIPTS}]+)")
_DROPPED = re.compile(r"[\s·•⋅∙・]+")  # kW·h and kW h are kWh
_STARRED = re.compile(r"10\*\*(\d)")


@lru_cache(maxsize=8192)
def spelled(text: str) -> str:
    """NFKC, without spaces and middle dots, powers of ten as ``10^n``; case is kept.

    The power comes before NFKC, which would turn 10⁴ into 104 and a factor of 10 000 into one of 104.
    """
    text = _POWER.sub(lambda found: "10^" + unicodedata.normalize("NFKC", found.group(1)), text)
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    return _STARRED.sub(r"10^\1", text).replace("*10^", "×10^")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """`spelled`, and blind to case."""
    return spelled(text).casefold()
