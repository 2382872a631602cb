"""The published tables: everything that the public facts say and nothing else, in one form, the same bytes every time."""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest

from tests.unit.bundle.published_park import NAMES, amounts, cells, full, leaves, open_rule, public
from tests.unit.disclosure.park import RULE
from verify.bundle.cells import read_table
from verify.bundle.public_tables import cells_table, public_tables
from verify.bundle.table_schema import BY_NAME, CELLS, MASS, ROW, TABLES, path_of
from verify.canonical import canonical_bytes
from verify.disclosure import COLUMNS

HEAD = {
    "format",
    "park",
    "ruler",
    "role",
    "year",
    "base_year",
    "years",
    "headline",
    "opinion",
}  # no rows: not in a table


def rows(tables: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return read_table(tables[path_of(name)], name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rule", [RULE, open_rule()], ids=["ruler", "open"])
def test_every_table_reads_back_and_its_key_is_one(name: str, rule: Any) -> None:
    tables = public_tables(public(name, rule)["facts"])
    assert "data/cells.csv" not in tables
    for table in TABLES:
        if path_of(table.name) in tables:
            found = rows(tables, table.name)
            keys = [tuple(row[column] for column in table.key) for row in found]
            assert len(set(keys)) == len(keys) > 0, table.name
            assert list(found[0]) == [column.name for column in table.all_columns]


def test_every_change_of_a_public_fact_changes_a_table() -> None:
    """Nothing that is said in rows is missing from the tables: each leaf of each section, one at a time."""
    facts = public("park", open_rule())["facts"]
    before = public_tables(facts)
    unseen = []
    for path, value in leaves({key: part for key, part in facts.items() if key not in HEAD}):
        changed = deepcopy(facts)
        inner: Any = changed
        for step in path[:-1]:
            inner = inner[step]
        other = {"zh": "7", "value": "7"} if path[-1] in {"class", "effect"} else "7.5"
        inner[path[-1]] = {None: other, True: False, False: True}.get(value, f"{value}9")
        if public_tables(changed) == before:
            unseen.append(path)
    assert unseen == []


def test_a_changed_figure_changes_only_its_table() -> None:
    facts = public()["facts"]
    before = public_tables(facts)
    facts["items"][0]["claimed"] = "1.000001"
    after = public_tables(facts)
    assert [name for name in before if before[name] != after[name]] == ["data/items.csv"]


def test_every_number_stands_as_in_the_facts() -> None:
    facts = public("park", open_rule())["facts"]
    tables = public_tables(facts)
    by_item = {(row["item"], row["year"]): row for row in rows(tables, "items")}
    for row in facts["items"]:
        assert by_item[row["item"], row["year"]]["strict"] == (row["strict"] or "")
    assert {row["tco2"] for row in rows(tables, "terms")} == {row["tco2"] for row in facts["terms"]}
    first = rows(tables, "indicators")[0]
    assert json.loads(first["rests_on"]) == next(r for r in facts["indicators"] if r["id"] == first["id"])["rests_on"]


@pytest.mark.parametrize("name", NAMES)
def test_no_number_that_was_withheld_stands_in_a_table(name: str) -> None:
    shown = public(name)
    hidden = {value for value in amounts(full(name)["facts"]) - amounts(shown) if len(value.strip("0.")) > 4}
    data = b"".join(public_tables(shown["facts"]).values()).decode("utf-8")
    assert [value for value in hidden if value in data] == []
    if name == "park":
        assert len(hidden) > 20


def test_a_section_that_is_kept_back_has_no_file() -> None:
    shown = public()
    emptied = {row["path"] for row in shown["withheld"]} & {"zero_register", "energy", "bunkers"}
    assert emptied == {"zero_register", "energy", "bunkers"}
    assert not {path_of(one) for one in emptied} & public_tables(shown["facts"]).keys()
    level = rows(public_tables(shown["facts"]), "level")[0]
    assert level["claimed"] == shown["facts"]["level"]["claimed"]
    assert "data/level_steps.csv" not in public_tables(shown["facts"])


def test_a_number_that_is_kept_back_is_blank() -> None:
    shown = public()["facts"]
    assert [row["tco2"] for row in rows(public_tables(shown), "members")] == [""] * len(shown["members"])


def test_sums_are_rounded_like_the_report_and_always_there() -> None:
    facts = public()["facts"]
    data = cells_table(cells(facts))["data/cells.csv"]
    found = read_table(data)
    assert {row["sum"]: row["claimed"] for row in found} == {
        'sum(tco2, term="fuel")': "417612.904598",  # its cells add up to twelve decimals
        'sum(tco2, term="heat")': "0",
        'sum(tco2, term=["feedstock", "onsite"])': "0",
    }
    assert cells_table(found) == {"data/cells.csv": data}  # a verifier makes them again from what it read
    assert cells_table([]) == {"data/cells.csv": b"year,sum,claimed,proven,strict\n"}
    assert tuple(column.name for column in BY_NAME[CELLS].columns) == COLUMNS


def test_the_order_of_the_facts_is_not_needed_for_the_bytes() -> None:
    """The same facts after RFC 8785 and back give the same tables."""
    facts = public("park", open_rule())["facts"]
    assert public_tables(json.loads(canonical_bytes(facts))) == public_tables(facts)


@pytest.mark.parametrize(
    ("section", "value"), [("items", None), ("items", [{"item": 1}]), ("level", []), ("indicators", [{}])]
)
def test_facts_of_another_shape_are_no_tables(section: str, value: object) -> None:
    facts = public()["facts"]
    facts[section] = value
    with pytest.raises((KeyError, TypeError, AttributeError)):
        public_tables(facts)


def test_a_number_that_is_no_text_is_refused() -> None:
    facts = public()["facts"]
    facts["items"][0]["claimed"] = Fraction(1, 2)
    with pytest.raises(TypeError):
        public_tables(facts)


def test_the_list_of_tables_is_consistent() -> None:
    assert len(BY_NAME) == len(TABLES)
    for table in TABLES:
        names = [column.name for column in table.all_columns]
        assert len(set(names)) == len(names), table.name
        assert set(table.key) <= set(names)
        for column, other in table.refers:
            assert column in names
            assert len(BY_NAME[other].key) == 1
        for one in table.columns:
            assert one.unit != ROW or "unit" in names or table.name == "readings", (table.name, one.name)
            assert not one.unit or one.kind == "number"
            assert one.unit in {"", MASS, ROW, "tce", "1"} or one.unit in names
