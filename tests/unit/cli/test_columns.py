"""Columns where a Chinese character is as wide as two letters."""

from __future__ import annotations

import click
import pytest

from verify.cli.columns import aligned, padded, width, wrapped


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("核查", 4), ("tCO₂/tce", 8), ("（原则上）", 10), ("e\u0301", 1), ("✕", 1)]
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells
    assert width(click.style(text, fg="red", bold=True)) == cells


def test_columns_begin_together_and_numbers_end_together() -> None:
    lines = aligned([["✓", "绿电", "5.00%", "x"], ["✕", "waste heat", "100.00%", ""]], right=(2,))
    assert lines == ["✓  绿电          5.00%  x", "✕  waste heat  100.00%"]


def test_a_cell_that_is_too_wide_does_not_push_the_others() -> None:
    assert aligned([["a" * 10, "x"], ["b", "y"]], most=3) == ["a" * 10 + "  x", "b    y"]


def test_padding_never_cuts() -> None:
    assert padded("核查", 3) == "核查"
    assert padded("核", 4, right=True) == "  核"


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("提交可以是 CSV 文件夹", 12, ["提交可以是", "CSV 文件夹"]),
        ("逐条，列出。", 6, ["逐条，", "列出。"]),
        ("longerthanthat x", 5, ["longerthanthat", "x"]),
    ],
)
def test_lines_are_broken_between_words_and_between_characters(text: str, cells: int, lines: list[str]) -> None:
    found = list(wrapped(text, cells))
    assert found == lines
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
