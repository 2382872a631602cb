"""The figures of a whole park recompute from its published cells; every planted change is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from verify import resources
from verify.bundle.canonical_members import read_json
from verify.bundle.cells import read_table, write_table
from verify.bundle.recompute import Recomputed, recompute
from verify.bundle.refused import Refused
from verify.canonical import canonical_bytes, digest
from verify.disclosure import COLUMNS, Rule, public_part
from verify.formula import parse
from verify.road.run import travel
from verify.ruler import load_ruler


@dataclass(frozen=True)
class Published:
    """What a bundle carries of a park, after its way through bytes."""

    ruler: dict[str, Any]
    facts: dict[str, Any]
    cells: list[dict[str, str]]
    own: list[Mapping[str, Any]]  # as the ledger has them


@pytest.fixture(scope="module")
def park() -> Published:
    with travel(resources.parks() / "honest-not-met", role="verification") as journey:
        world = journey.world
        cells = world.figures[world.year].held(world.chosen)
        columns = sorted({key for cell in cells for key in cell})
        table = write_table(columns, cells)
        ruler, facts = world.ruler.plain(), journey.facts
        assert digest(ruler) == world.ruler.sha256 == facts["ruler"]["sha256"]
    return Published(read_json(canonical_bytes(ruler)), read_json(canonical_bytes(facts)), read_table(table), cells)


def states(found: list[Recomputed]) -> dict[str, set[str]]:
    """The items by state."""
    sorted_out: dict[str, set[str]] = {"verified": set(), "failed": set(), "not_checked": set()}
    for one in found:
        sorted_out[one.state].add(f"{one.item} {one.kind}")
    return sorted_out


def test_every_published_figure_recomputes(park: Published) -> None:
    found = recompute(park.ruler, park.facts, park.cells)
    assert [one for one in found if one.state != "verified"] == []
    items = {one.item for one in found}
    valued = {row["item"] for row in park.facts["indicators"] if row["value"] is not None}
    assert valued | {"total.tco2", "energy.tce", "term.fuel.tco2"} <= items
    assert len(valued) > 3
    assert not any(one.given for one in found)


def test_every_changed_digit_of_a_published_figure_is_found(park: Published) -> None:
    for section, column in (("items", "claimed"), ("items", "strict"), ("indicators", "value")):
        for index, row in enumerate(park.facts[section]):
            if row[column] is None or row["year"] != park.facts["year"]:
                continue
            facts = deepcopy(park.facts)
            facts[section][index][column] = row[column][:-1] + ("1" if row[column][-1] != "1" else "2")
            assert states(recompute(park.ruler, facts, park.cells))["failed"], (row, column)


def test_a_changed_cell_is_found(park: Published) -> None:
    """A thousandth of a tonne, in the largest cell."""
    cells = deepcopy(park.cells)
    largest = max((cell for cell in cells if cell["tco2"]), key=lambda cell: Decimal(cell["tco2"]))
    largest["tco2"] = str(Decimal(largest["tco2"]) - Decimal("0.001"))
    failed = states(recompute(park.ruler, park.facts, cells))["failed"]
    assert {"total.tco2 claimed", "indicator.unit_energy_co2 claimed"} <= failed
    assert "total.tco2 strict" not in failed


@pytest.mark.parametrize("change", [lambda cells: cells.pop(), lambda cells: cells.append(cells[0])])
def test_a_cell_more_or_less_is_found(park: Published, change: Callable[[Any], Any]) -> None:
    cells = [cell for cell in deepcopy(park.cells) if cell["tco2"] and Decimal(cell["tco2"])]
    rest = [cell for cell in deepcopy(park.cells) if not (cell["tco2"] and Decimal(cell["tco2"]))]
    change(cells)
    assert "total.tco2 claimed" in states(recompute(park.ruler, park.facts, [*cells, *rest]))["failed"]


def test_another_formula_or_reading_is_found(park: Published) -> None:
    ruler = deepcopy(park.ruler)
    ruler["text"]["method"]["items"]["total.tco2"]["formula"] = ruler["text"]["method"]["items"]["term.fuel.tco2"][
        "formula"
    ]
    assert "total.tco2 claimed" in states(recompute(ruler, park.facts, park.cells))["failed"]


def test_withheld_cells_are_said_to_be_given(park: Published) -> None:
    """Terms whose cells are not published: taken as published, named wherever something rests on them."""
    given = {"term.process.tco2", "term.el.tco2"}
    cells = [cell for cell in park.cells if cell["term"] not in {"process", "el"}]
    found = {(one.item, one.kind): one for one in recompute(park.ruler, park.facts, cells, given)}
    assert found["term.process.tco2", "claimed"].state == "not_checked"
    assert found["term.fuel.tco2", "claimed"].state == "verified"
    assert found["term.fuel.tco2", "claimed"].given == ()
    for item in ("total.tco2", "indicator.unit_energy_co2"):
        assert found[item, "claimed"].state == "verified"
        assert set(found[item, "claimed"].given) == given
    assert "failed" not in {one.state for one in found.values()}


def test_given_terms_admit_their_last_decimal_and_no_more(park: Published) -> None:
    given = {"term.process.tco2", "term.el.tco2"}
    cells = [cell for cell in park.cells if cell["term"] not in {"process", "el"}]
    facts = deepcopy(park.facts)
    row = next(row for row in facts["items"] if row["item"] == "total.tco2" and row["year"] == facts["year"])
    row["claimed"] = str(Decimal(row["claimed"]) + Decimal("0.000003"))
    assert "total.tco2 claimed" in states(recompute(park.ruler, facts, cells, given))["failed"]


def test_a_given_item_that_is_not_published_is_not_checked(park: Published) -> None:
    facts = deepcopy(park.facts)
    facts["items"] = [row for row in facts["items"] if row["item"] != "term.process.tco2"]
    found = {(one.item, one.kind): one for one in recompute(park.ruler, facts, park.cells, {"term.process.tco2"})}
    total = found["total.tco2", "claimed"]
    assert (total.state, total.given) == ("not_checked", ("term.process.tco2",))


def circle(ruler: dict[str, Any], _: Any) -> None:
    ruler["trees"]["total.tco2 + 0"] = {
        "op": "add",
        "args": [{"op": "name", "name": "total.tco2"}, {"op": "constant", "value": "0"}],
    }
    ruler["text"]["method"]["items"]["total.tco2"]["formula"] = "total.tco2 + 0"


def no_tree(ruler: dict[str, Any], _: Any) -> None:
    ruler["trees"][ruler["text"]["method"]["items"]["total.tco2"]["formula"]] = {"op": "system", "args": ["rm"]}


def no_items(ruler: dict[str, Any], _: Any) -> None:
    del ruler["text"]["method"]["items"]


def no_number(_: Any, cells: list[dict[str, str]]) -> None:
    next(cell for cell in cells if cell["tco2"])["tco2"] = "1e999999999"


def no_year(_: Any, cells: list[dict[str, str]]) -> None:
    del cells[0]["year"]


@pytest.mark.parametrize("plant", [circle, no_tree, no_items, no_number, no_year])
def test_a_hostile_ruler_or_cell_is_refused(park: Published, plant: Callable[[Any, Any], None]) -> None:
    ruler, cells = deepcopy(park.ruler), deepcopy(park.cells)
    plant(ruler, cells)
    with pytest.raises(Refused):
        recompute(ruler, park.facts, cells)


def disclosed(park: Published) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Public facts, and their cells after bytes."""
    shown, cells = public_part(park.facts, {}, park.own, park.ruler, Rule.of(load_ruler(park.facts["ruler"]["id"])))
    return shown.facts, read_table(write_table(COLUMNS, cells))


