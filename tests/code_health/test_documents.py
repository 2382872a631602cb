"""Documents: links lead somewhere, generated pages are current, README and CI name the same test command."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.code_health.tree import ROOT, nothing, project_texts

LINK = re.compile(r"\]\(([^)\s]+)\)|<img[^>]*\ssrc=\"([^\"]+)\"")
ADR_PARTS = ["## Status", "## Context", "## Decision", "## Consequences", "## What would change our mind"]


def dead_links(name: str, text: str) -> list[str]:
    """Relative links of a page that lead nowhere."""
    targets = [
        (first or second).partition("#")[0]
        for first, second in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    ]
    return [
        f"{name}: {target}"
        for target in targets
        if target and not re.match(r"[a-z]+:", target) and not (ROOT / Path(name).parent / target).exists()
    ]


def test_links_lead_somewhere() -> None:
    pages = {name: text for name, text in project_texts().items() if name.endswith(".md")}
    nothing(link for name, text in pages.items() for link in dead_links(name, text))


def test_a_dead_link_is_seen() -> None:
    assert dead_links("README.md", "[a](docs/gone.md) [b](https://example.org) [c](LICENSE)") == [
        "README.md: docs/gone.md"
    ]


def test_ci_runs_the_test_command_of_both_readmes() -> None:
    texts = project_texts()
    assert re.search(r"^make test$", texts[".ci/run"], re.MULTILINE)
    for name in ("README.md", "README.zh-CN.md"):
        assert re.search(r"^make test\b", texts[name], re.MULTILINE), name


def test_decision_records_have_their_shape() -> None:
    records = {name: text for name, text in project_texts().items() if re.match(r"docs/adr/\d{4}-.*\.md$", name)}
    numbers = [Path(name).name[:4] for name in records]
    assert numbers == [f"{number:04d}" for number in range(len(records))]
    for name, text in records.items():
        assert text.startswith(f"# {Path(name).name[:4]}: "), name
        places = [text.find(f"\n{part}\n") for part in ADR_PARTS]
        assert places == sorted(places), name
        assert places[0] > 0, name
        assert len(text.splitlines()) <= 60, f"{name}: more than one page"


@pytest.mark.skipif(not (ROOT / "verify/cli/__init__.py").is_file(), reason="verify.cli does not exist yet")
def test_finding_pages_are_current(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "verify", "findings", "--write", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "findings").iterdir()}
    assert made == kept, "run make docs"
