"""RFC 8785 (JCS) for the values TrueZero writes: objects, arrays, strings, booleans, null and integers.

Every quantity is a decimal *string* (attestation E4), so the number serialisation of RFC 8785 3.2.2.3 is only needed
for integers; a float is refused rather than guessed at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SAFE_INTEGER = 2**53 - 1  # I-JSON, RFC 7493 2.2


def canonical_bytes(value: object) -> bytes:
    """`value` as RFC 8785 bytes (UTF-8). Raises TypeError for a type, ValueError for a value that JCS cannot hold."""
    return _text(value).encode("utf-8")


def digest(value: object) -> str:
    """SHA-256 over the canonical bytes, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def _text(value: object) -> str:
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
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_string(key)}:{_text(value[key])}" for key in sorted(value, key=_utf16)) + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return "[" + ",".join(_text(item) for item in value) + "]"
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise TypeError("object keys are strings")
    return key.encode("utf-16-be", "surrogatepass")  # RFC 8785 3.2.3: sorted by UTF-16 code units


def _string(text: str) -> str:
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
