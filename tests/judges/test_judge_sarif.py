"""SARIF Multitool and the OASIS schema that comes with it: findings.sarif."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.judges import altered, installed
from tests.judges.published import Published
from tests.unit.report.example import not_met
from tests.unit.report.overlay import overlaid, speaking
from verify.canonical import canonical_bytes
from verify.report.sarif import render_sarif

pytestmark = installed.node_package("@microsoft/sarif-multitool")
TOOL = installed.MODULES / "@microsoft" / "sarif-multitool" / "bin.js"
ENVIRONMENT = {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}  # it starts without ICU
Alter = Callable[[dict[str, Any]], object]
SCHEMA = installed.MODULES / "@microsoft" / "sarif-multitool-linux" / "sarif-2.1.0.json"


def errors(*files: Path) -> set[tuple[str, str]]:
    """Its errors, as file and rule. The exit code is 0 with errors too; warnings are advice."""
    done = installed.run(["node", TOOL, "validate", *files], env=ENVIRONMENT)
    assert f"{len(files)} files scanned" in done.stdout, done.stdout
    return set(re.findall(r"([^/\n]+)\(\d+,\d+\): error (\w+)", done.stdout))


def schema_errors(log: Any) -> list[str]:
    return [one.message for one in jsonschema.Draft4Validator(altered.read(SCHEMA)).iter_errors(log)]


@pytest.fixture(scope="module", autouse=True)
def _starts() -> None:
    done = installed.run(["node", TOOL, "--version"], env=ENVIRONMENT)
    if "SARIF Multitool" not in done.stdout:
        pytest.skip(f"SARIF Multitool does not start on this machine: {done.stdout[:200]}")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A park with findings of every severity: that of the bundle has none."""
    path = tmp_path_factory.mktemp("sarif") / "many.sarif"
    with speaking(overlaid(tmp_path_factory.mktemp("words"))):
        path.write_bytes(canonical_bytes(render_sarif(not_met(), "zh")))
    return path


def test_it_takes_the_findings(published: Published, many: Path) -> None:
    assert errors(published.folder / "findings.sarif", many) == set()


def test_it_refuses_altered_ones(many: Path, tmp_path: Path) -> None:
    text = many.read_text(encoding="utf-8")
    alter: dict[str, tuple[Alter, str]] = {
        "version.sarif": (lambda log: log.update(version="2.2.0"), "JSON1019"),
        "driver.sarif": (lambda log: log["runs"][0]["tool"]["driver"].pop("name"), "JSON1002"),
        "results.sarif": (lambda log: log["runs"][0].update(results="none"), "JSON1001"),
        "index.sarif": (lambda log: log["runs"][0]["results"][0].update(ruleIndex=99), "SARIF1009"),
    }
    for name, (change, _) in alter.items():
        log = json.loads(text)
        change(log)
        (tmp_path / name).write_text(json.dumps(log), encoding="utf-8")
    assert errors(*(tmp_path / name for name in alter)) == {(name, rule) for name, (_, rule) in alter.items()}


@pytest.mark.skipif(not SCHEMA.is_file(), reason=f"no {SCHEMA.name} on this machine: it comes with the tool for Linux")
def test_the_schema_of_oasis_takes_them(published: Published, many: Path) -> None:
    for path in (published.folder / "findings.sarif", many):
        assert schema_errors(altered.read(path)) == []
    log = altered.read(many)
    log["runs"][0]["results"][0]["level"] = "grave"
    assert schema_errors(log) == ["'grave' is not one of ['none', 'note', 'warning', 'error']"]
