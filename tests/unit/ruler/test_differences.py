"""Two rulers entry by entry: planted differences are found where they are, with the side that is stricter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.ruler.layer_folders import example
from verify.report.vocabulary import ids_of
from verify.ruler import Ruler, load_ruler
from verify.ruler.differences import Difference, differences
from verify.ruler.relation import relation
from verify.ruler.switched import with_entry

NATIONAL, CORPORATE = "cn-national-2025", "ghg-protocol-corporate"
CITE = {"document": "truezero-practice", "clause": "11"}
Plant = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def national() -> Ruler:
    """The national ruler."""
    return load_ruler(NATIONAL)


def planted(change: Plant) -> Ruler:
    """The national ruler with one thing changed."""
    return load_ruler(NATIONAL, change=change)


def found(a: Ruler, b: Ruler) -> list[Difference]:
    """The differences of two rulers."""
    return differences(a, b, ids_of("carrier"))


def value(name: str, printed: str, unit: str) -> Plant:
    """A ruler that prints a number of its own."""

    def change(data: dict[str, Any]) -> None:
        body = {"unit": unit, "value": printed, "kind": "fixed_by_text", "confidence": "primary", "cite": CITE}
        data["values"][name] = {**body, "title": {"zh": "数", "en": "number"}}

    return change


def setting(*path: str, to: Any) -> Plant:
    """A ruler with another text at a place."""

    def change(data: dict[str, Any]) -> None:
        holder = data
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = to

    return change


def line(name: str, **cells: Any) -> Plant:
    """A ruler with one line rule changed."""

    def change(data: dict[str, Any]) -> None:
        next(one for one in data["method"]["lines"] if one["id"] == name).update(cells)

    return change


def without_line(name: str) -> Plant:
    """A ruler without one of its line rules."""

    def change(data: dict[str, Any]) -> None:
        data["method"]["lines"] = [one for one in data["method"]["lines"] if one["id"] != name]

    return change


@pytest.mark.parametrize(
    ("change", "at", "kind", "stricter"),
    [
        (value("practice.materiality", "3", "%"), "values.practice.materiality", "both", "b"),
        (value("practice.materiality", "7", "%"), "values.practice.materiality", "both", "a"),
        (value("annex4.el.grid_other", "0.5306", "kgCO2/kWh"), "values.annex4.el.grid_other", "both", ""),
        (value("annex3.limit.class_20_100", "0.15", "tCO2/tce"), "indicators.unit_energy_co2", "both", "b"),
        (value("annex3.clean_energy_share", "80", "%"), "indicators.clean_energy_share", "both", "a"),
        (setting("indicators", "water_reuse", "excludable", to=False), "indicators.water_reuse", "both", "b"),
        (setting("checks", "TZ-IND-01", "severity", to="error"), "checks.TZ-IND-01", "both", "b"),
        (setting("checks", "TZ-ACC-01", "severity", to="note"), "checks.TZ-ACC-01", "both", "a"),
        (setting("checks", "TZ-BAL-01", "params", "tolerance", to="practice.balance_mass"), "checks.TZ-BAL-01", "both", "b"),
        (setting("parameters", "losses", "default", to="left_out"), "parameters.losses", "both", ""),
        (setting("opinion", "assurance", to="reasonable"), "opinion.assurance", "both", "b"),
        (setting("disclosure", "public", to=["claims", "items"]), "disclosure.public", "both", "a"),
        (setting("divergence", "stage", "answer", to=["operation"]), "divergence.stage", "both", ""),
        (line("el.in_other", factor=["certificate_renewable"]), "method.lines.el.in_other", "both", ""),
        (without_line("hydrogen"), "method.lines.hydrogen", "only_a", ""),
        (setting("method", "items", "bunker.tco2", "formula", to="0"), "method.items.bunker.tco2", "both", ""),
    ],
)  # fmt: skip
def test_a_planted_difference_is_found_and_nothing_else(
    national: Ruler, change: Plant, at: str, kind: str, stricter: str
) -> None:
    other = planted(change)
    one = found(national, other)
    assert [(".".join(each.at), each.kind, each.stricter) for each in one] == [(at, kind, stricter)]
    back = found(other, national)
    turned = {"a": "b", "b": "a", "": ""}[stricter]
    assert [(each.at, each.stricter) for each in back] == [(one[0].at, turned)]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["method"]["lines"][0]["title"].update(zh="另一个名称"),
        lambda data: data["method"]["items"]["total.tco2"].update(cite=CITE),
        lambda data: data["parameters"]["losses"]["open"].update(en="other words"),
        lambda data: data["checks"]["TZ-ACC-01"].update(alias="CK-X"),
        lambda data: (  # the same number by another name
            value("own.balance", "0.5", "%")(data),
            data["checks"]["TZ-BAL-05"]["params"].update(tolerance="own.balance"),
        ),
    ],
)
def test_words_and_clauses_are_no_difference(national: Ruler, change: Plant) -> None:
    assert found(national, planted(change)) == []


def test_a_layer_is_told_from_a_stranger(national: Ruler, tmp_path: Path) -> None:
    layer, corporate = load_ruler(example(tmp_path, "province-tighter")), load_ruler(CORPORATE)
    sibling = load_ruler(example(tmp_path / "other", "province-tighter"))
    assert relation(national, national) == "same"
    assert relation(national, layer) == "layer"
    assert relation(layer, national) == "base"
    assert relation(layer, sibling) == "same"
    assert relation(national, corporate) == "strangers"
    assert {"layer", "base"}.isdisjoint({relation(layer, corporate), relation(corporate, layer)})


def test_a_layer_never_differs_to_the_looser_side(national: Ruler, tmp_path: Path) -> None:
    layer = load_ruler(example(tmp_path, "province-tighter"))
    told = found(national, layer)
    assert told
    assert {one.kind for one in told} <= {"both", "only_b"}
    assert {one.stricter for one in told if one.kind == "both"} == {"b"}


def test_every_override_of_a_layer_is_a_difference(national: Ruler, tmp_path: Path) -> None:
    layer = load_ruler(example(tmp_path, "province-tighter"))
    told = [one.at for one in found(national, layer)]
    limits = {("values", "annex3.limit.class_20_100")}  # a limit stands with its indicator
    missing = [
        one.path for one in layer.overrides if one.at not in limits and not any(_about(at, one.at) for at in told)
    ]
    assert missing == []


def _about(at: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a difference is about what an override moved; a rule of claims goes by its first word too."""
    return at[:2] == other[: len(at[:2])] or (at[0] == other[0] and at[-1].startswith(f"{other[-1]}."))


def test_one_entry_can_be_switched_alone(national: Ruler) -> None:
    other = planted(
        lambda data: (
            without_line("hydrogen")(data),
            setting("parameters", "losses", "default", to="left_out")(data),
        )  # type: ignore[func-returns-value]
    )
    for one in found(national, other):
        alone = with_entry(national, other, one.at)
        assert [each.at for each in found(national, alone)] == [one.at]
    back = with_entry(other, national, ("method", "lines", "hydrogen"))
    assert [each.id for each in back.text.method.lines] == [each.id for each in national.text.method.lines]


def test_without_directions_nothing_is_called_stricter(national: Ruler) -> None:
    other = planted(lambda data: (data.pop("directions"), setting("checks", "TZ-IND-01", "severity", to="error")(data)))  # type: ignore[func-returns-value]
    assert [one.stricter for one in found(national, other) if one.at[0] == "checks"] == [""]
