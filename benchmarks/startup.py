"""What a person waits for before anything happens: `--help` beside an empty Python."""

from __future__ import annotations

import sys

from benchmarks.beside import Ratio, beside, command


def measure() -> list[Ratio]:
    """`--help` beside `python -c pass`; the aim is under 0.2 s."""
    empty = command([sys.executable, "-c", "pass"])
    return [
        beside(
            f"{' '.join(words)} beside python -c pass",
            command([sys.executable, "-m", "verify", *words]),
            empty,
            rounds=7,
        )
        for words in (["--help"], ["verify", "--help"])
    ]
