"""datapackage.json: the specification's own properties, and what a program that is not ours says about it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.judges.installed import PYTHON
from tests.unit.bundle.published_park import NAMES, cells, members, open_rule, public
from verify.bundle.canonical_members import canonical_member
from verify.bundle.data_package import data_package
from verify.bundle.public_tables import cells_table, public_tables
from verify.bundle.table_schema import TABLES
from verify.words import catalogue

_JUDGE = PYTHON.with_name("frictionless")
FRICTIONLESS = shutil.which("frictionless") or (str(_JUDGE) if _JUDGE.exists() else None)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def made(name: str = "park", *, everything: bool = False) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The package and its tables."""
    facts = (public(name, open_rule()) if everything else public(name))["facts"]
    tables = {**public_tables(facts), **cells_table(cells(facts))}
    data = data_package(facts, tables)
    canonical_member("datapackage.json", data)
    return json.loads(data), tables


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_a_resource_with_its_digest(name: str) -> None:
    package, tables = made(name)
    assert [one["path"] for one in package["resources"]] == sorted(tables)
    for one in package["resources"]:
        data = tables[one["path"]]
        assert one["bytes"] == len(data)
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert one["name"] == Path(one["path"]).stem


def test_fields_are_the_columns_and_fit_their_cells() -> None:
    package, tables = made(everything=True)
    fits = {
        "integer": lambda text: text.isdigit(),
        "number": lambda text: NUMBER.fullmatch(text) is not None,
        "year": lambda text: re.fullmatch(r"\d{4}", text) is not None,
        "boolean": lambda text: text in {"true", "false"},
        "array": lambda text: isinstance(json.loads(text), list),
        "object": lambda text: isinstance(json.loads(text), dict),
        "any": lambda text: json.loads(text) is not None,
        "string": lambda text: True,
    }
    for one in package["resources"]:
        found = list(csv.DictReader(io.StringIO(tables[one["path"]].decode("utf-8"), newline="")))
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        assert list(fields) == next(csv.reader(io.StringIO(tables[one["path"]].decode("utf-8"))))
        for row in found:
            for name, text in row.items():
                assert not text or fits[fields[name]["type"]](text), (one["name"], name, text)
                required = fields[name].get("constraints", {}).get("required")
                assert text or not required, (one["name"], name)


def test_every_field_says_what_it_is_in_both_languages() -> None:
    package, _ = made(everything=True)
    for one in package["resources"]:
        for field in one["schema"]["fields"]:
            assert field["description"].startswith(field["title"])
            assert re.search("[\u4e00-\u9fff]", field["description"])
            assert re.search("[A-Za-z]", field["description"]), field


def test_units_are_said_where_numbers_have_one() -> None:
    package, _ = made(everything=True)
    fields = {(one["name"], field["name"]): field for one in package["resources"] for field in one["schema"]["fields"]}
    assert fields["terms", "tco2"]["unit"] == "tCO2"
    assert fields["items", "claimed"]["unitField"] == "unit"
    assert fields["energy", "tce_fence"]["unit"] == "tce"
    assert fields["reported", "share_of_total"]["unit"] == "1"
    for (table, _), field in fields.items():
        if "unitField" in field:
            assert (table, field["unitField"]) in fields
    units = {field["unit"] for field in fields.values() if "unit" in field}
    assert units <= set(catalogue("unit_names")) | {"1"}


def test_the_words_of_the_tables_are_all_used() -> None:
    words = set(catalogue("data"))
    used = {f"table.{table.name}" for table in TABLES}
    for table in TABLES:
        for column in table.all_columns:
            own = f"column.{table.name}.{column.name}"
            used.add(own if own in words else f"column.{column.name}")
    assert {key for key in words if key.startswith(("table.", "column."))} == used


def test_no_clock_and_no_licence() -> None:
    package, _ = made()
    assert not {"created", "licenses", "version"} & package.keys()


def test_a_corporate_ruler_has_its_own_unit() -> None:
    package, _ = made("corporate")
    runs = next(one for one in package["resources"] if one["name"] == "runs")
    units = {field.get("unit") for field in runs["schema"]["fields"]}
    assert "tCO2e" in units


def test_a_table_of_nobody_is_no_resource() -> None:
    with pytest.raises(KeyError):
        data_package(public()["facts"], {"data/more.csv": b"a\n"})


def frictionless(folder: Path) -> dict[str, Any]:
    """What `frictionless validate` says."""
    assert FRICTIONLESS is not None
    done = subprocess.run(
        [FRICTIONLESS, "validate", "--json", "datapackage.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return dict(json.loads(done.stdout))


@pytest.mark.skipif(FRICTIONLESS is None, reason="no frictionless on this machine: tests/judges/install.sh installs it")
def test_frictionless_accepts_it_and_sees_altered_tables(tmp_path: Path) -> None:
    whole = members()
    (tmp_path / "data").mkdir()
    for name, data in whole.items():
        (tmp_path / name).write_bytes(data)
    said = frictionless(tmp_path)
    assert said["valid"] is True, said
    assert len(said["tasks"]) == sum(name.startswith("data/") for name in whole)
    items = whole["data/items.csv"]
    for altered, kind in [
        (items.replace(b".", b",", 1), "hash-count"),
        (items + items.split(b"\n")[1] + b"\n", "primary-key"),
        (items.replace(b"total.tco2,", b",", 1), "constraint-error"),
    ]:
        (tmp_path / "data/items.csv").write_bytes(altered)
        said = frictionless(tmp_path)
        kinds = {error["type"] for task in said["tasks"] for error in task["errors"]}
        assert said["valid"] is False
        assert kind in kinds, kinds
