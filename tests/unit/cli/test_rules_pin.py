"""`rules pin` on the command line, and a refused layer as a person reads it, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.command import said
from tests.unit.ruler.layer_folders import NATIONAL, example, national, valued
from verify.ruler import load_ruler


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    national(tmp_path)
    return example(tmp_path, "province-tighter")


def test_a_layer_is_pinned_and_says_so(layer: Path) -> None:
    old = load_ruler(layer).lineage[0][1]
    valued(layer.parent / NATIONAL / "checks.yaml", "TZ-IND-01", "severity", "question")
    new = load_ruler(layer.parent / NATIONAL).sha256
    stopped = said("rules", "resolve", str(layer), "--lang", "zh")
    assert stopped.code == 2
    assert f"truezero rules pin {layer}" in stopped.err
    looked = said("rules", "pin", str(layer), "--dry-run", "--lang", "en")
    assert looked.code == 0
    assert old in looked.out
    assert new in looked.out
    (row,) = [one for one in looked.out.splitlines() if one.lstrip().startswith("*")]
    assert row.split() == ["*", "checks.TZ-IND-01.severity", "warning", "→", "question"]
    assert said("rules", "resolve", str(layer)).code == 2  # nothing was written
    pinned = said("rules", "pin", str(layer), "--lang", "zh")
    assert pinned.code == 0
    assert pinned.out.rstrip().endswith(f"{NATIONAL}@sha256:{new}")
    assert said("rules", "resolve", str(layer)).code == 0
    again = said("rules", "pin", str(layer), "--lang", "zh")
    assert "没有变动" in again.out


def test_overrides_are_listed_with_both_numbers(layer: Path) -> None:
    out = said("rules", "pin", str(layer), "--lang", "en").out
    (row,) = [one for one in out.splitlines() if "indicators.direct_share.limit" in one]
    assert "annex4.el.direct_share_minimum = 50 %" in row
    assert "example.direct_share = 60 %" in row
    assert "province-tighter/ruler.yaml:" in row


@pytest.mark.parametrize(
    ("language", "below", "own"),
    [
        ("zh", "为 0.2 tCO2/tce（发改环资〔2025〕910号 附件 3", "0.25 tCO2/tce（例发改〔2027〕2号 第五条）"),
        ("en", "says 0.2 tCO2/tce (发改环资〔2025〕910号, annex 3", "0.25 tCO2/tce (例发改〔2027〕2号, 第五条)"),
    ],
)
def test_a_refusal_in_words(language: str, below: str, own: str, tmp_path: Path) -> None:
    one = said("rules", "pin", str(example(tmp_path, "province-looser", pinned=False)), "--lang", language)
    assert one.code == 2
    (row,) = [
        line for line in one.err.splitlines() if "values.annex3.limit.class_20_100" in line and "directions" not in line
    ]
    assert "province-looser/ruler.yaml:16:3" in row
    assert "factors/annex3.yaml:" in row
    assert below in row
    assert own in row
    assert "Source(" not in one.err


def test_a_folder_without_a_ruler_is_refused(tmp_path: Path) -> None:
    one = said("rules", "pin", str(tmp_path / "nothing"), "--lang", "en")
    assert (one.code, one.out) == (2, "")
    assert "ruler.yaml" in one.err
