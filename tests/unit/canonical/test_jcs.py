"""RFC 8785, from its own examples and its text."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.canonical import canonical_bytes, digest

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)))


def test_keys_sort_by_utf16_code_units() -> None:
    """RFC 8785 3.2.3: the example's seven keys in their order (the emoji, a surrogate pair, before U+FB33)."""
    keys = ["€", "\r", "\ufb33", "1", "😀", "\u0080", "ö"]
    names = [
        "Euro Sign",
        "Carriage Return",
        "Hebrew Letter Dalet With Dagesh",
        "One",
        "Emoji: Grinning Face",
        "Control",
        "Latin Small Letter O With Diaeresis",
    ]
    text = canonical_bytes(dict(zip(keys, names, strict=True))).decode("utf-8")
    order = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"]
    assert [text.index(name) for name in order] == sorted(text.index(name) for name in order)


def test_strings_escape_only_what_json_must() -> None:
    """RFC 8785 3.2.2.2: two-letter escapes, \\u00xx in lower case, everything else as it is."""
    assert canonical_bytes('\b\t\n\f\r"\\/\u000f\u20ac') == b'"\\b\\t\\n\\f\\r\\"\\\\/\\u000f\xe2\x82\xac"'


def test_literals_and_nesting() -> None:
    assert canonical_bytes({"b": [None, True, False, 0, -1], "a": {}}) == b'{"a":{},"b":[null,true,false,0,-1]}'


def test_digest_is_sha256_of_the_bytes() -> None:
    assert digest({"a": "1"}) == hashlib.sha256(b'{"a":"1"}').hexdigest()


@pytest.mark.parametrize("value", [{1: "a"}, b"x", object()])
def test_what_has_no_canonical_form(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_bytes(value)


def test_a_digest_stands_for_exact_numbers_only() -> None:
    """E4: what TrueZero signs holds every quantity as a decimal string."""
    with pytest.raises(TypeError):
        digest({"facts": [{"value": 1.5}]})


@pytest.mark.parametrize("value", [2**53, "\ud800", float("nan"), float("inf"), float("-inf")])
def test_values_outside_i_json(value: object) -> None:
    with pytest.raises(ValueError, match=r"outside|surrogate|no JSON number"):
        canonical_bytes(value)


@given(
    st.recursive(
        st.none() | st.booleans() | TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=20
    )
)
def test_json_reads_it_back(value: object) -> None:
    import json

    assert json.loads(canonical_bytes(value)) == value
    assert canonical_bytes(json.loads(canonical_bytes(value))) == canonical_bytes(value)
