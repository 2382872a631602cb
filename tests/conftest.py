"""What every test shares: generated cases have no deadline, and tests/sizes.yaml says what is left to `make accept`.

`make test` runs one worker on each core: more threads in a worker only wait for one another, and a full collection of
the many small objects of a query costs more than it frees.
"""

from __future__ import annotations

import gc
import os
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import settings

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # read once, when polars is first imported
gc.set_threshold(100_000, 20, 100)
settings.register_profile("truezero", deadline=None)  # a loaded machine is no fault of the code
settings.load_profile("truezero")

SIZES = Path(__file__).with_name("sizes.yaml")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the cases beyond the size of their test with `accept`."""
    sizes = yaml.safe_load(SIZES.read_text(encoding="utf-8"))
    seen: Counter[str] = Counter()
    for item in items:
        name = item.nodeid.partition("[")[0]
        seen[name] += 1
        if seen[name] > sizes.get(name, seen[name]):
            item.add_marker(pytest.mark.accept)
