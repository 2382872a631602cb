"""Small submissions under the corporate ruler: a CSV folder, read and accounted by the real road."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from verify.checks import World
from verify.engine import Engine
from verify.road.world import build
from verify.ruler import load_ruler
from verify.submission import read

RULER = "ghg-protocol-corporate"
Row = Mapping[str, str]


def write(folder: Path, tables: Mapping[str, Sequence[Row]], **park: Any) -> Path:
    """A submission of the year 2023 by member M, unless `tables` and `park` say otherwise."""
    filled = {"enterprises": [{"enterprise_id": "M", "name": "Member"}], **tables}
    for name, rows in filled.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    head = {"id": "G", "names": {"en": "Group"}, "id_scheme": "free", "ruler": RULER, "reporting_year": "2023", **park}
    (folder / "park.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    return folder


@contextmanager
def world(tables: Mapping[str, Sequence[Row]], **park: Any) -> Iterator[World]:
    """The world of a submission, accounted and judged; nothing of it was excluded at the door."""
    with TemporaryDirectory() as place:
        folder = Path(place, "submission")
        folder.mkdir()
        engine = Engine(threads=1)
        submission = read(write(folder, tables, **park), engine=engine, workdir=Path(place), values=None)
        assert not submission.excluded, submission.excluded
        yield build(submission, load_ruler(RULER), engine)


def item(here: World, name: str, year: str | None = None, **readings: str) -> Fraction:
    """A figure of the world, exact; `readings` with __ for a dot change open points."""
    chosen = {**here.chosen, **{key.replace("__", "."): reading for key, reading in readings.items()}}
    value = here.figures[year or here.year].item(name, chosen)
    assert isinstance(value, Fraction), value
    return value


def emission(gas: str, quantity: str, unit: str = "t", **more: str) -> Row:
    """A row of emissions of M in 2023."""
    return {"period": "2023", "enterprise_id": "M", "gas": gas, "quantity": quantity, "unit": unit, **more}


def activity(carrier: str, flow: str, quantity: str, unit: str, **more: str) -> Row:
    """A row of activity of M in 2023; what is bought comes from outside."""
    row = {"period": "2023", "enterprise_id": "M", "carrier": carrier, "flow": flow, "quantity": quantity, "unit": unit}
    return {**row, **({"counterparty": "outside"} if flow in {"purchased", "sold"} else {}), **more}
