"""Bases of one park accounted in one query: how long that takes and what memory, in a process of its own.

``python -m tests.acceptance.bases PARK BOUNDARIES READINGS VALUES [pairs]`` prints one JSON object. `pairs` takes one
reading and one value per boundary instead of every combination.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from fractions import Fraction
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import fifty
from verify import resources
from verify.engine import Engine
from verify.ledger import (
    Basis,
    Boundary,
    Changes,
    Spell,
    Vocabulary,
    account_many,
    defaults,
    needed,
    outcome,
    value_key,
)
from verify.road.side_cells import side_cells
from verify.road.world import filed_boundary
from verify.ruler import load_ruler
from verify.submission import read

CORE, TOTAL, CHANGED, YEAR = "unit_energy_co2", "total.tco2", "annex4.el.grid_other", "2027"
OPEN = ("losses", "feedstock_in_denominator", "energy.gj_per_tce", "export_credit", "electricity.tce_coefficient")
_TERMS = (("", ""), ("2026-04", ""), ("", "2027-06"))
_ROOT = Path(__file__).resolve().parents[2]


def measured(park: str, boundaries: int, readings: int, values: int, *, pairs: bool = False) -> dict[str, Any]:
    """One measurement in a process of its own. AssertionError with what it said, where it fails."""
    words = [park, str(boundaries), str(readings), str(values), *(["pairs"] if pairs else [])]
    done = subprocess.run(
        [sys.executable, "-m", "tests.acceptance.bases", *words], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def ask(park: Path, work: Path, boundaries: int, readings: int, values: int, *, pairs: bool) -> dict[str, Any]:
    """The core indicator under so many bases: account, answer and figures, with the seconds of each."""
    engine = Engine(threads=2, memory_limit="448MB", spill=work / "spill")
    ruler = load_ruler("cn-national-2025")
    submission = read(park, engine=engine, workdir=work, values=None)
    engine.seal()
    before = _peak()
    held = _boundaries(filed_boundary(submission, engine), boundaries)
    changes = Changes({CHANGED: {f"v{n}": Fraction(8000 + n, 10_000) for n in range(1, values)}} if values > 1 else {})
    started = time.monotonic()
    side = side_cells(submission.tables, engine)
    many = account_many(engine, ruler, submission.tables, Vocabulary.standard(), held, changes, {}, side)
    accounted = time.monotonic()
    bases = _bases(ruler, held, readings, values, pairs=pairs)
    answers = many.answer(bases, [YEAR], needed(ruler, [], [CORE]))
    answered = time.monotonic()
    asked = [(answers[one.boundary, YEAR], one.assignment) for one in bases]
    found = [(outcome(figures, CORE, held), figures.item(TOTAL, held)) for figures, held in asked]
    ended = time.monotonic()
    assert len(found) == len(bases)
    return {
        "bases": len(bases),
        "different_values": len({(str(core.value), str(total)) for core, total in found}),
        "account_s": round(accounted - started, 2),
        "answer_s": round(answered - accounted, 2),
        "figures_s": round(ended - answered, 2),
        "seconds": round(ended - started, 2),
        "peak_mib": _peak(),
        "peak_mib_after_reading": before,
    }


def _boundaries(filed: Boundary, count: int) -> list[Boundary]:
    """The filed boundary and others by chance: four members of five, some of them for a part of the time."""
    draw = random.Random(4)
    found = [filed]
    for number in range(1, count):
        kept = [one.enterprise_id for one in filed.spells if draw.random() < 4 / 5]
        found.append(Boundary(f"b{number}", tuple(Spell(one, *draw.choice(_TERMS)) for one in kept)))
    return found


def _bases(ruler: Any, held: list[Boundary], readings: int, values: int, *, pairs: bool) -> list[Basis]:
    own = defaults(ruler)
    points = [[one.id for one in ruler.text.parameters[name].readings] for name in OPEN]
    chosen = [dict(zip(OPEN, one, strict=True)) for one in product(*points)][:readings]
    changed = [{value_key(CHANGED): word} for word in ("as_printed", *(f"v{n}" for n in range(1, values)))]
    if pairs:
        return [
            Basis(one.id, {**own, **chosen[n % len(chosen)], **changed[n % len(changed)]}) for n, one in enumerate(held)
        ]
    return [Basis(one.id, {**own, **readings_, **value}) for one in held for readings_ in chosen for value in changed]


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure what the command line asks for."""
    name, boundaries, readings, values, *more = sys.argv[1:]
    with TemporaryDirectory() as temporary:
        park = fifty.write(Path(temporary) / "park") if name == "fifty" else resources.parks() / name
        told = ask(park, Path(temporary), int(boundaries), int(readings), int(values), pairs="pairs" in more)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
