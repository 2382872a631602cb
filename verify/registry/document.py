"""The report of a registry as plain data: parks, what was found across them, ranks that hold. No file, clock or path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verify.engine import Engine
from verify.errors import WrongUsage
from verify.registry import rules as own_rules
from verify.registry.order import ranking
from verify.registry.state import Registry
from verify.registry.view import View

FORMAT = "truezero-registry-report/1"
_GRAVE = ("error", "warning", "question", "note")


def document(registry: Registry, *, workdir: Path) -> dict[str, Any]:
    """What stands in the folder, by the last check. Raises `WrongUsage` where a filing came after it."""
    if {int(one) for one in registry.checked.get("filings", ())} != registry.filings:
        raise WrongUsage("registry.not_checked", folder=str(registry.folder))
    severity = {code: str(one["severity"]) for code, one in own_rules.load().checks.items()}
    view = View(registry, Engine(memory_limit="1GB", spill=workdir), None)
    findings = [{**one, "severity": severity[one["code"]]} for one in registry.checked["findings"]]
    years = {park: str(one["head"]["year"]) for park, one in registry.parks.items()}
    return {
        "format": FORMAT,
        "rules": registry.checked["rules"],
        "parks": [{"park": park, **one["head"]} for park, one in sorted(registry.parks.items())],
        "runs": registry.checked["runs"],
        "findings": sorted(findings, key=lambda one: (_GRAVE.index(one["severity"]), one["code"])),
        "ranking": ranking(view.engine.rows(view.live("measures")), years),
    }
