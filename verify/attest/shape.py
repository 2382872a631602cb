"""The shape of signed JSON: exact members, closed vocabularies, digests, decimals, moments. Everything else: ValueError."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

_UNSEEN = {"Cc", "Cf", "Zl", "Zp"}  # among them the marks that turn the direction of a line


def members(value: object, *names: str, optional: Collection[str] = ()) -> Mapping[str, Any]:
    """The object, when it has exactly these members, with or without the optional ones."""
    if not isinstance(value, dict):
        raise ValueError(f"no object with {', '.join(names)}")  # noqa: TRY004 - one kind of error for a wrong shape
    if missing := set(names) - value.keys():
        raise ValueError(f"{min(missing)} is missing")
    if unknown := value.keys() - set(names) - set(optional):
        raise ValueError(f"{min(unknown)} does not belong here")
    return value


def items(value: object, where: str, *, least: int = 0, most: int | None = None) -> list[Any]:
    """The list, when it is as long as it may be."""
    if not isinstance(value, list) or len(value) < least or (most is not None and len(value) > most):
        raise ValueError(f"{where}: no list of the length that belongs there")
    return value


def text(value: object, where: str) -> str:
    """A text that is not empty and has no control, format or line character: what is signed reads as it is shown."""
    if not isinstance(value, str) or not value or any(unicodedata.category(one) in _UNSEEN for one in value):
        raise ValueError(f"{where}: no text")
    return value


def word(value: object, where: str) -> str:
    """A short word of lower-case letters, digits and low lines: the name of something, not a sentence."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", value):
        raise ValueError(f"{where}: no word")
    return value


def one_of(value: object, vocabulary: Collection[str], where: str) -> str:
    """A word of the vocabulary."""
    if not isinstance(value, str) or value not in vocabulary:
        raise ValueError(f"{where}: {value!r} is none of {', '.join(vocabulary)}")
    return value


def digest(value: object, where: str) -> str:
    """SHA-256 as 64 lower-case hexadecimal digits."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}", value):
        raise ValueError(f"{where}: no SHA-256 in lower-case hexadecimal")
    return value


def decimal(value: object, where: str) -> str:
    """A plain decimal text: no exponent, no plus, no leading zero, no minus zero; trailing zeros are kept."""
    if not isinstance(value, str) or not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", value):
        raise ValueError(f"{where}: no decimal text")
    if value.startswith("-") and not value.strip("-0."):
        raise ValueError(f"{where}: minus zero")
    return value


def octets(value: object, where: str) -> bytes:
    """The octets of a standard base64 text in its one form."""
    if not isinstance(value, str):
        raise ValueError(f"{where}: no base64")  # noqa: TRY004 - one kind of error for a wrong shape
    try:
        data = base64.b64decode(value, validate=True)
    except ValueError:
        raise ValueError(f"{where}: no base64") from None
    if base64.b64encode(data).decode("ascii") != value:
        raise ValueError(f"{where}: base64 that is not the encoding of its octets")
    return data


def moment(value: object, where: str) -> str:
    """A moment of UTC in whole seconds, ``YYYY-MM-DDThh:mm:ssZ`` (RFC 3339)."""
    if not isinstance(value, str):
        raise ValueError(f"{where}: no moment")  # noqa: TRY004 - one kind of error for a wrong shape
    when(value)
    return value


def when(value: str) -> datetime:
    """The moment that such a text names."""
    found = datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    if stamp(found) != value:
        raise ValueError("a moment is not written in its one form")
    return found


def stamp(value: datetime) -> str:
    """The one form of a moment: UTC, whole seconds."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
