"""The tests of the suite that are marked `accept`: too large for `make test`."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.acceptance.entries import acceptance
from tests.acceptance.run import ROOT

NOTHING_MARKED = 5  # pytest's exit code for an empty selection


@acceptance("0.1", "pytest -m accept")
def marked_tests() -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "accept"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, NOTHING_MARKED}, done.stdout[-3000:]
    return {"closing_line": re.sub(r" in [\d.]+s.*", "", done.stdout.strip().splitlines()[-1]).strip("= ")}
