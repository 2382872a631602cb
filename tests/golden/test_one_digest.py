"""The same submission in five forms gives one facts digest (issue 1 of 8, must show 6); so do one thread and two."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from fixtures.freeze import park_of
from fixtures.simulator import Park
from tests.golden.road import HONEST, frozen
from verify import resources, road
from verify.submission.template import write_csv_folder, write_parquet_folder, write_workbook

NAME = "honest-not-met"


@pytest.fixture(scope="module")
def park() -> Park:
    return park_of(NAME)


def beside(park: Park, folder: Path) -> Path:
    """What a folder needs beside its tables: park.yaml and the files of evidence."""
    shutil.copy(resources.parks() / NAME / "park.yaml", folder / "park.yaml")
    for name, content in park.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def meta() -> dict[str, Any]:
    """The content of park.yaml, as a park types it."""
    return dict(yaml.safe_load((resources.parks() / NAME / "park.yaml").read_text(encoding="utf-8")))


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return target


def make(form: str, park: Park, folder: Path) -> Path:
    if form == "gb18030":
        target = folder / "gb"
        write_csv_folder(target, language="zh", rows=park.tables, encoding="gb18030")
        return beside(park, target)
    if form == "parquet":
        target = folder / "parquet"
        write_parquet_folder(target, rows=park.tables, park=meta())
        return beside(park, target)
    if form == "workbook":
        target = folder / "申报.xlsx"
        write_workbook(target, language="zh", rows=park.tables, park=meta())
        return target
    csv = folder / "csv"
    write_csv_folder(csv, language="en", rows=park.tables)
    return zipped(beside(park, csv), folder / "park.zip")


@pytest.mark.parametrize("form", ["gb18030", "parquet", "workbook", "zip"])
def test_one_digest_for_every_form(form: str, park: Park, tmp_path: Path) -> None:
    report = road.verify(make(form, park, tmp_path))
    assert report.facts == frozen(NAME).facts
    assert report.digest == frozen(NAME).digest


@pytest.mark.parametrize("threads", [1, 2])
def test_one_digest_for_any_number_of_threads(threads: int) -> None:
    for name in HONEST:
        assert (
            road.verify(resources.parks() / name, settings=road.Settings(threads=threads)).digest == frozen(name).digest
        )
