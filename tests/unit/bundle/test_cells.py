"""Published tables: one form, read back strictly."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.bundle.cells import number, read_table, write_table
from verify.bundle.refused import Refused

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@given(st.lists(st.fixed_dictionaries({"a": WORDS, "b,c": WORDS, "中": WORDS}), max_size=5))
def test_what_is_written_is_read(rows: list[dict[str, str]]) -> None:
    data = write_table(["a", "b,c", "中"], rows)
    assert read_table(data) == sorted(rows, key=lambda row: [row["a"], row["b,c"], row["中"]])
    assert list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))) == read_table(data)


@given(st.lists(st.fixed_dictionaries({"a": WORDS}), max_size=5))
def test_a_table_of_one_column(rows: list[dict[str, str]]) -> None:
    assert len(read_table(write_table(["a"], rows))) == len(rows)


def test_values() -> None:
    row = {"n": None, "i": 3, "d": Decimal("1.500"), "f": Fraction(1, 8), "b": True, "t": "x,y"}
    assert write_table(list(row), [row]) == b'n,i,d,f,b,t\n,3,1.5,0.125,true,"x,y"\n'
    with pytest.raises(TypeError):
        write_table(["x"], [{"x": 0.1}])
    with pytest.raises(ValueError, match="finite"):
        write_table(["x"], [{"x": Fraction(1, 3)}])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b\n1\n",
        b"a,a\n1,2\n",
        b"a,b\n1,2",
        b"a,b\r\n1,2\r\n",
        b"a,b\n2,2\n1,1\n",
        b'a,b\n"1",2\n',
        b'a,b\n"1,2\n',
        b"\xef\xbb\xbfa,b\n1,2\n",
        b"a,b\n\xff,2\n",
        b"a,b\n\n1,2\n",
    ],
)
def test_another_form_is_refused(data: bytes) -> None:
    if data.startswith(b"\xef\xbb\xbf"):  # a byte-order mark is a sign of the first heading, and stays one
        assert next(iter(read_table(data)[0])) == "\ufeffa"
        return
    with pytest.raises(Refused):
        read_table(data)


@pytest.mark.parametrize("text", ["1e5", "1/3", " 1", "1_0", "+1", "01", ".5", "5.", "NaN", "١", "", "1" * 61])
def test_a_number_is_plain_decimal_text(text: str) -> None:
    with pytest.raises(ValueError, match="decimal"):
        number(text)


def test_a_plain_number() -> None:
    assert number("-0.125") == Fraction(-1, 8)
