"""Distinguished encoding rules (ITU-T X.690 clauses 8 and 10): a strict reader and a writer, as much as we need.

Reader: tags of one octet, definite lengths in their shortest form, no octet left over. Everything else is a ValueError:
two encodings of one value would be two files with one meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
GENERALIZED_TIME, SEQUENCE, SET = 0x18, 0x30, 0x31


@dataclass(frozen=True)
class Element:
    """One tag-length-value: its tag, its contents, and the octets of the whole."""

    tag: int
    body: bytes
    raw: bytes

    def children(self) -> list[Element]:
        """The elements inside. Raises ValueError unless the contents are elements to the last octet."""
        if not self.tag & 0x20:
            raise ValueError("a primitive element has no elements inside")
        return elements(self.body)

    def expect(self, tag: int) -> Element:
        """Itself, when it has `tag`; else ValueError."""
        if self.tag != tag:
            raise ValueError(f"tag {self.tag:#04x} where {tag:#04x} belongs")
        return self

    def integer(self) -> int:
        """The value of an INTEGER in its shortest form (X.690 8.3.2)."""
        body = self.expect(INTEGER).body
        if not body:
            raise ValueError("an INTEGER without octets")
        if len(body) > 1 and (body[0] == 0x00) == (body[1] < 0x80) and body[0] in {0x00, 0xFF}:
            raise ValueError("an INTEGER is longer than it needs to be")
        return int.from_bytes(body, "big", signed=True)


def element(data: bytes) -> Element:
    """The one element that `data` is. Raises ValueError for octets behind it."""
    first, rest = _take(data)
    if rest:
        raise ValueError("octets behind the element")
    return first


def elements(data: bytes) -> list[Element]:
    """All elements that `data` consists of."""
    found = []
    while data:
        first, data = _take(data)
        found.append(first)
    return found


def _take(data: bytes) -> tuple[Element, bytes]:
    if len(data) < 2:
        raise ValueError("cut short")
    tag, length, head = data[0], data[1], 2
    if tag & 0x1F == 0x1F:
        raise ValueError("tags of several octets are not used here")
    if length & 0x80:
        count = length & 0x7F
        octets = data[2 : 2 + count]
        if not 1 <= count <= 4 or len(octets) < count:  # 0x80 is the indefinite form of BER
            raise ValueError("a length that is indefinite, too long or cut short")
        length, head = int.from_bytes(octets, "big"), 2 + count
        if length < 0x80 or octets[0] == 0:
            raise ValueError("a length is longer than it needs to be")  # X.690 10.1
    end = head + length
    if len(data) < end:
        raise ValueError("cut short")
    return Element(tag, data[head:end], data[:end]), data[end:]


def encode(tag: int, *parts: bytes) -> bytes:
    """One element with `tag` over the joined parts."""
    body = b"".join(parts)
    length = len(body)
    if length < 0x80:
        return bytes((tag, length)) + body
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + body


def encode_integer(value: int) -> bytes:
    """An INTEGER in its shortest form."""
    magnitude = value if value >= 0 else ~value
    return encode(INTEGER, value.to_bytes(magnitude.bit_length() // 8 + 1, "big", signed=True))


def encode_oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER from its dotted numbers (X.690 8.19)."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    body = bytearray()
    for arc in (first * 40 + second, *rest):
        octets = [arc & 0x7F]
        while arc := arc >> 7:
            octets.append(0x80 | arc & 0x7F)
        body += bytes(reversed(octets))
    return encode(OID, bytes(body))


def encode_set_of(*members: bytes) -> bytes:
    """A SET OF: the encodings in ascending order (X.690 11.6)."""
    return encode(SET, *sorted(members))


def encode_time(moment: datetime) -> bytes:
    """A GeneralizedTime in whole seconds of UTC (RFC 3161 2.4.2 allows fractions; we write none)."""
    return encode(GENERALIZED_TIME, moment.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode("ascii"))
