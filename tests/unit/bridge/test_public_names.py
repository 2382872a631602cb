"""The public names of verify.bridge, and the example of docs/formats/bridges.md run as it is printed."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import verify.bridge

DOCS = Path(__file__).parents[3] / "docs" / "formats" / "bridges.md"


def test_the_example_prints_what_the_page_says() -> None:
    text = DOCS.read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
    assert code is not None
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code.group(1), {"__name__": "example"})  # our own page
    assert out.getvalue() == code.group(2)


def test_the_numbers_of_the_example_by_hand() -> None:
    """2000 GJ at 0.104 t/GJ become 1980 at 0.132: 208 and 261.36 t, less 100 of certificates."""
    text = DOCS.read_text(encoding="utf-8")
    assert "claimed              46.6" in text  # 208 - 161.36
    assert "contracts          -100.0" in text
    assert round(208 - (1980 * 0.132 - 100), 2) == 46.64


def test_every_public_name_is_on_the_page_and_there() -> None:
    text = DOCS.read_text(encoding="utf-8").partition("## Terms of the reduction bridge")[0]
    functions = [name for name in verify.bridge.__all__ if name[0].islower() and name != "chain"]
    assert [name for name in functions if f"`{name}" not in text] == []
    assert all(hasattr(verify.bridge, name) for name in verify.bridge.__all__)
