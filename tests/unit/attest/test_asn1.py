"""X.690 clauses 8 and 10: the one encoding of a value, and no other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.attest import asn1


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("", "nothing"),
        ("02", "no length"),
        ("0202 01", "cut short"),
        ("0201 01 00", "an octet behind"),
        ("028101 01", "long form of a short length"),
        ("02820001 01", "leading zero in a length"),
        ("0280 01 0000", "indefinite length"),
        ("02ff 01", "reserved length"),
        ("0285 0000000001 01", "a length of five octets"),
        ("1f8101 01 00", "a tag of several octets"),
    ],
)
def test_other_encodings_are_refused(data: str, what: str) -> None:
    with pytest.raises(ValueError):
        asn1.element(bytes.fromhex(data))


@pytest.mark.parametrize("data", ["0200", "02020001", "0202007f", "0202ff80", "0202ffff", "0401 01"])
def test_integers_have_one_form(data: str) -> None:
    with pytest.raises(ValueError):
        asn1.element(bytes.fromhex(data)).integer()


@pytest.mark.parametrize(
    ("data", "value"), [("020100", 0), ("02017f", 127), ("02020080", 128), ("0201 80", -128), ("0202ff7f", -129)]
)
def test_integers_of_x690(data: str, value: int) -> None:
    """X.690 8.3: two's complement, shortest form."""
    assert asn1.element(bytes.fromhex(data)).integer() == value
    assert asn1.encode_integer(value) == bytes.fromhex(data)


@given(st.integers(min_value=-(2**521), max_value=2**521))
def test_integers_read_back(value: int) -> None:
    assert asn1.element(asn1.encode_integer(value)).integer() == value


@given(st.binary(max_size=70_000))
def test_octets_read_back(body: bytes) -> None:
    assert asn1.element(asn1.encode(asn1.OCTET_STRING, body)).body == body


def test_a_primitive_element_has_nothing_inside() -> None:
    with pytest.raises(ValueError, match="primitive"):
        asn1.element(bytes.fromhex("0403020101")).children()


def test_object_identifiers() -> None:
    """X.690 8.19.5: 2.999.3 is 06 03 88 37 03."""
    assert asn1.encode_oid("2.999.3").hex() == "0603883703"
    assert asn1.encode_oid("1.2.840.113549.1.9.16.1.4").hex() == "060b2a864886f70d0109100104"


def test_a_set_is_sorted_and_a_time_is_utc() -> None:
    assert asn1.encode_set_of(b"\x02\x01\x02", b"\x02\x01\x01").hex() == "3106020101020102"
    assert asn1.encode_time(datetime(2028, 3, 31, 9, tzinfo=UTC)) == b"\x18\x0f20280331090000Z"
