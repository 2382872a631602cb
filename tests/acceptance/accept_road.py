"""Issue 1 of 8: the road from end to end, with what was measured (parks by hand, frozen parks, forms, Pythons, vectors, ratios)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

from benchmarks import fifty, startup
from tests.acceptance.entries import acceptance
from tests.golden.road import HONEST, codes, frozen

ROOT = Path(__file__).resolve().parents[2]
_PASSED = re.compile(r"(\d+) passed")
_SKIPPED = re.compile(r"(\d+) skipped")


def _tests(*paths: str) -> dict[str, object]:
    """Run tests in a process of their own; how many passed and were skipped. Raises where one fails."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:warnings", *paths],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    passed, skipped = _PASSED.search(done.stdout), _SKIPPED.search(done.stdout)
    assert passed is not None, done.stdout[-2000:]
    return {"passed": int(passed.group(1)), "skipped": int(skipped.group(1)) if skipped else 0}


@acceptance("1.1", "the wheel alone, in an empty environment, runs the demo")
def wheel() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--outdir", str(place / "dist")],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        built = next((place / "dist").glob("*.whl"))
        venv.create(place / "empty", with_pip=True)
        python = place / "empty" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", str(built)], check=True, capture_output=True, cwd=place)
        clean = {key: text for key, text in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}}
        demo = subprocess.run(
            [place / "empty" / "bin" / "truezero", "demo", "--lang", "zh"],
            cwd=place,
            env=clean,
            check=True,
            capture_output=True,
            text=True,
        )
        reports = sorted(path.parent.name for path in (place / "truezero-demo").glob("*/report.zh.html"))
        assert reports == ["careless", *HONEST]
        return {
            "wheel_bytes": built.stat().st_size,
            "reports": reports,
            "last_line": demo.stdout.strip().splitlines()[-1],
        }


@acceptance("1.2", "two parks of the pack with every alternative, and two more by hand")
def parks_by_hand() -> dict[str, object]:
    return _tests("tests/golden/test_park_examples.py", "tests/golden/test_two_more_parks.py")


@acceptance("1.3", "honest parks silent; careless park seen whole; every check with both parks")
def frozen_parks() -> dict[str, object]:
    found = _tests("tests/golden/test_frozen_parks.py", "tests/golden/test_check_pairs.py")
    return {
        **found,
        "honest": {
            name: {
                "findings": len(frozen(name).facts["findings"]),
                "verdict": frozen(name).facts["headline"]["verdict"],
            }
            for name in HONEST
        },
        "careless_codes": len(codes(frozen("careless"))),
    }


@acceptance("1.6", "one facts digest for every form, thread count and Python at hand")
def forms() -> dict[str, object]:
    result: dict[str, object] = {**_tests("tests/golden/test_one_digest.py"), "digest": frozen("honest-not-met").digest}
    return {**result, "pythons": dict(_pythons())}


def _pythons() -> Iterator[tuple[str, str]]:
    """The digest under every Python that has the packages: this one, and those named in TRUEZERO_PYTHONS (``:`` between them)."""
    script = "from verify import resources, road; print(road.verify(resources.parks() / 'honest-not-met').digest)"
    for python in [sys.executable, *filter(None, os.environ.get("TRUEZERO_PYTHONS", "").split(":"))]:
        version = subprocess.run(
            [python, "-c", "import platform; print(platform.python_version())"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        done = subprocess.run(
            [python, "-W", "ignore", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == frozen("honest-not-met").digest, version
        yield version, done.stdout.strip()


@acceptance("1.8", "formula vectors: the exact evaluator on all, the table compiler on its stratum")
def vectors() -> dict[str, object]:
    cases = sum(1 for _ in (ROOT / "tests" / "vectors" / "formula.jsonl").open(encoding="utf-8"))
    assert cases >= 5000
    return {**_tests("tests/unit/formula"), "cases": cases}


@acceptance("1.9", "ratios: check of 50 enterprises x 36 months beside a plain read; --help beside python -c pass")
def ratios() -> dict[str, object]:
    return {ratio.name: ratio.record() for ratio in (*fifty.measure(), *startup.measure())}
