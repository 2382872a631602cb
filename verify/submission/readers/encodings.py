"""The encoding of a text file, decided by a strict decode of the whole stream, never by a guess on its beginning."""

from __future__ import annotations

import codecs
import re

from verify.submission.raw import RawNote
from verify.submission.readers.entries import Entry

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 4096
# A whole run of bytes beyond ASCII that is two or more Chinese characters of UTF-8. Text in GB18030 hardly ever looks like
# that: of the 15,000 runs in this project's texts none does, of random ones about one in 40,000.
_UTF8_RUN = re.compile(
    rb"(?<![\x80-\xff])(?:[\xe4-\xe9][\x80-\xbf]{2}|\xe3\x80[\x80-\xbf]|\xef\xbc[\x80-\xbf]){2,}(?![\x80-\xff])"
)
_ENOUGH = 4  # characters in different runs before a file is said to be mixed


def encoding_of(entry: Entry) -> str | None:
    """The encoding under which every byte of `entry` decodes, or None."""
    with entry.stream() as stream:
        start = stream.read(3)
    candidates = ("utf-16",) if start[:2] in _UTF16 else ("utf-8-sig", "gb18030")
    return next((encoding for encoding in candidates if _decodes(entry, encoding)), None)


def objection(entry: Entry, encoding: str | None) -> RawNote | None:
    """Why the text of `entry` cannot be trusted although its bytes decode, or that they do not; None: it can."""
    with entry.stream() as stream:
        start = stream.read(_LOOKED_AT)
    if encoding != "utf-16" and start.count(0) > len(start) // 4:
        return RawNote("zero_bytes")
    if encoding is None:
        return RawNote("not_utf8")
    line = _utf8_inside(entry) if encoding == "gb18030" else 0
    return RawNote("mixed_encodings", line) if line else None


def _utf8_inside(entry: Entry) -> int:
    """The line of the first run that is UTF-8 in a file that as a whole is not; 0 where there are too few to tell."""
    first = lines = 0
    seen: set[bytes] = set()
    rest = b""
    for piece in entry.pieces():
        whole = rest + piece
        cut = whole.rfind(b"\n") + 1
        for run in _UTF8_RUN.finditer(whole, 0, cut):
            seen.add(run[0])
            first = first or 1 + lines + whole.count(b"\n", 0, run.start())
            if sum(map(len, seen)) >= 3 * _ENOUGH:
                return first
        lines += whole.count(b"\n", 0, cut)
        rest = whole[cut:]
    return 0


def _decodes(entry: Entry, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for piece in entry.pieces():
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
