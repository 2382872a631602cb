"""sha256sum on the list of files; unzip and Python's zipfile on the canonical zip."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.judges import altered, installed
from tests.judges.published import Published


@installed.programs("sha256sum")
def test_sha256sum_takes_every_listed_file(published: Published) -> None:
    done = installed.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=published.folder)
    said = done.stdout.splitlines()
    assert done.returncode == 0
    assert all(line.endswith(": OK") for line in said)
    listed = {line.removesuffix(": OK") for line in said}
    there = {one.relative_to(published.folder).as_posix() for one in published.folder.rglob("*") if one.is_file()}
    assert {name.partition("/")[0] for name in there - listed} == {"SHA256SUMS", "attest", "trust"}


@installed.programs("sha256sum")
@pytest.mark.parametrize(
    ("name", "words"),
    [("cell", "data/indicators.csv: FAILED"), ("lost", "report.en.html: FAILED open or read")],
)
def test_sha256sum_names_what_was_changed(name: str, words: str, bundle: Path) -> None:
    altered.ALTERED[name](bundle)
    done = installed.run(["sha256sum", "-c", "SHA256SUMS"], cwd=bundle)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if "FAILED" in line] == [words]


def contents(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@installed.programs("unzip")
def test_unzip_finds_the_folder_in_the_zip(published: Published, tmp_path: Path) -> None:
    done = installed.run(["unzip", "-q", published.zip, "-d", tmp_path])
    assert (done.returncode, done.stdout) == (0, "")
    assert contents(tmp_path) == contents(published.folder)


def test_python_finds_the_folder_in_the_zip(published: Published) -> None:
    with zipfile.ZipFile(published.zip) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
        assert [one.filename for one in infos] == sorted(one.filename for one in infos)
        assert {(one.compress_type, one.date_time, one.external_attr) for one in infos} == {
            (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0o100644 << 16)
        }
        assert {one.filename: archive.read(one) for one in infos} == contents(published.folder)


@installed.programs("unzip")
def test_both_see_a_changed_octet_in_a_member(published: Published, tmp_path: Path) -> None:
    data = published.zip.read_bytes()
    place = data.index((published.folder / "VERIFY.md").read_bytes()) + 100
    path = tmp_path / "altered.zip"
    path.write_bytes(altered.flipped(data, place))
    done = installed.run(["unzip", "-t", path])
    assert done.returncode != 0
    assert "bad CRC" in done.stdout
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() == "VERIFY.md"
