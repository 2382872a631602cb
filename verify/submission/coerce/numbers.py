"""Numbers as people type them, read exactly or refused with the reason."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from verify.submission.coerce.faults import NOT_A_NUMBER, Fault, fault

_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?|[+-]?\.[0-9]+")
_EXPONENT = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))[eE]([+-]?[0-9]{1,3})")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_THOUSANDS_SPACED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+(?:\.[0-9]+)?")
_MYRIADS = re.compile(r"[+-]?[1-9][0-9]{0,3}(?:,[0-9]{4}){2,}(?:\.[0-9]+)?")  # one group alone may be a decimal comma
_UNIT_INSIDE = re.compile(r"[+-]?[0-9,. ]*[0-9]\s*[^\W0-9_][^0-9_]*[23]?")
_PLACEHOLDERS = {
    "-",
    "--",
    "—",
    "——",
    "/",
    "\\",
    "无",
    "n/a",
    "na",
    "null",
    "none",
    "nil",
    "nan",
    ".",
    "…",
    "...",
    "不适用",
    "未统计",
}
_SCALES = (("万亿", 12), ("亿", 8), ("万", 4))
_LOOKALIKES = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "〇": "0", "零": "0"}
_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "，": ",", "\u00a0": " ", "\u2009": " ", "\u202f": " "})
_LARGEST_EXPONENT = 40


@dataclass(frozen=True, slots=True)
class Number:
    """`value` exactly as typed; `percent` tells that a per cent sign stood behind it (the value is not divided)."""

    value: Decimal
    percent: bool = False


def plain(text: str) -> str:
    """`text` in NFKC, trimmed, with one kind of minus, comma and space. Full-width digits become digits."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).translate(_MINUS).strip()


def number(text: str) -> Number | Fault:
    """The number that `text` writes. Memoise per column: this is meant for distinct texts."""
    typed = plain(text)
    if _PLAIN.fullmatch(typed):
        return Number(Decimal(typed))
    percent = typed.endswith("%")
    if percent:
        typed = typed[:-1].rstrip()
    power = 0
    for word, exponent in _SCALES:
        if typed.endswith(word):
            typed, power = typed[: -len(word)].rstrip(), exponent
            break
    digits = _digits(typed)
    if digits is None:
        return _why(text, plain(text))
    if percent and power:
        return fault(NOT_A_NUMBER, "percent_and_scale")
    return Number(digits.scaleb(power) if power else digits, percent)


def _digits(typed: str) -> Decimal | None:
    if _PLAIN.fullmatch(typed):
        return Decimal(typed)
    if _THOUSANDS.fullmatch(typed) or _MYRIADS.fullmatch(typed):
        return Decimal(typed.replace(",", ""))
    if _THOUSANDS_SPACED.fullmatch(typed):
        return Decimal(typed.replace(" ", ""))
    scientific = _EXPONENT.fullmatch(typed)
    if scientific and abs(int(scientific[2])) <= _LARGEST_EXPONENT:
        return Decimal(scientific[1]).scaleb(int(scientific[2]))
    return None


@lru_cache(maxsize=4096)
def _why(text: str, typed: str) -> Fault:
    """The most helpful reason why `typed` is no number."""
    if typed.startswith("#"):
        return fault(NOT_A_NUMBER, "excel_error")
    if typed.startswith("="):
        return fault(NOT_A_NUMBER, "formula")
    if typed.casefold() in _PLACEHOLDERS:
        return fault(NOT_A_NUMBER, "placeholder")
    for position, character in enumerate(typed, start=1):
        if character in _LOOKALIKES:
            mended = "".join(_LOOKALIKES.get(one, one) for one in typed)
            if _digits(mended) is not None and any(one.isdigit() for one in typed):
                return fault(
                    NOT_A_NUMBER, "lookalike", position=str(position), letter=character, digit=_LOOKALIKES[character]
                )
    if re.fullmatch(r"[+-]?[0-9.,' ]+", typed) and any(one.isdigit() for one in typed):
        return fault(NOT_A_NUMBER, "separators")
    if re.fullmatch(r"\([0-9.,]+\)", typed):
        return fault(NOT_A_NUMBER, "brackets")
    if re.search(r"[0-9]\s*(?:~|～|至|到|-)\s*[0-9]", typed):
        return fault(NOT_A_NUMBER, "range")
    if re.match(r"[<>≤≥≈约~]", typed):
        return fault(NOT_A_NUMBER, "about")
    if _EXPONENT.fullmatch(typed):
        return fault(NOT_A_NUMBER, "exponent")
    if _UNIT_INSIDE.fullmatch(typed):
        return fault(NOT_A_NUMBER, "unit_inside")
    return fault(NOT_A_NUMBER, "no_number")
