"""What a stranger waits for: `verify-bundle` of the demo's bundle, whole process, beside an import of cryptography."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.beside import Ratio, beside, command
from tests.judges.published import shared

_ROUNDS = 9


def measure() -> list[Ratio]:
    """The zip and the unpacked folder, each in a fresh process; CalledProcessError where one is not verified."""
    peer = command([sys.executable, "-c", "import cryptography"])
    with TemporaryDirectory() as folder:
        made = shared(Path(folder))
        words = [sys.executable, "-m", "verify", "verify-bundle", "--root", str(made.root)]
        return [
            beside(
                f"verify-bundle of the demo's {place.name} beside python -c 'import cryptography'",
                command([*words, str(place)]),
                peer,
                rounds=_ROUNDS,
            )
            for place in (made.zip, made.folder)
        ]
