"""All members that two people sign: complete, canonical, the same on every machine, and without a withheld number."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.bundle.published_park import NAMES, PAGES, amounts, cells, full, members, public
from tests.unit.disclosure.park import secrets
from tests.unit.report.overlay import overlaid, speaking
from verify.bundle.canonical_members import check_canonical
from verify.bundle.cells import read_table
from verify.bundle.content import content
from verify.bundle.member_set import member_faults
from verify.bundle.sums import parse_sums
from verify.canonical import canonical_bytes, decimal_text, digest
from verify.report import public_pages
from verify.report.numbers import figure
from verify.ruler import load_ruler

NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_fixed_list_and_canonical(name: str) -> None:
    found = members(name)
    assert member_faults(found, attested=False) == []
    assert check_canonical(found) == []
    assert list(found) == sorted(found)
    listed = parse_sums(found["SHA256SUMS"])
    assert {"ruler.json", "report.en.html", "data/cells.csv", "VERIFY.md", *PAGES} <= set(listed)
    assert json.loads(found["report.json"]) == public(name)


def test_the_ruler_stands_there_by_its_digest() -> None:
    ruler = load_ruler("cn-national-2025")
    assert digest(json.loads(members()["ruler.json"])) == ruler.sha256


def test_a_verifier_makes_the_same_bytes_from_what_it_reads() -> None:
    found = members()
    again = content(
        json.loads(found["report.json"]),
        json.loads(found["ruler.json"]),
        read_table(found["data/cells.csv"]),
        {name: found[name] for name in PAGES},
    )
    assert again == found


def test_the_same_bytes_on_every_machine() -> None:
    program = (
        "from tests.unit.bundle.published_park import members; import hashlib\n"
        "print({name: hashlib.sha256(data).hexdigest() for name, data in members().items()})"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": "", "TZ": zone, "LC_ALL": locale},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Shanghai", "C.UTF-8"))
    ]
    assert runs[0] == runs[1]
    assert "ro-crate-metadata.json" in runs[0]


def test_a_page_cannot_stand_in_the_place_of_another_member() -> None:
    for name in ("report.json", "SHA256SUMS", "ro-crate-metadata.json", "data/items.csv"):
        with pytest.raises(ValueError, match="no page"):
            members(pages={**PAGES, name: b"x"})


@pytest.mark.parametrize("name", NAMES)
def test_no_withheld_number_stands_in_any_member(name: str, tmp_path: Path) -> None:
    """Neither as the facts write it nor as a page would show it, where the public facts do not hold the same."""
    shown, whole = public(name), full(name)
    with speaking(overlaid(tmp_path)):
        found = content(shown, {}, cells(shown["facts"]) if name == "park" else [], public_pages(shown))
    level = {key: Fraction(shown["facts"]["level"][key] or "0") for key in ("strict", "proven", "claimed")}
    told = amounts(shown) | {decimal_text(level[key] - level["claimed"], 6).lstrip("-") for key in level}  # the bridge
    hidden = amounts(whole["facts"]) - told
    if name == "park":
        hidden |= {decimal_text(abs(value), 6) for value in secrets().values()} - told
        assert len(hidden) > 20
    numbers = set(NUMBER.findall(b"\n".join(found.values()).decode("utf-8")))
    seen = {figure(one, "tCO2").text for one in told}
    for value in hidden:
        if len(value.strip("0.")) > 4:
            assert value not in numbers
        rounded = figure(value, "tCO2").text
        assert rounded in seen or len(rounded.strip("0.")) < 6 or rounded not in numbers, value


def test_report_json_is_what_was_disclosed() -> None:
    shown = public()
    assert members()["report.json"] == canonical_bytes(shown)
