"""Issue 3 of 8, must show 4 at full size: `truezero publish` killed at 200 random moments, and disks that are too small."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.acceptance import small_disk
from tests.acceptance.command import ROOT, environment, said
from tests.acceptance.entries import acceptance
from tests.acceptance.signing_desk import Desk, desk
from verify import resources
from verify.bundle.container import open_container

SEED = 20261120
KILLS = 200  # over the whole time of the process
WRITING = 100  # more, while it writes
PARK = "honest-met"


@acceptance(
    "2.4",
    "kill -9 at 200 random moments of publish and 100 of its writing; full disks under the three signing commands",
)
def killed() -> dict[str, object]:
    with TemporaryDirectory(prefix="truezero-") as place:
        people = desk(Path(place))
        shown = _Publication(people)
        whole, writing = shown.undisturbed()
        return {
            "files": len(shown.members),
            "seconds_of_a_run": f"{whole:.2f}",
            "seconds_of_its_writing": f"{writing:.3f}",
            "at_any_moment": shown.kill_all(KILLS, whole),
            "while_writing": shown.kill_all(WRITING, writing, writing=True),
            "full_disk": _full_disks(people),
        }


def _full_disks(people: Desk) -> dict[str, object]:
    reason = small_disk.not_here()
    if reason is not None:
        print(f"skipped: {reason}")
        return {"skipped": reason}
    every = {"publish": small_disk.publications, "sign": small_disk.signatures, "countersign": small_disk.reviews}
    return {name: refused(people, 4) for name, refused in every.items()}


@dataclass
class _Publication:
    """The draft of a park of the demo, what `publish` makes of it, and places where it was stopped."""

    people: Desk
    draft: Path = field(init=False)
    archive: bytes = field(init=False)
    members: dict[str, bytes] = field(init=False)
    places: int = 0

    def __post_init__(self) -> None:
        self.draft = self.people.at / "demo"
        for words in (self.people.sign(resources.parks() / PARK, self.draft), self.people.countersign(self.draft)):
            one = said(*words)
            assert one.code == 0, one.all
        self.people.renew_lists()
        out = self.people.at / "undisturbed" / "bundle"
        assert said(*self.people.publish(self.draft, out)).code == 0
        for form in (out, out.with_name("bundle.zip")):
            assert said("verify-bundle", form, "--root", self.people.root).code == 0
        self.archive = out.with_name("bundle.zip").read_bytes()
        self.members = dict(open_container(out).members)

    def undisturbed(self) -> tuple[float, float]:
        """Seconds of a run that is not stopped, and of those in which files appear: the shortest of three."""
        times = []
        for _ in range(3):
            out = self._place()
            started = time.monotonic()
            with self._run(out) as process:
                first = self._first_file(process, out.parent)
                while not out.exists():
                    assert process.poll() in {None, 0}
                times.append((time.monotonic() - started, time.monotonic() - first))
                assert process.wait() == 0
            assert self._left(out) == "both"
        return min(one for one, _ in times), min(one for _, one in times)

    def kill_all(self, count: int, seconds: float, *, writing: bool = False) -> dict[str, int]:
        """What was left behind by `count` killed runs, by kind; asserts that it was never half a bundle and that the next
        run ends well. `seconds` of a run is where the moments lie; it follows the machine, which is not always as fast."""
        chance, found = random.Random(SEED), Counter[str]()
        while found["killed"] < count:
            out = self._place()
            with self._run(out) as process:
                if writing:
                    self._first_file(process, out.parent)
                try:
                    process.wait(timeout=chance.uniform(0, seconds))
                except subprocess.TimeoutExpired:
                    process.kill()
            assert process.returncode in {0, -9}
            left = self._left(out)
            seconds *= 0.95 if left == "both" else 1.05 if left == "the zip" and writing else 1.01
            if process.returncode == 0:
                found["ended before"] += 1
                continue
            found["killed"] += 1
            found[f"left: {left}"] += 1
            found["hidden files or folders beside"] += len(list(out.parent.glob(".*")))
            if left != "both":
                again = said(*self.people.publish(self.draft, out))
                assert again.code == 0, again.all
                assert self._left(out) == "both"
                found["next run ended well"] += 1
        return dict(sorted(found.items()))

    def _place(self) -> Path:
        self.places += 1
        folder = self.people.at / "killed" / str(self.places)
        folder.mkdir(parents=True)
        return folder / "bundle"

    def _run(self, out: Path) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "verify", *map(str, self.people.publish(self.draft, out))]
        return subprocess.Popen(words, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL)

    def _first_file(self, process: subprocess.Popen[bytes], folder: Path) -> float:
        """The moment at which something stands in the folder."""
        while process.poll() is None and not any(folder.iterdir()):
            pass
        return time.monotonic()

    def _left(self, out: Path) -> str:
        """``nothing``, ``the zip`` or ``both``: each byte by byte the bundle that verifies, and nothing that looks like one."""
        archive = out.with_name("bundle.zip")
        shown = {path for path in out.parent.iterdir() if not path.name.startswith(".") or path.suffix == ".zip"}
        assert shown <= {out, archive}, shown
        if archive in shown:
            assert archive.read_bytes() == self.archive
        if out in shown:
            assert dict(open_container(out).members) == self.members
            assert archive in shown  # it comes first
            return "both"
        return "the zip" if shown else "nothing"
