"""The park sheet holds every key of park.yaml, and a park laid flat and read again is the same park."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel
from small_park import PARK

from verify.ruler.marks import parse_marked
from verify.submission.park import Park, park_from, park_from_rows
from verify.submission.template import write_workbook
from verify.submission.template.park_keys import flattened, park_keys
from verify.submission.workbook import read_workbook


def leaves(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """Every key that the model takes; of a list its first entry, of a mapping ``<id>``."""
    for name, field in model.model_fields.items():
        path = f"{before}{field.alias or name}"
        inner, listed = inside(field.annotation)
        if inner is not None:
            yield from leaves(inner, f"{path}[0]." if listed else f"{path}.")
        else:
            yield f"{path}.<id>" if name == "parameters" else path


def inside(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model in an annotation, and whether it is one of a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    if get_origin(annotation) in (list, Union, UnionType):
        models = [found for part in get_args(annotation) if (found := inside(part)[0])]
        return (models[0] if models else None), get_origin(annotation) is list
    return None, False


def test_every_key_of_a_park_has_its_row() -> None:
    """geojson alone has none: a polygon is handed in as a file."""
    assert set(park_keys()) == set(leaves(Park)) - {"boundaries[0].geojson"}


def test_a_flattened_park_is_the_same_park() -> None:
    park = {
        **PARK,
        "boundaries": [
            {"from": "2025-01-01", "geojson": {"type": "Point", "coordinates": ["118.1", "32.0"]}},
            {"from": "2026-01-01", "to": "2027-12-31"},
        ],
        "declarations": [{"kind": "no_offsets", "signed_by": "管委会"}, {"kind": "no_affiliates"}],
    }
    rows = [(line, key, value) for line, (key, value) in enumerate(flattened(park), start=2)]
    direct = park_from(parse_marked(yaml.safe_dump(park, allow_unicode=True), "park.yaml"))
    assert park_from_rows("park.xlsx", rows) == direct
    assert len(direct.boundaries) == 2


def test_a_filled_park_sheet_is_the_same_park(tmp_path: Path) -> None:
    write_workbook(tmp_path / "park.xlsx", park=PARK, tables=["enterprises"])
    sheet = next(sheet for sheet in read_workbook(tmp_path / "park.xlsx", "park.xlsx") if sheet.table_hint == "park")
    (batch,) = sheet.batches
    values = zip(batch.lines, batch.columns["key"], batch.columns["value"], strict=True)
    read = park_from_rows("park.xlsx", [(line, key or "", value or "") for line, key, value in values])
    assert read == park_from(parse_marked(yaml.safe_dump(PARK, allow_unicode=True), "park.yaml"))
