"""Pins: one file per Python, complete, exact, and nothing but names and versions."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from tests.code_health.tree import project_texts

PYTHONS = ("311", "312", "313")
PIN = re.compile(r"[a-z0-9-]+==[0-9][0-9A-Za-z.+!]*")


def canonical(name: str) -> str:
    """A package name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("python", PYTHONS)
def test_pins_are_names_and_versions(python: str) -> None:
    lines = project_texts()[f"requirements/py{python}.txt"].splitlines()
    assert [line for line in lines if not line.startswith("#") and not PIN.fullmatch(line)] == []


@pytest.mark.parametrize("python", PYTHONS)
def test_everything_the_project_asks_for_is_pinned(python: str) -> None:
    project = tomllib.loads(project_texts()["pyproject.toml"])
    asked = (
        project["project"]["dependencies"]
        + project["project"]["optional-dependencies"]["dev"]
        + project["build-system"]["requires"]
    )
    names = {canonical(re.split(r"[\[<>=!~; ]", line)[0]) for line in asked}
    pinned = {line.partition("==")[0] for line in project_texts()[f"requirements/py{python}.txt"].splitlines()}
    assert names - pinned == set()


def test_the_pythons_are_those_of_the_project() -> None:
    project = tomllib.loads(project_texts()["pyproject.toml"])["project"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert [name.replace(".", "") for name in named] == list(PYTHONS)


def test_judges_of_pypi_are_pinned() -> None:
    lines = project_texts()["tests/judges/requirements.txt"].splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not PIN.fullmatch(line)] == []
    assert {"frictionless", "rfc8785", "securesystemslib"} <= {line.partition("==")[0] for line in pins}


def test_judges_of_npm_are_pinned() -> None:
    held = json.loads(project_texts()["tests/judges/package.json"])
    pins = {**held["dependencies"], **held["optionalDependencies"]}
    assert {name: version for name, version in pins.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)} == {}
    assert set(held) == {"private", "description", "dependencies", "optionalDependencies"}
