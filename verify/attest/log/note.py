"""Signed notes: text, blank line, signature lines (C2SP signed-note v1.0.0); keys by name and four octets of a digest.

<text, ending in a line feed>
<blank line>
— <key name> base64(key id || signature)
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verify.attest import shape
from verify.attest.log import ed25519
from verify.errors import NotVerified

ED25519, COSIGNATURE = 0x01, 0x04  # signature types of signed-note and tlog-cosignature
_ID = 4  # octets of a key id
_MOST = 100  # signatures of a note; the specification asks for 16 at least
_LARGEST = 1_000_000  # octets of a note
_LINE = re.compile(r"— ([^ ]+) ([A-Za-z0-9+/=]+)")
_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


@dataclass(frozen=True)
class Key:
    """A key that notes are verified by. `kind` is ED25519 for a log, COSIGNATURE for a witness; `public` its 32 octets."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four octets that stand before each signature."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_ID]

    def __str__(self) -> str:
        """The vkey: name, key id and key, as files and specifications write it."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode('ascii')}"


@dataclass(frozen=True)
class Signature:
    """One line: key name, key id, and what follows it."""

    name: str
    id: bytes
    value: bytes

    def line(self) -> str:
        """The line as it stands in a note, without its end."""
        return f"— {self.name} {base64.b64encode(self.id + self.value).decode('ascii')}"


@dataclass(frozen=True)
class Note:
    """`text` ends in a line feed. Nothing of it may be used before a signature was verified."""

    text: str
    signatures: Sequence[Signature]

    def data(self) -> bytes:
        """The octets of the file."""
        return (self.text + "\n" + "".join(f"{one.line()}\n" for one in self.signatures)).encode()

    def of(self, key: Key) -> list[Signature]:
        """The signatures that claim to be of this key: name and key id both."""
        return [one for one in self.signatures if (one.name, one.id) == (key.name, key.id)]


def name(value: str) -> str:
    """A key name: not empty, without blank, plus or control character. Raises ValueError."""
    if not value or "+" in value or any(one.isspace() for one in value):
        raise ValueError("no name of a key")
    return shape.text(value, "name")


def read_key(text: str) -> Key:
    """The key of a vkey. Raises NotVerified `log.vkey` for another form, another id, or a type that is not known here."""
    try:
        return _key(text)
    except ValueError as error:
        raise NotVerified("log.vkey", key=text[:100], detail=str(error)) from None


def read(data: bytes) -> Note:
    """The note of these octets, not yet verified. Raises NotVerified `log.note`."""
    try:
        return _read(data)
    except ValueError as error:
        raise NotVerified("log.note", detail=str(error)) from None


def verify(note: Note, key: Key) -> None:
    """Whether the note is signed by this key, of type ED25519. Raises NotVerified `log.unsigned` where no line is of it,
    `log.signature` where one is and does not hold."""
    if key.kind != ED25519:
        raise NotVerified("log.vkey", key=str(key), detail="not a key that signs notes")
    lines = note.of(key)
    if not lines:
        raise NotVerified("log.unsigned", key=key.name)
    if not all(ed25519.holds(key.public, one.value, note.text.encode()) for one in lines):
        raise NotVerified("log.signature", key=key.name)


def sign(text: str, key_name: str, private: Ed25519PrivateKey, others: Iterable[Signature] = ()) -> Note:
    """The note of a text, signed; `others` stand behind."""
    key = Key(key_name, ED25519, ed25519.public_of(private))
    return Note(text, (Signature(key_name, key.id, private.sign(text.encode())), *others))


def _read(data: bytes) -> Note:
    if len(data) > _LARGEST:
        raise ValueError("too large")
    whole = data.decode("utf-8")
    if any(one < " " and one != "\n" for one in whole):
        raise ValueError("a control character")
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise ValueError("no blank line, or no line end")
    signatures = [_signature(one) for one in lines[:-1].split("\n")]
    if len(signatures) > _MOST:
        raise ValueError("too many signatures")
    return Note(text + "\n", tuple(signatures))


def _key(text: str) -> Key:
    match = _VKEY.fullmatch(text)
    if match is None:
        raise ValueError("no vkey")
    data = shape.octets(match[3], "key")
    found = Key(name(match[1]), data[0], data[1:])
    if found.kind not in {ED25519, COSIGNATURE} or len(found.public) != ed25519.KEY or found.id.hex() != match[2]:
        raise ValueError("another key than its id says, or of an unknown type")
    return found


def _signature(line: str) -> Signature:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError("no line of a signature")
    value = shape.octets(match[2], "signature")
    if len(value) <= _ID:
        raise ValueError("a signature that is too short")
    if "+" in match[1] or any(one.isspace() for one in match[1]):
        raise ValueError("no name of a key")
    return Signature(match[1], value[:_ID], value[_ID:])
