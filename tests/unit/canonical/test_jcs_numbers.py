"""RFC 8785 appendix B: doubles by their bits and the text that stands for them; section 3.2.2 and its example."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.canonical import canonical_bytes

# RFC 8785 appendix B, in its order; the two invalid ones (NaN, Infinity) are below.
APPENDIX_B = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


def double(bits: str) -> float:
    return float(struct.unpack(">d", bytes.fromhex(bits))[0])


@pytest.mark.parametrize(("bits", "text"), APPENDIX_B)
def test_appendix_b(bits: str, text: str) -> None:
    assert canonical_bytes(double(bits)).decode("ascii") == text


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000"])
def test_appendix_b_has_no_text_for_nan_and_infinity(bits: str) -> None:
    with pytest.raises(ValueError, match="no JSON number"):
        canonical_bytes(double(bits))


def test_the_numbers_of_the_example() -> None:
    """RFC 8785 3.2.2: the sample input and its canonical form."""
    numbers = json.loads("[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]")
    assert canonical_bytes(numbers) == b"[333333333.3333333,1e+30,4.5,0.002,1e-27]"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-1.5, "-1.5"),
        (123456789012345680000.0, "123456789012345680000"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
    ],
)
def test_the_borders_of_the_four_forms(value: float, text: str) -> None:
    """ECMA-262 Number::toString: steps for k <= n <= 21, 0 < n <= 21, -6 < n <= 0 and the exponent."""
    assert canonical_bytes(value).decode("ascii") == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_reads_back(value: float) -> None:
    assert float(canonical_bytes(value)) == value
