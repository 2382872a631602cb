"""One reading of a submission for many rulers.

The door needs one number of a ruler, the reference enthalpy of steam by the tonne. Rulers that agree on it share a reading,
so there is a second one only where texts differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from verify.engine import Engine
from verify.errors import Located, WrongUsage
from verify.ledger import ACCOUNTED
from verify.road.run import Progress, Settings, steam_values
from verify.road.world import chosen_readings
from verify.ruler import Ruler, available, load_ruler
from verify.submission import Submission, read


@dataclass(frozen=True)
class Handed:
    """A submission as some rulers read it."""

    submission: Submission
    engine: Engine
    rulers: tuple[Ruler, ...]

    def year(self, asked: str) -> str:
        """The reporting year: as asked, as filed, else the last one with data. Raises `WrongUsage`."""
        years = self.years()
        if asked and asked not in years:
            raise WrongUsage("road.no_such_year", year=asked, available=", ".join(years) or "–")
        found = asked or self.submission.park.reporting_year or (years[-1] if years else "")
        if not found:
            raise WrongUsage("road.no_year")
        return found

    def years(self) -> list[str]:
        """Every year with a row that could count."""
        found: set[str] = set()
        for name in ACCOUNTED:
            rows = self.submission.tables[name]
            found |= {row["year"] for row in self.engine.rows(rows.select("year").distinct())}
        return sorted(found)


def rulers_of(asked: Sequence[str | Path]) -> list[Ruler]:
    """The rulers asked for, by id or folder, else all that come with TrueZero; each once."""
    found: dict[str, Ruler] = {}
    for one in asked or available():
        ruler = load_ruler(Path(one) if Path(one).is_dir() else one)
        found.setdefault(ruler.id, ruler)
    return list(found.values())


@contextmanager
def handed(
    path: Path, rulers: Sequence[Ruler], *, settings: Settings | None = None, progress: Progress | None = None
) -> Iterator[list[Handed]]:
    """The submission at `path`, read once for all `rulers` that read it alike. Errors as `road.verify`."""
    settings = settings or Settings()
    tell = progress or (lambda stage, detail: None)
    groups: dict[object, list[Ruler]] = {}
    for ruler in rulers:
        groups.setdefault(steam_values(ruler), []).append(ruler)
    with TemporaryDirectory(prefix="truezero-") as folder:
        found = []
        for number, (steam, those) in enumerate(groups.items()):
            place = Path(folder) / str(number)
            engine = Engine(threads=settings.threads, memory_limit=settings.memory_limit, spill=place / "spill")
            tell("read", path.name)
            submission = read(path, engine=engine, workdir=place, values=steam)  # type: ignore[arg-type]
            engine.seal()
            _named(submission, those)
            found.append(Handed(submission, engine, tuple(those)))
        yield found


def _named(submission: Submission, rulers: Sequence[Ruler]) -> None:
    """What park.yaml chooses must be known to the ruler that it names. Raises `Located` with every place."""
    named = submission.park.ruler.partition("@")[0]
    if named and named not in {*available(), *(one.id for one in rulers)}:
        words = {"ruler": named, "available": ", ".join(available())}
        problem = submission.park_marks.problem(("ruler",), "road.no_ruler", **words)
        raise Located("road.park_does_not_fit", [problem])
    for ruler in rulers:
        if ruler.id == named:
            chosen_readings(submission, ruler)
