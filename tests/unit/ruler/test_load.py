"""Rulers load whole or not at all, and say why with file, line and column (issue 1 of 8, must show 7)."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import pytest

from verify import resources
from verify.errors import Located, WrongUsage
from verify.ledger import Changes, Vocabulary
from verify.ledger.factor import Situation
from verify.ledger.route import Router
from verify.ruler import Ruler, available, load_ruler
from verify.submission.contract import vocabulary as words

NATIONAL = "cn-national-2025"


@pytest.fixture(scope="module")
def national() -> Ruler:
    return load_ruler(NATIONAL)


def broken(tmp_path: Path, file: str, old: str, new: str) -> Located:
    """The error of a copy of the national ruler with one text replaced."""
    folder = tmp_path / NATIONAL
    shutil.copytree(resources.rules() / NATIONAL, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Located) as refused:
        load_ruler(folder)
    return refused.value


def line_of(file: str, text: str) -> int:
    whole = (resources.rules() / NATIONAL / file).read_text(encoding="utf-8")
    return whole[: whole.index(text)].count("\n") + 1


@pytest.mark.parametrize("name", available())
def test_every_ruler_loads(name: str) -> None:
    ruler = load_ruler(name)
    assert len(ruler.sha256) == 64
    assert ruler.sha256 == load_ruler(name).sha256


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("ruler.yaml", "status: complete", "status: complete\nstatuz: complete", "ruler.unknown_key"),
        ("ruler.yaml", "status: complete", "status: complete\nstatus: partial", "ruler.duplicate_key"),
        ("ruler.yaml", "status: complete", "status: done", "ruler.not_one_of"),
        ("indicators.yaml", 'comparison: ">="', 'comparison: ">"', "ruler.not_one_of"),
        ("method.yaml", 'formula: sum(tco2, term="process")', "formula: __import__('os').getcwd()", None),
        ("method.yaml", 'formula: sum(tco2, term="process")', "formula: open('x')", None),
        ("method.yaml", "unit: tCO2/MWh", "unit: tCO2/furlong", None),
        ("checks.yaml", "severity: error", "severity: eror", "ruler.not_one_of"),
        ("method.yaml", "document: ndrc-910", "document: nobody", "ruler.no_document"),
        ("ruler.yaml", "factor_sets: [annex3", "factor_sets: [annex9, annex3", "ruler.no_factor_file"),
    ],
)
def test_a_broken_ruler_names_its_place(file: str, old: str, new: str, key: str | None, tmp_path: Path) -> None:
    error = broken(tmp_path, file, old, new)
    problems = [one for one in error.problems if key is None or one.key == key]
    assert problems, error.problems
    assert problems[0].file.endswith(file)
    expected = line_of(file, old)
    assert problems[0].line in {expected, expected + 1}
    assert problems[0].column >= 1


ASKED = "attestation: {{further: [{}], cite: {{document: ndrc-910}}}}\nstatus: complete"


def test_a_ruler_may_require_a_further_signature(tmp_path: Path, national: Ruler) -> None:
    """Absent: none (ADR 0017). An unknown word, none at all, and a rule without a citation do not load."""
    assert national.text.attestation is None
    for asked, key in (
        (ASKED.format("sm3"), "ruler.not_one_of"),
        (ASKED.format(""), "ruler.empty"),
        ("attestation: {further: [sm2]}\nstatus: complete", "ruler.missing_key"),
    ):
        (problem,) = broken(tmp_path / key, "ruler.yaml", "status: complete", asked).problems
        assert (problem.key, problem.line) == (key, line_of("ruler.yaml", "status: complete"))

    def asking(data: dict) -> None:  # type: ignore[type-arg]
        data["attestation"] = {"further": ["sm2"], "cite": {"document": "ndrc-910"}}

    asked = load_ruler(NATIONAL, change=asking)
    assert asked.text.attestation is not None
    assert asked.plain()["text"]["attestation"]["further"] == ["sm2"]
    assert asked.sha256 != national.sha256


def test_an_unknown_ruler_is_wrong_usage() -> None:
    with pytest.raises(WrongUsage) as refused:
        load_ruler("cn-nowhere")
    assert NATIONAL in str(refused.value.arguments["available"])


def test_the_digest_covers_values_and_formulas(national: Ruler) -> None:
    def looser(data: dict) -> None:  # type: ignore[type-arg]
        data["values"]["practice.materiality"]["value"] = "6"

    def renamed(data: dict) -> None:  # type: ignore[type-arg]
        data["method"]["items"]["total.tco2"]["formula"] += " + 0"

    assert (
        len({national.sha256, load_ruler(NATIONAL, change=looser).sha256, load_ruler(NATIONAL, change=renamed).sha256})
        == 3
    )


def test_printed_values_of_the_annexes(national: Ruler) -> None:
    """Annex 3 and 4 as printed (../shared/domain/sources)."""
    from fractions import Fraction

    assert national.number("annex4.el.grid_other") == Fraction("0.8325")
    assert national.number("annex4.heat.fossil_default") == Fraction("0.11")
    assert national.number("annex3.limit.class_20_100") == Fraction("0.2")
    assert national.number("annex3.limit.class_100_up") == Fraction("0.3")
    assert national.number("annex3.size.lower") == 200000
    assert national.number("annex3.size.upper") == 1000000
    assert national.number("annex4.el.direct_share_minimum") == Fraction(1, 2)


def test_every_situation_is_taken_by_exactly_one_line(national: Ruler) -> None:
    """No row falls between the rules: every combination of the vocabulary has one carbon and one energy line per reading."""
    router = Router(national, Changes())
    carriers = Vocabulary.standard()
    wheres = ("none", "inside", "outside", "unknown")
    kinds = [*words("activity_type"), ""]
    supplies = [*words("supply"), ""]
    for carrier in (
        "bituminous_coal",
        "coke_oven_gas",
        "electricity",
        "heat",
        "waste_heat",
        "hydrogen",
        "compressed_air",
    ):
        for flow, kind, supply, where in product(words("flow"), kinds, supplies, wheres):
            texts = {
                "carrier": carrier,
                "flow": flow,
                "activity_type": kind,
                "supply": supply,
                "where": where,
                "covered": "no",
                "year": "2027",
            }
            texts |= carriers.traits(carrier)
            found = list(router.routes("activity", Situation(texts, {}, "2027", texts["dimension"])))
            for measure in ("carbon", "energy"):
                readings = [route.reading for route in found if route.measure == measure]
                assert readings, texts
                assert len(set(readings)) == len(readings), (texts, readings)
