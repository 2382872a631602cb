"""frictionless: datapackage.json, and every table against its schema, size and digest."""

from __future__ import annotations

import json
from pathlib import Path

from tests.judges import altered, installed
from tests.judges.published import Published

pytestmark = installed.python_package("frictionless")
PACKAGE = "datapackage.json"


def says(bundle: Path) -> tuple[bool, set[tuple[str, str]], int]:
    """Is it valid; errors as table and type; how many tables were looked at?"""
    done = installed.run([installed.PYTHON, "-m", "frictionless", "validate", "--json", PACKAGE], cwd=bundle)
    said = json.loads(done.stdout)
    errors = {(task["place"], error["type"]) for task in said["tasks"] for error in task["errors"]}
    return said["valid"], errors, len(said["tasks"])


def test_it_takes_every_table(published: Published) -> None:
    assert says(published.folder) == (True, set(), len(list((published.folder / "data").iterdir())))


def test_a_changed_cell_is_caught_by_its_digest(bundle: Path) -> None:
    altered.cell(bundle)
    assert says(bundle)[:2] == (False, {(altered.FIGURES, "hash-count")})


def test_a_word_for_a_number_is_caught_by_its_type(bundle: Path) -> None:
    """Without digests, as a publisher would leave it who changed them along."""
    package = altered.read(bundle / PACKAGE)
    for one in package["resources"]:
        del one["hash"], one["bytes"]
    (bundle / PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    assert says(bundle)[:2] == (True, set())
    path = bundle / "data/items.csv"
    heading, first, *rest = path.read_text(encoding="utf-8").splitlines()
    claimed = heading.split(",").index("claimed")
    cells = first.split(",")
    cells[claimed] = "much"
    path.write_text("\n".join([heading, ",".join(cells), *rest, ""]), encoding="utf-8")
    assert says(bundle)[:2] == (False, {("data/items.csv", "type-error")})