def test_a_public_report_recomputes_from_what_it_publishes(park: Published) -> None:
    facts, cells = disclosed(park)
    assert [row["term"] for row in facts["terms"]][-1] == "withheld"
    found = {(one.item, one.kind): one for one in recompute(park.ruler, facts, cells)}
    assert "failed" not in {one.state for one in found.values()}
    assert found["term.fuel.tco2", "claimed"].state == "verified"
    assert found["term.fuel.tco2", "claimed"].given == ()
    for item in ("total.tco2", "indicator.unit_energy_co2"):
        assert found[item, "claimed"].state == "verified"
        assert "term.process.tco2" in found[item, "claimed"].given
    assert found["total.tco2", "strict"].state == "not_checked"
    assert found["indicator.unit_energy_co2", "strict"].given == ("total.tco2",)
    assert found["indicator.unit_energy_co2", "strict"].state == "verified"
    for item in ("energy.tce", "indicator.solid_waste", "indicator.water_reuse", "indicator.clean_energy_share"):
        assert (found[item, "claimed"].state, found[item, "claimed"].given) == ("verified", ())
    for item in (
        "indicator.waste_heat",
        "indicator.direct_share",
        "indicator.product_energy",
    ):  # two enterprises, one, one
        assert found[item, "claimed"].state == "not_checked"


