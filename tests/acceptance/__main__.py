"""`python -m tests.acceptance [--only ID …] [--list]`: runs the entries and writes docs/acceptance.json.

With `--only`, which takes an id or the beginning of one (``2`` is all of issue 2), the other records stay as they are.
Exits with 1 if an entry failed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tests.acceptance import machine
from tests.acceptance.entries import Entry, entries
from tests.acceptance.run import ROOT, apart, inside

RECORD = ROOT / "docs" / "acceptance.json"
FORMAT = "truezero-acceptance/1"


def chosen(all_entries: dict[str, Entry], only: list[str]) -> dict[str, Entry]:
    """The entries that `only` names, all of them if it names none."""
    return {
        entry_id: entry
        for entry_id, entry in all_entries.items()
        if not only or any(entry_id == name or entry_id.startswith(f"{name}.") for name in only)
    }


def written(record: Path, known: list[str], fresh: dict[str, Any]) -> None:
    """Put the fresh records beside those kept from earlier runs; records of entries that are gone are dropped."""
    old = json.loads(record.read_text(encoding="utf-8"))["entries"] if record.is_file() else {}
    both = {entry_id: fresh.get(entry_id, old.get(entry_id)) for entry_id in known}
    whole = {"format": FORMAT, "entries": {entry_id: entry for entry_id, entry in both.items() if entry}}
    record.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> int:
    """The command. Returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.acceptance")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--inside", nargs=2, metavar=("ID", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        inside(arguments.inside[0], Path(arguments.inside[1]))
        return 0
    known = entries()
    run = chosen(known, arguments.only)
    if arguments.only and not run:
        parser.error(f"no such entry; there are: {' '.join(known)}")
    if arguments.list:
        print(*(f"{entry.id:8} {entry.title}" for entry in run.values()), sep="\n")
        return 0
    facts = {"revision": machine.revision(ROOT), "machine": machine.facts()}
    failed = 0
    for entry_id, entry in run.items():
        record = {**apart(entry), **facts}
        failed += record["outcome"] == "failed"
        print(
            f"{record['outcome']:7} {entry_id:8} {record['seconds']:>8} s {record['peak_mib']:>6} MiB  {entry.title}",
            flush=True,
        )
        written(RECORD, list(known), {entry_id: record})
    print(f"{len(run) - failed} passed, {failed} failed; written to docs/acceptance.json")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
