"""The worked examples of the domain pack (../shared/domain/worked_examples.yaml); they are not copied."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

PACK = Path(__file__).resolve().parents[4] / "shared" / "domain" / "worked_examples.yaml"
needs_pack = pytest.mark.skipif(not PACK.is_file(), reason="the domain pack ../shared/domain is not here")


@cache
def _all() -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in yaml.safe_load(PACK.read_text(encoding="utf-8"))["examples"]}


def example(name: str) -> dict[str, Any]:
    """A worked example: `inputs`, `expected` (of the source), `recomputed`, `tolerance`."""
    return _all()[name]
