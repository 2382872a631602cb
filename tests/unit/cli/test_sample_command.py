"""``truezero sample`` as typed: draw, fill, project; over a frozen park."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from tests.acceptance.command import said
from tests.golden.road import frozen
from verify import resources

PARK = resources.parks() / "honest-not-met"
SEED = "5f" * 32


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample") / "sample.json"
    done = said("sample", "draw", str(PARK), "--seed", SEED, "-o", str(out), "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert "tolerable error" in done.out
    return out


def fill(drawn: Path, name: str, **changed: str) -> Path:
    """The sheet with what was filed as found, but for the rows of `changed`."""
    rows = list(csv.DictReader(io.StringIO(drawn.with_suffix(".csv").read_text(encoding="utf-8-sig"), newline="")))
    for row in rows:
        row["quantity found"] = changed.get(row["row id"], row["quantity filed"] or "1")
    target = drawn.with_name(name)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)
    return target


def test_the_plan_is_of_this_park(drawn: Path) -> None:
    document = json.loads(drawn.read_text(encoding="utf-8"))
    facts = frozen("honest-not-met").facts
    assert document["facts_sha256"] == frozen("honest-not-met").digest
    assert (document["park"], document["year"]) == (facts["park"]["id"], facts["year"])
    assert Fraction(document["unlisted_tco2"]) == 0
    share = Fraction(document["tolerable_tco2"]) / Fraction(document["total_tco2"])
    assert abs(share - Fraction(document["materiality"])) < Fraction(1, 10**9)
    assert all(row["place"]["file"].endswith(".csv") for row in document["drawn"])


def test_a_sheet_that_holds_and_one_that_does_not(drawn: Path) -> None:
    held = said("sample", "project", str(drawn), str(fill(drawn, "held.csv")), "--lang", "zh")
    assert (held.code, held.err) == (0, "")
    assert "以内" in held.out
    row = next(
        one
        for one in json.loads(drawn.read_text(encoding="utf-8"))["drawn"]
        if one["certain"] and float(one["tco2"]) > 0
    )
    wrong = fill(drawn, "wrong.csv", **{row["row_id"]: str(float(row["quantity"]) * 3)})
    done = said("sample", "project", str(drawn), str(wrong), "--lang", "en", "--json")
    assert done.code == 1
    told = json.loads(done.out)
    assert {"part": "tonnes", "row_id": row["row_id"]} in told["wrong"]
    assert float(told["hidden"]["found_tco2"]) == pytest.approx(2 * float(row["tco2"]), rel=1e-6)


def test_nothing_is_written_over_and_nothing_is_guessed(drawn: Path) -> None:
    for words, key in (
        (("sample", "draw", str(PARK), "--seed", SEED, "-o", str(drawn)), str(drawn)),
        (("sample", "draw", str(PARK), "--seed", "12", "-o", str(drawn.with_name("x.json"))), "64"),
        (("sample", "project", str(drawn.with_suffix(".csv")), str(drawn)), "sample.csv"),
    ):
        done = said(*words, "--lang", "en")
        assert done.code == 2
        assert key in done.err
        assert "Traceback" not in done.err
