"""Numbers of chapters, articles and items as a law writes them: 第一百零三条, （十二）."""

from __future__ import annotations

from verify.words import Language

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def numeral(number: int, language: Language) -> str:
    """``103`` as 一百零三 in Chinese (up to 9999), as 103 in English."""
    return _chinese(number) if language == "zh" else str(number)


def _chinese(number: int) -> str:
    digits = [int(digit) for digit in str(number)]
    text = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            text += _DIGITS[digit] + _PLACES[place]
        elif not text.endswith(_DIGITS[0]):
            text += _DIGITS[0]
    text = text.rstrip(_DIGITS[0]) or _DIGITS[0]
    return text.removeprefix(_DIGITS[1]) if text.startswith(_DIGITS[1] + _PLACES[1]) else text
