"""`python -m benchmarks greenwash [--size small|full] [--seed N] [--only GW-NN …] [--parks ID …] [--write]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.greenwash.measure import STRENGTHS, measure
from benchmarks.greenwash.page import page, rows, summary
from benchmarks.greenwash.parks import RECIPES

ROOT = Path(__file__).resolve().parents[2]
RECORD = Path(__file__).parent / "record.json"
PAGE = ROOT / "docs" / "greenwash.md"


def main(arguments: list[str]) -> int:
    """Run, print one line per kind, and with --write keep the record and the page made from it. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks greenwash")
    parser.add_argument("--size", choices=sorted(STRENGTHS), default="small")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--only", nargs="+", default=[], metavar="GW-NN")
    parser.add_argument(
        "--parks", nargs="+", default=[], choices=list(RECIPES), help="these instead of those of the size"
    )
    parser.add_argument("--write", action="store_true", help="keep the record and docs/greenwash.md")
    parser.add_argument("-q", "--quiet", action="store_true", help="no line for each park")
    given = parser.parse_args(arguments)
    tell = (lambda line: None) if given.quiet else (lambda line: print(line, flush=True))
    record = measure(given.size, given.seed, tuple(given.only), tuple(given.parks), tell)
    for line in rows(record):
        print(line)
    print(json.dumps(summary(record), indent=1))
    if given.write:
        write(record)
    return 0


def write(record: dict[str, object]) -> None:
    """The record beside this module and the page in docs."""
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(record), encoding="utf-8")