@pytest.mark.parametrize("where", ["total", "merged", "cell", "indicator"])
def test_a_public_report_that_does_not_add_up_is_found(park: Published, where: str) -> None:
    facts, cells = disclosed(park)
    total = next(row for row in facts["items"] if row["item"] == "total.tco2" and row["year"] == facts["year"])
    changed = {"total": (total, "claimed"), "merged": (facts["terms"][-1], "tco2"), "cell": (cells[0], "claimed")}
    changed["indicator"] = (facts["indicators"][0], "value")
    row, column = changed[where]
    row[column] = str(Decimal(row[column]) + Decimal("0.001"))
    assert states(recompute(park.ruler, facts, cells))["failed"]


def test_a_sum_that_counts_differently_by_term_is_not_checked(park: Published) -> None:
    """Where one term counts twice, or is floored, it matters who holds the merged sum: nothing is said."""
    facts, cells = disclosed(park)
    for item, formula in [
        ("total.tco2", "2 * term.process.tco2 + term.el.tco2 + term.fuel.tco2"),
        ("term.el.tco2", 'max(0, sum(tco2, term="el"))'),  # the park sells power, so what is merged is below that
    ]:
        ruler = deepcopy(park.ruler)
        ruler["trees"][formula] = parse(formula, "figure")
        ruler["text"]["method"]["items"][item]["formula"] = formula
        found = {(one.item, one.kind): one for one in recompute(ruler, facts, cells)}
        assert found["total.tco2", "claimed"].state == "not_checked", item


def test_a_column_that_the_cells_lack_is_not_checked(park: Published) -> None:
    """A ruler that filters on something that no cell tells: no row for the sum, and nothing is said of the figure."""
    ruler = deepcopy(park.ruler)
    formula = 'sum(tce, side="fence", colour="green")'
    ruler["trees"][formula] = parse(formula, "figure")
    ruler["text"]["method"]["items"]["energy.tce"]["formula"] = formula
    shown, rows = public_part(park.facts, {}, park.own, ruler, Rule.of(load_ruler(park.facts["ruler"]["id"])))
    assert formula not in {row["sum"] for row in rows}
    for cells in (read_table(write_table(COLUMNS, rows)), park.cells):
        found = {(one.item, one.kind): one for one in recompute(ruler, shown.facts, cells)}
        assert found["energy.tce", "claimed"].state == "not_checked"
        assert found["indicator.unit_energy_co2", "claimed"].given[0] == "energy.tce"
        assert "failed" not in {one.state for one in found.values()}


def test_a_sum_that_is_told_twice_is_refused(park: Published) -> None:
    facts, cells = disclosed(park)
    with pytest.raises(Refused):
        recompute(park.ruler, facts, [*cells, cells[0] | {"claimed": "1"}])


def test_a_rounded_sum_admits_its_last_decimal_and_no_more(park: Published) -> None:
    facts, cells = disclosed(park)
    fuel = next(row for row in cells if row["sum"] == 'sum(tco2, term="fuel")')
    for more, state in ((Decimal("-0.000001"), "verified"), (Decimal("0.000003"), "failed")):
        fuel["claimed"] = str(Decimal(fuel["claimed"]) + more)
        found = {(one.item, one.kind): one for one in recompute(park.ruler, facts, cells)}
        assert found["total.tco2", "claimed"].state == state
        fuel["claimed"] = str(Decimal(fuel["claimed"]) - more)
