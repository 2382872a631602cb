"""JSON that two readers could read differently is refused (RFC 7493), and so is any second form of a value (RFC 8785)."""

from __future__ import annotations

import pytest

from verify.canonical.reading import read_canonical, read_json


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":1}}',
        b"\xef\xbb\xbf{}",
        b'"\xff"',
        b'"\\ud800"',
        b"NaN",
        b"[-Infinity]",
        b"1e400",
        b"9007199254740993",
        b"{} {}",
        b"",
        b"[" * 100_000,
    ],
)
def test_what_is_not_i_json(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_json(data)


@pytest.mark.parametrize("data", [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1}\n', b'"\\u0061"', b"1.0", b"1E2", b"-0"])
def test_a_second_form_of_a_value_is_refused(data: bytes) -> None:
    read_json(data)
    with pytest.raises(ValueError):
        read_canonical(data)


def test_the_one_form_is_read() -> None:
    assert read_canonical(b'{"a":[1,1.5,"\xe6\xa0\xb8"],"b":null}') == {"a": [1, 1.5, "核"], "b": None}
