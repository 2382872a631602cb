"""`python -m benchmarks [NAME …]`: every module of this package that has `measure()`, one line per ratio.

`python -m benchmarks greenwash …` is a command of its own (benchmarks.greenwash.command).
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import benchmarks


def main() -> None:
    """The command."""
    if sys.argv[1:2] == ["greenwash"]:
        from benchmarks.greenwash.command import main as greenwash

        sys.exit(greenwash(sys.argv[2:]))
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name.startswith("_") or (sys.argv[1:] and found.name not in sys.argv[1:]):
            continue
        measure = getattr(import_module(f"benchmarks.{found.name}"), "measure", None)
        for ratio in measure() if measure else []:
            record = ratio.record()
            print(
                f"{record['ratio']:>8}  {ratio.name}: ours {record['ours_s']} s, peer {record['peer_s']} s", flush=True
            )


if __name__ == "__main__":
    main()
