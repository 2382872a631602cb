"""Identity codes: the credit code with its check character, the industry class, a SHA-256."""

from __future__ import annotations

import re
from collections.abc import Callable

from verify.submission.coerce.faults import Fault, fault
from verify.submission.contract import industry_sections

CREDIT_CODE = "TZ-SUB-19"
INDUSTRY_CODE = "TZ-SUB-20"
DIGEST = "TZ-SUB-22"

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015, table 4: without I, O, S, V, Z
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))  # table 5: 3^i mod 31
_INDUSTRY = re.compile(r"([A-T])?(\d{4})")


def check_character(first_seventeen: str) -> str:
    """The eighteenth character of a unified social credit code (GB 32100-2015, 5.4)."""
    total = sum(_ALPHABET.index(one) * weight for one, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def credit_code(text: str) -> Fault | None:
    """Length, alphabet and check character of a unified social credit code."""
    if len(text) != len(_WEIGHTS) + 1:
        return fault(CREDIT_CODE, "credit_code_length", length=str(len(text)))
    for position, character in enumerate(text, start=1):
        if character not in _ALPHABET:
            return fault(CREDIT_CODE, "credit_code_alphabet", position=str(position), letter=character)
    expected = check_character(text[:-1])
    if text[-1] != expected:
        return fault(CREDIT_CODE, "credit_code_check", expected=expected, letter=text[-1])
    return None


def industry_code(text: str) -> Fault | None:
    """A class of GB/T 4754: four digits, division 01 to 97, with or without the letter of its section."""
    found = _INDUSTRY.fullmatch(text.upper())
    if found is None:
        return fault(INDUSTRY_CODE, "industry_code_form")
    division = int(found[2][:2])
    section = next((letter for letter, (first, last) in industry_sections().items() if first <= division <= last), None)
    if section is None:
        return fault(INDUSTRY_CODE, "industry_code_division", division=found[2][:2])
    if found[1] and found[1] != section:
        return fault(INDUSTRY_CODE, "industry_code_section", letter=found[1], expected=section)
    return None


def sha256(text: str) -> Fault | None:
    """64 hexadecimal digits."""
    return None if re.fullmatch(r"[0-9a-fA-F]{64}", text) else fault(DIGEST, "digest_form")


CHECKS: dict[str, Callable[[str], Fault | None]] = {
    "credit_code": credit_code,
    "industry_code": industry_code,
    "sha256": sha256,
}
