"""RFC 8785 (JCS): objects, arrays, strings, booleans, null and numbers.

Every quantity that TrueZero writes is a decimal *string* (attestation E4): `digest`, which stands for what we sign,
refuses a float. `canonical_bytes` writes it as RFC 8785 3.2.2.3 says, for JSON that others wrote.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping, Sequence

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\x00-\x1f"\\\ud800-\udfff]')
_SAFE_INTEGER = 2**53 - 1  # I-JSON, RFC 7493 2.2


def canonical_bytes(value: object) -> bytes:
    """`value` as RFC 8785 bytes (UTF-8). Raises TypeError for a type, ValueError for a value that JCS cannot hold."""
    return _text(value, floats=True).encode("utf-8")


def digest(value: object) -> str:
    """SHA-256 over the canonical bytes, as 64 lower-case hexadecimal digits. Raises TypeError for a float (E4)."""
    return hashlib.sha256(_text(value, floats=False).encode("utf-8")).hexdigest()


def _text(value: object, *, floats: bool) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            raise ValueError(f"integer {value} is outside I-JSON; write it as a string")
        return str(value)
    if isinstance(value, float) and floats:
        return _number(value)
    if isinstance(value, Mapping):
        members = (f"{_string(key)}:{_text(value[key], floats=floats)}" for key in sorted(value, key=_utf16))
        return "{" + ",".join(members) + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return "[" + ",".join(_text(item, floats=floats) for item in value) + "]"
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _number(value: float) -> str:
    """ECMA-262 Number::toString (RFC 8785 3.2.2.3) over the shortest digits that read back, which `repr` gives."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no JSON number")
    if value == 0:
        return "0"  # minus zero too
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))  # n of ECMA-262: 0.d1d2… x 10^n
    digits = digits.rstrip("0")
    count = len(digits)  # k of ECMA-262
    if count <= point <= 21:
        text = digits + "0" * (point - count)
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        text = f"{digits[0]}{'.' if count > 1 else ''}{digits[1:]}e{point - 1:+d}"
    return f"-{text}" if value < 0 else text


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise TypeError("object keys are strings")
    return key.encode("utf-16-be", "surrogatepass")  # RFC 8785 3.2.3: sorted by UTF-16 code units


def _string(text: str) -> str:
    if not _ESCAPED.search(text):
        return f'"{text}"'
    out = []
    for character in text:
        code = ord(character)
        if character in _ESCAPES:
            out.append(_ESCAPES[character])
        elif code < 0x20:
            out.append(f"\\u{code:04x}")
        elif 0xD800 <= code <= 0xDFFF:
            raise ValueError("a lone surrogate has no UTF-8 form")
        else:
            out.append(character)
    return '"' + "".join(out) + '"'
