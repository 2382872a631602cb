"""DSSE v1.0.2: the pre-authentication encoding, and an envelope that has one form only."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.attest import dsse
from verify.errors import NotVerified

TYPE = "http://example.com/HelloWorld"
ENVELOPE = dsse.Envelope(TYPE, b"hello world", (dsse.Signature("a", b"\x01\xff"), dsse.Signature("", b"\xfb\xef")))


def refused(data: bytes) -> None:
    with pytest.raises(NotVerified) as error:
        dsse.read(data)
    assert error.value.key == "attest.envelope_unreadable"


def changed(**members: object) -> bytes:
    """The envelope with some members replaced, in canonical form."""
    value = json.loads(dsse.write(ENVELOPE)) | members
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def test_the_vector_of_the_specification() -> None:
    """protocol.md: PAE of "hello world" under http://example.com/HelloWorld."""
    assert dsse.pae(TYPE, b"hello world") == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert ENVELOPE.signed_bytes() == dsse.pae(TYPE, b"hello world")


def test_lengths_are_octets() -> None:
    assert dsse.pae("核", "核查".encode()) == b"DSSEv1 3 \xe6\xa0\xb8 6 \xe6\xa0\xb8\xe6\x9f\xa5"
    assert dsse.pae("", b"") == b"DSSEv1 0  0 "


@given(st.text(max_size=20), st.binary(max_size=20), st.text(max_size=20), st.binary(max_size=20))
def test_two_messages_never_share_an_encoding(kind: str, payload: bytes, other: str, another: bytes) -> None:
    """What PAE is for: the split between type and payload cannot be moved."""
    assert (dsse.pae(kind, payload) == dsse.pae(other, another)) == ((kind, payload) == (other, another))


def test_an_envelope_reads_back() -> None:
    assert dsse.read(dsse.write(ENVELOPE)) == ENVELOPE
    assert b'"sig":"++8="' in dsse.write(ENVELOPE)  # the standard alphabet


@pytest.mark.parametrize(
    "members",
    [
        {"payload": "aGVsbG8gd29ybGQ"},  # no padding
        {"payload": "aGVsbG8gd29ybGR="},  # bits behind the last octet
        {"payload": "aGVsbG8gd29ybGQ=\n"},
        {"payload": "aGVs bG8gd29ybGQ="},
        {"payload": 5},
        {"payloadType": None},
        {"extra": "x"},
        {"signatures": []},
        {"signatures": {}},
        {"signatures": [{"sig": "++8="}]},
        {"signatures": [{"keyid": "a"}]},
        {"signatures": [{"keyid": "a", "sig": "--8="}]},
        {"signatures": [{"keyid": "a", "sig": "++8=", "cert": "x"}]},
    ],
)
def test_other_members_are_refused(members: dict[str, object]) -> None:
    refused(changed(**members))


def test_another_layout_is_refused() -> None:
    data = dsse.write(ENVELOPE)
    for other in (data + b"\n", b" " + data, json.dumps(json.loads(data)).encode(), data.replace(b"hello", b"\\u0068")):
        if other != data:
            refused(other)
    refused(b"\xef\xbb\xbf" + data)
    refused(data.replace(b'{"payload":', b'{"payload":"","payload":'))


def test_every_flipped_bit_is_seen() -> None:
    """A flipped bit is refused, or read as another envelope: never as the same."""
    data = dsse.write(ENVELOPE)
    for place in range(len(data)):
        for bit in range(8):
            altered = bytearray(data)
            altered[place] ^= 1 << bit
            try:
                read = dsse.read(bytes(altered))
            except NotVerified:
                continue
            assert read != ENVELOPE


def test_envelopes_of_others_are_read_as_the_specification_allows() -> None:
    """envelope.md: keyid is optional, unknown fields are ignored, both base64 alphabets are taken."""
    sig = base64.urlsafe_b64encode(b"\xfb\xef").decode()
    text = json.dumps(
        {"payloadType": TYPE, "payload": "aGVsbG8gd29ybGQ=", "x": 1, "signatures": [{"sig": sig, "y": 2}]}, indent=1
    )
    assert dsse.read_any(text.encode()) == dsse.Envelope(TYPE, b"hello world", (dsse.Signature("", b"\xfb\xef"),))
    refused(text.encode())
    with pytest.raises(NotVerified):
        dsse.read_any(b'{"payload":"","payloadType":"a"}')
