"""A copy of the national ruler with one file of rule tests, written by the test."""

from __future__ import annotations

import shutil
from pathlib import Path

from verify import resources

NATIONAL = "cn-national-2025"
# Two rows by hand: 1000 MWh x 0.5366 kgCO2/kWh of the annex would be 536.6 t; the ruler takes 0.8325 for power of the grid.
BOOK = """\
title: {zh: 电力, en: power}
defaults:
  activity: {period: "2027", enterprise_id: E, flow: purchased, counterparty: outside}
tests:
  grid:
    title: {zh: 网电, en: power of the grid}
    origin: {cite: {document: ndrc-910, annex: "4"}, arithmetic: 1000 x 0.8325}
    tables:
      activity:
        - [carrier, quantity, unit, supply, "->", carbon, tco2]
        - [electricity, 1000, MWh, grid, "->", el.in_other, 832.5]
    figures: {total.tco2: 1000 * 0.8325}
  printed:
    title: {zh: 印出的数, en: printed numbers}
    origin: {cite: {document: ndrc-910, annex: "3"}}
    values:
      - [id, unit, 2025]
      - [annex3.limit.class_20_100, tCO2/tce, 0.2]
  grounds:
    title: {zh: 意见, en: an opinion}
    origin: {arithmetic: "6 % of the tonnes"}
    opinion:
      - {grounds: {covered_share: "1"}, value: unmodified}
"""


def book(tmp_path: Path, old: str = "", new: str = "") -> Path:
    """The ruler's folder with `BOOK` as its only tests, one text of it replaced."""
    folder = tmp_path / NATIONAL
    shutil.copytree(resources.rules() / NATIONAL, folder, ignore=shutil.ignore_patterns("tests"))
    assert old in BOOK, old
    (folder / "tests").mkdir()
    (folder / "tests" / "power.yaml").write_text(BOOK.replace(old, new, 1) if old else BOOK, encoding="utf-8")
    return folder


def place(text: str, old: str, new: str) -> tuple[int, int]:
    """Line and column (1-based) of a text in `BOOK` after one text of it was replaced."""
    whole = BOOK.replace(old, new, 1)
    start = whole.index(text)
    return whole[:start].count("\n") + 1, start - whole.rfind("\n", 0, start)
