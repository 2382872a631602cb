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
    "3.4",
    "kill -9 at 200 random moments of publish and 100 of its writing; full disks under the three signing commands",
)
def killed() -> dict[str, object]:
    with TemporaryDirectory(prefix="truezero-") as place:
        people = desk(Path(place))
        shown = _Publication(people)
        whole, writing = shown.undisturbed()
        chance = random.Random(SEED)
        at_any_moment = [chance.uniform(0, 1.05 * whole) for _ in range(KILLS)]
        at_writing = [chance.uniform(0, 1.05 * writing) for _ in range(WRITING)]
        record: dict[str, object] = {
            "files": len(shown.members),
            "seconds_of_a_run": f"{whole:.2f}",
            "seconds_of_its_writing": f"{writing:.3f}",
            "at_any_moment": shown.kill_all(at_any_moment, writing=False),
            "while_writing": shown.kill_all(at_writing, writing=True),
        }
        return {**record, "full_disk": _full_disks(people)}


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
        """Seconds of a run that is not stopped, and of those in which files appear: the longest of three."""
        times = []
        for _ in range(3):
            out = self._place()
            started = time.monotonic()
            with self._run(out) as process:
                first = self._first_file(process, out.parent)
                assert process.wait() == 0
            times.append((time.monotonic() - started, time.monotonic() - first))
            assert self._left(out) == "both"
        return max(one for one, _ in times), max(one for _, one in times)

    def kill_all(self, moments: list[float], *, writing: bool) -> dict[str, int]:
        """What was left behind, by kind; asserts that it was never half a bundle and that the next run ends well."""
        found: Counter[str] = Counter()
        for moment in moments:
            out = self._place()
            with self._run(out) as process:
                if writing:
                    self._first_file(process, out.parent)
                try:
                    process.wait(timeout=moment)
                    found["ended before"] += 1
                except subprocess.TimeoutExpired:
                    process.kill()
                    found["killed"] += 1
            left = self._left(out)
            found[f"left: {left}"] += 1
            found["hidden files or folders beside"] += len(list(out.parent.glob(".*")))
            if left != "both":
                again = said(*self.people.publish(self.draft, out))
                assert again.code == 0, again.all
                assert self._left(out) == "both"
                found["next run ended well"] += 1
        assert found["killed"] > len(moments) // 3, found
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
